#!/usr/bin/env node
// The themes' typefaces in a real browser: used, light, from the site itself, and nothing moves while they are on their way.
//
//   node fonts.mjs PROGRAM
//
// Builds the full specimen in each built-in theme, and the Arabic one. Two pages of each folder are visited: with
// fonts at once, and with fonts that take a second. Ends with 'N passed, N failed' and 0 when all passed.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const MOST = 45_000;
const [program = "target/debug/anteroom"] = process.argv.slice(2);
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".jpg": "image/jpeg",
  ".png": "image/png", ".webp": "image/webp", ".woff2": "font/woff2" };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

let passed = 0, failed = 0;
async function test(name, body) {
  try { await body(); passed += 1; }
  catch (error) { failed += 1; console.log(`failed: ${name}\n  ${error.message}`); }
}

// A finished site behind a server that keeps its fonts back for a while, with the policy of its headers.
async function site(specimen, theme, extra = []) {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-fonts-"));
  execFileSync(program, ["build", "--quiet", "--site", path.join(repository, "specimen", specimen), "--today", "2026-11-22",
    "--theme", theme, "--output", out, ...extra], { stdio: "inherit" });
  const policy = /Content-Security-Policy: (.*)/.exec(fs.readFileSync(path.join(out, "_headers"), "utf8"))[1];
  const state = { delay: 0, fonts: [] };
  const server = createServer(async (request, response) => {
    let file = path.join(out, decodeURIComponent(new URL(request.url, "http://x").pathname));
    if (file.endsWith("/")) file += "index.html";
    if (!file.startsWith(out) || !fs.existsSync(file)) return response.writeHead(404).end();
    if (file.endsWith(".woff2")) {
      state.fonts.push({ file: path.basename(file), bytes: fs.statSync(file).size });
      await new Promise((ready) => setTimeout(ready, state.delay));
    }
    response.writeHead(200, { "content-type": types[path.extname(file)] ?? "text/plain", "content-security-policy": policy });
    response.end(fs.readFileSync(file));
  }).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const all = fs.readdirSync(out, { recursive: true }).filter((file) => file.endsWith("index.html"))
    .map((file) => file.slice(0, -"index.html".length))
    .filter((url) => !/http-equiv="refresh"/.test(fs.readFileSync(path.join(out, url, "index.html"), "utf8")));
  // Two pages of each folder are laid out as the others of it.
  const folders = new Map();
  for (const url of all) {
    const folder = url.split("/")[0];
    folders.set(folder, [...(folders.get(folder) ?? []), url].slice(0, 2));
  }
  const pages = [...folders.values()].flat();
  const close = () => { server.closeAllConnections(); server.close(); fs.rmSync(out, { recursive: true }); };
  return { origin: `http://127.0.0.1:${server.address().port}`, pages, state, close };
}

// A first visit to a page: what it fetched, how far anything moved, and which typefaces its words are painted with.
async function visit({ origin, state }, url, delay) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const elsewhere = [], complaints = [];
  await context.route((address) => address.origin !== origin, (route) => { elsewhere.push(route.request().url()); return route.abort(); });
  const page = await context.newPage();
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  await page.addInitScript(() => {
    window.moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value; }))
      .observe({ type: "layout-shift", buffered: true });
  });
  Object.assign(state, { delay, fonts: [] });
  await page.goto(`${origin}/${url}`);
  await page.waitForTimeout(delay + 150);
  const moved = await page.evaluate(() => window.moved);
  const client = await context.newCDPSession(page);
  await client.send("DOM.enable");
  await client.send("CSS.enable");
  const { root } = await client.send("DOM.getDocument");
  const { nodeId } = await client.send("DOM.querySelector", { nodeId: root.nodeId, selector: "h1" });
  const { fonts } = await client.send("CSS.getPlatformFontsForNode", { nodeId });
  const fetched = new Map(state.fonts.map(({ file, bytes }) => [file, bytes]));
  await context.close();
  return { moved, elsewhere, complaints, fonts, weight: [...fetched.values()].reduce((sum, bytes) => sum + bytes, 0), fetched };
}

for (const [theme, family] of [["linen", "Alegreya"], ["harbor", "Figtree"], ["meadow", "Nunito"]]) {
  const full = await site("full", theme);
  await test(`${theme}: ${family} is used, light, and the site's own`, async () => {
    let heading;
    for (const url of full.pages) {
      const { weight, elsewhere, complaints, fonts, fetched } = await visit(full, url, 0);
      assert.ok(weight > 0 && weight <= MOST, `${url}: ${weight} bytes: ${JSON.stringify([...fetched])}`);
      assert.deepEqual([elsewhere, complaints], [[], []], url);
      heading ??= fonts;
    }
    assert.ok(heading.some((font) => font.isCustomFont && font.familyName.startsWith(family)), JSON.stringify(heading));
  });
  await test(`${theme}: nothing moves while the fonts are on their way`, async () => {
    for (const url of full.pages.slice(0, 6)) {
      const { moved } = await visit(full, url, 1000);
      assert.equal(moved, 0, url);
    }
  });
  full.close();
  const arabic = await site("rtl", theme);
  await test(`${theme}: an Arabic site loads no font that has no Arabic`, async () => {
    for (const url of arabic.pages.slice(0, 4)) assert.equal((await visit(arabic, url, 0)).weight, 0, url);
  });
  arabic.close();
}

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
