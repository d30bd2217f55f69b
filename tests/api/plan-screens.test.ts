import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rehearsal } from "../support/screens-year.ts";
import {
  actor,
  asMeti,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const at = async (below: string) => {
  const { body, statusCode } = await service.app.inject({ url: `/cycles/${rehearsal}/plan${below}` });
  return { body, statusCode };
};

describe("the plan's screens", () => {
  it("say what the plan holds, on which day what is due and why, and what lint says", async () => {
    const { body } = await at("");
    expect(body).toContain("施策119、指標130");
    expect(body).toContain("平成27年4月17日（金）17時");
    expect(body).toContain("計画の点検の結果");
  });

  it("show the catalogue domain by domain, with who is asked for what", async () => {
    const { body } = await at("/catalogue?domain=1-2");
    expect(body).toMatch(/<h3 id="m-1-2-/);
    expect(body).not.toMatch(/<h3 id="m-1-1-/);
    expect((await at("/catalogue?domain=9-9")).statusCode).toBe(404);
    const sections = await Promise.all(
      [...body.matchAll(/catalogue\?domain=([^"]*)"/g)].map(
        async ([, domain]) => (await at(`/catalogue?domain=${domain}`)).body,
      ),
    );
    expect(sections.flatMap((page) => [...page.matchAll(/<h3 id="m-/g)])).toHaveLength(119);
  });

  it("show everybody with his roles, and the days with their reasons", async () => {
    const contacts = (await at("/contacts")).body;
    expect(contacts).toContain("中山 久美");
    expect(contacts).toContain("窓口");
    const calendar = (await at("/calendar")).body;
    expect(calendar).toContain("昭和の日");
    expect(calendar).toMatch(/17<strong class="day-note">データ照会期限<\/strong>/);
  });

  it.each([
    ["a ministry", asMeti, 403],
    ["an auditor", actor("nisc-auditor", "auditor", "nisc"), 200],
    ["an admin", actor("nisc-admin", "admin", "nisc"), 200],
  ])("answer %s as the table says", async (_, reader, status) => {
    service.settings.reader = reader;
    for (const below of ["", "/catalogue", "/contacts", "/calendar"])
      expect((await at(below)).statusCode).toBe(status);
  });

  it("stay below 100 KB each", async () => {
    for (const below of ["", "/catalogue?domain=1-1", "/catalogue?domain=1-2", "/contacts", "/calendar"])
      expect(Buffer.byteLength((await at(below)).body)).toBeLessThan(100_000);
  });
});
