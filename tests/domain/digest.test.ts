import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestsOf, type OwedRow } from "../../domain/digest.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import { sentWords } from "../../domain/reminder-words.ts";
import { instant } from "../../domain/time.ts";

const remind = { name: "remind-1", label: "リマインド", offsetBusinessDays: -1 };
const dun = { name: "dun-1", label: "督促", offsetBusinessDays: 1 };
const escalate = { name: "escalate-5", label: "上申", offsetBusinessDays: 5 };
const due = (day: number) => instant(`2015-04-${String(day).padStart(2, "0")}T17:00:00+09:00`);

const row = (change: Partial<OwedRow> = {}): OwedRow => ({
  contact: personId("meti-window"),
  organisation: organisationId("meti"),
  request: "2014-data-meti",
  item: "2014-data-meti/1",
  text: "インシデントの件数",
  rung: remind,
  dueAt: due(17),
  ...change,
});

describe("a digest", () => {
  it("is one a contact, over all requests, most severe rung first, then earliest due", () => {
    const chapter = { request: "2014-chapter-meti", item: "2014-chapter-meti/1", dueAt: due(16) };
    const survey = { request: "2014-survey-meti-1", item: "2014-survey-meti-1/1", dueAt: due(10) };
    const other = {
      contact: personId("mic-window"),
      organisation: organisationId("mic"),
      request: "2014-data-mic",
    };
    const digests = digestsOf([
      row(),
      row(chapter),
      row({ ...survey, rung: dun }),
      row({ ...other, item: "2014-data-mic/1" }),
    ]);
    expect(digests.map(({ contact, label, dueAt }) => ({ contact, label, dueAt }))).toEqual([
      { contact: "meti-window", label: "督促", dueAt: due(10) },
      { contact: "mic-window", label: "リマインド", dueAt: due(17) },
    ]);
    expect(digests[0]?.requests.map(({ request }) => request)).toEqual([
      "2014-survey-meti-1",
      "2014-chapter-meti",
      "2014-data-meti",
    ]);
  });

  it("puts the more severe before the earlier due", () => {
    const [digest] = digestsOf([
      row({ request: "2014-survey-meti-1", item: "b", dueAt: due(1) }),
      row({ request: "2014-data-meti", item: "a", dueAt: due(17), rung: escalate }),
    ]);
    expect(digest).toMatchObject({ label: "上申", dueAt: due(17) });
    expect(digest?.requests.map(({ label, dueAt }) => [label, dueAt])).toEqual([
      ["上申", due(17)],
      ["リマインド", due(1)],
    ]);
  });

  it("names of a request its most severe label and its earliest date, and every item's own", () => {
    const [digest] = digestsOf([
      row({ item: "a", dueAt: due(10) }),
      row({ item: "b", rung: dun, dueAt: due(17) }),
    ]);
    expect(digest?.requests).toMatchObject([
      {
        label: "督促",
        dueAt: due(10),
        items: [
          { item: "b", rung: dun },
          { item: "a", rung: remind },
        ],
      },
    ]);
  });

  it("tells who is contact twice over only once, by the more severe rung", () => {
    const [digest, ...more] = digestsOf([row(), row({ rung: dun }), row()]);
    expect(more).toEqual([]);
    expect(digest?.requests).toMatchObject([{ items: [{ rung: dun }] }]);
    expect(digest?.requests[0]?.items).toHaveLength(1);
  });

  it("tells the lead of an escalation whose answer is owed", () => {
    const lead = { contact: personId("nisc-lead"), rung: escalate };
    const digests = digestsOf([
      row(lead),
      row({
        ...lead,
        organisation: organisationId("mic"),
        request: "2014-data-mic",
        item: "2014-data-mic/1",
      }),
    ]);
    expect(digests).toHaveLength(1);
    expect(digests[0]?.requests.map(({ organisation }) => organisation)).toEqual(["meti", "mic"]);
  });

  it("is not written when nothing is owed", () => {
    expect(digestsOf([])).toEqual([]);
  });

  it("loses nothing, repeats nothing and does not depend on the order of the rows", () => {
    const rows = fc.array(
      fc
        .record({
          contact: fc.constantFrom("meti-window", "meti-officer", "nisc-lead").map(personId),
          request: fc.constantFrom("2014-data-meti", "2014-chapter-meti", "2014-survey-meti-1"),
          item: fc.constantFrom("1", "2", "3"),
          rung: fc.constantFrom(remind, dun, escalate),
          dueAt: fc.integer({ min: 1, max: 5 }).map(due),
        })
        .map((drawn) => row({ ...drawn, item: `${drawn.request}/${drawn.item}` })),
    );
    const shuffled = rows.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    const keyOf = ({ contact, item }: OwedRow) => `${contact} ${item}`;
    fc.assert(
      fc.property(shuffled, ([some, mixed]) => {
        const digests = digestsOf(some);
        expect(digestsOf(mixed)).toEqual(digests);
        const told = digests.flatMap(({ requests }) => requests.flatMap(({ items }) => items));
        expect(told.map(keyOf).toSorted()).toEqual([...new Set(some.map(keyOf))].toSorted());
        for (const { contact, label, requests } of digests) {
          expect(requests.every(({ items }) => items.every((item) => item.contact === contact))).toBe(true);
          const severities = requests.map(({ items }) => items[0]?.rung.offsetBusinessDays ?? Number.NaN);
          expect(severities).toEqual(severities.toSorted((a, b) => b - a));
          expect(label).toBe(requests[0]?.label);
        }
      }),
    );
  });
});

describe("what a tick sent", () => {
  it("is a line for every rung and date, each item and each mail once, and names nobody", () => {
    const officer = { contact: personId("meti-officer") };
    const digests = digestsOf([
      row({ rung: dun }),
      row({ rung: dun, ...officer }),
      row({ rung: dun, item: "2014-data-meti/2" }),
      row({ item: "2014-data-meti/3", dueAt: due(21) }),
    ]);
    expect(sentWords(digests, due(20))).toEqual([
      "督促（1開庁日後） 2通を送信。理由: 期限 4月17日17:00 に未提出 2項目",
      "リマインド（1開庁日前） 1通を送信。理由: 期限 4月21日17:00 の未提出 1項目",
    ]);
  });

  it("does not tell of more than people read", () => {
    const many = Array.from({ length: 25 }, (_, n) =>
      row({ item: `2014-data-meti/${n}`, dueAt: due(n + 1) }),
    );
    const said = sentWords(digestsOf(many), due(28));
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toBe("ほかに5種類");
  });
});
