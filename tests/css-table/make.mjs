// Makes src/theme/sheet_check/table.txt: which names CSS has, and which tokens a property's value can hold.
//
//   npm ci && node make.mjs
//
// The names and syntaxes are those of the W3C's specifications (@webref/css), with the properties that only browsers have
// (@mdn/browser-compat-data), which also tells which are newer than the browsers that themes are made for.
import { readFileSync, writeFileSync } from "node:fs";

const json = (path) => JSON.parse(readFileSync(new URL(`node_modules/${path}`, import.meta.url), "utf8"));
const spec = json("@webref/css/css.json");
const bcd = json("@mdn/browser-compat-data/data.json");
const versions = ["@webref/css", "@mdn/browser-compat-data"].map((name) => `${name} ${json(`${name}/package.json`).version}`);

// The oldest browsers that themes are made for, as in src/theme/styles.rs.
const OLDEST = { chrome: 111, firefox: 113, safari: 16.4 };

const syntaxes = new Map();
for (const { name, syntax } of spec.types) if (syntax) syntaxes.set(name, syntax);
for (const { name, syntax, value } of spec.properties) syntaxes.set(`'${name}'`, syntax ?? value);

// What a type comes to, for types that are tokens: a letter for each kind. `*` is any word.
const KINDS = {
  length: "l", percentage: "p", number: "n", integer: "n", angle: "a", time: "t", frequency: "f", resolution: "r", flex: "x", "url-set": "u", "line-names": "",
  string: "s", url: "u", color: "c", "hex-color": "c", zero: "n", decibel: "d", semitones: "d",
  "number-token": "n", "percentage-token": "p", "string-token": "s", "url-token": "u", "dimension-token": "latfrxd", "hash-token": "c",
  dimension: "latfrxd", src: "u", image: "uc",
  // A type that's a function or a name of one's own tells nothing of words at all.
  "custom-property-name": "", "dashed-ident": "", "dashed-function": "", "function-token": "",
};

function collect(syntax, into, seen) {
  // Of a function, its name alone is seen here: its arguments are not judged.
  for (let before = ""; before !== syntax; ) {
    before = syntax;
    syntax = syntax.replace(/(?<![<\w-])([A-Za-z][\w-]*)\(\s*[^()]*\)/g, "<$1()>");
  }
  syntax = syntax.replace(/\[[^\[\]<>|]*∞\]|\[-?[\d.]+[a-z%]*\s*,[^\]]*\]/g, "");
  const plain = syntax.replace(/<[^<>]*>/g, (type) => {
    const name = type.slice(1, -1).trim().split(/\s/)[0];
    if (name.endsWith("()")) into.functions.add(name.slice(0, -2));
    else if (name in KINDS) [...KINDS[name]].forEach((kind) => into.kinds.add(kind));
    else if (syntaxes.has(name)) {
      if (!seen.has(name)) collect(syntaxes.get(name), into, seen.add(name));
    } else into.kinds.add("*");
    if (name === "image" && !seen.has(name)) collect(syntaxes.get(name), into, seen.add(name));
    return " ";
  });
  for (const [, word, call] of plain.matchAll(/(-?[A-Za-z][\w-]*)(\(?)/g)) {
    if (call) into.functions.add(word);
    else into.words.add(word.toLowerCase());
  }
}

const isNewer = (compat) => {
  const support = compat?.__compat?.support;
  if (!support) return true;
  return Object.entries(OLDEST).some(([browser, oldest]) => {
    const all = [support[browser]].flat().filter((one) => one && !one.flags);
    // What has a prefix is written with it.
    const earliest = all.filter((one) => one.version_added).map((one) =>
      one.version_added === "preview" ? Infinity : Number.parseFloat(String(one.version_added).replace("≤", "")));
    return !earliest.some((version) => version <= oldest);
  });
};

// Browser data names words and also what has no word, such as "two values"; the latter has a description.
const isWord = (word, compat) => {
  const description = compat.__compat?.description;
  return compat.__compat && /^[a-z][a-z-]*$/.test(word) && (!description || description.includes(`<code>${word}</code>`));
};

const names = new Set([...spec.properties.map(({ name }) => name), ...Object.keys(bcd.css.properties)]);
const lines = [];
for (const name of [...names].filter((name) => !name.startsWith("-") && name !== "custom-property").sort()) {
  const into = { words: new Set(), kinds: new Set(), functions: new Set() };
  const syntax = syntaxes.get(`'${name}'`);
  if (syntax) collect(syntax, into, new Set());
  else into.kinds = new Set("*");
  // Words that a browser alone has are known, too.
  for (const [word, compat] of Object.entries(bcd.css.properties[name] ?? {})) {
    if (isWord(word, compat)) into.words.add(word.toLowerCase());
  }
  const newer = isNewer(bcd.css.properties[name]) ? "+" : "";
  const kinds = [..."latfrxdpnsuc*"].filter((kind) => into.kinds.has(kind)).join("");
  const words = kinds.includes("*") ? [] : [...into.words].sort();
  lines.push([name + newer, kinds, ...words].join(" ").trimEnd());
}

const color = { words: new Set(), kinds: new Set(), functions: new Set() };
collect(syntaxes.get("color"), color, new Set(["color"]));
const functions = new Set(spec.functions.map(({ name }) => name.replace("()", "")));
for (const syntax of syntaxes.values()) for (const [, name] of (syntax ?? "").matchAll(/([A-Za-z][\w-]*)\(/g)) functions.add(name);

// `@font-face` and what may stand in it.
const at = new Map();
const walk = ({ name, descriptors = [], atrules = [] }) => {
  const key = name.slice(1);
  at.set(key, new Set([...(at.get(key) ?? []), ...descriptors.map((one) => one.name)]));
  atrules.forEach(walk);
};
spec.atrules.forEach(walk);
for (const name of Object.keys(bcd.css["at-rules"])) {
  const own = Object.entries(bcd.css["at-rules"][name]).filter(([key, compat]) => compat.__compat && /^[a-z-]+$/.test(key));
  at.set(name, new Set([...(at.get(name) ?? []), ...own.map(([key]) => key)]));
}
at.set("charset", new Set());

// Pseudo-classes and pseudo-elements with their colons; the browsers' own data lists both without.
const pseudo = new Set(spec.selectors.map(({ name }) => name.replace("()", "")).filter((name) => name.startsWith(":")));

// What a media feature can be, as for properties.
const media = new Map();
for (const { name, value, syntax } of spec.atrules.find(({ name }) => name === "@media").descriptors) {
  const into = { words: new Set(), kinds: new Set(), functions: new Set() };
  collect(syntax ?? value, into, new Set());
  const kinds = [..."latfrxdpnsuc*"].filter((kind) => into.kinds.has(kind)).join("");
  media.set(name, [kinds, ...(kinds.includes("*") ? [] : [...into.words].sort())].join(" "));
}

const of = (kind, all) => `${kind} ${[...all].map((one) => one.toLowerCase()).filter((one, index, list) => list.indexOf(one) === index).sort().join(" ")}`.trimEnd();
const text = [
  `# Made by tests/css-table/make.mjs from ${versions.join(" and ")}; see table-licence.txt.`,
  of("%colours", color.words),
  of("%functions", functions),
  of("%selectors", pseudo),
  ...[...media].sort().map(([name, rest]) => `?${name} ${rest}`.trimEnd()),
  ...[...at].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, all]) => of(`@${name}`, all)),
  ...lines,
];
writeFileSync(new URL("../../src/theme/sheet_check/table.txt", import.meta.url), text.join("\n") + "\n");
