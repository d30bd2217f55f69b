import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { closeDb, makeDb } from "../../db/client.ts";
import { verifyChain } from "../../db/queries/audit.ts";
import { calendarOf, isOpen } from "../../domain/calendar.ts";
import { indicatorsOf } from "../../domain/catalogue.ts";
import { cycleKey, organisationId, type OrganisationId } from "../../domain/ids.ts";
import { insideSendWindow } from "../../domain/ladder.ts";
import { blocks, lintPlan } from "../../domain/lint.ts";
import { dateOf } from "../../domain/time.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { writePlan } from "../../plans/write-plan.ts";
import { castOf } from "../../rehearsals/cast.ts";
import { rehearsedPlan } from "../../rehearsals/rehearsed-plan.ts";
import type { Timeline, TimelineAct } from "../../rehearsals/timeline.ts";
import type { Cast } from "../../rehearsals/view.ts";
import * as wire from "../../rehearsals/wire.ts";
import { startRehearsalHouse, type RehearsalHouse } from "../support/rehearsal-house.ts";
import { yearDifferences } from "../support/against-oracle.ts";
import { deedsIn } from "../support/deeds.ts";
import { expectDecided } from "../support/decided-folder.ts";
import { npmRunRehearse, type RehearseRun } from "../support/npm-run-rehearse.ts";
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

const behaving = (key: string): readonly OrganisationId[] => {
  const found = [...cast.behaviours].filter(([, role]) => role.key === key).map(([id]) => id);
  expect(found, `nobody is ${key}`).not.toEqual([]);
  return found;
};
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

const askedOf = (organisation: string) =>
  cast.plan.data.filter(({ owners }) => owners.some((owner) => owner.organisation === organisation));
/** What came of how a ministry behaves; what can't be compared or has no owner is nobody's doing. */
const surveysOf = (organisation: string) =>
  surveys.filter(
    (survey) =>
      survey.organisation === organisation &&
      survey.cause !== "not-comparable" &&
      survey.cause !== "no-owner",
  );

