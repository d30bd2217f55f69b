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

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(() => {
  resetScreens(service);
  service.settings.reader = asPreparer;
});

const schedule = `/cycles/${rehearsal}/schedule`;
const send = async (name: string, form: Readonly<Record<string, string>>) => {
  const { body, statusCode, headers } = await service.app.inject({
    method: "POST",
    url: `${schedule}/${name}`,
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    payload: new URLSearchParams({ key: crypto.randomUUID(), ...form }).toString(),
  });
  return { body, statusCode, location: headers.location };
};
const closing = { is: "holiday-added", date: "2015-04-30", name: "臨時閉庁日" };
const acted = (key: string) => actByKey(service.db, { person: personId("nisc-preparer-1"), key });

describe("年間の日程", () => {
  it("draws what its table says", async () => {
    const { body } = await service.app.inject({ url: schedule });
    expect(body).toContain("平成27年1月13日～平成27年2月10日");
    expect(body.match(/class="gantt-planned"/g)).toHaveLength(10);
    expect(body).toMatch(/評価・原案・決裁に-?\d+開庁日を残しています|開庁日足りません/);
  });

  it.each([
    ["a ministry", asMeti, 403],
    ["an auditor", actor("nisc-auditor", "auditor", "nisc"), 200],
    ["a recorder", actor("nisc-recorder", "recorder", "nisc"), 200],
  ])("answers %s as the table says", async (_, reader, status) => {
    service.settings.reader = reader;
    expect((await service.app.inject({ url: schedule })).statusCode).toBe(status);
  });
});

describe("a change tried by form", () => {
  it("shows every date and mail that would be another, and does nothing", async () => {
    const { body, statusCode } = await send("what-if", { ...closing, key: "try-1" });
    expect(statusCode).toBe(200);
    expect(body).toContain("4月30日を閉庁日（臨時閉庁日）とする場合");
    expect(body).toMatch(/これから送られるメールは、\d+通から\d+通になります/);
    expect(body).toContain("この変更を行う");
    expect(await acted("try-1")).toBeUndefined();
  });

  it("is done from the page that shows it, as the act the API would do", async () => {
    const { statusCode, location } = await send("apply", {
      ...closing,
      reason: "庁舎の停電のため。",
      key: "apply-1",
    });
    expect(statusCode).toBe(303);
    expect(await acted("apply-1")).toMatchObject({ name: "cycle.amend" });
    expect(location).toMatch(new RegExp(`^${schedule}\\?done=`));
  });

  it("says beside the field what is missing, and why a change does not fit", async () => {
    const { body, statusCode } = await send("what-if", { is: "due", request: "" });
    expect(statusCode).toBe(422);
    expect(body).toContain("照会を記入してください。");
    expect(body).toContain("新しい期限を記入してください。");
    const known = await send("what-if", { is: "holiday-added", date: "2015-05-04", name: "みどりの日" });
    expect([known.statusCode, known.body.includes("既に閉庁日です。")]).toEqual([422, true]);
  });

  it("leaves to others what the reader may not do", async () => {
    service.settings.reader = actor("nisc-auditor", "auditor", "nisc");
    const { body } = await send("what-if", closing);
    expect(body).toContain("この画面からは行えません。");
    expect(body).not.toContain("この変更を行う");
  });
});
