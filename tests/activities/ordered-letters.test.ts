import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MailOrder } from "../../activities/contract.ts";
import { mailTrouble } from "../../activities/mail-trouble.ts";
import type { MailTrouble } from "../../activities/settling.ts";
import { people } from "../../db/schema/acts.ts";
import { auditEvents } from "../../db/schema/audit.ts";
import { organisationId, personId, sha256 } from "../../domain/ids.ts";
import { plainDate } from "../../domain/time.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import {
  at,
  CYCLE,
  itemsOfRequest,
  mailsIn,
  mailsTo,
  order,
  person,
  startYearDesk,
  WALL,
  type YearDesk,
} from "../support/year-desk.ts";

const NOW = at("2015-04-20T10:00:00");
const MOD = "2014-data-mod";
const mod = organisationId("mod");
const hash = sha256("a".repeat(64));
let database: ScratchDatabase;
let desk: YearDesk;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(() => desk.openYear());

const send = (mails: readonly MailOrder[]) => desk.record({ now: NOW, mails });
const sentTo = async (): Promise<readonly string[]> => (await mailsIn(desk.db)).map((mail) => mail.person);
const notice = (to: MailOrder["to"]): MailOrder =>
  order({ letter: "notice", to, occurrence: "1", detail: "知らせ" });

describe("ordered letters", () => {
  it.each<[string, MailOrder["to"], readonly string[]]>([
    ["a post of an organisation", { organisation: mod, contact: "officer" }, ["mod-officer"]],
    ["a person", { person: personId("nisc-director") }, ["nisc-director"]],
    ["a post of the secretariat", { staff: "preparer" }, ["nisc-preparer-1", "nisc-preparer-2"]],
  ])("go to %s", async (_, to, expected) => {
    await send([notice(to)]);
    expect(await sentTo()).toEqual(expected);
  });

  it("go to everyone the plan asks anything of", async () => {
    await send([order({ letter: "published", to: { everyOrganisation: "window" }, occurrence: "1" })]);
    const asked = new Set(
      desk.plan.data.flatMap(({ owners }) => owners.map(({ organisation }) => organisation)),
    );
    expect((await sentTo()).length).toBe(asked.size);
    expect(await sentTo()).toContain("mod-window");
  });

  it("go once to a person of two posts, and to nobody out of reach", async () => {
    await desk.db
      .update(people)
      .set({ reachable: false })
      .where(eq(people.id, person("mod-officer")));
    const organisation = organisationId("cas-crisis");
    await send([
      notice({ organisation, contact: "window" }),
      notice({ organisation, contact: "officer" }),
      notice({ organisation: mod, contact: "officer" }),
    ]);
    expect(await sentTo()).toEqual(["cas-crisis-window"]);
  });

  it("say what the rows say, and continue the request's thread", async () => {
    await desk.open(["data"], at("2015-04-01T09:00:00"));
    const [item] = await itemsOfRequest(desk.db, MOD);
    const until = at("2015-05-01T17:00:00");
    const to = { organisation: mod, contact: "window" } as const;
    const about = { request: MOD, items: [item?.id ?? ""], path: `/requests/${MOD}`, to, occurrence: "1" };
    const closeAt = at("2015-05-13T17:00:00");
    await desk.record({
      now: NOW,
      changes: [
        { write: "term", request: MOD, dueAt: at("2015-04-24T17:00:00"), closeAt, asked: null, paused: null },
      ],
      mails: [
        order({ ...about, letter: "receipt" }),
        order({ ...about, letter: "returned", reason: "対象期間が違う", dueAt: until }),
        order({ ...about, letter: "extension", detail: "期限を延長します。" }),
        order({ ...about, letter: "survey", reason: "締切までに御回答がなかったため。", dueAt: until }),
      ],
    });
    const [inquiry, ...followed] = await mailsTo(desk.db, "mod-window");
    const thread = { request: MOD, inReplyTo: inquiry?.messageId };
    const saying = (text: string) => ({ ...thread, text: expect.stringContaining(text) });
    expect(followed).toMatchObject([
      saying(`・${item?.text}`),
      saying("対象期間が違う\n\n3　再提出の期限\n平成27年5月1日（金）17時\n"),
      saying("平成27年4月24日（金）17時\n（締切 平成27年5月13日（水）17時）"),
      saying("締切までに御回答がなかったため。"),
    ]);
    const calendars = [inquiry, followed[2]].map((mail) => mail?.ics ?? "");
    expect(calendars.map((ics) => /DTSTART;TZID=Asia\/Tokyo:(.*)/.exec(ics)?.[1]?.trim())).toEqual([
      "20150417T170000",
      "20150424T170000",
    ]);
    expect(new Set(calendars.map((ics) => /UID:(.*)/.exec(ics)?.[1])).size).toBe(1);
  });

  it("name the meeting that decided", async () => {
    const meeting = "サイバーセキュリティ戦略本部第2回会合";
    const heldOn = plainDate("2015-02-10");
    await desk.record({
      now: NOW,
      changes: [{ write: "decision", subject: "policy", hash, outcome: "decided", meeting, heldOn }],
      mails: [order({ letter: "decided", to: { staff: "recorder" }, occurrence: "1", detail: "実施方針" })],
    });
    expect((await mailsIn(desk.db))[0]?.text).toContain(`平成27年2月10日（火）　${meeting}`);
  });

  it.each<[string, Partial<MailOrder> & Pick<MailOrder, "letter">]>([
    ["a return without a reason", { letter: "returned", dueAt: NOW }],
    ["an extension of no request", { letter: "extension" }],
    ["a receipt of what does not exist", { letter: "receipt", items: ["none"] }],
    ["a decision that was not taken", { letter: "decided" }],
  ])("are not written half: %s fails the record", async (_, sent) => {
    const broken = order({ to: { organisation: mod, contact: "window" }, occurrence: "1", ...sent });
    await expect(send([notice({ staff: "preparer" }), broken])).rejects.toThrow(
      `not enough for a ${sent.letter}`,
    );
    expect(await mailsIn(desk.db)).toEqual([]);
  });
});

