#!/usr/bin/env node
// The live preview in a real browser: what an author does, and what the open page then shows.
//
//   node preview.mjs PROGRAM [--edits N]
//
// Works on a copy of the demo practice in a temporary folder. Needs Chromium at /usr/bin/chromium or $CHROMIUM.
// Ends with 'N passed, N failed' and 0 when all passed.
import { spawn } from "node:child_process";
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const program = path.resolve(process.argv[2] ?? "target/debug/anteroom");
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const site = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-preview-"));
fs.cpSync(path.join(repository, "content"), path.join(site, "content"), { recursive: true });
const at = (file) => path.join(site, file);
const read = (file) => fs.readFileSync(at(file), "utf8");
const write = (file, text) => { fs.mkdirSync(path.dirname(at(file)), { recursive: true }); fs.writeFileSync(at(file), text); };
const edit = (file, from, to) => {
  const text = read(file);
  assert(text.includes(from), `${file} holds ${from}`);
  write(file, text.replace(from, to));
};
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

let server, origin;
function serve(port = 0) {
  return new Promise((ready, failed) => {
    const wanted = port || 20000 + Math.floor(Math.random() * 20000);
    server = spawn(program, ["serve", "--site", site, "--port", String(wanted), "--today", "2026-11-22"]);
    let printed = "";
    const hear = (part) => {
      printed += part;
      const found = printed.match(/The preview is at (http:\S+)/);
      if (found) { origin = found[1]; ready(wanted); }
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", (part) => { printed += part; });
    server.on("exit", () => failed(new Error(printed)));
  });
}
const stop = (signal) => new Promise((done) => { server.removeAllListeners("exit"); server.on("exit", (code) => done(code)); server.kill(signal); });

const port = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});
const page = await browser.newPage();
const problems = [];
page.on("pageerror", (error) => problems.push(String(error)));
page.on("console", (message) => { if (message.type() === "error" && !/404|503|ERR_CONNECTION|ERR_INCOMPLETE/.test(message.text())) problems.push(message.text()); });
const go = async (where) => {
  await page.goto(origin + where);
  await page.waitForFunction(() => document.querySelector("anteroom-preview"));
  await page.evaluate(() => { window.mark = "same page"; });
};
const sees = (text, timeout = 3000) => page.waitForFunction((text) => document.body.textContent.includes(text), text, { timeout });
const stayed = async () => assert.equal(await page.evaluate(() => window.mark), "same page", "the page was not loaded again");
const overlay = (what) => page.evaluate((what) => {
  const shadow = document.querySelector("anteroom-preview").shadowRoot;
  const [panel, badge, offer] = [...shadow.children];
  const node = { panel, badge, offer }[what];
  return node.hidden ? null : node.innerText;
}, what);
const overlaySays = (what, text) => page.waitForFunction(([what, text]) => {
  const [panel, badge, offer] = [...document.querySelector("anteroom-preview").shadowRoot.children];
  const node = { panel, badge, offer }[what];
  return text === null ? node.hidden : !node.hidden && node.innerText.includes(text);
}, [what, text], { timeout: 3000 });

