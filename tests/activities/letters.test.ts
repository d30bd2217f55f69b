import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dueCalendar } from "../../activities/letters/due-calendar.ts";
import type { DigestEntry, LetterFacts } from "../../activities/letters/facts.ts";
import { letterOf } from "../../activities/letters/letter.ts";
import { cycleKey, fiscalYear } from "../../domain/ids.ts";
import { letterKinds, placeholders } from "../../domain/letters.ts";
import type { LetterKind, LetterText, Plan } from "../../domain/plan.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { letter, startMailDesk, stateOf } from "../support/mail-desk.ts";
import { startScratchDatabase } from "../support/scratch-database.ts";

const due = {
  at: instant("2015-04-30T17:00:00+09:00"),
  why: ["照会の日の8開庁日後", "4月29日（昭和の日）を除く"],
};
const closeAt = instant("2015-05-07T17:00:00+09:00");
const DUE = "平成27年4月30日（木）17時（照会の日の8開庁日後。4月29日（昭和の日）を除く）";
const MARK = "〔4/30(木)17時〆〕";
const items = ["サイバー攻撃の検知件数", "対処した\n　件数"];

const entry: DigestEntry = {
  name: "データの照会",
  organisation: "経済産業省",
  label: "督促",
  due: { at: instant("2015-04-17T17:00:00+09:00"), why: ["計画で定めた日"] },
  closeAt: instant("2015-05-01T17:00:00+09:00"),
  items,
  link: "https://nenrin.example/requests/2014-data-meti",
};

/** Facts of every kind, each as full as it gets. */
const factsOf = (texts: Plan["letters"]): Readonly<Record<LetterKind, LetterFacts>> => {
  const to = {
    texts,
    organisation: "経済産業省",
    contact: "山田　花子",
    title: "平成26年度サイバーセキュリティ政策の評価等",
    year: fiscalYear(2014),
    sender: "内閣サイバーセキュリティセンター\n基本戦略グループ",
    link: "https://nenrin.example/",
  };
  const detail = "平成26年度年次報告（案）第2版";
  const reason = "集計の対象期間が異なるため。{items}";
  return {
    inquiry: { ...to, kind: "inquiry", items, due, closeAt },
    digest: {
      ...to,
      kind: "digest",
      label: "督促",
      requests: [
        entry,
        { ...entry, name: "意見照会", label: "リマインド", due, closeAt, items: ["年次報告（案）"] },
      ],
      now: instant("2015-04-20T09:00:00+09:00"),
    },
    reminder: { ...to, kind: "reminder", items, due, closeAt },
    receipt: { ...to, kind: "receipt", items },
    entered: { ...to, kind: "entered", items, detail: "御依頼により入力しました。", reason },
    inner: { ...to, kind: "inner", items, detail: "回答の割当て", reason, due },
    returned: { ...to, kind: "returned", items, reason, due },
    extension: { ...to, kind: "extension", detail: "申出のとおり期限を延長します。", due, closeAt },
    halted: { ...to, kind: "halted", detail: "期限の停止", items, reason },
    survey: { ...to, kind: "survey", items, reason, due },
    consultation: { ...to, kind: "consultation", detail, due, closeAt },
    disposition: { ...to, kind: "disposition", detail: "第1号　反映" },
    "approval-turn": { ...to, kind: "approval-turn", detail },
    "approval-returned": { ...to, kind: "approval-returned", detail, reason },
    decided: {
      ...to,
      kind: "decided",
      detail,
      meeting: "サイバーセキュリティ戦略本部第3回会合",
      heldOn: plainDate("2015-06-25"),
    },
    published: { ...to, kind: "published" },
    notice: { ...to, kind: "notice", detail: "山田　花子さん宛てのメールが届きませんでした。", items },
  };
};

/** Texts alike for every kind, except one. */
const textsWith = (kind: LetterKind, text: LetterText): Plan["letters"] => {
  const plain = { subject: "件名", body: "本文" };
  return {
    inquiry: plain,
    digest: plain,
    reminder: plain,
    receipt: plain,
    entered: plain,
    inner: plain,
    returned: plain,
    extension: plain,
    halted: plain,
    survey: plain,
    consultation: plain,
    disposition: plain,
    "approval-turn": plain,
    "approval-returned": plain,
    decided: plain,
    published: plain,
    notice: plain,
    [kind]: text,
  };
};
const written = (kind: LetterKind, text: LetterText) => letterOf(factsOf(textsWith(kind, text))[kind]);

