#!/usr/bin/env node
// Compares what the workflows did with what the database says: `node compare.mjs [folder]`
//
// It reads of a bundle the histories and the projections, and not the record: what every workflow was told to write and
// was answered is folded into a state of its own, field by field. Exit code 0, or 1 with what differs.
import process from "node:process";
import { pathToFileURL } from "node:url";
import { differences, fold, payload, readBundle } from "./verify.mjs";

const jsonOf = (files, path) => JSON.parse(files.get(path)?.toString("utf8") ?? "null");

/** Every activity that came to its end: its name, what it was given and what it answered. */
const doneIn = (events) => {
  const scheduled = new Map(
    events.flatMap(({ eventId, activityTaskScheduledEventAttributes: asked }) =>
      asked ? [[String(eventId), { name: asked.activityType?.name, input: payload(asked.input) }]] : [],
    ),
  );
  return events.flatMap(({ activityTaskCompletedEventAttributes: completed }) => {
    const asked = scheduled.get(String(completed?.scheduledEventId));
    return asked === undefined ? [] : [{ ...asked, answer: payload(completed.result) }];
  });
};

/** What workflows of the type were started with. */
const startOf = (type) => (events) => {
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  return started?.workflowType?.name === type ? [payload(started.input)] : [];
};

/** A request as it was sent: all that its row can ever hold of it. */
const openedAt = (
  now,
  version,
  { round, request: { id, kind, organisation, chain, dueAt, closeAt, items } },
) => ({
  id,
  kind,
  organisation,
  ...(chain !== undefined && { chain }),
  round,
  version,
  sentAt: now,
  dueAt,
  closeAt,
  items,
});

/** The requests an opening has opened, as their own histories tell of them. */
const openedBy = ({ now, kinds, consulted }, starts) =>
  starts
    .filter(({ request, round }) => kinds.includes(request.kind) && round === (consulted?.round ?? 0))
    .map((start) => openedAt(now, consulted?.hash ?? null, start));

/** Questions to respondents go out with their survey's own record. */
const askedBy = ({ record, respondents }, starts) =>
  starts
    .filter(({ request: { id } }) => respondents.some(({ request }) => request === id))
    .map((start) => openedAt(record.now, null, start));

/** Data that nobody can be asked for is surveyed from the first day on: its survey's history tells of it. */
const surveyedFrom = (requests, surveys) => {
  const ids = requests.flatMap(({ items }) => Object.values(items).flatMap(({ survey }) => survey ?? []));
  return surveys
    .filter(({ survey: { id } }) => ids.includes(id))
    .map(({ survey: { id, ...survey } }) => ({ ...survey, write: "survey", survey: id }));
};

const wordsOf = ({ name, input, answer: { mark } }, { requests, surveys }) => {
  if (name === "askRespondents") return { requests: askedBy(input, requests), changes: input.record.changes };
  if (name === "record") return { changes: input.changes, mark };
  const opened = openedBy(input, requests);
  return { requests: opened, changes: surveyedFrom(opened, surveys) };
};

/** One thing that was written, in the form in which the record would have it. */
const entryOf = (deed, starts) => {
  const { input, answer } = deed;
  const { cycle, now, act } = input.record ?? input;
  const reason = (input.record ?? input).reason ?? act?.reason ?? null;
  return {
    leaf: {
      sequence: answer.sequence,
      cycle,
      at: now,
      actor: act?.actor.person ?? "clock",
      reasonSeal: null,
      resultSeal: "",
    },
    said: {
      reason: reason === null ? null : { salt: "", words: reason },
      result: { salt: "", words: wordsOf(deed, starts) },
    },
    self: "",
  };
};

/** Activities that write rows of state and answer the number of their record. */
const WRITING = ["record", "openRequests", "askRespondents"];

/** Written by a workflow, each in the place it was answered: nothing here is taken from the record. */
const entriesOf = (histories, cycle) => {
  const startsOf = (type) => histories.flatMap(startOf(type)).filter((input) => input.cycle === cycle);
  const starts = { requests: startsOf("request"), surveys: startsOf("survey") };
  return histories
    .flatMap(doneIn)
    .filter(({ name }) => WRITING.includes(name))
    .map((deed) => entryOf(deed, starts))
    .toSorted((one, other) => one.leaf.sequence - other.leaf.sequence);
};

/** The cycle as the histories of its workflows alone make it. @param histories the events of each run */
export const foldHistories = (histories, cycle) => fold(entriesOf(histories, cycle), cycle);

/** @param files every file of the bundle, by its path inside it */
export const compareBundle = (files) => {
  const { cycle } = jsonOf(files, "manifest.json");
  const histories = jsonOf(files, "histories.json").map(({ file }) => jsonOf(files, file).events);
  const differing = differences(foldHistories(histories, cycle), jsonOf(files, "projections.json"));
  return { histories: histories.length, differing };
};

const main = ([folder = "."]) => {
  const { histories, differing } = compareBundle(readBundle(folder));
  for (const { name, key } of differing)
    console.log(`［不一致］${name} の ${key} が、手続の履歴から組み立てたものと異なります`);
  console.log(`${histories} 件の手続の履歴と、データベースを照合しました。不一致 ${differing.length} 件。`);
  process.exitCode = differing.length === 0 ? 0 : 1;
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2));
