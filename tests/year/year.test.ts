import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { z } from "zod";
import { closeDb, makeDb } from "../../db/client.ts";
import { verifyChain } from "../../db/queries/audit.ts";
import { indicatorsOf } from "../../domain/catalogue.ts";
import { cycleKey, type OrganisationId } from "../../domain/ids.ts";
import { blocks, lintPlan } from "../../domain/lint.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { writePlan } from "../../plans/write-plan.ts";
import { castOf } from "../../rehearsals/cast.ts";
import { roleNamed } from "../../rehearsals/lots.ts";
import { rehearsedPlan } from "../../rehearsals/rehearsed-plan.ts";
import type { Timeline, TimelineAct } from "../../rehearsals/timeline.ts";
import type { Cast } from "../../rehearsals/view.ts";
import * as wire from "../../rehearsals/wire.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { yearDifferences } from "../support/against-oracle.ts";
import { deedsIn } from "../support/deeds.ts";
import { expectDecided } from "../support/decided-folder.ts";
import { npmRunRehearse, type RehearseRun } from "../support/npm-run-rehearse.ts";
import { chainsOfTheYear } from "../support/rehearsed-chains.ts";
import { remindersOfTheYear } from "../support/rehearsed-reminders.ts";
import { oneStepMinistries, surveysOfTheYear } from "../support/rehearsed-surveys.ts";
import { waysOfTheYear } from "../support/rehearsed-ways.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { timelineFile } from "../support/timeline-file.ts";

const SEED = 7;
let house: RehearsalHouse;
let cast: Cast;
let run: RehearseRun;
let timeline: Timeline;
let surveys: readonly wire.SurveyReply[];
/** Where the command has put the rehearsal. */
let folder: string;
/** The plan as the script has it rehearsed. */
const planned = mkdtempSync(join(tmpdir(), "nenrin-planned-"));

const read = async <Schema extends z.ZodType>(path: string, schema: Schema) =>
  house.client.get({ person: cast.preparers[0], role: "preparer" }, `/cycles/2014-r1${path}`, schema);

beforeAll(async () => {
  const [given, script] = await Promise.all([fy2014(), standardScript()]);
  const plan = rehearsedPlan(given, script);
  cast = castOf({ plan, script, seed: SEED });
  await writePlan({ plan, folder: planned });
  house = await startRehearsalHouse();
  folder = join(house.state, "rehearsals", "2014-r1");
  run = npmRunRehearse(house.state, "--plan", "plans/fy2014", "--seed", String(SEED));
  if ((await run.ended) !== 0) throw new Error(run.printed());
  timeline = timelineFile.parse(JSON.parse(readFileSync(join(folder, "timeline.json"), "utf8")));
  ({ surveys } = await read("/surveys", wire.surveys));
}, 600_000);
afterAll(async () => {
  await house.stop();
  rmSync(planned, { recursive: true });
});

/** Of those that answer in one step: where answers are signed off, the script's `inside` says how. */
const behaving = (key: string) => oneStepMinistries(cast, key);
const acts = (action: string, object?: string): readonly TimelineAct[] =>
  timeline.acts.filter((act) => act.action === action && (object === undefined || act.object === object));
const onRequest = (organisation: string): readonly TimelineAct[] =>
  timeline.acts.filter(({ object }) => object === `request data-${organisation}`);
const actionsOn = (organisation: OrganisationId): readonly string[] =>
  onRequest(organisation).map(({ action }) => action);
