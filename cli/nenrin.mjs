#!/usr/bin/env node
// Runs cli/main.ts on a Node that reads TypeScript: this one, the one locked beside the dependencies, or tsx.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 18)) await import("./main.ts");
else {
  const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
  const locked = path("../node_modules/.bin/node");
  const [node, ...flags] = existsSync(locked) ? [locked] : [process.execPath, "--import", "tsx"];
  const { status } = spawnSync(node, [...flags, path("main.ts"), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
