import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mails } from "../../db/schema/mail.ts";
import { yearStanding } from "../../db/queries/year-standing.ts";
import { forecast } from "../../domain/forecast.ts";
import type { PlannedMail } from "../../domain/forecast-standing.ts";
import { cycleKey } from "../../domain/ids.ts";
import { previewOf } from "../../domain/preview.ts";
import { instant, type Instant } from "../../domain/time.ts";
import { startApiYear, tokenFor, type ApiYear } from "../support/api-year.ts";
import { linesOf } from "../support/silent-year.ts";

/** A change tried and then made through the API on real engines, each test going on where the one before stopped. */

let api: ApiYear;
let plan = "";
beforeAll(async () => {
  api = await startApiYear();
  plan = (await api.post(preparer, "/plans", api.plan)).json().hash;
}, 180_000);
afterAll(() => api.stop(), 60_000);

const run = promisify(execFile);
const NENRIN = fileURLToPath(new URL("../../cli/nenrin.mjs", import.meta.url));
const preparer = "nisc-preparer-1 preparer";
const approver = "nisc-director approver";
const auditor = "nisc-auditor auditor";
const contact = "meti-officer contact";
const base = "/cycles/2014-r1";
const posts: Readonly<Record<string, string>> = { preparer, approver, contact };
const said = (reply: LightMyRequestResponse) => [reply.statusCode, reply.json().code];

/** How much there is of everything that anybody could have left a trace in. */
const traces = async () => {
  const tables = [
    "acts",
    "audit_events",
    "contents",
    "cycles",
    "mails",
    "people",
    "records",
    "reminders",
    "rungs",
  ];
  const counted = tables.map(
    (name) => `(select md5(string_agg(t::text, '' order by t::text)) from ${name} t) as ${name}`,
  );
  return [...(await api.house.db.execute(sql.raw(`select ${counted.join(", ")}`)))];
};

describe("the preview of a plan", () => {
  it.each(["nobody", "everybody"] as const)(
    "lists every mail if %s answers, before any cycle is opened",
    async (who) => {
      const reply = await api.get(auditor, `/plans/${plan}/preview?who=${who}`);
      expect(reply.statusCode).toBe(200);
      expect(reply.json()).toEqual(previewOf(api.plan, who));
    },
  );

  it("asks for whom", async () => {
    expect(said(await api.get(preparer, `/plans/${plan}/preview`))).toEqual([400, "invalid-query"]);
    expect(said(await api.get(contact, `/plans/${plan}/preview?who=nobody`))).toEqual([403, "forbidden"]);
  });
});

describe("a plan that lint blocks", () => {
  const without = () => ({ ...api.plan, people: api.plan.people.filter(({ id }) => id !== "meti-window") });
  const blocked = {
    code: "plan-blocked",
    findings: [expect.objectContaining({ level: "block", code: "no-reachable-contact" })],
  };
  const problem = (reply: LightMyRequestResponse) => {
    const { code, findings } = reply.json();
    const blocks = findings.filter(({ level }: { level: string }) => level === "block");
    return { status: reply.statusCode, code, findings: blocks };
  };

  it("is not stored", async () => {
    expect(problem(await api.post(preparer, "/plans", without()))).toEqual({ status: 422, ...blocked });
  });

  it("opens no year, wherever it came from", async () => {
    const { hash } = await api.house.store("plan", without());
    const opened = await api.post(preparer, "/cycles", { plan: hash, rehearsal: true });
    expect(problem(opened)).toEqual({ status: 422, ...blocked });
    expect(problem(await api.get(preparer, `/plans/${hash}/preview?who=nobody`))).toEqual({
      status: 422,
      ...blocked,
    });
    expect((await api.get(preparer, "/cycles")).json()).toEqual({ cycles: [] });
  });
});

const decidePolicy = async (): Promise<void> => {
  const text = { title: "実施方針", text: "次のとおり評価を行う。" };
  const { hash } = (await api.post(preparer, `${base}/policy`, text)).json();
  for (const person of ["nisc-counsellor", "nisc-deputy-director", "nisc-director"])
    await api.post(`${person} approver`, `${base}/policy/approval`, { hash });
  const held = { outcome: "decided", meeting: "本部", heldOn: "2015-01-13" };
  await api.post("nisc-recorder recorder", `${base}/policy/decision`, { hash, ...held });
};
const now = async (): Promise<Instant> => instant((await api.get(auditor, base)).json().now);
const advanceTo = async (to: string): Promise<void> => {
  while ((await now()) < to) {
    const reply = await api.post(preparer, `${base}/advance`, { to });
    expect([reply.statusCode, reply.body]).toEqual([200, expect.any(String)]);
  }
};
const ask = (change: object, post = preparer) => api.post(post, `${base}/what-if`, { change });
const apply = ({ by, path, body }: { by: string; path: string; body: object }) =>
  api.post(posts[by] ?? by, path.replace("/api/v1", ""), body);

