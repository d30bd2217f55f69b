import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actByKey } from "../../db/queries/acts.ts";
import { personId } from "../../domain/ids.ts";
import { rehearsal } from "../support/screens-year.ts";
import {
  actor,
  asMeti,
  asPreparer,
  resetScreens,
  startScreens,
  type ScreensService,
} from "../support/screens-service.ts";

/** The board over real rows and the API's own door; only the engine is silent, so that what is accepted stays stored. */

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const board = `/cycles/${rehearsal}/board`;
const page = async (url: string) => {
  const { body, statusCode } = await service.app.inject({ url });
  return { body, statusCode };
};
const send = async (name: string, form: readonly (readonly [string, string])[]) => {
  const { body, statusCode } = await service.app.inject({
    method: "POST",
    url: `${board}/${name}`,
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    payload: new URLSearchParams(form.map(([field, value]) => [field, value])).toString(),
  });
  return { body, statusCode };
};
const rowsOfCsv = async (query: string): Promise<readonly string[]> => {
  const { body } = await service.app.inject({ url: `/api/v1${board}.csv${query}` });
  return body.trim().split("\r\n").slice(1);
};

describe("the board", () => {
  it("says of each organisation and domain how much came and how much in time, with what it is a part of", async () => {
    const { body } = await page(board);
    expect(body).toContain("府省庁別・分野別");
    // Of three items one was answered, after its due date; the other two are due and silent.
    expect(body).toMatch(/経済産業省<\/a><\/th><td[^>]*>33% 1\/3<br\/>0% 0\/3/);
  });

  it("is one and the same by screen, CSV and API, whatever is asked", async () => {
    for (const query of [
      "",
      "?organisation=meti",
      "?state=to-review",
      "?words=second&sort=rate",
      "?state=overdue",
    ]) {
      const { body } = await page(`${board}${query}`);
      const shown = [...body.matchAll(/href="\/requests\/([^"]*)">/g)].map(([, request]) => request);
      const csv = (await rowsOfCsv(query)).map((row) => row.split(",")[0]);
      const api = await service.app.inject({ url: `/api/v1${board}${query}` });
      const told = api.json<{ requests: { request: string }[] }>().requests.map(({ request }) => request);
      expect(csv).toEqual(told);
      expect(shown).toEqual(told);
    }
  });

  it("says that nothing fits rather than showing nothing, and refuses what it does not know", async () => {
    expect((await page(`${board}?words=どこにもない`)).body).toContain("条件に合う照会はありません。");
    expect((await page(`${board}?state=lost`)).statusCode).toBe(400);
  });

  it.each([
    ["a ministry", asMeti, 403],
    ["an auditor", actor("nisc-auditor", "auditor", "nisc"), 200],
    ["an admin", actor("nisc-admin", "admin", "nisc"), 403],
  ])("answers %s as the table says", async (_, reader, status) => {
    service.settings.reader = reader;
    expect((await page(board)).statusCode).toBe(status);
    expect((await service.app.inject({ url: `/api/v1${board}` })).statusCode).toBe(status);
  });

  it("offers an auditor nothing to do", async () => {
    service.settings.reader = actor("nisc-auditor", "auditor", "nisc");
    expect((await page(board)).body).not.toContain('name="deed"');
  });
});

describe("many at once", () => {
  const chosen = ["meti", "mic"].map((one) => ["chosen", `${rehearsal}-data-${one}`] as const);

  it("does nothing before it is confirmed, and says what would be done and what not", async () => {
    const { body, statusCode } = await send("bulk-preview", [
      ...chosen,
      ["deed", "remind"],
      ["key", "preview-1"],
    ]);
    expect(statusCode).toBe(200);
    expect(body).toContain("選んだ2件のうち1件について");
    expect(body).toContain("metiのsecond");
    expect(body).toContain("未回答の項目がないため、行いません。");
    expect(
      await actByKey(service.db, { person: personId("nisc-preparer-1"), key: "preview-1" }),
    ).toBeUndefined();
  });

  it("gives each request an act of its own, once however often it is sent", async () => {
    const form = [
      ["chosen", `${rehearsal}-data-meti`],
      ["deed", "remind"],
      ["key", "bulk-1"],
    ] as const;
    const first = await send("bulk", form);
    expect(first.body).toMatch(/行ったもの0件、処理中1件、行われなかったもの0件/);
    const key = `bulk-1-${rehearsal}-data-meti`;
    const act = await actByKey(service.db, { person: personId("nisc-preparer-1"), key });
    expect(act).toMatchObject({ name: "request.remind" });
    await send("bulk", form);
    expect(await actByKey(service.db, { person: personId("nisc-preparer-1"), key })).toMatchObject({
      id: act?.id,
    });
  });

  it("reviews exactly the answers that were before the reader", async () => {
    const { body } = await send("bulk-preview", [...chosen, ["deed", "accept"], ["key", "preview-2"]]);
    const [, reviewed = ""] = /name="reviewed" value="([^"]*)"/.exec(body) ?? [];
    expect(reviewed).toMatch(new RegExp(`^${rehearsal}-data-mic ${rehearsal}-data-mic/first [0-9a-f]{64}$`));
    await send("bulk", [
      ["chosen", `${rehearsal}-data-mic`],
      ["deed", "accept"],
      ["reviewed", reviewed],
      ["key", "bulk-2"],
    ]);
    const key = `bulk-2-${rehearsal}-data-mic`;
    const act = await actByKey(service.db, { person: personId("nisc-preparer-1"), key });
    expect(act).toMatchObject({ name: "request.accept" });
  });

  it("asks for what is missing, beside the field, and keeps what was chosen", async () => {
    const { body, statusCode } = await send("bulk-preview", [
      ["chosen", `${rehearsal}-data-mic`],
      ["deed", "return"],
      ["key", "k"],
    ]);
    expect(statusCode).toBe(422);
    expect(body).toContain("差戻しの理由を記入してください。");
    expect(body).toMatch(new RegExp(`value="${rehearsal}-data-mic" checked`));
    expect((await send("bulk-preview", [["key", "k"]])).body).toContain("照会を一つ以上選んでください。");
  });

  it("says of each that is refused why, and does the others", async () => {
    service.settings.reader = actor("nisc-counsellor", "approver", "nisc");
    const { body } = await send("bulk", [...chosen, ["deed", "remind"], ["key", "bulk-3"]]);
    expect(body).toMatch(/行われなかったもの2件/);
  });
});
