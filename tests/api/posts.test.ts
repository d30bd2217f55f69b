import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDb, makeDb } from "../../db/client.ts";
import { openSession } from "../../db/content.ts";
import { makeFirstAdmins } from "../../db/first-admins.ts";
import { sessionsOf } from "../../db/queries/sessions.ts";
import { sha256Of } from "../../db/chain.ts";
import { people } from "../../db/schema/acts.ts";
import { auditEvents } from "../../db/schema/audit.ts";
import { personId } from "../../domain/ids.ts";
import { now } from "../support/screens-year.ts";
import { actor, resetScreens, startScreens, type ScreensService } from "../support/screens-service.ts";
import { startScratchDatabase } from "../support/scratch-database.ts";

/** 職務の付与: what two admins do at the screen, and one undoes. */

const first = actor("nisc-admin-1", "admin", "nisc");
const second = actor("nisc-admin-2", "admin", "nisc");
const auditor = actor("nisc-auditor", "auditor", "nisc");
const reason = "4月1日付けの人事異動による。";

let service: ScreensService;
beforeAll(async () => {
  service = await startScreens();
});
afterAll(() => service.stop());
beforeEach(() => resetScreens(service));

const page = async (by = first) => {
  service.settings.reader = by;
  return (await service.app.inject({ url: "/people" })).body;
};
const send = async (form: string, fields: Readonly<Record<string, string>>, by = first) => {
  service.settings.reader = by;
  const key = crypto.randomUUID();
  const { statusCode, body } = await service.app.inject({
    method: "POST",
    url: `/people/${form}`,
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    payload: new URLSearchParams({ key, ...fields }).toString(),
  });
  return { statusCode, body };
};
const held = async (person: string) =>
  (
    await service.db
      .select()
      .from(people)
      .where(eq(people.id, personId(person)))
  )[0]?.staff;
const askedId = async (): Promise<string> =>
  /<option value="([0-9a-f-]{36})"/.exec(await page(second))?.[1] ?? "";
const recorded = async () => {
  const [last] = await service.db.select().from(auditEvents).orderBy(desc(auditEvents.sequence)).limit(1);
  return last && { actor: last.actor, action: last.action, object: last.object, reason: last.reason };
};

describe("a post in the secretariat", () => {
  it("is given once another admin has confirmed it, and ends the sessions of who gets it", async () => {
    const person = "mic-officer";
    await openSession(service.db, { hash: sha256Of("s"), person: personId(person), role: "contact", now });
    expect((await send("ask", { person, post: "preparer", reason })).statusCode).toBe(303);
    expect(await recorded()).toEqual({
      actor: "nisc-admin-1",
      action: "post.ask",
      object: "post preparer of mic-officer",
      reason,
    });
    expect(await held(person)).toEqual([]);
    const id = await askedId();
    const confirming = { id, answer: "confirmation", reason: "辞令を確認した。" };
    const alone = await send("answer", confirming, first);
    expect([alone.statusCode, alone.body]).toEqual([
      403,
      expect.stringContaining("もう一人のシステム管理者"),
    ]);
    expect(await held(person)).toEqual([]);
    expect((await send("answer", confirming, second)).statusCode).toBe(303);
    expect(await held(person)).toEqual(["preparer"]);
    expect(await recorded()).toMatchObject({ actor: "nisc-admin-2", action: "post.confirm" });
    expect(await sessionsOf(service.db, personId(person))).toEqual([]);
    expect((await send("answer", confirming, second)).statusCode).toBe(409);
  });

  it("is taken by one, at once, with every session", async () => {
    const person = personId("nisc-preparer-1");
    await openSession(service.db, { hash: sha256Of("p"), person, role: "preparer", now });
    expect((await send("revoke", { held: `${person} preparer`, reason })).statusCode).toBe(303);
    expect(await held(person)).not.toContain("preparer");
    expect(await sessionsOf(service.db, person)).toEqual([]);
    expect(await recorded()).toMatchObject({ action: "post.revoke", reason });
  });

  it("is none that clashes with what he holds: an auditor holds no other", async () => {
    for (const [person, post] of [
      ["nisc-auditor", "preparer"],
      ["meti-officer", "auditor"],
      ["nisc-director", "recorder"],
    ] as const) {
      const { statusCode, body } = await send("ask", { person, post, reason });
      expect([person, statusCode]).toEqual([person, 409]);
      expect(body).toContain("兼ねることのできない職務です");
    }
  });

  it("is not confirmed by who gets it", async () => {
    expect((await send("ask", { person: "nisc-admin-2", post: "recorder", reason })).statusCode).toBe(303);
    const id = await askedId();
    const own = await send("answer", { id, answer: "confirmation", reason }, second);
    expect(own.statusCode).toBe(403);
    expect((await send("answer", { id, answer: "refusal", reason }, second)).statusCode).toBe(303);
    expect(await held("nisc-admin-2")).toEqual(["admin"]);
  });

  it("is seen by the auditor and given by nobody but admins", async () => {
    expect(await page(auditor)).toContain("職務を持つ職員");
    expect(await page(auditor)).not.toContain("職務の付与を申請する");
    expect((await send("ask", { person: "mic-officer", post: "admin", reason }, auditor)).statusCode).toBe(
      403,
    );
  });
});

describe("the first two admins", () => {
  const two = [1, 2].map((n) => ({
    id: `first-${n}`,
    name: `管理 ${n}`,
    organisation: "nisc",
    email: `first-${n}@nisc.example`,
  }));

  it("are made once, by the operator, and recorded", async () => {
    const database = await startScratchDatabase();
    const db = makeDb({ url: database.url, applicationName: "first-admins-test" });
    try {
      await expect(makeFirstAdmins(db, two.slice(0, 1), now)).rejects.toThrow("二人");
      await makeFirstAdmins(db, two, now);
      const events = await db.select().from(auditEvents);
      expect(events.map(({ actor: by, action, object }) => [by, action, object])).toEqual([
        ["operator", "post.first-admin", "post admin of first-1"],
        ["operator", "post.first-admin", "post admin of first-2"],
      ]);
      expect((await db.select().from(people)).map(({ staff }) => staff)).toEqual([["admin"], ["admin"]]);
      const others = two.map((one) => ({ ...one, id: `${one.id}-x` }));
      await expect(makeFirstAdmins(db, others, now)).rejects.toThrow("既に二人");
      expect(await db.select().from(people)).toHaveLength(2);
    } finally {
      await closeDb(db);
      await database.stop();
    }
  }, 60_000);
});
