#!/usr/bin/env node
// Draws the pictures of docs/gallery/: home, service, bio and article of the demo practice in each theme, and the home
// page on a phone in the dark.
//
//   node gallery.mjs PROGRAM [THEME…]
//
// Needs Chromium at /usr/bin/chromium or $CHROMIUM, and the fonts of tests/browser/install.sh.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [program = "target/release/anteroom", ...named] = process.argv.slice(2);
const themes = named.length ? named : ["linen", "harbor", "meadow"];
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const gallery = path.join(repository, "docs/gallery");
const out = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-gallery-"));
const pages = ["", "services/life-transition-coaching/", "practitioners/mason-garlick/",
  "resources/what-the-therapeutic-alliance-is/"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
fs.mkdirSync(gallery, { recursive: true });

// Over the wire, as visitors see it: from a disk, browsers load no fonts.
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const server = createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
  fs.readFile(path.join(out, path.normalize(name), name.endsWith("/") ? "index.html" : ""), (error, bytes) => {
    response.writeHead(error ? 404 : 200, { "content-type": types[path.extname(name) || ".html"] ?? "application/octet-stream" });
    response.end(error ? "" : bytes);
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));

async function picture(theme, name, width, height, colorScheme) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`http://127.0.0.1:${server.address().port}/${theme}/${name}`, { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready);
  const taken = await page.screenshot();
  await page.close();
  return `data:image/png;base64,${taken.toString("base64")}`;
}

for (const theme of themes) {
  const site = path.join(out, theme);
  execFileSync(program, ["build", "--quiet", "--base-url", `https://demo.example/${theme}`, "--site", repository, "--theme", theme, "--today", "2026-11-22", "--output", site], { stdio: "inherit" });
  const wide = await Promise.all(pages.map((page) => picture(theme, page, 1280, 1500, "light")));
  const phone = await picture(theme, "", 360, 760, "dark");
  const sheet = await browser.newPage({ viewport: { width: 1840, height: 530 } });
  await sheet.setContent(`<body style="margin:0;padding:20px;display:flex;gap:16px;background:#8d8a84">
    ${wide.map((source) => `<img src="${source}" style="width:376px;height:441px;object-fit:cover;object-position:top">`).join("")}
    <img src="${phone}" style="width:209px;height:441px;object-fit:cover;object-position:top">`);
  await sheet.screenshot({ path: path.join(gallery, `${theme}.jpg`), type: "jpeg", quality: 82, clip: { x: 0, y: 0, width: 1840, height: 481 } });
  await sheet.close();
}
await browser.close();
server.close();
fs.rmSync(out, { recursive: true, force: true });
