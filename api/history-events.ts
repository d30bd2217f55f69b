import type { Asked, Happening, HistoryEvent, Timer, Update } from "../domain/history.ts";

/** A history as it is kept and exported: the engine's JSON, payloads in plain. */

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objectIn = (value: unknown, ...path: readonly string[]): Json => {
  let found: unknown = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return isObject(found) ? found : {};
};
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** What one payload holds; null where it is no JSON. */
const plain = (payload: unknown): unknown => {
  const { metadata, data } = objectIn(payload);
  const encoding = Buffer.from(textOf(objectIn(metadata)["encoding"]), "base64").toString("utf8");
  return encoding === "json/plain" ? JSON.parse(Buffer.from(textOf(data), "base64").toString("utf8")) : null;
};
const firstOf = (payloads: unknown): unknown => {
  const { payloads: all } = objectIn(payloads);
  return Array.isArray(all) ? plain(all[0]) : null;
};
const summaryOf = (event: Json): string | null => {
  const said = plain(objectIn(event, "userMetadata")["summary"]);
  return typeof said === "string" ? said : null;
};
const secondsOf = (duration: unknown): number => Number.parseFloat(textOf(duration)) || 0;
/** The failure at the bottom says what happened; those around it say where. */
const whyOf = (failure: unknown): string => {
  const { message, cause } = objectIn(failure);
  return isObject(cause) ? whyOf(cause) : textOf(message);
};

/** What earlier events of the run have asked for. */
interface Known {
  readonly activities: Map<string, Asked>;
  readonly timers: Map<string, Timer>;
  readonly updates: Map<string, Update>;
}
type Reader = (attributes: Json, event: Json, known: Known) => Happening;

const NOTHING: Asked = { name: "", summary: null, input: null };
const activityOf = ({ scheduledEventId }: Json, { activities }: Known): Asked =>
  activities.get(textOf(scheduledEventId)) ?? NOTHING;
const timerOf = ({ startedEventId }: Json, { timers }: Known): Timer =>
  timers.get(textOf(startedEventId)) ?? { summary: null, seconds: 0 };
const updateOf = ({ meta }: Json, { updates }: Known): Update =>
  updates.get(textOf(objectIn(meta)["updateId"])) ?? { id: "", name: "", told: null };

const ended =
  (how: Extract<Happening, { is: "ended" }>["how"]): Reader =>
  ({ failure, reason }) => ({ is: "ended", how, why: textOf(reason) || whyOf(failure) });
const activityEnded =
  (how: Extract<Happening, { is: "activity-ended" }>["how"]): Reader =>
  (attributes, _, known) => ({
    is: "activity-ended",
    activity: activityOf(attributes, known),
    how,
    why: whyOf(attributes["failure"]),
  });

const scheduled: Reader = (attributes, event, { activities }) => {
  const activity = {
    name: textOf(objectIn(attributes, "activityType")["name"]),
    summary: summaryOf(event),
    input: firstOf(attributes["input"]),
  };
  activities.set(textOf(event["eventId"]), activity);
  return { is: "activity-scheduled", activity };
};
const begun: Reader = (attributes, event, known) => {
  const attempt = Number(attributes["attempt"] ?? 1);
  const why = whyOf(attributes["lastFailure"]);
  return attempt > 1
    ? { is: "activity-retried", activity: activityOf(attributes, known), attempt, why }
    : { is: "machine", type: textOf(event["eventType"]) };
};
const timerStarted: Reader = (attributes, event, { timers }) => {
  const timer = { summary: summaryOf(event), seconds: secondsOf(attributes["startToFireTimeout"]) };
  timers.set(textOf(event["eventId"]), timer);
  return { is: "timer-started", timer };
};
const accepted: Reader = (attributes, _, { updates }) => {
  const request = objectIn(attributes, "acceptedRequest");
  const { name, args } = objectIn(request, "input");
  const update = {
    id: textOf(objectIn(request, "meta")["updateId"]),
    name: textOf(name),
    told: firstOf(args),
  };
  updates.set(update.id, update);
  return { is: "update-accepted", update };
};
const answered: Reader = (attributes, _, known) => {
  const { success, failure } = objectIn(attributes, "outcome");
  const update = updateOf(attributes, known);
  return {
    is: "update-completed",
    update,
    answer: firstOf(success),
    refused: failure === undefined ? null : whyOf(failure),
  };
};
const marked: Reader = (attributes, event) => {
  if (attributes["markerName"] !== "core_local_activity")
    return { is: "machine", type: textOf(event["eventType"]) };
  const details = objectIn(attributes, "details");
  const name = textOf(objectIn(firstOf(details["data"]))["activity_type"]);
  return {
    is: "read",
    activity: { name, summary: summaryOf(event), input: null },
    answer: firstOf(details["result"]),
  };
};

