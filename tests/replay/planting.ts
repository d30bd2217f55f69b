import { mkdtempSync, cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from "@temporalio/worker";

const house = fileURLToPath(new URL("../../", import.meta.url));
const logger = new DefaultLogger("ERROR", () => {});

const bundleOf = (folder: string): Promise<WorkflowBundle> =>
  bundleWorkflowCode({ workflowsPath: join(folder, "workflows"), logger });

/** A change of the workflows' source: in `file` the text `from` becomes `to`. */
export interface Plant {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

/** The workflows as they are, or as they would be with the plant. */
export const workflowsWith = async (plant?: Plant): Promise<WorkflowBundle> => {
  if (plant === undefined) return bundleOf(house);
  const folder = mkdtempSync(join(tmpdir(), "nenrin-replay-"));
  try {
    for (const room of ["activities/contract.ts", "domain", "workflows", "package.json", "tsconfig.json"])
      cpSync(join(house, room), join(folder, room), { recursive: true });
    symlinkSync(join(house, "node_modules"), join(folder, "node_modules"));
    const file = join(folder, plant.file);
    const text = readFileSync(file, "utf8");
    const planted = text.replace(plant.from, plant.to);
    if (planted === text) throw new Error(`nothing to plant in ${plant.file}: ${String(plant.from)}`);
    writeFileSync(file, planted);
    return await bundleOf(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
