#!/usr/bin/env node
// Runs the program for this computer and hands everything through: words, input, output, signals and the exit status.
// The table is filled in from packaging/platforms.json.
"use strict";
const { spawn } = require("node:child_process");

const programs = {programs};

const here = `${process.platform} ${process.arch}`;
if (!programs[here]) {
  console.error(`Anteroom has no program for this computer (${here}).\nSee {repository}/blob/v{version}/docs/install.md`);
  process.exit(2);
}
let program;
try {
  program = require.resolve(programs[here]);
} catch {
  console.error(
    "The part of Anteroom that belongs to this computer is missing. npm leaves it out with --omit=optional, or when the\n" +
      "folder node_modules was copied from another kind of computer. Run: npm install {package}",
  );
  process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
const heard = Object.fromEntries(
  signals.map((signal) => [
    signal,
    () => {
      // Ctrl-C at a terminal reaches the program by itself; a second one would cut its goodbye short.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    },
  ]),
);
for (const signal of signals) process.on(signal, heard[signal]);
child.on("error", (error) => {
  console.error(`Anteroom can't be started: ${error.message}`);
  process.exit(2);
});
child.on("exit", (status, signal) => {
  if (!signal) process.exit(status);
  for (const name of signals) process.off(name, heard[name]);
  process.kill(process.pid, signal);
});
