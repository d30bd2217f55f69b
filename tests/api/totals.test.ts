import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderCsv } from "../../activities/documents/data.ts";
import { storeContent } from "../../db/content.ts";
import { planInForce } from "../../db/queries/plan-in-force.ts";
import { reportRecord } from "../../db/queries/report-record.ts";
import { answers, items, requests } from "../../db/schema/request.ts";
import type { GivenAnswer } from "../../domain/acts.ts";
import type { ItemState } from "../../domain/answer.ts";
import { compileReport } from "../../domain/compile.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import type { Says } from "../../domain/says.ts";
import { addSeconds, instant } from "../../domain/time.ts";
import {
  actor,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";
import { now, rehearsal } from "../support/screens-year.ts";

/**
 * 警察庁 has given each kind of answer a different number of times, and left some unanswered: what adds them up says the
 * same wherever it stands, before the survey of what can't be measured and after it.
 */

const REQUEST = `${rehearsal}-data-npa`;
const [sentAt, dueAt] = [instant("2015-04-01T09:00:00+09:00"), instant("2015-04-17T17:00:00+09:00")];
const closeAt = instant("2015-05-01T17:00:00+09:00");
const SURVEY = `${rehearsal}-survey-npa-1`;

type Stated = readonly [says: Says | null, many: number, state: (answer: GivenAnswer) => ItemState];
const kept = { until: closeAt, returns: 0 } as const;
const missing: ItemState = { is: "owed", until: closeAt };
const fixture: readonly Stated[] = [
  ["value", 4, (answer) => ({ is: "value", answer })],
  ["nil", 3, (answer) => ({ is: "nil", answer })],
  ["not-applicable", 2, (answer) => ({ is: "not-applicable", answer })],
  ["unmeasurable", 2, () => ({ is: "surveying", until: closeAt, survey: SURVEY })],
  [null, 5, () => missing],
  ["provisional", 1, (answer) => ({ is: "provisional", ...kept, answer })],
  ["value", 1, (answer) => ({ is: "failing", ...kept, answer, checks: ["not-negative"] })],
  ["value", 1, (answer) => ({ is: "submitted", ...kept, answer })],
  [
    "value",
    1,
    (answer) => ({ is: "returned", ...kept, returns: 1, answer, reason: "内訳を示してください。" }),
  ],
];
const ASKED = 20;
/** Everything that is not missing has been submitted once. */
const SUBMITTED = 15;
/** Where an answer of the ministry itself stands: not what it can't measure, and not what fails or came back. */
const ANSWERED = 11;
/** What the ministry itself still has to do something about: missing, provisional, failing, returned. */
const OWED = 8;
const before = {
  value: 4,
  nil: 3,
  "not-applicable": 2,
  surveying: 2,
  owed: 5,
  provisional: 1,
  failing: 1,
  submitted: 1,
  returned: 1,
};
const asNpa = actor("npa-window", "contact", "npa");

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
  await storeFixture();
}, 120_000);
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const storeAnswer = async (item: string, says: Says): Promise<GivenAnswer> => {
  const { db } = service;
  const body = { number: says === "value" ? 7 : null, unit: says === "value" ? "件" : null, text: "" };
  const by = personId("npa-window");
  const content = await storeContent(db, { kind: "answer", body, storedBy: by, storedAt: now });
  const given = { says, content: content.id, hash: content.hash, by };
  await db.insert(answers).values({ item, version: 1, ...given, at: addSeconds(dueAt, -60) });
  return { item, says, content, why: says === "unmeasurable" ? "no-statistics" : null };
};
const storeFixture = async () => {
  const { db } = service;
  const organisation = organisationId("npa");
  const { body: plan } = await planInForce(db, rehearsal);
  const data = plan.data.filter(({ owners }) => owners.some((owner) => owner.organisation === organisation));
  const asked = { id: REQUEST, cycle: rehearsal, kind: "data", organisation, is: "open", round: 0 } as const;
  await db.insert(requests).values({ ...asked, sentAt, dueAt, closeAt });
  const states = fixture.flatMap(([says, many, state]) =>
    Array.from({ length: many }, () => ({ says, state })),
  );
  for (const [n, { says, state }] of states.entries()) {
    const { key = "", text = "", indicators = [] } = data[n] ?? {};
    const id = `${REQUEST}/${key}`;
    const of = says === null ? missing : state(await storeAnswer(id, says));
    const row = { id, request: REQUEST, datum: key, text, indicators: [...indicators] };
    await db.insert(items).values({ ...row, is: of.is, state: of, dueAt });
  }
};
/** The survey has found one of the two, and nothing of the other. */
const endSurvey = async () => {
  const { db } = service;
  const [first, second] = await db
    .select({ id: items.id })
    .from(items)
    .where(and(eq(items.request, REQUEST), eq(items.is, "surveying")))
    .orderBy(items.id);
  const become = (id: string | undefined, state: ItemState) =>
    db
      .update(items)
      .set({ is: state.is, state })
      .where(eq(items.id, id ?? ""));
  await become(first?.id, { is: "surveyed", survey: SURVEY });
  await become(second?.id, { is: "uncollected", reason: "記録がない。" });
};

