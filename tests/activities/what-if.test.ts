import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PlannedMail, Standing } from "../../domain/forecast-standing.ts";
import { forecast } from "../../domain/forecast.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import { changedPlan, isUnfit, type PlanChange } from "../../domain/plan-change.ts";
import type { LadderRung, Plan } from "../../domain/plan.ts";
import { isRefused, refuse } from "../../domain/refusal.ts";
import { decideRequest } from "../../domain/request-acts.ts";
import { addSeconds, plainDate, plainTime, type Instant } from "../../domain/time.ts";
import type { RequestAct } from "../../domain/request.ts";
import { whatIfDue, whatIfPlan, type WhatIf } from "../../domain/what-if.ts";
import { mailsOfRequest } from "../../workflows/request-mails.ts";
import { rowsOfRequest } from "../../workflows/request-rows.ts";
import { april, chasing, CLOSE, DUE, MOD, OPENED } from "../support/chasing.ts";
import { rules } from "../support/given-request.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { smallYear } from "../support/small-year.ts";
import { linesOf, runOn, sentAfter, standingAt } from "../support/silent-year.ts";
import { at, CYCLE, startYearDesk, type YearDesk } from "../support/year-desk.ts";

/** What was foretold of a change against what comes of it, once it is made, in the ledger of a real year. */

const NOW = at("2015-04-15T11:00:00");
const LAST = at("2015-06-30T00:00:00");
let database: ScratchDatabase;
let desk: YearDesk;
/** A few of FY2014's ministries, reminded early. */
let plan: Plan;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
  const small = smallYear(desk.plan);
  const early = { label: "リマインド", to: ["window"], cc: [], lead: false } as const;
  plan = {
    ...small,
    ladders: {
      ...small.ladders,
      data: [{ ...early, name: "remind-15", offsetBusinessDays: -15 }, ...small.ladders.data],
    },
  };
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});

/** 15 April: reminded twice; one ministry has answered and got a part of it back. */
beforeEach(async () => {
  const year = chasing(desk);
  await desk.openYear(plan);
  await desk.record({ changes: [{ write: "stage", stage: "collection" }] });
  await desk.open(["data", "chapter"], OPENED);
  await year.chaseOn(...april(2, 3, 6, 7, 8, 9, 10, 13, 14, 15));
  await year.become(year.submitted, at("2015-04-15T09:30:00"));
  const until = at("2015-05-08T17:00:00");
  await year.become(
    async (item) => ({ is: "returned", until, answer: await year.given(item), reason: "内訳", returns: 1 }),
    at("2015-04-15T10:00:00"),
    2,
  );
});

/** Nothing is opened or decided any more while the year runs on by itself: what only the plan's days bring is left out. */
const standingNow = async (): Promise<Standing> => ({ ...(await standingAt(desk, NOW)), consultations: 1 });
const ofRequests = (mails: readonly PlannedMail[]): readonly PlannedMail[] =>
  mails.filter(({ letter }) => letter !== "decided" && letter !== "published");

/** The mails that were to come anyway, with what the what-if says of them. */
const foretold = (
  standing: Standing,
  { mails: { added, removed, moved } }: WhatIf,
): readonly PlannedMail[] => {
  const gone = new Set(linesOf([...removed, ...moved.map(({ from }) => from)]));
  const stays = forecast(standing, "nobody").mails.filter((mail) =>
    linesOf([mail]).every((line) => !gone.has(line)),
  );
  return ofRequests([...stays, ...added, ...moved.map(({ to }) => to)]);
};
const comesTrue = async (standing: Standing, whatIf: WhatIf): Promise<void> => {
  await runOn(desk, { from: NOW, until: LAST });
  expect(linesOf(foretold(standing, whatIf))).toEqual(linesOf(await sentAfter(desk, addSeconds(NOW, -1))));
};

const amended = (change: PlanChange): Plan => {
  const changed = changedPlan(plan, change);
  if (isUnfit(changed)) throw new Error(changed.message);
  return changed;
};
const amendTo = async (body: Plan): Promise<void> => {
  const { hash } = await desk.store("plan", body);
  await desk.record({ now: NOW, changes: [{ write: "plan", plan: hash }] });
};
/** As the request's workflow does it. */
const perform = async (request: string, act: RequestAct): Promise<void> => {
  const before = (await standingNow()).requests.find((open) => open.request.id === request)?.request;
  const decided = before === undefined ? refuse("closed") : decideRequest(before, act, rules);
  if (before === undefined || isRefused(decided)) throw new Error(JSON.stringify(decided));
  const step = { ...rules, cycle: CYCLE, round: 0, before, after: decided.request, act, opens: [], now: NOW };
  await desk.record({ act, now: NOW, changes: rowsOfRequest(step), mails: mailsOfRequest(step) });
};

const METI = "2014-data-meti";
const meti = organisationId("meti");
const window = personId("meti-window");
const ladder = (rungs: (known: readonly LadderRung[]) => readonly LadderRung[]) => () =>
  ({ is: "ladder", kind: "data", rungs: rungs(plan.ladders.data) }) as const;
const offset = (rung: LadderRung, offsetBusinessDays: number): LadderRung => ({
  ...rung,
  offsetBusinessDays,
});

