#!/usr/bin/env node
// What a theme does in a browser beyond being looked at: the remembered switch, menus, notices that are over, paper.
//
//   node themes.mjs PROGRAM [THEME…]
//
// Builds the demo practice in each theme into a temporary folder. Needs Chromium at /usr/bin/chromium or $CHROMIUM.
// Ends with 'N passed, N failed' and 0 when all passed.
import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [program = "target/debug/anteroom", ...named] = process.argv.slice(2);
const themes = named.length ? named : ["linen", "harbor", "meadow"];
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const out = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-themes-"));
const types = { ".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp" };

const server = createServer((request, response) => {
  let file = path.join(out, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (file.endsWith("/")) file += "index.html";
  if (!file.startsWith(out) || !fs.existsSync(file)) return response.writeHead(404).end();
  response.setHeader("content-type", types[path.extname(file)] ?? "text/plain");
  response.end(fs.readFileSync(file));
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

let passed = 0, failed = 0;
async function test(name, body, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  try { await body(page); passed += 1; } catch (error) { failed += 1; console.log(`failed: ${name}\n  ${error.message}`); }
  await context.close();
}
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.documentElement).color);

for (const theme of themes) {
  const home = `${origin}/${theme}/`;
  const build = (base) => execFileSync(program, ["build", "--quiet", "--site", repository, "--theme", theme, "--today", "2026-11-22",
    "--deny-warnings", "--base-url", base, "--output", path.join(out, theme)], { stdio: "inherit" });
  build(`${origin}/${theme}`);

  await test(`${theme}: the switch changes the page, is remembered, and forgets when it is back at the device's`, async (page) => {
    await page.goto(home);
    const light = await paper(page);
    await page.click(".scheme");
    const dark = await paper(page);
    assert.notEqual(dark, light);
    assert.equal(await page.evaluate(() => localStorage.getItem("scheme")), "dark");
    await page.goto(`${home}services/`);
    assert.equal(await paper(page), dark, "the next page is dark too");
    await page.focus(".scheme");
    await page.keyboard.press("Enter");
    assert.equal(await paper(page), light, "by keyboard, back to light");
    assert.equal(await page.evaluate(() => localStorage.getItem("scheme")), null);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(() => document.documentElement.hasAttribute("data-dark"));
    assert.equal(await paper(page), dark, "it follows the device again");
  }, { colorScheme: "light" });

  await test(`${theme}: the switch names the other scheme and only that`, async (page) => {
    await page.goto(home);
    assert.equal(await page.locator(".scheme").innerText(), "Light mode");
    await page.click(".scheme");
    assert.equal(await page.locator(".scheme").innerText(), "Dark mode");
  }, { colorScheme: "dark" });

  await test(`${theme}: without scripts there is no switch, and dark is dark`, async (page) => {
    await page.goto(home);
    assert.equal(await page.locator(".scheme").isVisible(), false);
    const [red] = await page.evaluate(() => getComputedStyle(document.documentElement).color.match(/\d+/g).map(Number)).catch(() => [255]);
    assert(red > 128, "light text on dark");
  }, { colorScheme: "dark", javaScriptEnabled: false });

  await test(`${theme}: a notice that is over disappears by itself`, async (page) => {
    await page.clock.setFixedTime(new Date("2027-03-01T12:00:00"));
    await page.goto(home);
    assert.equal(await page.locator(".notices").isVisible(), false);
    await page.clock.setFixedTime(new Date("2026-12-01T12:00:00"));
    await page.goto(home);
    assert.equal(await page.locator(".notices").isVisible(), true);
  });

  for (const [what, address] of [["a bio", "practitioners/mason-garlick/"], ["the fees", "fees/"]]) {
    await test(`${theme}: ${what} fits one printed page`, async (page) => {
      const answer = await page.goto(home + address);
      assert.equal(answer.status(), 200);
      for (const format of ["A4", "Letter"]) {
        const pdf = await page.pdf({ format, printBackground: false });
        const pages = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
        assert.equal(pages, 1, `${pages} pages of ${format}`);
      }
    }, { colorScheme: "dark" });
  }

  await test(`${theme}: every stop of the Tab key can be seen`, async (page) => {
    await page.goto(home);
    for (let at = 0; at < 12; at += 1) {
      await page.keyboard.press("Tab");
      const unseen = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        const box = document.activeElement.getBoundingClientRect();
        return style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1 || box.width < 2 ? document.activeElement.outerHTML.slice(0, 120) : "";
      });
      assert.equal(unseen, "");
    }
  });

  await test(`${theme}: 200 % larger type at 640 px runs off no side`, async (page) => {
    await page.goto(home);
    await page.addStyleTag({ content: "html{font-size:200% !important}" }).catch(() => page.evaluate(() => { document.documentElement.style.fontSize = "200%"; }));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert(over <= 0, `${over} px`);
  }, { viewport: { width: 640, height: 900 } });
}

await browser.close();
server.close();
fs.rmSync(out, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