const digests = () => timeline.mails.filter(({ rung }) => rung !== null);
describe("the year", () => {
  it("goes through every stage, the report back to its draft once", () => {
    expect(timeline.stages.map(({ stage }) => stage)).toEqual([
      "policy",
      "underway",
      "collection",
      "evaluation",
      "drafting",
      "consultation",
      "approval",
      "drafting",
      "approval",
      "decision",
      "publication",
      "carry-over",
      "finished",
    ]);
  });

  it("leaves each stage by what the plan says and not before", () => {
    const { dates } = cast.plan;
    const entered = (stage: string) => timeline.stages.findLast((one) => one.stage === stage)?.enteredAt;
    expect(entered("policy")).toBe(`${dates.opensOn}T09:00:00+09:00`);
    expect(entered("underway")).toBe(acts("cycle.decide-policy")[0]?.at);
    expect(entered("underway")).toBe(`${dates.policyDecisionOn}T15:00:00+09:00`);
    expect(entered("collection")).toBe(`${dates.collectionOn}T00:00:00+09:00`);
    expect(entered("evaluation")).toBe(
      ["request.accept", "request.take-late", "survey.conclude", "request.give-up"]
        .flatMap((action) => acts(action))
        .map(({ at }) => at)
        .toSorted()
        .at(-1),
    );
    expect(entered("decision")).toBe(acts("report.approve").at(-1)?.at);
    expect(entered("publication")).toBe(acts("report.decide")[0]?.at);
    expect(entered("carry-over")).toBe(acts("report.publish")[0]?.at);
    expect(entered("finished")).toBe(acts("cycle.approve-next-plan")[0]?.at);
  });

  it("settles every indicator", () => {
    const settled = ["value", "nil", "not-applicable", "surveyed", "uncollected"];
    const keys = indicatorsOf(cast.plan).map(({ key }) => key);
    expect(keys).toHaveLength(130);
    expect(Object.keys(timeline.indicators).toSorted()).toEqual(keys.map(String).toSorted());
    for (const state of Object.values(timeline.indicators)) expect(settled).toContain(state);
  });

  it("leaves a record without a gap", async () => {
    const db = makeDb({ url: house.service.engines.databaseUrl, max: 1, applicationName: "year-test" });
    try {
      expect(await verifyChain(db)).toMatchObject({ is: "intact" });
    } finally {
      await closeDb(db);
    }
  });
});

/** What came of how a ministry behaves; what can't be compared or has no owner is nobody's doing. */
const surveysOf = (organisation: string) =>
  surveys.filter(
    (survey) =>
      survey.organisation === organisation &&
      survey.cause !== "not-comparable" &&
      survey.cause !== "no-owner",
  );

const uncompared = (organisation: string): boolean =>
  surveys.some((survey) => survey.organisation === organisation && survey.cause === "not-comparable");

describe("how the ministries behave has its consequences", () => {
  it("prompt: answered before the due date, accepted", () => {
    for (const organisation of behaving("prompt"))
      expect(actionsOn(organisation)).toEqual([
        "request.submit",
        "request.accept",
        // What can't be compared is surveyed all the same, and its answer read beside.
        ...(uncompared(organisation) ? [expect.stringMatching(/^request\.(take|leave)-late$/)] : []),
      ]);
  });

  it("late: told so, then answered", () => {
    for (const organisation of behaving("late")) {
      const [submit] = onRequest(organisation);
      expect((submit?.at ?? "") > "2015-04-17T17:00:00+09:00").toBe(true);
      const dunned = digests().filter(
        (mail) => mail.organisation === organisation && mail.at < (submit?.at ?? ""),
      );
      expect(dunned.map(({ rung }) => rung)).toContain("dun-1");
    }
  });

  it("corrected: returned once, corrected, accepted", () => {
    for (const organisation of behaving("corrected")) {
      const actions = actionsOn(organisation);
      expect(actions.filter((action) => action === "request.submit")).toHaveLength(2);
      expect(actions.filter((action) => action === "request.return")).toHaveLength(1);
      expect(actions.at(-1)).toBe("request.accept");
      expect(surveysOf(organisation)).toEqual([]);
    }
  });

  it("extension: the due date moves, and nobody is dunned before it", () => {
    for (const organisation of behaving("extension")) {
      expect(actionsOn(organisation)).toEqual([
        "request.ask-extension",
        "request.grant-extension",
        "request.submit",
        "request.accept",
      ]);
      expect(onRequest(organisation)[2]?.at).toBe("2015-04-24T11:00:00+09:00");
      const got = digests().filter(
        (mail) => mail.organisation === organisation && mail.items[0] !== "opinion",
      );
      expect(got.filter(({ rung }) => rung?.startsWith("dun") === true)).toEqual([]);
    }
  });

  it("a chapter that never came is given up with a reason", () => {
    expect(acts("request.give-up")).toMatchObject([{ object: "request chapter-nisc" }]);
  });
});