const standing = async () => {
  const { db } = api.house;
  const cycle = (await api.get(auditor, base)).json();
  const known = { cycle: cycleKey("2014-r1"), stage: cycle.stage, now: instant(cycle.now) };
  return yearStanding(db, { ...known, plan: (await api.get(auditor, `${base}/plan`)).json() });
};
const sentBetween = async (after: Instant, until: string): Promise<readonly PlannedMail[]> =>
  (await api.house.db.select().from(mails).orderBy(mails.position))
    .filter(({ at }) => at > after && at <= until)
    .map(({ at, person, organisation, letter, rung, request, items }) => {
      const about = { letter, rung, request, items };
      return { at, contact: person, organisation, ...about };
    });

describe("a what-if", () => {
  const closed = { is: "holiday-added", date: "2015-04-21", name: "臨時閉庁日" };

  it("needs a year that is under way", async () => {
    expect((await ask(closed)).statusCode).toBe(404);
    await api.post(preparer, "/cycles", { plan, rehearsal: true });
    await decidePolicy();
    await advanceTo("2015-04-01T09:00:00+09:00");
    await api.post(preparer, `${base}/requests`, {});
    await advanceTo("2015-04-15T11:00:00+09:00");
    expect((await ask(closed)).statusCode).toBe(200);
  }, 120_000);

  it("is for who prepares, approves or audits", async () => {
    expect((await ask(closed, approver)).statusCode).toBe(200);
    expect((await ask(closed, auditor)).statusCode).toBe(200);
    expect(said(await ask(closed, contact))).toEqual([403, "forbidden"]);
  });

  it.each([
    ["a member nobody knows", { ...closed, why: "" }, "invalid-body"],
    ["a change nobody knows", { is: "title", title: "" }, "invalid-body"],
    ["a holiday that is one", { ...closed, date: "2015-04-29" }, "invalid-body"],
    ["a ladder out of order", { is: "ladder", kind: "data", rungs: ladderOf(3, 1) }, "plan-blocked"],
    ["a window that never opens", { is: "send-window", from: "16:00", until: "09:00" }, "plan-blocked"],
    [
      "a due date on a holiday",
      { is: "due", request: "2014-r1-data-meti", dueOn: "2015-04-29" },
      "closed-day",
    ],
  ])("says what is wrong with %s", async (_, change, code) => {
    expect(said(await ask(change))).toEqual([422, code]);
  });

  it("leaves no trace, whatever is asked", async () => {
    const before = await traces();
    const comes = { id: "meti-next", name: "後任 花子", title: "係長", email: "next@meti.example" };
    const changes = [
      closed,
      { is: "due", request: "2014-r1-data-meti", dueOn: "2015-04-24" },
      { is: "send-window", from: "10:00", until: "16:00" },
      { is: "contact", organisation: "meti", role: "window", leaves: "meti-window", comes },
    ];
    for (const change of changes) expect((await ask(change)).statusCode).toBe(200);
    expect(await traces()).toEqual(before);
  });

  it("is asked from the command line as from anywhere else", async () => {
    const url = await api.app.listen({ host: "127.0.0.1", port: 0 });
    const nenrin = async (...args: readonly string[]) => {
      const door = ["--url", `${url}/api/v1`, "--token", await tokenFor(api, preparer)];
      return (await run(process.execPath, [NENRIN, "what-if", ...args, ...door])).stdout;
    };
    const json = await nenrin("--holiday", "2015-04-21=臨時閉庁日", "--json");
    expect(JSON.parse(json)).toEqual((await ask(closed)).json());
    const stdout = await nenrin("--request", "2014-r1-data-meti", "--due", "2015-04-24");
    expect(stdout).toMatch(/^平成27年4月15日（水）11時現在。まだ何も変えていません。\n期限・締切\n/);
    expect(stdout).toMatch(
      / 2014-r1-data-meti +4月17日17時（締切5月1日17時） +→ 4月24日17時（締切5月13日17時） +元の日の5開庁日後\n/,
    );
    expect(stdout).toMatch(/  移  4月16日9時 +→ 4月23日9時 +remind-1 +meti-window /);
    expect(stdout).toMatch(
      /残る日数　8開庁日 → 5開庁日\n行うには\n  POST \/api\/v1\/requests\/2014-r1-data-meti\/extension/,
    );
    const ladder = await nenrin("--rung", "data:dun-1=2", "--rung", "data:escalate-5=none");
    expect(ladder).toMatch(/  移  4月20日9時 +→ 4月21日9時 +dun-1 /);
  }, 60_000);

  it.each([
    ["nothing", [], "のうち一つを指定してください"],
    ["two things", ["--due", "2015-04-24", "--open-day", "2015-04-29"], "のうち一つを指定してください"],
    ["a due date of nothing", ["--due", "2015-04-24"], "--request で指定してください"],
    ["a rung nobody knows", ["--rung", "data:dun-9=1"], "dun-9 という段はありません。"],
    ["what the service refuses", ["--open-day", "2015-04-30"], "計画の休日にない日です。"],
  ])(
    "tells who asks for %s on the command line what to write",
    async (_, args, said) => {
      const door = ["--url", `${api.app.listeningOrigin}/api/v1`, "--token", await tokenFor(api, preparer)];
      const failed = run(process.execPath, [NENRIN, "what-if", ...args, ...door]);
      await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(said) });
    },
    60_000,
  );

  it("is applied as it stands, and then comes true: the day closed, then another due date", async () => {
    const holiday = (await ask(closed)).json();
    expect(holiday).toMatchObject({ plan: { was: plan }, dates: [], afterwards: null });
    const amended = await apply(holiday.apply);
    expect([amended.statusCode, amended.json().hash]).toEqual([200, holiday.plan.becomes]);
    expect((await api.get(auditor, `${base}/plan`)).json().holidays).toContainEqual({
      date: "2015-04-21",
      name: "臨時閉庁日",
    });

    const due = (await ask({ is: "due", request: "2014-r1-data-meti", dueOn: "2015-04-24" })).json();
    expect([due.apply.by, due.afterwards.by]).toEqual(["contact", "approver"]);
    const from = await standing();
    for (const step of [due.apply, due.afterwards]) expect((await apply(step)).statusCode).toBe(200);
    const until = "2015-05-20T12:00:00+09:00";
    await advanceTo(until);

    const gone = new Set(
      linesOf([...due.mails.removed, ...due.mails.moved.map(({ from: was }: Moved) => was)]),
    );
    const stays = forecast(from, "nobody").mails.filter((mail) => !gone.has(String(linesOf([mail])[0])));
    const comes = [...stays, ...due.mails.added, ...due.mails.moved.map(({ to }: Moved) => to)];
    const sent = (await sentBetween(from.now, until)).filter(({ at }) => at > from.now);
    expect(linesOf(comes.filter(({ at }) => at > from.now && at <= until))).toEqual(linesOf(sent));
    expect(sent.length).toBeGreaterThan(90);
    expect(sent.filter(({ at }) => at.startsWith("2015-04-21"))).toEqual([]);
    const known = (await api.get(auditor, "/requests/2014-r1-data-meti")).json();
    const told = due.dates.find(({ request }: { request: string }) => request === known.id);
    expect([known.dueAt, known.closeAt]).toEqual([told.after.dueAt, told.after.closeAt]);
  }, 300_000);

  it("is refused once another amendment has come between", async () => {
    const stale = {
      change: { is: "holiday-removed", date: "2015-04-29" },
      was: plan,
      reason: "開庁するため。",
    };
    expect(said(await api.post(preparer, `${base}/amendments`, stale))).toEqual([409, "other-version"]);
  });
});

interface Moved {
  readonly from: PlannedMail;
  readonly to: PlannedMail;
}

/** Two rungs, so many business days after the due date. */
function ladderOf(...offsets: readonly number[]): readonly object[] {
  return offsets.map((offsetBusinessDays) => ({
    name: `dun-${offsetBusinessDays}`,
    label: "督促",
    offsetBusinessDays,
    to: ["window"],
    cc: [],
    lead: false,
  }));
}
