import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeOutbox } from "../../activities/outbox.ts";
import { eventsOf, verifyChain } from "../../db/queries/audit.ts";
import { mailOf } from "../../db/queries/mail.ts";
import { acts } from "../../db/schema/acts.ts";
import { mails } from "../../db/schema/mail.ts";
import type { MailState } from "../../domain/mail.ts";
import { addSeconds } from "../../domain/time.ts";
import { personId, type Sha256 } from "../../domain/ids.ts";
import { START, startApiService, type ApiService, type Who } from "../support/api-service.ts";
import { keyOf, letter } from "../support/mail-desk.ts";
import { now, rehearsal } from "../support/screens-year.ts";

/** What people decide about a mail, over HTTP. */

let api: ApiService;
let key: Sha256;
let written = 0;
beforeAll(async () => {
  api = await startApiService();
});
afterAll(() => api.stop());
beforeEach(async () => {
  written += 1;
  const mail = letter(1, { cycle: rehearsal, occurrence: String(written) });
  const from = { name: "事務局", address: "nenrin@nisc.example" };
  const outbox = makeOutbox({ clock: () => START, from, domain: "nisc.example", relay: "capture" });
  await api.db.transaction((tx) => outbox.queueMail(tx, mail));
  key = keyOf(mail);
  api.time.now = addSeconds(START, 3600);
});

const become = (state: MailState) => api.db.update(mails).set({ state }).where(eq(mails.key, key));
const row = () => mailOf(api.db, key);
const send = (
  what: "resolution" | "cancellation",
  payload: object,
  { who = "preparer", by = `${what} ${written}`.replace(" ", "-") }: { who?: Who; by?: string } = {},
) =>
  api.ask(who, {
    method: "POST",
    url: `/api/v1/mails/${key}/${what}`,
    headers: { "idempotency-key": by },
    payload,
  });
const eventsOnMail = async () =>
  (await eventsOf(api.db, { cycle: rehearsal, inside: "all", after: 0, limit: 1000 })).filter(
    ({ object }) => object === `mail ${key}`,
  );
const reason = "経済産業省の窓口に電話で確認しました。";

describe("an uncertain mail", () => {
  beforeEach(() => become("uncertain"));

  it("is accepted on a person's word, who stands in the record with the reason", async () => {
    const reply = await send("resolution", { as: "accepted", reason });
    expect([reply.statusCode, reply.json()]).toEqual([
      200,
      { act: expect.any(String), sequence: expect.any(Number), hash: (await row())?.rawHash },
    ]);
    expect(await row()).toMatchObject({ state: "accepted", settledAt: api.time.now, attempts: 0 });
    expect(await eventsOnMail()).toMatchObject([
      {
        action: "mail.resolve",
        actor: "nisc-preparer-1",
        role: "preparer",
        at: now,
        reason,
        result: { as: "accepted" },
        act: reply.json().act,
      },
    ]);
    expect(await verifyChain(api.db)).toMatchObject({ is: "intact" });
  });

  it("is queued again as it was written, with 72 hours before it", async () => {
    const before = await row();
    expect((await send("resolution", { as: "resend", reason })).statusCode).toBe(200);
    const { messageId, rawHash, raw } = before ?? {};
    expect(await row()).toMatchObject({
      state: "queued",
      messageId,
      rawHash,
      raw,
      queuedAt: api.time.now,
      nextTryAt: api.time.now,
    });
  });

  it("is resolved once, however often and by however many", async () => {
    const wishes = [1, 2, 3, 4, 5].map((n) =>
      send("resolution", { as: "resend", reason }, { by: `race-${written}-${n}` }),
    );
    const statuses = (await Promise.all(wishes)).map(({ statusCode }) => statusCode);
    expect(statuses.map(String).toSorted()).toEqual(["200", "409", "409", "409", "409"]);
    expect(await eventsOnMail()).toHaveLength(1);
  });

  it("gives the same key the same answer", async () => {
    const first = await send("resolution", { as: "accepted", reason });
    const again = await send("resolution", { as: "accepted", reason });
    expect([again.statusCode, again.body]).toEqual([200, first.body]);
    const other = await send("resolution", { as: "resend", reason });
    expect([other.statusCode, other.json().code]).toEqual([422, "key-reused"]);
  });

  it.each([
    ["without a reason", { as: "accepted" }],
    ["with an empty reason", { as: "accepted", reason: "" }],
    ["with a blank reason", { as: "accepted", reason: " 　\n" }],
    ["as anything else", { as: "lost", reason }],
    ["with a member nobody knows", { as: "accepted", reason, quietly: true }],
  ])("is not resolved %s", async (_, payload) => {
    expect((await send("resolution", payload)).statusCode).toBe(422);
    expect((await row())?.state).toBe("uncertain");
  });

  it("can't be called back", async () => {
    const reply = await send("cancellation", { reason });
    expect([reply.statusCode, reply.json().code]).toEqual([409, "already-done"]);
    expect((await row())?.state).toBe("uncertain");
  });
});

describe("a mail that is no longer uncertain", () => {
  it.each(["queued", "sending", "accepted", "rejected", "cancelled", "captured"] as const)(
    "because it is %s keeps its state, and the refused act stays a row",
    async (state) => {
      await become(state);
      const reply = await send("resolution", { as: "resend", reason });
      expect([reply.statusCode, reply.json().code]).toEqual([409, "already-done"]);
      const again = await send("resolution", { as: "resend", reason });
      expect([again.statusCode, again.body]).toEqual([409, reply.body]);
      expect((await row())?.state).toBe(state);
      expect(await eventsOnMail()).toEqual([]);
      const stored = await api.db
        .select()
        .from(acts)
        .where(eq(acts.key, `resolution-${written}`));
      expect(stored).toMatchObject([
        { state: "refused", refusal: "already-done", cycle: rehearsal, person: personId("nisc-preparer-1") },
      ]);
    },
  );
});

describe("a queued mail", () => {
  it("is called back for good, on the record", async () => {
    const reply = await send("cancellation", { reason });
    expect(reply.statusCode).toBe(200);
    expect(await row()).toMatchObject({ state: "cancelled", settledAt: api.time.now });
    expect(await eventsOnMail()).toMatchObject([{ action: "mail.cancel", reason, result: null }]);
  });

  it.each(["sending", "accepted", "rejected", "cancelled", "captured"] as const)(
    "that is %s by now is not",
    async (state) => {
      await become(state);
      const reply = await send("cancellation", { reason });
      expect([reply.statusCode, reply.json().code]).toEqual([409, "already-done"]);
      expect((await row())?.state).toBe(state);
    },
  );
});

it("the list can be asked for the uncertain ones alone", async () => {
  const ids = async (query: string) => {
    const reply = await api.ask("preparer", { url: `/api/v1/cycles/${rehearsal}/mails?limit=500${query}` });
    return [
      reply.statusCode,
      (reply.json().mails ?? []).map((one: { key: string }) => one.key).includes(key),
    ];
  };
  await become("uncertain");
  expect(await ids("&state=uncertain")).toEqual([200, true]);
  expect(await ids("&state=queued")).toEqual([200, false]);
  expect(await ids("&state=lost")).toEqual([400, false]);
});

it("a mail that does not exist can't be decided about", async () => {
  key = keyOf(letter(99));
  expect((await send("cancellation", { reason })).statusCode).toBe(404);
});
