import type { Db, Tx } from "../db/client.ts";
import {
  eventsDone,
  eventsOfDispositions,
  stepsOfRequest,
  type DoneEvent,
} from "../db/queries/fact-causes.ts";
import { causesOfMails } from "../db/queries/causes.ts";
import { changedFacts, type FactKind } from "../db/queries/changed-facts.ts";
import type { Instant } from "../domain/time.ts";
import type { Reader } from "./frame.ts";
import type { RequestKind } from "../domain/plan.ts";
import { causesOfRequest, type RequestCauses } from "../domain/request-causes.ts";
import { judge } from "../domain/policy.ts";
import type { Around } from "./around.ts";

/** Of what a screen shows the address of the event that made it so; null where there is none for this reader. */
export type CauseOf = (sequence: number | null | undefined) => string | null;

const readsRecord = ({ role }: NonNullable<Reader>): boolean => judge(role, "audit", "open") === "allowed";

/** Events are shown to who may read the record. */
export const causeFor = ({ standing: { cycle }, reader }: Around): CauseOf => {
  const reads = readsRecord(reader);
  return (sequence) => (sequence == null || !reads ? null : `/cycles/${cycle}/audit/${sequence}`);
};

/** Nothing is asked of the record for who may not read it. */
export const requestCauses = async (
  db: Db | Tx,
  { standing: { cycle }, reader, frame: { past } }: Around,
  request: string,
): Promise<RequestCauses> => {
  const steps = readsRecord(reader) ? await stepsOfRequest(db, { cycle, request, until: past?.moment }) : [];
  return causesOfRequest(request, steps);
};

/** From what a list shows of a thing, by its id, to the events that made it so; null where there is no way. */
export interface FactWays {
  /** How it began. */
  readonly began: (id: string) => string | null;
  /** Its state; with `n` the nth it had. */
  readonly state: (id: string, n?: number) => string | null;
  /** Its due date. */
  readonly dated: (id: string) => string | null;
}

/** Of who may not read the record, and where nothing was read of it. */
const noWays: FactWays = { began: () => null, state: () => null, dated: () => null };

export const factWays = async (
  db: Db | Tx,
  kind: FactKind,
  of: Pick<Around["standing"], "cycle"> & { readonly reader: Reader; readonly until?: Instant | undefined },
): Promise<FactWays> => {
  const { cycle, reader, until } = of;
  if (reader === null || !readsRecord(reader)) return noWays;
  const facts = await changedFacts(db, kind, { cycle, until });
  const way = (sequence: number | null | undefined): string | null =>
    sequence == null ? null : `/cycles/${cycle}/audit/${sequence}`;
  return {
    began: (id) => way(facts.get(id)?.states[0]),
    state: (id, n = -1) => way(facts.get(id)?.states.at(n)),
    dated: (id) => way(facts.get(id)?.dated),
  };
};

/** To the event that published the report; null before, and for who may not read the record. */
export const publicationWay = async (
  db: Db | Tx,
  { cycle, reader }: Pick<Around["standing"], "cycle"> & { readonly reader: Reader },
): Promise<string | null> => {
  if (reader === null || !readsRecord(reader)) return null;
  const published = (await eventsDone(db, { cycle, actions: ["report.publish"] })).at(-1);
  return published === undefined ? null : `/cycles/${cycle}/audit/${published.sequence}`;
};

/** To the events that brought mails about. */
export const mailWays = async (
  db: Db | Tx,
  { cycle, reader }: Pick<Around["standing"], "cycle"> & { readonly reader: Reader },
  keys: readonly string[],
): Promise<(key: string) => string | null> => {
  if (reader === null || !readsRecord(reader)) return () => null;
  const causes = await causesOfMails(db, keys);
  return (key) => {
    const sequence = causes.get(key);
    return sequence === undefined ? null : `/cycles/${cycle}/audit/${sequence}`;
  };
};

/** What disposed of each opinion; only a consultation has any. */
export const opinionCauses = async (
  db: Db | Tx,
  { standing: { cycle }, reader, frame: { past } }: Around,
  { kind }: { readonly kind: RequestKind } = { kind: "consultation" },
): Promise<ReadonlyMap<string, number>> =>
  kind === "consultation" && readsRecord(reader)
    ? eventsOfDispositions(db, { cycle, until: past?.moment })
    : new Map();

const approvalDeeds = [
  "cycle.submit-policy",
  "cycle.approve-policy",
  "cycle.return-policy",
  "cycle.decide-policy",
  "report.compile",
  "report.consult",
  "report.submit",
  "report.approve",
  "report.return",
  "report.decide",
  "report.publish",
  "cycle.write-next-plan",
  "cycle.approve-next-plan",
  "cycle.return-next-plan",
  "cycle.begin-evaluation",
  "cycle.approve-evaluations",
  "decision.correct",
  "survey.step",
] as const;
export type ApprovalDeed = (typeof approvalDeeds)[number];

/** The last event of those kinds that is as the screen says; null where there is none. */
export type DeedCause = (
  actions: readonly ApprovalDeed[],
  about?: Partial<Pick<DoneEvent, "at" | "actor" | "hash" | "object">>,
) => string | null;

/** What was prepared, approved and decided in the cycle, to be looked up by what a screen says of it. */
export const deedCauses = async (db: Db | Tx, around: Around): Promise<DeedCause> => {
  const { standing, reader, frame } = around;
  const of = { cycle: standing.cycle, until: frame.past?.moment };
  const done = readsRecord(reader) ? await eventsDone(db, { ...of, actions: approvalDeeds }) : [];
  const cause = causeFor(around);
  return (actions, { at, actor, hash, object } = {}) =>
    cause(
      done.findLast(
        (event) =>
          actions.some((action) => action === event.action) &&
          (at === undefined || event.at === at) &&
          (object === undefined || event.object === object) &&
          (actor === undefined || event.actor === actor) &&
          (hash === undefined || hash === null || event.hash === hash),
      )?.sequence,
    );
};