describe("an amendment does what was foretold of it:", { timeout: 60_000 }, () => {
  it.each<[string, () => PlanChange]>([
    ["a day closed", () => ({ is: "holiday-added", date: plainDate("2015-04-22"), name: "臨時閉庁日" })],
    [
      "the next day closed",
      () => ({ is: "holiday-added", date: plainDate("2015-04-16"), name: "臨時閉庁日" }),
    ],
    ["a holiday less", () => ({ is: "holiday-removed", date: plainDate("2015-05-06") })],
    ["a later window", () => ({ is: "send-window", from: plainTime("13:00"), until: plainTime("16:00") })],
    ["an earlier window", () => ({ is: "send-window", from: plainTime("08:00"), until: plainTime("16:00") })],
    ["a rung less", ladder((known) => known.filter(({ name }) => name !== "dun-3"))],
    ["rungs moved", ladder((known) => known.map((rung) => (rung.name === "dun-1" ? offset(rung, 2) : rung)))],
    [
      "a rung more",
      ladder((known) =>
        known.flatMap((rung) =>
          rung.name === "dun-1" ? [{ ...offset(rung, 0), name: "today" }, rung] : [rung],
        ),
      ),
    ],
    [
      "a window replaced",
      () => ({
        is: "contact",
        organisation: meti,
        role: "window",
        leaves: window,
        comes: { id: personId("meti-next"), name: "後任 花子", title: "係長", email: "next@meti.example" },
      }),
    ],
    [
      "an officer who becomes window too",
      () => ({
        is: "contact",
        organisation: meti,
        role: "window",
        leaves: null,
        comes: { id: personId("meti-confirmer") },
      }),
    ],
    [
      "a window less",
      () => ({ is: "contact", organisation: meti, role: "window", leaves: window, comes: null }),
    ],
  ])("%s", async (_, change) => {
    const standing = await standingNow();
    const becomes = amended(change());
    const whatIf = whatIfPlan(standing, becomes);
    const { added, removed, moved } = whatIf.mails;
    expect([...added, ...removed, ...moved]).not.toEqual([]);
    await amendTo(becomes);
    await comesTrue(standing, whatIf);
  });

  it("the due date closed: what it has put behind us comes at the next tick, as it would have", async () => {
    const standing = await standingNow();
    const becomes = amended({ is: "holiday-added", date: plainDate("2015-04-17"), name: "臨時閉庁日" });
    expect(becomes.dates.requests.data).toMatchObject({ dueOn: "2015-04-20" });
    const whatIf = whatIfPlan(standing, becomes);
    expect(whatIf.dates).toEqual([]);
    await amendTo(becomes);
    await comesTrue(standing, whatIf);
  });

  it("nothing at all", async () => {
    const standing = await standingNow();
    const whatIf = whatIfPlan(standing, { ...plan, title: "改題" });
    expect(whatIf.mails).toMatchObject({ added: [], removed: [], moved: [] });
    expect(whatIf.dates).toEqual([]);
    await comesTrue(standing, whatIf);
  });
});

describe("another due date does what was foretold of it:", { timeout: 60_000 }, () => {
  const why = "集計に時間を要するため。";
  const foresee = async (request: string, dueOn: string) => {
    const standing = await standingNow();
    const whatIf = whatIfDue(standing, { request, dueOn: plainDate(dueOn), reason: why });
    if (isRefused(whatIf)) throw new Error(whatIf.refused);
    return { standing, whatIf };
  };
  const more = { at: NOW, reason: why };
  const asking = (dueOn: string) => desk.act("request.ask-extension", { dueOn: plainDate(dueOn) }, more);
  const granting = () => desk.act("request.grant-extension", {}, more);

  it("an extension, asked for and granted", async () => {
    const { standing, whatIf } = await foresee(METI, "2015-04-24");
    expect(whatIf.acts).toEqual(["request.ask-extension", "request.grant-extension"]);
    await perform(METI, await asking("2015-04-24"));
    await perform(METI, await granting());
    await comesTrue(standing, whatIf);
  });

  it("an extension over a golden week, of what is partly answered and partly given back", async () => {
    const { standing, whatIf } = await foresee(MOD, "2015-05-13");
    await perform(MOD, await asking("2015-05-13"));
    await perform(MOD, await granting());
    expect(whatIf.mails.moved).not.toEqual([]);
    await comesTrue(standing, whatIf);
  });

  it("one by which an item comes to count from a day that another counts from already", async () => {
    const year = chasing(desk);
    const close = at("2015-05-07T17:00:00");
    const returned = (until: Instant) => async (item: string) =>
      ({ is: "returned", until, answer: await year.given(item), reason: "内訳", returns: 1 }) as const;
    await year.become(returned(CLOSE), at("2015-04-14T10:00:00"), 2);
    await year.become(returned(close), at("2015-04-03T10:00:00"), 1);
    const { standing, whatIf } = await foresee(MOD, "2015-04-20");
    await perform(MOD, await asking("2015-04-20"));
    await perform(MOD, await granting());
    expect(whatIf.dates.find(({ request }) => request === MOD)?.after?.closeAt).toBe(close);
    await comesTrue(standing, whatIf);
  });

  it("one that was asked for before", async () => {
    const asked = { dueOn: plainDate("2015-04-24"), reason: "集計中" };
    const term = { request: "2014-data-mic", dueAt: DUE, closeAt: CLOSE, asked, paused: null };
    await desk.record({ now: at("2015-04-15T10:30:00"), changes: [{ write: "term", ...term }] });
    const { standing, whatIf } = await foresee("2014-data-mic", "2015-04-24");
    expect(whatIf.acts).toEqual(["request.grant-extension"]);
    await perform("2014-data-mic", await granting());
    await comesTrue(standing, whatIf);
  });

  it("a chapter wanted earlier", async () => {
    const chapter = "2014-chapter-nisc";
    const { standing, whatIf } = await foresee(chapter, "2015-05-01");
    expect(whatIf.acts).toEqual(["request.shorten"]);
    await perform(chapter, await desk.act("request.shorten", { dueOn: plainDate("2015-05-01") }, more));
    await comesTrue(standing, whatIf);
  });
});