/** Every type of event that a person may meet; whatever else there is, is between the engine and its workers. */
const readers: Readonly<Record<string, Reader>> = {
  WORKFLOW_EXECUTION_STARTED: ({ input, continuedExecutionRunId }, event) => ({
    is: "started",
    summary: summaryOf(event),
    input: firstOf(input),
    goesOn: textOf(continuedExecutionRunId) !== "",
  }),
  WORKFLOW_EXECUTION_COMPLETED: () => ({ is: "completed" }),
  WORKFLOW_EXECUTION_CONTINUED_AS_NEW: () => ({ is: "handed-on" }),
  WORKFLOW_EXECUTION_FAILED: ended("failed"),
  WORKFLOW_EXECUTION_TIMED_OUT: ended("timed-out"),
  WORKFLOW_EXECUTION_TERMINATED: ended("terminated"),
  WORKFLOW_EXECUTION_CANCELED: ended("cancelled"),
  TIMER_STARTED: timerStarted,
  TIMER_FIRED: (attributes, _, known) => ({ is: "timer-fired", timer: timerOf(attributes, known) }),
  TIMER_CANCELED: (attributes, _, known) => ({ is: "timer-cancelled", timer: timerOf(attributes, known) }),
  ACTIVITY_TASK_SCHEDULED: scheduled,
  ACTIVITY_TASK_STARTED: begun,
  ACTIVITY_TASK_COMPLETED: (attributes, _, known) => ({
    is: "activity-completed",
    activity: activityOf(attributes, known),
    answer: firstOf(attributes["result"]),
  }),
  ACTIVITY_TASK_FAILED: activityEnded("failed"),
  ACTIVITY_TASK_TIMED_OUT: activityEnded("timed-out"),
  ACTIVITY_TASK_CANCELED: activityEnded("cancelled"),
  MARKER_RECORDED: marked,
  WORKFLOW_EXECUTION_UPDATE_ACCEPTED: accepted,
  WORKFLOW_EXECUTION_UPDATE_COMPLETED: answered,
  WORKFLOW_EXECUTION_SIGNALED: ({ signalName, input }) => ({
    is: "signalled",
    name: textOf(signalName),
    told: firstOf(input),
  }),
  SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED: (attributes) => ({
    is: "signal-sent",
    name: textOf(attributes["signalName"]),
    workflow: textOf(objectIn(attributes, "workflowExecution")["workflowId"]),
  }),
  SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED: (attributes) => ({
    is: "signal-lost",
    workflow: textOf(objectIn(attributes, "workflowExecution")["workflowId"]),
  }),
};

const attributesOf = (event: Json): Json => {
  const name = Object.keys(event).find((key) => key.endsWith("EventAttributes"));
  return name === undefined ? {} : objectIn(event, name);
};

const eventOf = (event: Json, known: Known): HistoryEvent => {
  const type = textOf(event["eventType"]).replace("EVENT_TYPE_", "");
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  return {
    id: Number(event["eventId"]),
    time: textOf(event["eventTime"]),
    happening: read?.(attributesOf(event), event, known) ?? { is: "machine", type },
  };
};

/** The events of one run. @param text the history's JSON */
export const eventsIn = (text: string): readonly HistoryEvent[] => {
  const history: unknown = JSON.parse(text);
  const { events } = objectIn(history);
  const known: Known = { activities: new Map(), timers: new Map(), updates: new Map() };
  return Array.isArray(events) ? events.filter(isObject).map((event) => eventOf(event, known)) : [];
};
