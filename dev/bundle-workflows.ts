// Writes what the workflows' sandbox loads into one file, so that no worker has to make it when it starts:
// `node dev/bundle-workflows.ts <file>`.
import { renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";

const [, , file] = process.argv;
if (file === undefined) throw new Error("Usage: node dev/bundle-workflows.ts <file to write>");
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL("../workflows", import.meta.url)),
  failureConverterPath: fileURLToPath(new URL("../workflows/failure-converter.ts", import.meta.url)),
  logger: new DefaultLogger("WARN"),
});
// Under its name only when it is whole.
writeFileSync(`${file}.${process.pid}`, code);
renameSync(`${file}.${process.pid}`, file);