const page = async (url: string): Promise<string> => (await service.app.inject({ url })).body;
/** State by state, as a screen counts them. */
const countsOn = (body: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...body.matchAll(/<div data-is="([a-z-]+)"><dt>[^<]*<\/dt><dd>(\d+)件<\/dd>/g)].map(
      ([, is = "", many]) => [is, Number(many)],
    ),
  );
const totalsOn = (body: string): readonly string[] =>
  [...body.matchAll(/<span class="counts-total">(\d+)件/g)].map(([, many = ""]) => many);

interface Totals {
  readonly states: Readonly<Record<string, number>>;
  readonly settled: number;
  readonly reported: Readonly<Record<string, number>>;
}
const everywhere = ({ states, settled, reported }: Totals): void => {
  const query = `/cycles/${rehearsal}/board?organisation=npa`;

  it("add up at the ministry's home and on the page of its request", async () => {
    service.settings.reader = asNpa;
    const home = await page("/");
    expect(countsOn(home)).toEqual({ submitted: 0, surveyed: 0, uncollected: 0, ...states });
    expect(totalsOn(home)).toEqual([String(settled), String(ASKED - settled)]);
    const own = home.slice(home.indexOf(`/requests/${REQUEST}`)).replaceAll(/<[^>]*>/g, " ");
    expect(own).toMatch(new RegExp(`${ANSWERED}／${ASKED}.*?${settled}／${ASKED}`, "s"));
    expect(await page(`/requests/${REQUEST}`)).toContain(`照会項目（${ASKED}件）`);
  });

  it("add up on the board, by API and in its CSV", async () => {
    const board = (await service.app.inject({ url: `/api/v1${query}` })).json();
    const rates = { items: ASKED, submitted: SUBMITTED, judged: ASKED, onTime: SUBMITTED };
    expect(board.organisations[0].all).toEqual(rates);
    expect(board.requests).toMatchObject([{ rates, owed: OWED, toReview: 1, overdue: OWED, settled }]);
    expect(await page(query)).toContain(`75% ${SUBMITTED}/${ASKED}`);
    const [row, ...more] = (await page(`/api/v1${query.replace("?", ".csv?")}`))
      .trim()
      .split("\r\n")
      .slice(1);
    expect(more).toEqual([]);
    expect(row?.split(",").map(Number)).toEqual(expect.arrayContaining([ASKED, SUBMITTED, OWED, settled]));
  });

  it("add up in the report and its CSV, where what is not known is an empty cell", async () => {
    const document = compileReport(await reportRecord(service.db, rehearsal));
    const printed = document.data.rows.filter(({ organisation }) => organisation === "npa");
    // A datum that serves two indicators stands with each of them.
    const rows = [...new Map(printed.map((row) => [row.datum, row])).values()];
    const among = (is: string) => rows.filter(({ state }) => state === is);
    expect(Object.fromEntries(Object.keys(reported).map((is) => [is, among(is).length]))).toEqual(reported);
    const numbered = rows.filter(({ number }) => number !== null);
    expect(numbered.map(({ state, number }) => [state, number])).toEqual(
      Array.from({ length: states["value"] ?? 0 }, () => ["value", 7]),
    );
    const lines = renderCsv(document).split("\r\n");
    expect(lines.filter((line) => line.includes(",npa,"))).toHaveLength(printed.length);
  });
};

describe("totals and denominators while the survey of what can't be measured runs", () => {
  everywhere({
    states: before,
    settled: 9,
    reported: { value: 4, nil: 3, "not-applicable": 2, surveyed: 0, uncollected: 0 },
  });
});

describe("totals and denominators once it has ended", () => {
  const { surveying: _surveying, ...rest } = before;
  beforeAll(endSurvey);
  everywhere({
    states: { ...rest, surveying: 0, surveyed: 1, uncollected: 1 },
    settled: 11,
    reported: { value: 4, nil: 3, "not-applicable": 2, surveyed: 1, uncollected: 1 },
  });
});
