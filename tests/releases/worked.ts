import type { CycleKey } from "../../domain/ids.ts";
import type { YearHouse } from "../support/year-house.ts";

/** How a workflow was worked on. */
export interface Worked {
  readonly workflow: string;
  readonly isOpen: boolean;
  /** Tasks that failed or that nobody answered in time. */
  readonly stuck: number;
  /** The releases that worked on it, one after another. */
  readonly releases: readonly string[];
  /** Changes of code it has taken: the ids of their patches. */
  readonly patches: readonly string[];
}

const inTurn = (names: readonly string[]): readonly string[] =>
  names.filter((name, n) => name !== names[n - 1]);

/** Every run of every workflow of the cycle. */
export const workedOn = async ({ client }: YearHouse, cycle: CycleKey): Promise<readonly Worked[]> => {
  const all: Worked[] = [];
  for await (const { workflowId, runId, status } of client.workflow.list()) {
    if (!workflowId.includes(cycle)) continue;
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const history = events ?? [];
    all.push({
      workflow: workflowId,
      isOpen: status.name === "RUNNING",
      stuck: history.filter(
        (event) =>
          event.workflowTaskFailedEventAttributes != null ||
          event.workflowTaskTimedOutEventAttributes != null,
      ).length,
      releases: inTurn(
        history.flatMap(
          ({ workflowTaskCompletedEventAttributes: done }) => done?.deploymentVersion?.buildId ?? [],
        ),
      ),
      patches: history.flatMap(({ markerRecordedEventAttributes: marker }) =>
        marker?.markerName === "core_patch" ? JSON.stringify(marker.details) : [],
      ),
    });
  }
  return all;
};