describe("a letter of any kind", () => {
  it.each(letterKinds)("fills every place its kind may have, in subject and body: %s", (kind) => {
    const every = placeholders[kind].map((place) => `${place}={${place}}`).join(" ");
    const { subject, text } = written(kind, { subject: every, body: every });
    for (const place of placeholders[kind]) {
      expect(`${subject}${text}`).not.toContain(`${place}={`);
      expect(subject).toMatch(new RegExp(`${place}=\\S`));
      expect(text).toMatch(new RegExp(`${place}=\\S`));
    }
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it.each(letterKinds)("of FY2014 reads as a finished one: %s", async (kind) => {
    const read = await readPlan(fileURLToPath(new URL("../../plans/fy2014", import.meta.url)));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { subject, text } = letterOf(factsOf(read.plan.letters)[kind]);
    expect(subject).toMatch(/^【[^】]+】/);
    expect(`${subject}${text}`.replaceAll("{items}", "")).not.toMatch(
      /[{}]|undefined|null|NaN|\d{4}-\d\d-\d\d/,
    );
    expect(text).toMatch(/様\n/);
    expect(text).toContain("https://nenrin.example/");
    expect(text).toMatch(/内閣サイバーセキュリティセンター\n基本戦略グループ\n$/);
    expect(text).not.toMatch(/\n\n\n/);
  });

  it("leaves a brace that a person wrote as it is", () => {
    expect(written("returned", { subject: "", body: "{reason}" }).text).toContain("異なるため。{items}");
  });

  it("is not written with a place it can't fill", () => {
    expect(() => written("published", { subject: "件名", body: "{due}" })).toThrow(/\{due\}/);
  });
});

describe("the subject", () => {
  const subjects = (subject: string) =>
    letterKinds.map((kind) => [kind, written(kind, { subject, body: "" }).subject] as const);

  it("marks the due date behind its first word, where there is one", () => {
    const dated = new Map<string, string>(
      ["inquiry", "reminder", "inner", "returned", "extension", "survey", "consultation"].map((kind) => [
        kind,
        MARK,
      ]),
    ).set("digest", "〔4/17(金)17時〆〕");
    expect(subjects("【照会】{title}")).toEqual(
      letterKinds.map((kind) => [
        kind,
        `【照会】${dated.get(kind) ?? ""}平成26年度サイバーセキュリティ政策の評価等`,
      ]),
    );
  });

  it("marks it in front where it has no first word", () => {
    expect(written("inquiry", { subject: "{title}", body: "" }).subject).toMatch(
      /^〔4\/30\(木\)17時〆〕平成26年度/,
    );
  });

  it("names dates and items shortly, and the due date only once", () => {
    expect(
      written("inquiry", { subject: "【照会】{items}（{due}期限、{close}締切）", body: "" }).subject,
    ).toBe("【照会】2件（4/30(木)17時期限、5/7(木)17時締切）");
  });

  it("writes minutes only where there are any", () => {
    const facts = factsOf(textsWith("inquiry", { subject: "件名", body: "{due}" })).inquiry;
    if (facts.kind !== "inquiry") throw new Error(facts.kind);
    const half = { at: instant("2015-04-30T12:30:00+09:00"), why: [] };
    expect(letterOf({ ...facts, due: half })).toEqual({
      subject: "〔4/30(木)12時30分〆〕件名",
      text: "平成27年4月30日（木）12時30分\n",
    });
  });
});

describe("the body", () => {
  const body = (kind: LetterKind, text: string) => written(kind, { subject: "", body: text }).text;

  it("gives the due date in 和暦 with weekday, time and why, and the close", () => {
    expect(body("inquiry", "期限　{due}\n締切　{close}\n{items}\n")).toBe(
      [
        `期限　${DUE}`,
        "締切　平成27年5月7日（木）17時",
        "・サイバー攻撃の検知件数",
        "・対処した 件数",
        "",
      ].join("\n"),
    );
  });

  it("of a digest lists every request with what is owed, until when and where, and says what is late", () => {
    expect(body("digest", "{items}")).toBe(
      [
        "1　【督促】データの照会（経済産業省）",
        "　期限　平成27年4月17日（金）17時（計画で定めた日）　※期限を過ぎています。",
        "　締切　平成27年5月1日（金）17時",
        "　・サイバー攻撃の検知件数",
        "　・対処した 件数",
        "　https://nenrin.example/requests/2014-data-meti",
        "",
        "2　【リマインド】意見照会（経済産業省）",
        `　期限　${DUE}`,
        "　締切　平成27年5月7日（木）17時",
        "　・年次報告（案）",
        "　https://nenrin.example/requests/2014-data-meti",
        "",
      ].join("\n"),
    );
  });

  it("says when and at which meeting was decided", () => {
    expect(body("decided", "{meeting}")).toBe(
      "平成27年6月25日（木）　サイバーセキュリティ戦略本部第3回会合\n",
    );
  });

  it("closes up where a list is empty", () => {
    const facts = factsOf(textsWith("notice", { subject: "", body: "{detail}\n{items}\n\n以上\n" })).notice;
    if (facts.kind !== "notice") throw new Error(facts.kind);
    expect(letterOf({ ...facts, detail: "届きません。", items: [] }).text).toBe("届きません。\n\n以上\n");
  });
});

describe("the calendar entry of a due date", () => {
  const facts = {
    dueAt: due.at,
    title: "【回答期限】データの照会, 経済産業省;",
    link: "https://nenrin.example/requests/2014-data-meti",
    uid: "2014-data-meti@nenrin.example",
    now: instant("2015-04-17T10:00:00+09:00"),
  };
  const unfolded = (ics: string) => ics.replaceAll("\r\n ", "").split("\r\n");

  it("stands at the due instant of Asia/Tokyo, with the zone it names", () => {
    const lines = unfolded(dueCalendar(facts));
    expect(lines).toEqual(
      expect.arrayContaining([
        "METHOD:PUBLISH",
        "TZID:Asia/Tokyo",
        "DTSTART;TZID=Asia/Tokyo:20150430T170000",
        "DTSTAMP:20150417T010000Z",
        "UID:2014-data-meti@nenrin.example",
        String.raw`SUMMARY:【回答期限】データの照会\, 経済産業省\;`,
        "URL;VALUE=URI:https://nenrin.example/requests/2014-data-meti",
        "TRANSP:TRANSPARENT",
      ]),
    );
    expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
    expect(lines.slice(-2)).toEqual(["END:VCALENDAR", ""]);
  });

  it("is written in lines of at most 75 octets, as RFC 5545 section 3.1 asks", () => {
    const ics = dueCalendar({ ...facts, title: "期".repeat(200) });
    expect(Math.max(...ics.split("\r\n").map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  });

  it("replaces an earlier one when the due date moves, and is the same when written again", () => {
    const sequence = (ics: string) => Number(/^SEQUENCE:(\d+)\r$/m.exec(ics)?.[1]);
    const later = { ...facts, now: instant("2015-04-20T10:00:00+09:00") };
    expect(sequence(dueCalendar(later))).toBeGreaterThan(sequence(dueCalendar(facts)));
    expect(dueCalendar(facts)).toBe(dueCalendar(facts));
  });
});

describe("a rehearsal's mail", () => {
  let database: Awaited<ReturnType<typeof startScratchDatabase>>;
  let desk: ReturnType<typeof startMailDesk>;
  beforeAll(async () => {
    database = await startScratchDatabase();
    desk = startMailDesk(database.url);
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await database.stop();
  });

  it("says so in front of the subject and in its first line; the year's own never does", async () => {
    const plain = written("inquiry", { subject: "【照会】{title}", body: "{contact} 様" });
    const [rehearsed, real] = ["2014-r1", "2014"].map((cycle) =>
      letter(1, { ...plain, cycle: cycleKey(cycle) }),
    );
    if (rehearsed === undefined || real === undefined) throw new Error("two letters");
    await desk.queue(rehearsed, real);
    expect(await stateOf(desk.db, rehearsed)).toMatchObject({
      subject: `【訓練】${plain.subject}`,
      text: expect.stringMatching(/^[^\n]*訓練[^\n]*\n\n山田　花子 様\n$/),
    });
    expect(await stateOf(desk.db, real)).toMatchObject(plain);
  });
});
