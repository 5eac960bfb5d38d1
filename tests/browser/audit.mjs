#!/usr/bin/env node
// Measures a built site as its visitors' browsers see it.
//
//   npm install               (once, here; needs Chromium at /usr/bin/chromium or $CHROMIUM, and Java for the HTML checker)
//   node audit.mjs PUBLIC [--base /sub/] [--pages N] [--lighthouse N] [--shots DIR] [--json FILE] [--quick] [--file]
//
// Every page, at 360 and 1280 px, light and dark: axe-core with every rule and target-size, requests to other hosts,
// console errors (the policy in _headers is enforced), sideways scrolling (also at 320 px), layout shift while scrolling to
// the end, compressed bytes. Every page once more without JavaScript. The whole folder through the Nu HTML checker.
// --base: served under that path. --lighthouse N: Lighthouse (phone) on N pages, one of each kind, the deepest first.
// --sample: in the browser one page of each kind; the HTML checker still reads all.
// --shots DIR: a picture of every page in every setting. --quick: phone light and desktop dark only.
// --file: PUBLIC was built to be opened from the disk; its pages are opened by file:// and their links followed.
// Ends with 0 when every bar in design/themes.md holds, else 1.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const args = process.argv.slice(2);
const take = (name, fallback) => { const i = args.indexOf(name); return i < 0 ? fallback : args.splice(i, 2)[1]; };
const has = (name) => { const i = args.indexOf(name); return i >= 0 && !!args.splice(i, 1); };
const lighthouseN = +take("--lighthouse", 0), pagesN = +take("--pages", Infinity);
const shots = take("--shots"), jsonFile = take("--json"), base = take("--base", "/");
const quick = has("--quick"), byFile = has("--file"), sample = has("--sample");
const root = path.resolve(args[0] ?? "public");
if (!fs.existsSync(path.join(root, "index.html"))) { console.error(`no index.html in ${root}`); process.exit(2); }
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
  ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif",
  ".xml": "application/xml", ".json": "application/json", ".txt": "text/plain", ".wasm": "application/wasm", ".woff2": "font/woff2",
  ".ico": "image/x-icon", ".webmanifest": "application/manifest+json", ".vcf": "text/vcard", ".ics": "text/calendar" };

// The headers that the build wrote for its host, so that the policy is enforced while measuring.
function headersFor(url) {
  const file = path.join(root, "_headers");
  if (!fs.existsSync(file)) return {};
  const out = {};
  let on = false;
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    if (/^\S/.test(line)) on = line.trim().endsWith("*") ? url.startsWith(line.trim().slice(0, -1)) : url === line.trim();
    else if (on && line.includes(":")) { const i = line.indexOf(":"); out[line.slice(0, i).trim()] = line.slice(i + 1).trim(); }
  }
  return out;
}
const server = createServer((req, res) => {
  let url = decodeURIComponent(new URL(req.url, "http://x").pathname);
  if (!url.startsWith(base)) { res.writeHead(404).end("outside the base path"); return; }
  url = "/" + url.slice(base.length);
  let file = path.join(root, url);
  if (!file.startsWith(root)) { res.writeHead(403).end(); return; }
  if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, "index.html");
  const found = fs.existsSync(file);
  if (!found) file = path.join(root, "404.html");
  if (!fs.existsSync(file)) { res.writeHead(404).end(); return; }
  const type = types[path.extname(file)] ?? "application/octet-stream";
  const raw = fs.readFileSync(file), text = /text|javascript|json|xml|svg|wasm/.test(type);
  const body = text ? zlib.gzipSync(raw, { level: 9 }) : raw;
  res.writeHead(found ? 200 : 404, { ...headersFor(url), "content-type": type, "content-length": body.length, "cache-control": "max-age=31536000",
    ...(text ? { "content-encoding": "gzip" } : {}) }).end(body);
});
await new Promise((r) => server.listen(0, "127.0.0.1", r));
const host = `http://127.0.0.1:${server.address().port}`, origin = host + base.replace(/\/$/, "");

