import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { previewOf } from "../../domain/preview.ts";
import { addSeconds, at as instantAt, type Instant } from "../../domain/time.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { linesOf, runOn, sentAfter } from "../support/silent-year.ts";
import { at, startYearDesk, type YearDesk } from "../support/year-desk.ts";

/** The whole year in which nobody answers, as the activities send it, against what the plan alone foretells. */

let database: ScratchDatabase;
let desk: YearDesk;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
  await desk.openYear();
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});

const OPENED = at("2015-04-01T09:00:00");
const LAST = at("2015-07-31T00:00:00");
/** What only the plan's own days bring: no activity of the requests has to do with it. */
const isOfRequests = ({ at: when, letter }: { readonly at: Instant; readonly letter: string }): boolean =>
  when >= OPENED && letter !== "decided" && letter !== "published";

describe("the preview of FY2014", () => {
  it("is, mail by mail, what the year sends if nobody answers", async () => {
    const { mails, course } = previewOf(desk.plan, "nobody");
    const consulted = instantAt(course.consultation?.opensOn ?? course.decisionOn, desk.plan.sendWindow.from);
    await desk.open(["data", "chapter"], OPENED);
    await runOn(desk, { from: OPENED, until: addSeconds(consulted, -1) });
    await desk.open(["consultation"], consulted);
    await runOn(desk, { from: addSeconds(consulted, -1), until: LAST });
    const sent = await sentAfter(desk, addSeconds(OPENED, -1));
    expect(sent.length).toBeGreaterThan(700);
    expect(linesOf(mails.filter(isOfRequests))).toEqual(linesOf(sent));
  }, 120_000);
});