let passed = 0, failed = 0;
async function test(name, run) {
  problems.length = 0;
  try {
    await run();
    assert.deepEqual(problems, [], "the console is quiet");
    passed++;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n      ${String(error.message).split("\n").join("\n      ")}`);
  }
}

await test("an edited body appears without loading the page again, at the same place", async () => {
  const name = fs.readdirSync(at("content/resources")).filter((name) => fs.existsSync(at(`content/resources/${name}/index.md`)))[0];
  await go(`resources/${name}/`);
  await page.evaluate(() => scrollTo(0, 900));
  const before = await page.evaluate(() => scrollY);
  fs.appendFileSync(at(`content/resources/${name}/index.md`), "\n\nA sentence that was added by hand.\n");
  await sees("A sentence that was added by hand.");
  await stayed();
  assert.equal(await page.evaluate(() => scrollY), before);
});

await test("an edited title appears in the heading and in the tab", async () => {
  await go("about/");
  const title = read("content/about.md").match(/^title: (.*)$/m)[0];
  edit("content/about.md", title, "title: About this house");
  await page.waitForFunction(() => document.title.startsWith("About this house") && document.querySelector("h1").textContent.includes("About this house"));
  await stayed();
  edit("content/about.md", "title: About this house", title);
});

await test("a style alone is swapped, and nothing is ever without style", async () => {
  await go("about/");
  await page.evaluate(() => {
    window.bare = 0;
    const look = () => { if (getComputedStyle(document.body).fontFamily.includes("Times")) window.bare++; requestAnimationFrame(look); };
    look();
  });
  const css = fs.readFileSync(path.join(repository, "themes/linen/assets/prose.css"), "utf8");
  write("themes/linen/assets/prose.css", css + "\nh1 { letter-spacing: 7px; }\n");
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
  await stayed();
  assert.equal(await page.evaluate(() => window.bare), 0);
  assert.equal(await page.evaluate(() => document.querySelectorAll("link[rel~=stylesheet]").length), 1);
});

await test("an edited template appears", async () => {
  await go("about/");
  const template = fs.readFileSync(path.join(repository, "themes/base/templates/partials/notices.html"), "utf8");
  write("themes/linen/templates/partials/notices.html", template + "<p>From the template.</p>");
  await sees("From the template.");
  await stayed();
  fs.rmSync(at("themes"), { recursive: true });
  await page.waitForFunction(() => !document.body.textContent.includes("From the template."));
});

await test("edited facts of the practice appear", async () => {
  await go("contact/");
  const email = read("content/practice.yaml").match(/^email: (.*)$/m);
  edit("content/practice.yaml", email[0], "email: another@harmonybridge.example");
  await sees("another@harmonybridge.example");
  await stayed();
  edit("content/practice.yaml", "email: another@harmonybridge.example", email[0]);
});

await test("a fault is shown over the last good page, all of it escaped, and goes with its mend", async () => {
  await go("about/");
  const good = read("content/about.md");
  const heading = await page.evaluate(() => document.querySelector("h1").textContent);
  const other = read("content/faq.md");
  write("content/about.md", good.replace(/^title:/m, "tittle:"));
  write("content/faq.md", `${other}\n[<b>x</b>](nowhere.md)\n`);
  await overlaySays("panel", "did you mean `title`?");
  await overlaySays("panel", "nowhere.md");
  assert.match(await overlay("panel"), /content\/about\.md/);
  assert.equal(await page.evaluate(() => document.querySelector("h1").textContent), heading);
  const link = await page.evaluate(() => document.querySelector("anteroom-preview").shadowRoot.querySelector("article a").href);
  assert.match(link, /^vscode:\/\/file\/.*content\/about\.md:\d+:\d+$/);
  assert.equal(await page.evaluate(() => document.querySelector("anteroom-preview").shadowRoot.querySelectorAll("pre b").length), 0);
  write("content/about.md", good);
  write("content/faq.md", other);
  await overlaySays("panel", null);
  await stayed();
});

await test("of very many findings the rest is counted", async () => {
  await go("about/");
  const good = read("content/about.md");
  write("content/about.md", good + Array.from({ length: 60 }, (_, i) => `\n\n[Somewhere](nowhere-${i}.md)`).join(""));
  await overlaySays("panel", "10 more findings aren't shown. Fix these first.");
  write("content/about.md", good);
  await overlaySays("panel", null);
  await stayed();
});

await test("an open page that is deleted becomes the site's own 404, and comes back", async () => {
  write("content/short-lived.md", "---\ntitle: Short-lived\n---\nHere for a while.\n");
  await sleep(300);
  await go("short-lived/");
  const text = read("content/short-lived.md");
  fs.rmSync(at("content/short-lived.md"));
  await page.waitForFunction(() => !document.body.textContent.includes("Here for a while."));
  write("content/short-lived.md", text);
  await sees("Here for a while.");
  fs.rmSync(at("content/short-lived.md"));
  await sleep(200);
});

await test("what is typed into a form stays, with its focus, while another part is saved", async () => {
  await go("contact/");
  const field = page.locator("form input:not([type=hidden]):visible, form textarea:visible").first();
  await field.click();
  await page.keyboard.type("Half a sent");
  const id = await page.evaluate(() => document.activeElement.name);
  fs.appendFileSync(at("content/contact.md"), "\n\nSaved meanwhile.\n");
  await sees("Saved meanwhile.");
  await page.keyboard.type("ence");
  assert.equal(await page.evaluate(() => document.activeElement.name), id);
  assert.equal(await page.evaluate(() => document.activeElement.value), "Half a sentence");
  await stayed();
});

await test("an open question stays open", async () => {
  fs.appendFileSync(at("content/faq.md"), "\n\n<details><summary>More</summary>Folded away.</details>\n");
  await sleep(300);
  await go("faq/");
  await page.evaluate(() => { document.querySelector("details").open = true; });
  fs.appendFileSync(at("content/faq.md"), "\n\nOne more thing.\n");
  await sees("One more thing.");
  assert(await page.evaluate(() => document.querySelector("details").open));
  await stayed();
});

await test("saving a file whose page is not open offers to go there", async () => {
  await go("");
  fs.appendFileSync(at("content/about.md"), "\n\nElsewhere.\n");
  await overlaySays("offer", "You saved /about/");
  await page.evaluate(() => document.querySelector("anteroom-preview").shadowRoot.querySelector("p.left a").click());
  await page.waitForURL("**/about/");
  await sees("Elsewhere.");
});

await test("fifty saves in five seconds end in the right page", async () => {
  await go("about/");
  const good = read("content/about.md");
  for (let i = 1; i <= 50; i++) {
    write("content/about.md", `${good}\n\nSave number ${i} of fifty.\n`);
    await sleep(95);
  }
  await sees("Save number 50 of fifty.");
  assert(!(await page.evaluate(() => document.body.textContent)).includes("Save number 49 of fifty."));
  await stayed();
  write("content/about.md", good);
});

await test("a page follows again after the preview was started anew", async () => {
  await go("about/");
  await stop("SIGINT");
  fs.appendFileSync(at("content/about.md"), "\n\nWritten while nothing ran.\n");
  await serve(port);
  await sees("Written while nothing ran.", 12000);
  await stayed();
});

await test("a page that cannot be fetched for a moment stays, and follows when it can", async () => {
  await go("about/");
  let refused = 0;
  const isFetch = (request) => request.resourceType() === "fetch";
  await page.route("**/about/", (route) => (isFetch(route.request()) ? (refused++, route.abort("connectionrefused")) : route.continue()));
  fs.appendFileSync(at("content/about.md"), "\n\nWritten while nothing came through.\n");
  await page.waitForRequest(isFetch);
  await sleep(300);
  assert(refused > 0, "the fetch was refused");
  await stayed();
  await page.unroute("**/about/");
  await sees("Written while nothing came through.", 5000);
  await stayed();
});

await test("a broken site starts, says what to mend, and appears with the mend", async () => {
  await stop("SIGINT");
  const good = read("content/practice.yaml");
  write("content/practice.yaml", good.replace(/^name:/m, "nmae:"));
  await serve(port);
  await page.goto(origin + "about/");
  await overlaySays("panel", "did you mean `name`?");
  await overlaySays("panel", "1 error to fix before your site appears here");
  write("content/practice.yaml", good);
  await page.waitForFunction(() => document.querySelector("main h1"));
  await overlaySays("panel", null);
});

await test("from save to the change of the open page", async () => {
  await go("about/");
  const good = read("content/about.md");
  const times = [];
  for (let i = 0; i < 15; i++) {
    const text = `Timed sentence number ${i}.`;
    const seen = sees(text);
    await sleep(60);
    const begun = performance.now();
    write("content/about.md", `${good}\n\n${text}\n`);
    await seen;
    times.push(performance.now() - begun);
  }
  write("content/about.md", good);
  times.sort((a, b) => a - b);
  console.log(`      save to DOM, demo site: median ${times[7].toFixed(0)} ms, slowest ${times.at(-1).toFixed(0)} ms`);
  assert(times[7] < 250, "the median is below a quarter of a second");
});

await test("the preview ends at once and well", async () => {
  const begun = performance.now();
  assert.equal(await stop("SIGINT"), 0);
  assert(performance.now() - begun < 1000);
});

await browser.close();
fs.rmSync(site, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