const walk = (d) => fs.readdirSync(d, { withFileTypes: true }).flatMap((e) => e.isDirectory() ? walk(path.join(d, e.name)) : [path.join(d, e.name)]);
const html = walk(root).filter((f) => f.endsWith(".html"));
const isRedirect = (f) => /http-equiv=["']?refresh/i.test(fs.readFileSync(f, "utf8"));
const urlOf = (f) => "/" + path.relative(root, f).replaceAll("\\", "/").replace(/(^|\/)index\.html$/, "$1");
const kindOf = (u) => u.split("/").length > 3 ? u.split("/").slice(1, -2).join("/") + "/*" : u;
const all = html.filter((f) => !isRedirect(f)).map(urlOf).sort((a, b) => a.split("/").length - b.split("/").length || a.localeCompare(b));
const firsts = new Set(), firstOfKind = all.filter((u) => !firsts.has(kindOf(u)) && firsts.add(kindOf(u)));
const pages = (sample ? firstOfKind : all).slice(0, pagesN);
const say = {}; // measure -> list of findings
const note = (measure, finding) => (say[measure] ??= []).push(finding);
for (const m of ["axe", "other hosts", "console", "sideways", "layout shift", "bytes", "without script", "file://", "html", "lighthouse"]) say[m] = [];

const browser = await chromium.launch({ executablePath, args: flags });
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let settings = [["phone", 360, "light"], ["phone", 360, "dark"], ["desktop", 1280, "light"], ["desktop", 1280, "dark"]];
if (quick) settings = [settings[0], settings[3]];
let biggest = 0, biggestFirst = 0;
const unsure = new Set();
for (const [device, width, scheme] of settings) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 740 : 900 }, colorScheme: scheme, reducedMotion: "reduce", bypassCSP: false });
  for (const url of pages) {
    const at = `${url} (${device}, ${scheme})`;
    const page = await context.newPage();
    let bytes = 0, first = 0;
    page.on("request", (r) => { if (!r.url().startsWith(host) && !/^(data|blob|about):/.test(r.url())) note("other hosts", `${at}: ${r.url()}`); });
    page.on("console", (m) => { if (m.type() === "error" && !(url.includes("404") && /404/.test(m.text()))) note("console", `${at}: ${m.text().slice(0, 160)}`); });
    page.on("pageerror", (e) => note("console", `${at}: ${e.message}`));
    page.on("response", (r) => {
      const n = +(r.headers()["content-length"] ?? 0), t = r.headers()["content-type"] ?? "";
      if (/html|css|javascript/.test(t)) bytes += n;
      if (/html/.test(t)) first += n;
    });
    await page.addInitScript(() => {
      window.__shift = 0;
      new PerformanceObserver((l) => l.getEntries().forEach((e) => { if (!e.hadRecentInput) window.__shift += e.value; })).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(origin + url, { waitUntil: "load" });
    const scrolled = () => page.evaluate(async () => {
      for (let y = 0; y < document.documentElement.scrollHeight; y += 600) { scrollTo(0, y); await new Promise((r) => setTimeout(r, 30)); }
      return window.__shift;
    });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) note("sideways", `${at}: ${wide} px`);
    let shift = await scrolled();
    if (shift > 0.001) {
      // A busy machine may show a page before all of it has come; what moves in a page by itself moves again.
      // Its weight is that of one visit: what the second one loads is not counted.
      const once = [bytes, first];
      await page.reload({ waitUntil: "load" });
      [bytes, first] = once;
      shift = Math.min(shift, await scrolled());
    }
    await page.evaluate(() => scrollTo(0, 0));
    if (shift > 0.001) note("layout shift", `${at}: ${shift.toFixed(3)}`);
    await page.evaluate(axe).catch(async () => { await page.addScriptTag({ content: axe }); });
    const { violations, incomplete } = await page.evaluate(() => axe.run(document, { rules: { "target-size": { enabled: true } } }));
    for (const v of incomplete) unsure.add(`${v.id} ×${v.nodes.length} on ${url}`);
    for (const v of violations) note("axe", `${at}: ${v.id} ×${v.nodes.length}: ${v.nodes[0].target.join(" ")}`);
    biggest = Math.max(biggest, bytes); biggestFirst = Math.max(biggestFirst, first);
    if (first > 14 * 1024) note("bytes", `${at}: ${(first / 1024).toFixed(1)} kB of HTML`);
    if (bytes > 22_000) note("bytes", `${at}: ${(bytes / 1024).toFixed(1)} kB of HTML, CSS and JS`);
    if (shots) {
      const name = (url === "/" ? "home" : url.replaceAll("/", "_").replace(/^_|_$/g, "")) + `-${width}-${scheme}.png`;
      fs.mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: path.join(shots, name), fullPage: true });
    }
    await page.close();
  }
  await context.close();
}
{ // the narrowest screen
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  for (const url of pages) {
    const page = await context.newPage();
    await page.goto(origin + url, { waitUntil: "load" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) note("sideways", `${url} (320 px): ${wide} px`);
    await page.close();
  }
  await context.close();
}
{ // without JavaScript: the text, the navigation and every link are there
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  for (const url of pages) {
    const page = await context.newPage();
    await page.goto(origin + url, { waitUntil: "load" });
    const main = await page.locator("main").first().innerText().catch(() => "");
    if (main.trim().length < 20) note("without script", `${url}: main is empty`);
    const links = await page.locator("header a:visible, nav a:visible").count(), summary = await page.locator("header summary:visible").count();
    if (links < 3 && !summary && !url.includes("404")) note("without script", `${url}: ${links} links in header and navigation`);
    await page.close();
  }
  await context.close();
}
if (byFile) { // opened from the disk: nothing fails to load, and the first links lead to pages
  const context = await browser.newContext();
  for (const url of pages.filter((u) => !u.includes("404"))) {
    const page = await context.newPage();
    const at = "file://" + path.join(root, url.endsWith("/") ? url + "index.html" : url);
    page.on("requestfailed", (r) => note("file://", `${url}: ${r.url().replace("file://" + root, "")} does not load`));
    page.on("console", (m) => { if (m.type() === "error") note("file://", `${url}: ${m.text().slice(0, 120)}`); });
    await page.goto(at, { waitUntil: "load" });
    const links = await page.evaluate(() => [...document.querySelectorAll("nav a[href], main a[href]")].map((l) => l.href).filter((h) => h.startsWith("file:")).slice(0, 3));
    for (const link of links) {
      await page.goto(link, { waitUntil: "load" }).catch(() => note("file://", `${url}: ${link} leads nowhere`));
      if (!(await page.locator("main").count())) note("file://", `${url}: ${link.replace("file://" + root, "")} is no page`);
    }
    await page.close();
  }
  await context.close();
}
await browser.close();

const vnu = spawnSync("java", ["-jar", require.resolve("vnu-jar/build/dist/vnu.jar"), "--format", "json", "--exit-zero-always", ...html], { maxBuffer: 1 << 28 });
if (vnu.error || vnu.status !== 0) { console.error(`the HTML checker did not run: ${vnu.error?.message ?? vnu.stderr}`); process.exit(2); }
for (const m of JSON.parse(vnu.stderr.toString() || '{"messages":[]}').messages.filter((m) => m.type === "error" || m.subType === "warning"))
  note("html", `${urlOf(m.url.replace("file:", ""))}:${m.lastLine}: ${m.message.slice(0, 160)}`);

if (lighthouseN) {
  const { default: lighthouse } = await import("lighthouse");
  const { launch } = await import("chrome-launcher");
  const deepest = pages.filter((u) => !u.includes("404")).sort((a, b) => b.split("/").length - a.split("/").length);
  const seen = new Set(), order = [...deepest.filter((u) => !seen.has(kindOf(u)) && seen.add(kindOf(u))), ...deepest];
  const chrome = await launch({ chromePath: executablePath, chromeFlags: [...flags, "--headless=new"] });
  for (const url of [...new Set(order)].slice(0, lighthouseN)) {
    const { lhr } = await lighthouse(origin + url, { port: chrome.port, output: "json", logLevel: "silent", onlyCategories: ["performance", "accessibility", "best-practices", "seo"] });
    const s = Object.values(lhr.categories).map((c) => `${c.id} ${Math.round(c.score * 100)}`);
    const failing = Object.values(lhr.audits).filter((a) => a.score !== null && a.score < 1 && a.scoreDisplayMode === "binary").map((a) => a.id);
    console.log(`lighthouse ${url}: ${s.join(", ")}`);
    // A page that asks not to be listed is meant to miss that one point.
    const counted = Object.values(lhr.categories).filter((c) => c.id !== "seo" || failing.join() !== "is-crawlable");
    if (counted.some((c) => c.score < 1)) note("lighthouse", `${url}: ${s.join(", ")} ${failing.join(" ")}`);
  }
  await chrome.kill();
}
server.close();
console.log(`${pages.length} pages in ${settings.length} settings; largest page ${(biggest / 1024).toFixed(1)} kB, largest HTML ${(biggestFirst / 1024).toFixed(1)} kB compressed`);
if (unsure.size) console.log(`? axe could not decide: ${[...unsure].slice(0, 6).join("; ")}${unsure.size > 6 ? ` and ${unsure.size - 6} more` : ""}`);
let failed = false;
for (const [measure, findings] of Object.entries(say)) {
  if ((measure === "lighthouse" && !lighthouseN) || (measure === "file://" && !byFile)) continue;
  console.log(`${findings.length ? "✗" : "✓"} ${measure}: ${findings.length}`);
  const shown = [...new Set(findings)].slice(0, 8);
  for (const f of shown) console.log(`    ${f}`);
  failed ||= findings.length > 0;
}
if (jsonFile) fs.writeFileSync(jsonFile, JSON.stringify({ pages, findings: say, biggest }, null, 1));
process.exit(failed ? 1 : 0);
