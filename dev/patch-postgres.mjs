// What npm runs after it has installed the packages. When the database cuts a connection, postgres 3.4.9 still writes
// the transaction's ROLLBACK to it: thrown from a timer, where nobody can catch it, the error ends the process
// (porsager/postgres#1208). Or it leaves unanswered what was waiting, and mixes that up with what the connection is
// asked once it is open again. With these changes every query of a cut connection fails, and the next begins anew.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../node_modules/postgres/src/connection.js", import.meta.url));

/** Text → what stands there instead. */
const changes = [
  [
    "  function execute(q) {\n",
    `  function execute(q) {
    if (socket === null) {
      queryError(q, Errors.connection('CONNECTION_CLOSED', options))
      return true
    }

`,
  ],
  [
    "    socket = null\n\n    if (initial)\n",
    "    socket = chunk = nextWriteTimer = null\n\n    if (initial)\n",
  ],
  [
    "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
    `    error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = results = errorResponse = null
    result = new Result()
`,
  ],
];

const text = readFileSync(file, "utf8");
const isPatched = changes.every(([, to]) => text.includes(to));
if (!isPatched) {
  if (!changes.every(([from]) => text.split(from).length === 2))
    throw new Error(`${file} is another than dev/patch-postgres.mjs knows: is the patch still needed?`);
  writeFileSync(
    file,
    changes.reduce((patched, [from, to]) => patched.replace(from, to), text),
  );
}
