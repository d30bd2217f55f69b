import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenRequests, WorkflowStart } from "../../activities/contract.ts";
import { openRequests, openRows, type Opened } from "../../activities/opening.ts";
import { startWorkflows } from "../../activities/starting.ts";
import { acts } from "../../db/schema/acts.ts";
import { processes } from "../../db/schema/cycle.ts";
import { requests } from "../../db/schema/request.ts";
import { itemsOf, owingOrganisations } from "../../domain/catalogue.ts";
import { fiscalYear, organisationId } from "../../domain/ids.ts";
import type { RequestInput } from "../../workflows/contract.ts";
import { planOfMany } from "../support/plan-of-many.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { startScratchTemporal, type ScratchTemporal } from "../support/scratch-temporal.ts";
import {
  at,
  CYCLE,
  itemsOfRequest,
  mailsIn,
  mailsTo,
  RUN,
  startYearDesk,
  type YearDesk,
} from "../support/year-desk.ts";

const NOW = at("2015-04-01T09:00:00");
let database: ScratchDatabase;
let temporal: ScratchTemporal;
let desk: YearDesk;
let input: OpenRequests;
let opened: Opened;
beforeAll(async () => {
  [database, temporal] = await Promise.all([startScratchDatabase(), startScratchTemporal()]);
  desk = await startYearDesk(database.url);
  await desk.openYear();
  input = await opening({ kinds: ["data"] });
  opened = await open(input);
});
afterAll(async () => {
  await desk.close();
  await Promise.all([database.stop(), temporal.stop()]);
});

const opening = async (more: Partial<OpenRequests>): Promise<OpenRequests> => ({
  cycle: CYCLE,
  clock: { is: "stepped", now: at("2015-01-13T09:00:00") },
  now: NOW,
  kinds: [],
  act: await desk.act("cycle.open-requests", {}),
  consulted: null,
  ...more,
});
const deps = () => ({ ...desk.deps, client: temporal.client, taskQueue: "nenrin" });
const open = (given: OpenRequests) => openRequests(deps(), given, RUN);
const statusOf = async (workflow: string): Promise<string> =>
  (await temporal.client.workflow.getHandle(workflow).describe()).status.name;
const isOpen = async (workflow: string): Promise<boolean | undefined> =>
  (await desk.db.select().from(processes).where(eq(processes.workflow, workflow)))[0]?.isOpen;