describe("how the ministries behave has its consequences", () => {
  it("prompt: answered before the due date, accepted", () => {
    for (const organisation of behaving("prompt"))
      expect(actionsOn(organisation)).toEqual(["request.submit", "request.accept"]);
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

  it("silent: everything surveyed, because nothing came", () => {
    for (const organisation of behaving("silent")) {
      expect(actionsOn(organisation)).toEqual([]);
      const [survey, ...others] = surveysOf(organisation);
      expect(others).toEqual([]);
      expect(survey).toMatchObject({
        cause: "silence",
        openedAt: expect.stringMatching(/^2015-05-01T17:00:0/),
      });
      expect(survey?.items).toHaveLength(askedOf(organisation).length);
    }
  });

  it("unmeasurable: what was said not to be measurable is surveyed at once", () => {
    for (const organisation of behaving("unmeasurable")) {
      const [survey] = surveysOf(organisation);
      expect(survey).toMatchObject({ cause: "said-unmeasurable", openedAt: onRequest(organisation)[0]?.at });
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

  it("uncorrected: surveyed once the time to correct has run out", () => {
    for (const organisation of behaving("uncorrected"))
      expect(surveysOf(organisation)).toMatchObject([{ cause: "not-corrected" }]);
  });

  it("returned twice: surveyed once it came back again", () => {
    for (const organisation of behaving("returned-twice"))
      expect(surveysOf(organisation)).toMatchObject([{ cause: "returned-twice" }]);
  });

  it("failing: surveyed at the close, although something was handed in", () => {
    for (const organisation of behaving("failing"))
      expect(surveysOf(organisation)).toMatchObject([
        { cause: "failed-check", openedAt: expect.stringMatching(/^2015-05-01T17:00:0/) },
      ]);
  });

  it("late answer: surveyed for its silence, then taken at its word or read and left", () => {
    for (const organisation of behaving("late-answer")) {
      const [survey] = surveysOf(organisation);
      expect(survey).toMatchObject({ cause: "silence" });
      const [submit, choice] = onRequest(organisation);
      expect((submit?.at ?? "") > (survey?.openedAt ?? "")).toBe(true);
      expect(["request.take-late", "request.leave-late"]).toContain(choice?.action);
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

describe("the surveys", () => {
  it("open themselves for every cause there is, and say why", () => {
    expect([...new Set(surveys.map(({ cause }) => cause))].toSorted()).toEqual([
      "failed-check",
      "no-owner",
      "not-comparable",
      "not-corrected",
      "returned-twice",
      "said-unmeasurable",
      "silence",
    ]);
    for (const { justification, items } of surveys) {
      expect(justification).toMatch(/。対象は、計画の照会事項\d+件（/);
      for (const item of items) expect(justification).toContain(item.slice(item.indexOf("/") + 1));
    }
    const silence = surveys.find(({ cause }) => cause === "silence");
    expect(silence?.justification).toMatch(/督促（4月20日）.*上申（4月24日）/);
  });

  it("open once for an item, whatever else becomes of it", () => {
    const items = surveys.flatMap((survey) => survey.items);
    expect(new Set(items).size).toBe(items.length);
  });

  it("follow every method of the plan to its end, step by step", () => {
    const methods = (cast.plan.surveyMethods ?? []).map(({ key }) => key);
    const concluded = surveys.filter(({ end }) => end?.is === "found" || end?.is === "impossible");
    expect([...new Set(concluded.map(({ protocol }) => protocol?.method))].toSorted()).toEqual(
      methods.toSorted(),
    );
    for (const { id, protocol } of concluded) {
      expect(protocol?.steps.every(({ done }) => done !== null)).toBe(true);
      const recorded = acts("survey.step", `survey ${id.slice(id.indexOf("-survey-") + 1)}`);
      const byHand = (protocol?.steps ?? []).filter(({ needs }) => needs !== "replies");
      expect(recorded).toHaveLength(byHand.length);
    }
  });

  it("ask respondents by requests of their own, which end with a reply or in silence", () => {
    const asked = surveys.flatMap(({ protocol }) => protocol?.asked ?? []);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ settled }) => settled)).toBe(true);
    const inquiries = timeline.mails.filter(({ kind, items }) => kind === "inquiry" && items[0] === "q-1");
    expect(inquiries.length).toBeGreaterThan(0);
  });

  it("remind the secretariat of its own steps, and a ministry of its", () => {
    const chased = digests().filter(({ items }) => items.some((item) => item.startsWith("survey-")));
    const readers = new Set(chased.map(({ organisation }) => organisation));
    expect(readers).toContain("nisc");
    expect(readers.size).toBeGreaterThan(1);
  });

  it("flow into the report with their method and limits", async () => {
    const { versions } = await read("/report", wire.report);
    const printed = JSON.stringify(await read(`/report/versions/${versions.at(-1)?.hash}`, z.unknown()));
    for (const { label } of cast.plan.surveyMethods ?? []) expect(printed).toContain(label);
    expect(printed).toContain(cast.script.secretariat.surveys.limits);
  });
});

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
    await expectDecided(house.service, versions.at(-1)?.hash ?? "");
    const { comments } = await read("/comments", wire.comments);
    expect(new Set(comments.map(({ disposition }) => disposition)).size).toBe(3);
  });
});

describe("the reminders", () => {
  it("go out on business days, within the window", () => {
    const calendar = calendarOf(cast.plan.holidays);
    expect(digests().length).toBeGreaterThan(50);
    for (const { at } of digests()) {
      expect(isOpen(dateOf(at), calendar)).toBe(true);
      expect(insideSendWindow(at, cast.plan.sendWindow, calendar)).toBe(true);
    }
  });

  it("stop as soon as there is an answer, unless it came back", () => {
    for (const { at, organisation, items, contact, rung } of digests()) {
      const last = onRequest(organisation).findLast(
        (act) => act.at < at && ["request.submit", "request.return"].includes(act.action),
      );
      // What fails its checks is no answer.
      if (behaving("failing").includes(organisationId(organisation))) continue;
      const own = items.filter((one) => askedOf(organisation).some(({ key }) => key === one));
      expect(
        own.length === 0 || last?.action !== "request.submit",
        `${contact} is reminded of ${own.join(", ")} by ${rung} at ${at}`,
      ).toBe(true);
    }
  });

  it("come once each, and one mail a day to a contact", () => {
    const days = digests().map(({ at, contact }) => `${at} ${contact}`);
    expect(new Set(days).size).toBe(days.length);
    const moved: readonly string[] = [
      ...behaving("extension"),
      ...behaving("corrected"),
      ...behaving("uncorrected"),
    ];
    const rungs = digests()
      .filter(({ organisation }) => !moved.includes(organisation))
      .flatMap(({ contact, rung, items }) =>
        // Every step of a survey has a day and a ladder of its own.
        items.filter((item) => !item.startsWith("survey-")).map((item) => `${contact} ${rung} ${item}`),
      );
    expect(new Set(rungs).size).toBe(rungs.length);
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
