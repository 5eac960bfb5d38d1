#!/usr/bin/env node
// Findings as JSON, against docs/findings.schema.json by a validator that knows the standard.
//
//   node findings.mjs PROGRAM
//
// Reads the demo practice (answered findings), a new site (gaps) and a site with faults of every kind of place. Ends
// with 'N passed, N failed' and 0 when all passed.
import { spawnSync } from "node:child_process";
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";

const program = path.resolve(process.argv[2] ?? "target/debug/anteroom");
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const schema = JSON.parse(fs.readFileSync(path.join(repository, "docs/findings.schema.json"), "utf8"));
const day = /^\d{4}-\d{2}-\d{2}$/;
const validate = new Ajv({ allErrors: true, allowUnionTypes: true, formats: { date: day } }).compile(schema);
const home = fs.mkdtempSync(path.join(os.tmpdir(), "anteroom-findings-"));
const run = (...args) => spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 });

let passed = 0, failed = 0;
function test(name, site, expect) {
  try {
    const told = JSON.parse(run("check", "--format", "json", "--site", site, "--today", "2026-11-22").stdout);
    assert(validate(told), JSON.stringify(validate.errors, null, 2));
    expect(told);
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}\n      ${error.message}`);
  }
}

test("the demo practice, whose findings are answered with a reason", repository, ({ findings, counts }) => {
  const answered = findings.filter((finding) => finding.acknowledged);
  assert(answered.length > 0 && answered.every(({ acknowledged }) => acknowledged.reason.length > 10));
  assert.equal(answered.length, counts.acknowledged);
  const codes = new Set(answered.map(({ code }) => code));
  assert(codes.has("protected-title") && codes.has("placeholder-text"), [...codes].join());
  assert.equal(counts.error + counts.warning, 0);
});

const fresh = path.join(home, "fresh");
assert.equal(run("new", fresh, "--yes", "--kind", "licensed-therapy", "--where", "US-CA").status, 0);
test("a new site, whose gaps have places", fresh, ({ findings }) => {
  const gaps = findings.filter(({ code }) => code === "placeholder-text");
  assert(gaps.length > 5 && gaps.every(({ path, line, column }) => path && line && column));
});

const faulty = path.join(home, "faulty");
const write = (file, text) => {
  fs.mkdirSync(path.dirname(path.join(faulty, file)), { recursive: true });
  fs.writeFileSync(path.join(faulty, file), text);
};
write("content/practice.yaml", "nmae: x\nkind: [");
write("content/about.md", "---\ntitle: One\ntitle: Two\n---\n[x](nowhere.md) ![](y.jpg)\n");
write("content/About.md", "no facts");
write("content/latin.md", Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xe9, 0x00]));
test("a site with faults of every kind of place", faulty, ({ findings, counts }) => assert(counts.error > 3 && findings.length > 3));

const empty = path.join(home, "empty");
fs.mkdirSync(path.join(empty, "content"), { recursive: true });
test("a site without a file, whose finding has no place", empty, ({ findings }) => assert(findings.some(({ path }) => path === null)));

// The validator must be able to refuse.
assert(!validate({ version: 1, today: "2026-11-22", site: "", counts: {}, findings: [{}] }));

fs.rmSync(home, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
