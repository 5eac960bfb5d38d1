#!/usr/bin/env node
// The search in a real browser: in a finished site with the policy of its `_headers` enforced, and in the preview.
//
//   node search.mjs PROGRAM [--site DIR]
//
// Of every article of the demo practice a phrase from its middle is looked for. Ends with 'N passed, N failed' and 0 when all
// passed.
import { execFileSync, spawn } from "node:child_process";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const args = process.argv.slice(2);
const at = args.indexOf("--site");
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const site = at < 0 ? repository : path.resolve(args.splice(at, 2)[1]);
const program = path.resolve(args[0] ?? "target/debug/anteroom");
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-search-"));
const out = path.join(temporary, "out");
const build = (...more) => execFileSync(program, ["build", "--quiet", "--site", site, "--today", "2026-11-24", ...more], { stdio: "inherit" });
build("--output", out);

const policy = /Content-Security-Policy: (.*)/.exec(fs.readFileSync(path.join(out, "_headers"), "utf8"))[1];
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript", ".json": "application/json" };
let bytes = 0;
const files = createServer((request, response) => {
  let file = path.join(out, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (file.endsWith("/")) file += "index.html";
  const type = types[path.extname(file)] ?? "application/octet-stream";
  if (!file.startsWith(out) || !fs.existsSync(file)) return response.writeHead(404).end();
  const raw = fs.readFileSync(file), body = /text|json/.test(type) ? zlib.gzipSync(raw, { level: 9 }) : raw;
  bytes += body.length;
  response.writeHead(200, { "content-type": type, "content-security-policy": policy, ...(body === raw ? {} : { "content-encoding": "gzip" }) });
  response.end(body);
}).listen(0, "127.0.0.1");
await new Promise((ready) => files.once("listening", ready));
const built = `http://127.0.0.1:${files.address().port}/`;
const server = spawn(program, ["serve", "--site", site, "--port", String(20000 + Math.floor(Math.random() * 20000)), "--today", "2026-11-24"]);
const served = await new Promise((ready, failed) => {
  let printed = "";
  const hear = (part) => { printed += part; const found = printed.match(/The preview is at (http:\S+)/); if (found) ready(found[1]); };
  server.stdout.on("data", hear);
  server.stderr.on("data", hear);
  server.on("exit", () => failed(new Error(printed)));
});
server.removeAllListeners("exit");

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
let passed = 0, failed = 0;
async function test(name, run, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  page.on("console", (message) => { if (message.type() === "error" && !/404 \(Not Found\)/.test(message.text())) faults.push(message.text()); });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (![built, served].some((own) => request.url().startsWith(new URL(own).origin)) && !/^(data|file|about):/.test(request.url())) faults.push(`asked ${request.url()}`);
  });
  try { await run(page); assert.deepEqual(faults, []); passed += 1; }
  catch (error) { failed += 1; console.log(`failed: ${name}\n  ${error.message}`); }
  await context.close();
}
const field = (page) => page.locator("main [name=q]");
const found = async (page, origin) => {
  await page.waitForFunction(() => document.querySelector(".count").textContent);
  const links = await page.locator(".results li a").evaluateAll((links) => links.map((link) => link.href));
  return links.map((link) => link.slice(origin.length));
};
const search = async (page, origin, query) => {
  await page.goto(`${origin}search/?q=${encodeURIComponent(query)}`);
  return found(page, origin);
};

const urls = at < 0 ? fs.readdirSync(path.join(repository, "content/resources"), { withFileTypes: true }).filter((entry) => !["index.md", "topics"].includes(entry.name))
  .map((entry) => `resources/${entry.name.replace(/\.md$/, "")}/`).filter((url) => fs.existsSync(path.join(out, url, "index.html"))) : [];
// Some words in a row from the middle of an article.
async function phrase(page, url, size) {
  await page.goto(built + url);
  return page.evaluate((size) => {
    const prose = document.querySelector("main .prose");
    prose.querySelectorAll("sup").forEach((note) => note.remove());
    const paragraphs = [...prose.querySelectorAll(":scope > p")].map((p) => p.textContent.trim().split(/\s+/)).filter((words) => words.length > 3 * size);
    const words = paragraphs[Math.floor(paragraphs.length / 2)];
    return words.slice(Math.floor(words.length / 2) - 2).slice(0, size).join(" ");
  }, size);
}

