import { z } from "zod";
import type { Db, Tx } from "../db/client.ts";
import { cycleOf, type CycleStanding } from "../db/queries/cycles.ts";
import { planInForce, planOf } from "../db/queries/plan-in-force.ts";
import type { Actor } from "../domain/acts.ts";
import { cycleKey, type CycleKey } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { isDeed, judge, type Action } from "../domain/policy.ts";
import type { Instant } from "../domain/time.ts";
import { frameOf, nowOf } from "./frame.ts";
import { formsViewOf, type Exchange } from "./form-screens.ts";
import type { FormsView, Tried } from "./pages/form.tsx";
import type { Frame } from "./pages/layout.tsx";
import { asOf, readAsOf } from "./past.ts";
import { ProblemError } from "./problems.ts";
import { seatOf, type ScreenDeps } from "./screens.ts";

/** What every screen about something of a cycle starts from. */
export interface Around {
  readonly reader: Actor;
  readonly standing: CycleStanding;
  readonly plan: Plan;
  /** The cycle's. */
  readonly now: Instant;
  readonly frame: Frame;
  readonly forms: FormsView;
  /** Whether the table lets the reader do it, as he stands to what the screen is about. */
  readonly may: (action: Action) => boolean;
}

interface AroundOf {
  readonly cycle: CycleKey;
  readonly exchange: Exchange;
  readonly tried: Tried | null;
}

/** @throws ProblemError `not-found`, `not-signed-in` */
export const aroundOf = async (
  deps: ScreenDeps,
  { cycle, exchange: { request }, tried }: AroundOf,
): Promise<Around> => {
  const { reader, situation } = seatOf(request);
  const standing = await cycleOf(deps.db, cycle);
  if (standing === undefined) throw new ProblemError("not-found");
  const [{ body: plan }, frame, forms] = await Promise.all([
    planOf(deps.db, standing.plan),
    frameOf(deps.db, { reader, cycle: standing, wall: deps.clock() }),
    formsViewOf(deps, { request, reader, tried }),
  ]);
  return {
    reader,
    standing,
    plan,
    now: nowOf(standing, deps.clock()),
    frame,
    forms,
    may: (action) => judge(reader.role, action, situation) === "allowed",
  };
};

const cycleIn = (raw: unknown): CycleKey => {
  try {
    return cycleKey(String(raw));
  } catch {
    throw new ProblemError("not-found");
  }
};

/** Of a screen about a whole cycle. @throws ProblemError */
export const aroundCycle = (
  deps: ScreenDeps,
  { exchange, tried }: Omit<AroundOf, "cycle">,
): Promise<Around> => {
  const { params } = exchange.request;
  const cycle = cycleIn(
    typeof params === "object" && params !== null && "cycle" in params ? params.cycle : "",
  );
  return aroundOf(deps, { cycle, exchange, tried });
};

const AsOfQuery = z.object({ asOf });

/** @throws ProblemError `invalid-query` */
const momentIn = ({ request }: Exchange): Instant | undefined => {
  const query = AsOfQuery.safeParse(request.query);
  if (!query.success) throw new ProblemError("invalid-query");
  return query.data.asOf;
};

/** Nothing can be done on a screen of the past, and nothing was tried there. */
const aroundThen = async (
  from: Db | Tx,
  { frame, may, ...present }: Around,
  { moment, url }: { readonly moment: Instant; readonly url: string },
): Promise<Around> => {
  const { cycle } = present.standing;
  return {
    ...present,
    standing: (await cycleOf(from, cycle)) ?? present.standing,
    plan: (await planInForce(from, cycle)).body,
    now: moment,
    frame: { ...frame, past: { moment, present: url.replace(/\?.*$/, "") } },
    forms: { key: "", tried: null, done: null },
    may: (action) => !isDeed(action) && may(action),
  };
};

/**
 * What a screen shows, now or, where its address names an instant, as it was then: all of it is read by `look` through
 * `from`. The past is for who may read the record. @throws ProblemError `forbidden`, `not-begun`, `disposed-of`
 */
export const lookedAt = <Seen>(
  { db }: ScreenDeps,
  { around, exchange }: { readonly around: Around; readonly exchange: Exchange },
  look: (around: Around, from: Db | Tx) => Promise<Seen>,
): Promise<Seen> => {
  const moment = momentIn(exchange);
  if (moment === undefined) return look(around, db);
  if (!around.may("past")) throw new ProblemError("forbidden");
  const { url } = exchange.request;
  return readAsOf(db, { cycle: around.standing.cycle, asOf: moment }, async (from) =>
    look(await aroundThen(from, around, { moment, url }), from),
  );
};
