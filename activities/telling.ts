import { WorkflowNotFoundError } from "@temporalio/client";
import { openProcessesOf } from "../db/queries/cycles.ts";
import { planAmended } from "../workflows/contract.ts";
import type { Activities } from "./contract.ts";
import { AT_ONCE, type StartingDeps } from "./starting.ts";

/** Whose ids begin so decide by dates. */
const HEARS = /^(chase|request|survey)-/;

/** One that has ended meanwhile needs no word of it. */
const tell = async (
  { client }: StartingDeps,
  workflow: string,
  said: Parameters<Activities["tellAmended"]>[0],
) => {
  const { at, calendar, sendWindow } = said;
  try {
    await client.workflow.getHandle(workflow).signal(planAmended, { at, calendar, sendWindow });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
};

/** In chunks, as they were started. */
export const tellAmended = async (
  deps: StartingDeps,
  said: Parameters<Activities["tellAmended"]>[0],
): Promise<void> => {
  const open = (await openProcessesOf(deps.db, said.cycle)).filter((workflow) => HEARS.test(workflow));
  for (let from = 0; from < open.length; from += AT_ONCE)
    await Promise.all(open.slice(from, from + AT_ONCE).map((workflow) => tell(deps, workflow, said)));
};