surveysOfTheYear(() => ({ cast, timeline, surveys, read, behaving }));
waysOfTheYear(() => ({ cast, timeline, surveys, client: house.client, behaving }));
chainsOfTheYear(() => ({ cast, timeline }));
remindersOfTheYear(() => ({ cast, timeline, behaving }));

describe("the mail", () => {
  it("is captured, all of it, each once and marked as a rehearsal's", async () => {
    const { store } = house.service.engines.mailbox;
    await vi.waitUntil(() => store.list().length >= timeline.mails.length, { timeout: 60_000 });
    const captured = store.list();
    expect(captured).toHaveLength(timeline.mails.length);
    expect(new Set(captured.map(({ messageId }) => messageId)).size).toBe(captured.length);
    for (const { subject, recipients } of captured) {
      expect(subject).toMatch(/^【訓練】/);
      expect(recipients).toHaveLength(1);
    }
  });
});

describe("who returns gets a second version", () => {
  it("of the policy", () => {
    expect(acts("cycle.return-policy")).toHaveLength(1);
    expect(acts("cycle.submit-policy")).toHaveLength(2);
  });

  it("of the evaluations", () => {
    expect(acts("cycle.return-evaluations")).toHaveLength(1);
    expect(acts("cycle.evaluate").length).toBeGreaterThan(2);
  });

  it("of the report, which is what was decided and published", async () => {
    expect(acts("report.return")).toHaveLength(1);
    expect(acts("report.submit")).toHaveLength(2);
    const { versions } = await read("/report", wire.report);
    const { publications } = await read("/publications", wire.publications);
    expect(publications.length).toBeGreaterThan(3);
    expect([...new Set(publications.map(({ version }) => version))]).toEqual([versions.at(-1)?.hash]);
    const [shown, kept] = roleNamed(cast.script.ministries.behaviours, "chapter").attaching?.files ?? [];
    if (shown === undefined || kept === undefined) throw new Error("the chapter comes without its files");
    await expectDecided(house.service, versions.at(-1)?.hash ?? "", [
      { ...shown, as: "chapter-1-1.csv" },
      { ...kept, as: null },
    ]);
    const { comments } = await read("/comments", wire.comments);
    expect(new Set(comments.map(({ disposition }) => disposition))).toEqual(
      new Set(["reflected", "partly-reflected", "not-reflected"]),
    );
  });
});

it("the mail and what settles are what an oracle makes of the plan and of what people did", async () => {
  const deeds = await deedsIn(house.service.engines.databaseUrl, cycleKey("2014-r1"));
  expect(yearDifferences({ folder: planned, deeds, timeline })).toEqual([]);
});

describe("the next year", () => {
  it("starts from a plan without anything that would block it", async () => {
    const written = await readPlan(join(folder, "plans", "fy2015"));
    expect(written).toMatchObject({ ok: true, plan: { year: 2015 } });
    expect(written.ok && blocks(lintPlan(written.plan))).toBe(false);
  });

  it("takes over or drops every finding", async () => {
    expect(acts("cycle.carry")).toHaveLength(2);
    const { findings } = await read("/findings", wire.findings);
    expect(new Set(findings.map(({ into }) => into))).toEqual(new Set(["next", "dropped"]));
  });
});

describe("the command", () => {
  it("says a line for each stage, then the tables and where everything is", () => {
    const lines = run.printed().split("\n");
    expect(lines[0]).toContain(`訓練 2014-r1 を開きました。${house.service.addresses.web}`);
    expect(lines.filter((line) => /^[█░]{22} /.test(line))).toHaveLength(timeline.stages.length);
    for (const title of ["段階", "メール", "補完調査", "把握状況"]) expect(lines).toContain(`【${title}】`);
    expect(run.printed()).toMatch(/計 +\d+件 +130件/);
    expect(run.printed()).toContain("timeline.json");
  });
});