describe("a mail that did not arrive", () => {
  const trouble: MailTrouble = {
    is: "unreachable",
    key: hash,
    attempt: 1,
    cycle: CYCLE,
    person: personId("mod-window"),
    organisation: mod,
    address: "madoguchi@mod.example",
    subject: "【照会】データ等の提供について",
    reply: "550 5.1.1 no such user",
  };
  const inTx = (
    work: (
      desk: ReturnType<typeof mailTrouble>,
      tx: Parameters<ReturnType<typeof mailTrouble>["tellSecretariat"]>[0],
    ) => Promise<void>,
  ) => desk.db.transaction((tx) => work(mailTrouble({ ...desk.deps, clock: () => WALL }), tx));
  const unreachable = async () =>
    (await desk.db.select().from(auditEvents).orderBy(auditEvents.sequence)).filter(
      ({ action }) => action === "directory.unreachable",
    );

  it("marks its recipient 不達, once, and on the record", async () => {
    const before = (await unreachable()).length;
    await inTx((courier, tx) => courier.markUnreachable(tx, trouble));
    await inTx((courier, tx) => courier.markUnreachable(tx, trouble));
    expect(await desk.db.select().from(people).where(eq(people.id, trouble.person))).toMatchObject([
      { reachable: false },
    ]);
    expect((await unreachable()).slice(before)).toMatchObject([
      { object: "person mod-window", actor: "courier" },
    ]);
  });

  it.each([
    ["unreachable", "防衛省 上田 京子様宛てのメールが届きません（不達）"],
    ["given-up", "72時間送れませんでした"],
    ["uncertain", "届いたか確かめられません"],
    ["bounced", "不達となって戻りました"],
  ] as const)("tells the secretariat, each preparer once: %s", async (is, said) => {
    for (let n = 0; n < 2; n += 1)
      await inTx((courier, tx) => courier.tellSecretariat(tx, { ...trouble, is }));
    const told = await mailsIn(desk.db);
    expect(told.map((mail) => mail.person)).toEqual(["nisc-preparer-1", "nisc-preparer-2"]);
    expect(told[0]?.subject).toContain("【事務局連絡】防衛省");
    expect(told[0]?.text).toContain(said);
    expect(told[0]?.text).toContain("550 5.1.1 no such user");
    expect(told[0]?.text).toContain(`https://nenrin.example/mails/${hash}`);
  });

  it("tells again of a mail that meets the same trouble once more", async () => {
    for (const attempt of [1, 2])
      await inTx((courier, tx) => courier.tellSecretariat(tx, { ...trouble, is: "uncertain", attempt }));
    expect(await mailsTo(desk.db, "nisc-preparer-1")).toHaveLength(2);
  });
});

describe("mail that does not move", () => {
  it("is told by one notice to each preparer, which leads to the ledger", async () => {
    const courier = mailTrouble({ ...desk.deps, clock: () => WALL });
    for (let n = 0; n < 2; n += 1)
      await desk.db.transaction((tx) => courier.tellOfStuck(tx, { cycle: CYCLE, one: hash, many: 17 }));
    const told = await mailsIn(desk.db);
    expect(told.map((mail) => mail.person)).toEqual(["nisc-preparer-1", "nisc-preparer-2"]);
    expect(told[0]?.subject).toBe(
      "【事務局連絡】メール17通の送信が進んでいません。メールの送信設備について、運用担当に確認してください",
    );
    expect(told[0]?.text).toContain("https://nenrin.example/cycles/2014/mails");
  });
});