describe("opening the requests", () => {
  it("asks every organisation once for all that the plan wants of it", async () => {
    const owing = owingOrganisations(desk.plan);
    expect(opened.opened).toBe(owing.length);
    for (const { id } of owing) {
      const asked = await itemsOfRequest(desk.db, `2014-data-${id}`);
      expect(asked.map(({ datum }) => datum).toSorted()).toEqual(
        itemsOf(desk.plan, id)
          .map(({ key }) => key)
          .toSorted(),
      );
      for (const item of asked) expect(item.state).toEqual({ is: "owed", until: at("2015-05-01T17:00:00") });
    }
    const [act] = await desk.db.select().from(acts).where(eq(acts.id, input.act.id));
    expect(act).toMatchObject({ state: "done", result: { sequence: opened.sequence, hash: null } });
  });

  it("writes to the window, with the due date's reason and for the calendar", async () => {
    const [inquiry, ...more] = await mailsTo(desk.db, "meti-window");
    expect(more).toEqual([]);
    expect(inquiry).toMatchObject({ letter: "inquiry", request: "2014-data-meti" });
    expect(inquiry?.subject).toBe(
      "【照会】平成26年度サイバーセキュリティ政策の評価等に係るデータ等の提供について（4/17(金)17時期限）",
    );
    expect(inquiry?.text).toContain("平成27年4月17日（金）17時（計画で定めた日）");
    expect(inquiry?.text).toContain("https://nenrin.example/requests/2014-data-meti");
    expect(inquiry?.ics).toContain("DTSTART;TZID=Asia/Tokyo:20150417T170000");
  });

  it("starts a workflow for each with what it decides by, readable in the Temporal UI", async () => {
    const handle = temporal.client.workflow.getHandle("request-2014-data-mod");
    const { events } = await handle.fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    const given: RequestInput = JSON.parse(Buffer.from(started?.input?.payloads?.[0]?.data ?? []).toString());
    expect(started?.workflowType?.name).toBe("request");
    expect(given).toMatchObject({
      cycle: CYCLE,
      clock: { is: "stepped", now: NOW },
      round: 0,
      surveyBusinessDays: 15,
      request: { id: "2014-data-mod", dueAt: at("2015-04-17T17:00:00"), closeAt: at("2015-05-01T17:00:00") },
    });
    const asked = itemsOf(desk.plan, organisationId("mod")).length;
    expect(Object.keys(given.request.items)).toHaveLength(asked);
    const { searchAttributes, staticSummary } = await handle.describe();
    expect(searchAttributes).toMatchObject({
      CycleYear: ["2014"],
      Organisation: ["mod"],
      RequestKind: ["data"],
    });
    expect(await staticSummary()).toBe(`防衛省：データの照会（${asked}件）`);
    expect(await isOpen("request-2014-data-mod")).toBe(true);
  });

  it("opens nothing anew when repeated", async () => {
    const before = await mailsIn(desk.db);
    expect(await open(input)).toEqual(opened);
    expect(await mailsIn(desk.db)).toEqual(before);
    expect(await desk.db.select().from(requests)).toHaveLength(opened.opened);
  });

  it("starts what a crash after the commit left unstarted", async () => {
    const chapters = await opening({ kinds: ["chapter"] });
    const before = await openRows(desk.deps, chapters, RUN);
    await expect(statusOf("request-2014-chapter-nisc")).rejects.toThrow("not found");
    expect(await open(chapters)).toEqual(before);
    expect(await statusOf("request-2014-chapter-nisc")).toBe("RUNNING");
    expect((await mailsTo(desk.db, "nisc-window")).map(({ request }) => request)).toEqual([
      "2014-data-nisc",
      "2014-chapter-nisc",
    ]);
  });

  it("consults everyone on a version, each round by requests of its own", async () => {
    const content = await desk.store("edit", { text: "版", againstSource: "" });
    await desk.record({ changes: [{ write: "version", content, number: 3 }] });
    const consult = async (round: number) =>
      open(
        await opening({
          kinds: ["consultation"],
          now: at("2015-05-20T10:00:00"),
          act: await desk.act("report.consult", { hash: content.hash }),
          consulted: { hash: content.hash, round },
        }),
      );
    expect((await consult(1)).opened).toBe(opened.opened);
    await consult(2);
    const rounds = await desk.db.select().from(requests).where(eq(requests.kind, "consultation"));
    expect(rounds.filter(({ organisation }) => organisation === "mod")).toMatchObject([
      { id: "2014-consultation-mod", round: 1, version: content.hash, dueAt: at("2015-06-01T17:00:00") },
      { id: "2014-consultation2-mod", round: 2, version: content.hash },
    ]);
    const [mail] = (await mailsTo(desk.db, "mod-window")).filter(({ letter }) => letter === "consultation");
    expect(mail?.text).toContain("評価等に係る年次報告（案）第3版");
    expect(mail?.text).toContain("（照会の日の8開庁日後）");
  });
});

describe("starting workflows", () => {
  it("starts each once, whether it runs or has run", async () => {
    const start: WorkflowStart = {
      workflow: "report",
      id: "report-2014",
      summary: "年次報告",
      attributes: { year: fiscalYear(2014), organisation: null, kind: null, stage: "drafting" },
      input: { cycle: CYCLE, year: fiscalYear(2014), clock: { is: "real" }, approvers: [] },
    };
    const starting = { cycle: CYCLE, starts: [start] };
    await startWorkflows(deps(), starting);
    await startWorkflows(deps(), starting);
    expect(await statusOf("report-2014")).toBe("RUNNING");
    await temporal.client.workflow.getHandle("report-2014").terminate();
    await desk.record({ changes: [{ write: "process", workflow: "report-2014", is: "closed" }] });
    await startWorkflows(deps(), starting);
    expect(await statusOf("report-2014")).toBe("TERMINATED");
    expect(await isOpen("report-2014")).toBe(false);
  });
});

describe("the size of the year", () => {
  it("changes no number of statements", async () => {
    const statements = async (organisations: number): Promise<number> => {
      await desk.openYear(planOfMany(desk.plan, organisations));
      const given = await opening({ kinds: ["data"] });
      let count = 0;
      const logger = { logQuery: () => void (count += 1) };
      const db = drizzle({ client: desk.db.$client, logger });
      await openRows({ ...desk.deps, db }, given, RUN);
      expect(await mailsIn(desk.db)).toHaveLength(organisations);
      return count;
    };
    expect(await statements(400)).toBe(await statements(20));
  });
});
