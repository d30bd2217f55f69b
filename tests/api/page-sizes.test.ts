import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collecting, storeCollectingYear } from "../../bench/collecting-year.ts";
import { actor, asMeti, asPreparer, startScreens, type ScreensService } from "../support/screens-service.ts";

/** The HTML of every screen of a year at its real size. */

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens((plan) => plan, storeCollectingYear);
});
afterAll(() => service.stop());

const LIMIT_BYTES = 100 * 1024;
const year = `/cycles/${collecting}`;
const asAuditor = actor("nisc-auditor", "auditor", "nisc");
const asApprover = actor("nisc-counsellor", "approver", "nisc");

const bytesOf = async (url: string): Promise<number> => {
  const { statusCode, rawPayload } = await service.app.inject({ url });
  expect(statusCode).toBe(200);
  return rawPayload.length;
};
const ofYear = [
  "board",
  "schedule",
  "policy",
  "opening",
  "surveys",
  "evaluations",
  "report",
  "comments",
  "findings",
  "mails",
  "reviews",
  "next-plan",
  "plan",
  "plan/catalogue",
  "plan/contacts",
  "plan/calendar",
];

describe("a screen of FY2014 at its real size", () => {
  it.each(ofYear)("stays below 100 KB: %s", async (below) => {
    for (const reader of [asPreparer, asApprover]) {
      service.settings.reader = reader;
      expect(await bytesOf(`${year}/${below}`)).toBeLessThan(LIMIT_BYTES);
    }
  });

  it.each([
    ["/", asPreparer],
    ["/", asMeti],
    [`${year}/audit`, asAuditor],
  ] as const)("stays below 100 KB: %s", async (url, reader) => {
    service.settings.reader = reader;
    expect(await bytesOf(url)).toBeLessThan(LIMIT_BYTES);
  });
});
