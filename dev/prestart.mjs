// What npm runs before `npm start`, `npm test` and `npm run rehearse`. Nothing may be installed yet:
// Node's built-in modules only, plain JavaScript, Node 20.
import { fileURLToPath } from "node:url";
import { installLockedDependencies } from "./locked-dependencies.mjs";
import { getTemporal } from "./temporal-cli.mjs";

const checkout = fileURLToPath(new URL("..", import.meta.url));

try {
  installLockedDependencies(checkout);
  await getTemporal({ checkout, environment: process.env });
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
