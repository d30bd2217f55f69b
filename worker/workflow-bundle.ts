import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, type Logger, type WorkflowBundle } from "@temporalio/worker";

const inHouse = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Of this checkout: the number of its release. */
export const releaseHere = (): string => {
  const said: unknown = JSON.parse(readFileSync(inHouse("package.json"), "utf8"));
  if (typeof said === "object" && said !== null && "version" in said && typeof said.version === "string")
    return said.version;
  throw new Error("package.json has no version");
};

export const failureConverterPath = inHouse("workflows/failure-converter.ts");

/** What the workflows' sandbox loads: the file that was made beforehand, or made now, in some seconds. */
export const bundleOf = async (file: string | null, logger: Logger): Promise<WorkflowBundle> =>
  file === null
    ? bundleWorkflowCode({ workflowsPath: inHouse("workflows"), failureConverterPath, logger })
    : { code: readFileSync(file, "utf8") };
