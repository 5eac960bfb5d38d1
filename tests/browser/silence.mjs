#!/usr/bin/env node
// Whom a visit contacts: nobody, until the visitor asks for a calendar, a map or a film.
//
//   node silence.mjs PROGRAM
//
// Builds the full specimen, which offers all three on click, and visits its pages with the policy of `_headers`
// enforced. Every request is seen; those to other hosts are answered here, so that nobody is really contacted.
// Ends with 'N passed, N failed' and 0 when all passed.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [program = "target/debug/anteroom"] = process.argv.slice(2);
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const out = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-silence-"));
execFileSync(program, ["build", "--quiet", "--site", path.join(repository, "specimen/full"), "--today", "2026-11-22",
  "--deny-warnings", "--output", out], { stdio: "inherit" });
const policy = /Content-Security-Policy: (.*)/.exec(fs.readFileSync(path.join(out, "_headers"), "utf8"))[1];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png" };
const server = createServer((request, response) => {
  let file = path.join(out, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (file.endsWith("/")) file += "index.html";
  if (!file.startsWith(out) || !fs.existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[path.extname(file)] ?? "text/plain", "content-security-policy": policy });
  response.end(fs.readFileSync(file));
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

let passed = 0, failed = 0;
async function test(name, body, { provokes = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const elsewhere = [], complaints = [];
  await context.route((url) => url.origin !== origin, (route) => {
    elsewhere.push(new URL(route.request().url()).host);
    return route.fulfill({ contentType: "text/html", body: "<p>somebody else's page</p>" });
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  try { await body(page, elsewhere); if (!provokes) assert.deepEqual(complaints, []); passed += 1; }
  catch (error) { failed += 1; console.log(`failed: ${name}\n  ${error.message}`); }
  await context.close();
}

const pages = fs.readdirSync(out, { recursive: true }).filter((file) => file.endsWith("index.html"))
  .map((file) => file.slice(0, -"index.html".length))
  .filter((url) => !/http-equiv="refresh"/.test(fs.readFileSync(path.join(out, url, "index.html"), "utf8")));

await test("no page contacts anybody, read to its end", async (page, elsewhere) => {
  for (const url of pages) {
    await page.goto(`${origin}/${url}`);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    assert.deepEqual(elsewhere, [], url);
  }
  assert.ok(pages.length > 80, `${pages.length} pages`);
});

for (const [what, url, host] of [
  ["calendar", "contact/", "booking.specimen.example"],
  ["map", "contact/", "www.openstreetmap.org"],
  ["video", "first-visit-on-example-street/", "media.specimen.example"],
]) {
  await test(`a ${what} is loaded once it is asked for, and its host is named before`, async (page, elsewhere) => {
    await page.goto(`${origin}/${url}`);
    const load = page.locator(`.load-${what}`).first();
    assert.ok((await load.innerText()).includes(host), "the host is named");
    assert.deepEqual(elsewhere, []);
    await load.locator("button").focus();
    await page.keyboard.press("Enter");
    const frame = load.locator("iframe");
    await frame.waitFor();
    assert.ok((await frame.getAttribute("title")).length > 3, "the frame has a name");
    await page.waitForTimeout(300);
    assert.deepEqual([...new Set(elsewhere)], [host]);
    assert.equal(await frame.evaluate((element) => element === document.activeElement), true, "the focus follows");
  });
  await test(`without the script the ${what} is a link`, async (page, elsewhere) => {
    await page.goto(`${origin}/${url}`);
    assert.equal(await page.locator(`.load-${what}`).first().isVisible(), false);
    assert.ok(await page.locator(`a[href*="${host}"]`).first().isVisible());
    assert.deepEqual(elsewhere, []);
  }, { javaScriptEnabled: false });
}

await test("a frame that nobody declared is refused", async (page, elsewhere) => {
  await page.goto(`${origin}/contact/`);
  const refused = await page.evaluate(() => new Promise((told) => {
    document.addEventListener("securitypolicyviolation", (event) => told(event.effectiveDirective));
    document.body.append(Object.assign(document.createElement("iframe"), { src: "https://undeclared.example/" }));
  }));
  assert.equal(refused, "frame-src");
  assert.deepEqual(elsewhere, []);
}, { provokes: true });

await browser.close();
server.close();
fs.rmSync(out, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
