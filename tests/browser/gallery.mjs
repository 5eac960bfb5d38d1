#!/usr/bin/env node
// Draws the pictures of docs/gallery/: home, service, bio and article of the demo practice in each theme, and the home
// page on a phone in the dark.
//
//   node gallery.mjs PROGRAM [THEME…]
//
// Needs Chromium at /usr/bin/chromium or $CHROMIUM, and the fonts of tests/browser/install.sh.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [program = "target/release/anteroom", ...named] = process.argv.slice(2);
const themes = named.length ? named : ["linen", "harbor", "meadow"];
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const gallery = path.join(repository, "docs/gallery");
const out = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-gallery-"));
const pages = ["index.html", "services/life-transition-coaching/index.html", "practitioners/mason-garlick/index.html",
  "resources/what-the-therapeutic-alliance-is/index.html"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
fs.mkdirSync(gallery, { recursive: true });

async function picture(file, width, height, colorScheme) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`file://${file}`);
  const taken = await page.screenshot();
  await page.close();
  return `data:image/png;base64,${taken.toString("base64")}`;
}

for (const theme of themes) {
  const site = path.join(out, theme);
  execFileSync(program, ["build", "--quiet", "--portable", "--site", repository, "--theme", theme, "--today", "2026-11-22", "--output", site], { stdio: "inherit" });
  const wide = await Promise.all(pages.map((page) => picture(path.join(site, page), 1280, 1500, "light")));
  const phone = await picture(path.join(site, "index.html"), 360, 760, "dark");
  const sheet = await browser.newPage({ viewport: { width: 1840, height: 530 } });
  await sheet.setContent(`<body style="margin:0;padding:20px;display:flex;gap:16px;background:#8d8a84">
    ${wide.map((source) => `<img src="${source}" style="width:376px;height:441px;object-fit:cover;object-position:top">`).join("")}
    <img src="${phone}" style="width:209px;height:441px;object-fit:cover;object-position:top">`);
  await sheet.screenshot({ path: path.join(gallery, `${theme}.jpg`), type: "jpeg", quality: 82, clip: { x: 0, y: 0, width: 1840, height: 481 } });
  await sheet.close();
}
await browser.close();
fs.rmSync(out, { recursive: true, force: true });
