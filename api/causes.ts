import type { Db, Tx } from "../db/client.ts";
import {
  eventsDone,
  eventsOfDispositions,
  stepsOfRequest,
  type DoneEvent,
} from "../db/queries/fact-causes.ts";
import type { RequestKind } from "../domain/plan.ts";
import { causesOfRequest, type RequestCauses } from "../domain/request-causes.ts";
import { judge } from "../domain/policy.ts";
import type { Around } from "./around.ts";

/** Of what a screen shows the address of the event that made it so; null where there is none for this reader. */
export type CauseOf = (sequence: number | null | undefined) => string | null;

const readsRecord = ({ role }: Around["reader"]): boolean => judge(role, "audit", "open") === "allowed";

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

/** What disposed of each opinion; only a consultation has any. */
export const opinionCauses = async (
  db: Db | Tx,
  { standing: { cycle }, reader, frame: { past } }: Around,
  { kind }: { readonly kind: RequestKind },
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
  "cycle.approve-next-plan",
  "cycle.return-next-plan",
  "cycle.begin-evaluation",
  "cycle.approve-evaluations",
] as const;
export type ApprovalDeed = (typeof approvalDeeds)[number];

/** The last event of those kinds that is as the screen says; null where there is none. */
export type DeedCause = (
  actions: readonly ApprovalDeed[],
  about?: Partial<Pick<DoneEvent, "at" | "actor" | "hash">>,
) => string | null;

/** What was prepared, approved and decided in the cycle, to be looked up by what a screen says of it. */
export const deedCauses = async (db: Db | Tx, around: Around): Promise<DeedCause> => {
  const { standing, reader, frame } = around;
  const of = { cycle: standing.cycle, until: frame.past?.moment };
  const done = readsRecord(reader) ? await eventsDone(db, { ...of, actions: approvalDeeds }) : [];
  const cause = causeFor(around);
  return (actions, { at, actor, hash } = {}) =>
    cause(
      done.findLast(
        (event) =>
          actions.some((action) => action === event.action) &&
          (at === undefined || event.at === at) &&
          (actor === undefined || event.actor === actor) &&
          (hash === undefined || hash === null || event.hash === hash),
      )?.sequence,
    );
};