for (const url of urls) {
  for (const size of [4, 6]) {
    for (const [where, origin] of [["a finished site", built], ["the preview", served]]) {
      await test(`${url} by ${size} words from its middle, in ${where}`, async (page) => {
        const words = await phrase(page, url, size);
        const links = await search(page, origin, words);
        // Four common words may stand so in another article as well.
        assert.ok(links.slice(0, size > 4 ? 1 : 2).includes(url), `“${words}” finds ${links.slice(0, 3)}`);
        assert.ok(await page.locator(".results li:first-child mark").count() > 1, "its words are marked");
      });
    }
  }
}
if (at < 0) {
  await test("typing finds, with slips and in other forms, and the address keeps the words", async (page) => {
    await page.goto(`${built}search/`);
    for (const [typed, expected] of [["ruptre", "ruptures-and-repair"], ["allaince", "what-the-therapeutic-alliance-is"], ["transfernce", "transference-explained"],
      ["interpreters", "talking-through-an-interpreter"], ["ending", "endings-that-help"], ["transf", "transference-explained"], ["TRANSFÉRENCE", "transference-explained"]]) {
      await field(page).fill("");
      await page.waitForFunction(() => !document.querySelector(".count").textContent);
      await field(page).pressSequentially(typed);
      const links = await found(page, built);
      assert.equal(links[0], `resources/${expected}/`, `“${typed}” finds ${links.slice(0, 3)}`);
      assert.equal(new URL(page.url()).searchParams.get("q"), typed);
    }
    await page.reload();
    assert.equal(await field(page).inputValue(), "TRANSFÉRENCE");
    assert.equal((await found(page, built))[0], "resources/transference-explained/");
  });
  await test("singular and plural, and other forms of a word, find the same pages", async (page) => {
    for (const forms of [["boundary", "boundaries"], ["therapist", "therapists"], ["repair", "repaired"]]) {
      const [one, other] = [await search(page, built, forms[0]), await search(page, built, forms[1])];
      assert.ok(one.length > 1 && forms.length === 2);
      assert.deepEqual([...one].sort(), [...other].sort(), forms.join());
    }
  });
  await test("people, services and crisis help are found, lists and the page itself are not", async (page) => {
    assert.ok((await search(page, built, "crisis help")).includes("crisis/"));
    assert.equal((await search(page, built, "spiritual life coaching"))[0], "services/spiritual-life-coaching/");
    assert.equal((await search(page, built, "mason garlick"))[0], "practitioners/mason-garlick/");
    const links = await search(page, built, "articles topics");
    assert.ok(!links.some((url) => /^(search|resources|services|resources\/topics\/.*)\/$/.test(url) && url.split("/").length < 3), links.join());
  });
  await test("the keyboard goes from the field to the results and back", async (page) => {
    await search(page, built, "alliance");
    const focused = () => page.evaluate(() => document.activeElement.href ?? document.activeElement.name);
    const links = await page.locator(".results li a").evaluateAll((links) => links.map((link) => link.href));
    await field(page).focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), links[0]);
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), links[1]);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(), "q");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector(".results li"));
    assert.equal(await field(page).inputValue(), "");
    assert.equal(new URL(page.url()).search, "");
    await field(page).fill("alliance");
    await page.keyboard.press("Enter");
    await found(page, built);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/resources\//);
  });
  await test("a word meant is named once, and of words as near the one with the same beginning", async (page) => {
    await search(page, built, "alience");
    const meant = await page.locator(".count a").allTextContents();
    assert.ok(meant.length > 1 && meant.includes("alliance"));
    assert.equal(new Set(meant).size, meant.length, meant.join());
    await search(page, built, "aliances");
    assert.match(await page.locator(".count").textContent(), /alliance/);
  });
  await test("what stands below a hit is a sentence, not a name by itself", async (page) => {
    await search(page, built, "alliance");
    const excerpts = await page.locator(".results .excerpt").allTextContents();
    assert.ok(excerpts.length > 4);
    for (const excerpt of excerpts) assert.ok(excerpt.split(" ").length > 3, excerpt);
  });
  await test("words that are nowhere are said to be, with the nearest ones", async (page) => {
    assert.deepEqual(await search(page, built, "qqqqxxxx"), []);
    assert.match(await page.locator(".count").innerText(), /qqqqxxxx/);
    await search(page, built, "<b>alliance</b> \"'&");
    assert.equal(await page.locator(".results b").count(), 0);
    assert.deepEqual(await search(page, built, "transphrenc"), []);
    await page.locator(".count a").first().click();
    await page.waitForURL(/q=/);
    assert.ok((await found(page, built)).length > 0);
  });
  await test("a form elsewhere leads to the search", async (page) => {
    for (const from of ["resources/", "404.html"]) {
      await page.goto(built + from);
      await field(page).fill("repair");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/search\/\?q=repair$/);
      assert.ok((await found(page, built)).length > 0, from);
    }
    await page.locator("footer a[href$='search/']").click();
    await page.waitForURL(/\/search\/$/);
  });
  await test("without a script there are the ways to everything", async (page) => {
    await page.goto(`${built}search/?q=repair`);
    const text = await page.locator("main").innerText();
    assert.match(text, /needs JavaScript/);
    assert.ok(await page.locator("main a[href*='topics/']:visible").count() > 3);
    assert.ok(await page.locator("main .links a:visible").count() > 3);
  }, { javaScriptEnabled: false });
  await test("the preview finds what was written a moment ago", async (page) => {
    const copy = path.join(temporary, "site");
    fs.cpSync(path.join(repository, "content"), path.join(copy, "content"), { recursive: true });
    const article = path.join(copy, "content", fs.existsSync(path.join(repository, "content", urls[0], "index.md")) ? `${urls[0]}index.md` : urls[0].replace(/\/$/, ".md"));
    const own = spawn(program, ["serve", "--site", copy, "--port", String(20000 + Math.floor(Math.random() * 20000)), "--today", "2026-11-24"]);
    try {
      const origin = await new Promise((ready) => own.stdout.on("data", (part) => { const it = String(part).match(/The preview is at (http:\S+)/); if (it) ready(it[1]); }));
      page.removeAllListeners("request");
      assert.deepEqual(await search(page, origin, "marmalade"), []);
      fs.appendFileSync(article, "\n\nNobody expected the marmalade.\n");
      for (let tries = 0; tries < 40 && !(await (await fetch(origin + urls[0])).text()).includes("marmalade"); tries++) await new Promise((done) => setTimeout(done, 100));
      assert.deepEqual(await search(page, origin, "marmalade"), [urls[0]]);
    } finally { own.kill(); }
  });
  await test("a copy for a disk says that it cannot search and shows the ways to everything", async (page) => {
    const disk = path.join(temporary, "disk");
    build("--portable", "--output", disk);
    await page.goto(`file://${disk}/search/index.html`);
    assert.match(await page.locator("main").innerText(), /opened from your computer/);
    assert.equal(await page.locator("main form, main script, head script[src]").count(), 0);
    await page.locator("main a[href*='topics/']").first().click();
    await page.waitForURL(/topics\/.*index\.html$/);
    assert.ok(!fs.existsSync(path.join(disk, "search/index.json")));
  });
}
{ // How much a first search fetches.
  await test("a search fetches less than 150 kB", async (page) => {
    for (const query of at < 0 ? ["therapeutic alliance ruptures", "what helps after a rupture in therapy"] : ["practice", "alliance deepens patience courage", "because every conversation notices quiet grief"]) {
      await page.goto(`${built}search/`);
      bytes = 0;
      await field(page).fill(query);
      const links = await found(page, built);
      console.log(`  ${query}: ${links.length} shown, ${await page.locator(".count").innerText()}, ${(bytes / 1000).toFixed(0)} kB`);
      assert.ok(links.length > 0 && bytes < 150_000, `${query}: ${bytes}`);
    }
  });
}
await browser.close();
server.kill();
files.close();
fs.rmSync(temporary, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
