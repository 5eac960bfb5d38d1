#!/usr/bin/env node
// Pictures and first screens as they are shown: what a checker of markup cannot know.
//
//   node looks.mjs PROGRAM [THEME…]
//
// Pictures, at 360, 768, 1280 and 1680 px, on every page of the demo practice: none narrower than its place, none stretched, and
// the point that its author wants in sight is in sight. First screen, at 360 x 640, with a notice: heading, next step, place,
// price and the way to crisis help are there; menu and crisis help share a row with the name; a notice takes a line and opens;
// on the page of crisis help the first number ends within 320 px. Narrow pages scroll in one direction only.
// Builds into a temporary folder; needs Chromium at /usr/bin/chromium or $CHROMIUM. Ends with 'N passed, N failed' and 0 when
// all passed.
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
const out = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-looks-"));
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp" };
const server = createServer((request, response) => {
  let file = path.join(out, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (file.endsWith("/")) file += "index.html";
  if (!file.startsWith(out) || !fs.existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" }).end(fs.readFileSync(file));
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

let passed = 0, failed = 0;
async function test(name, width, body) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 640 : 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  try { await body(page); passed += 1; } catch (error) { failed += 1; console.log(`failed: ${name}\n  ${error.message}`); }
  await context.close();
}
const walk = (dir) => fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? walk(path.join(dir, entry.name)) : [path.join(dir, entry.name)]);
/// Where the first of what a selector finds ends, in pixels from the top of the window; 9999 where nothing is found or seen.
const ends = (page, selector) => page.evaluate((selector) => {
  const seen = [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect()).find((box) => box.width && box.height);
  return seen ? Math.round(seen.bottom) : 9999;
}, selector);

for (const theme of themes) {
  const folder = path.join(out, theme);
  execFileSync(program, ["build", "--quiet", "--site", repository, "--theme", theme, "--today", "2026-11-22", "--base-url", `${origin}/${theme}`, "--output", folder], { stdio: "inherit" });
  const pages = walk(folder).filter((file) => file.endsWith(".html") && !/http-equiv=["']?refresh/i.test(fs.readFileSync(file, "utf8")))
    .map((file) => `${origin}/${path.relative(out, file).replaceAll("\\", "/").replace(/(^|\/)index\.html$/, "$1")}`).sort();
  const pictured = pages.filter((url) => /<main[^]*<img/.test(fs.readFileSync(path.join(out, url.slice(origin.length).replace(/\/$/, "/index.html")), "utf8")));
  assert(pictured.length > 2, "the demo has pages with pictures");

  for (const width of [360, 768, 1280, 1680]) {
    await test(`${theme} at ${width} px: pictures fill their places, whole and unstretched`, width, async (page) => {
      const faults = [];
      for (const url of pictured) {
        await page.goto(url);
        faults.push(...(await page.evaluate(async () => {
          const images = [...document.querySelectorAll("main img")];
          for (const image of images) image.loading = "eager";
          await Promise.all(images.map((image) => image.decode().catch(() => {})));
          return images.flatMap((image) => {
            const box = image.getBoundingClientRect(), style = getComputedStyle(image);
            const own = image.naturalWidth / image.naturalHeight, shown = box.width / box.height;
            let place = image.parentElement;
            while (place.tagName === "PICTURE" || getComputedStyle(place).display === "contents") place = place.parentElement;
            const inner = getComputedStyle(place);
            const room = place.clientWidth - parseFloat(inner.paddingInlineStart) - parseFloat(inner.paddingInlineEnd);
            const wanted = Math.min(room, Number(image.getAttribute("width")) || image.naturalWidth);
            const said = `${location.pathname} ${image.getAttribute("src").split("/").pop()}`;
            const faults = [];
            // A grid has several columns: its picture is held to the text's.
            const least = inner.display.includes("grid") ? Math.min(wanted, 240) : wanted - 1;
            if (box.width < least) faults.push(`${said}: ${Math.round(box.width)} px wide in a place of ${Math.round(room)} px`);
            if (box.right > innerWidth + 1 || box.left < -1) faults.push(`${said}: reaches out of the window`);
            if (style.objectFit === "fill" && Math.abs(own / shown - 1) > 0.02) faults.push(`${said}: stretched from ${own.toFixed(2)} to ${shown.toFixed(2)}`);
            const focus = [...image.classList].find((name) => name.startsWith("focus-"));
            if (style.objectFit === "cover" && focus) {
              const [x, y] = style.objectPosition.split(" ").map(parseFloat);
              const wants = { top: y === 0, bottom: y === 100, left: x === 0, right: x === 100 };
              for (const side of focus.slice(6).split("-")) if (!wants[side]) faults.push(`${said}: is cropped at the ${side}, where its author wants it in sight`);
            }
            return faults;
          });
        })));
      }
      assert.deepEqual(faults, []);
    });
  }

  await test(`${theme}: the first screen of a phone holds what decides`, 360, async (page) => {
    await page.goto(`${origin}/${theme}/`);
    const places = { heading: ".hero h1", "what it is about": ".hero .standfirst", "next step": ".hero .act", facts: ".hero .facts div:nth-of-type(3)", "crisis help": ".nav-crisis a", notice: ".notices summary" };
    for (const [what, selector] of Object.entries(places)) {
      const bottom = await ends(page, selector);
      assert(bottom <= 640, `${what} ends at ${bottom} px`);
    }
    const rows = await page.evaluate(() => [".brand", ".menu > summary", ".nav-crisis a"].map((one) => {
      const box = document.querySelector(one).getBoundingClientRect();
      return [box.top, box.bottom];
    }));
    for (const [top, bottom] of rows) assert(top < rows[0][1] && bottom > rows[0][0], `one row: ${JSON.stringify(rows)}`);
  });

  await test(`${theme}: the notice is one line, and opens`, 360, async (page) => {
    await page.goto(`${origin}/${theme}/`);
    const summary = page.locator(".notices summary");
    const height = await summary.evaluate((one) => one.getBoundingClientRect().height);
    assert(height >= 24 && height <= 50, `${height} px high`);
    assert.equal(await page.locator(".notice").isVisible(), false);
    await summary.click();
    assert.match(await page.locator(".notice").innerText(), /free calls resume/);
    assert.equal(await page.locator(".notice-lines").isVisible(), false, "nothing is said twice");
  });

  await test(`${theme}: the menu lies over the page and closes`, 360, async (page) => {
    await page.goto(`${origin}/${theme}/`);
    const before = await ends(page, ".hero h1");
    await page.click(".menu > summary");
    assert.equal(await page.locator(".menu ul a").first().isVisible(), true);
    assert.equal(await ends(page, ".hero h1"), before, "nothing moves");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".menu ul a").first().isVisible(), false);
  });

  await test(`${theme}: crisis numbers come first, and fill the line`, 360, async (page) => {
    await page.goto(`${origin}/${theme}/crisis/`);
    const bottom = await ends(page, "main a[href^='tel:']");
    assert(bottom <= 320, `the first number ends at ${bottom} px`);
    const widths = await page.evaluate(() => [...document.querySelectorAll("main .number")].map((one) => one.getBoundingClientRect().width));
    assert(widths.every((width) => width >= 250), `${widths} px wide`);
    const notice = await page.evaluate(() => document.querySelector(".notices")?.getBoundingClientRect().top ?? 9999);
    assert(notice > bottom, "no notice above them");
  });

  await test(`${theme}: on a phone nothing is wider than the window, and no link of the foot is lower than 24 px`, 360, async (page) => {
    const faults = [];
    for (const url of pages) {
      await page.goto(url);
      faults.push(...(await page.evaluate(() => {
        const faults = document.documentElement.scrollWidth > innerWidth ? [`${location.pathname}: ${document.documentElement.scrollWidth} px wide`] : [];
        for (const link of document.querySelectorAll(".foot-crisis a, .foot-nav a")) {
          const height = link.getBoundingClientRect().height;
          if (height < 24) faults.push(`${location.pathname}: "${link.textContent}" is ${height} px high`);
        }
        return faults;
      })));
    }
    assert.deepEqual(faults, []);
  });
}
await browser.close();
server.close();
fs.rmSync(out, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
