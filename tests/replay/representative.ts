import { z } from "zod";

const Named = z.object({ name: z.string() });
const Attributes = z.object({
  signalName: z.string().optional(),
  markerName: z.string().optional(),
  activityType: Named.optional(),
  acceptedRequest: z.object({ input: Named }).optional(),
});
/** The history of one run, as JSON has it. */
export const History = z.object({ events: z.array(z.looseObject({ eventType: z.string() })).min(1) });
export type History = Readonly<z.infer<typeof History>>;

/** What a replay has to bring about again; the rest is the engine's own. */
const HAPPENINGS: Readonly<Record<string, string>> = {
  EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: "does",
  EVENT_TYPE_MARKER_RECORDED: "does at once",
  EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: "says",
  EVENT_TYPE_TIMER_CANCELED: "no longer waits",
  EVENT_TYPE_TIMER_FIRED: "has waited",
  EVENT_TYPE_TIMER_STARTED: "waits",
  EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: "shows where it stands",
  EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED: "ends",
  EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: "goes on afresh",
  EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: "hears",
  EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: "is asked",
};

const happening = ({ eventType, ...event }: History["events"][number]): readonly string[] => {
  const verb = HAPPENINGS[eventType];
  if (verb === undefined) return [];
  const [, attributes = {}] = Object.entries(event).find(([key]) => key.endsWith("EventAttributes")) ?? [];
  const { signalName, markerName, activityType, acceptedRequest } = Attributes.parse(attributes);
  const name = signalName ?? markerName ?? activityType?.name ?? acceptedRequest?.input.name ?? "";
  return [`${verb} ${name}`];
};

/** What happens in a run, each with what happened just before: the turns that a change of the code can break. */
const turnsOf = ({ events }: History): ReadonlySet<string> => {
  const happenings = events.flatMap(happening);
  return new Set(happenings.map((one, index) => `${happenings[index - 1] ?? "starts"} → ${one}`));
};

/** A few of the runs that between them show every turn the runs show; the shorter where two show as much. */
export const representative = <Run extends { readonly history: History }>(
  runs: readonly Run[],
): readonly Run[] => {
  const known = runs
    .toSorted((one, other) => one.history.events.length - other.history.events.length)
    .map((run) => ({ run, turns: turnsOf(run.history) }));
  const left = new Set(known.flatMap(({ turns }) => [...turns]));
  const news = ({ turns }: (typeof known)[number]): number =>
    [...turns].filter((turn) => left.has(turn)).length;
  const chosen: Run[] = [];
  while (left.size > 0) {
    const best = known.reduce((most, one) => (news(one) > news(most) ? one : most));
    chosen.push(best.run);
    for (const turn of best.turns) left.delete(turn);
  }
  return chosen;
};
