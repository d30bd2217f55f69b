import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { organisationId, personId } from "../../domain/ids.ts";
import { instant, plainDate } from "../../domain/time.ts";
import { timelineOf, timelineText, type Recorded } from "../../rehearsals/timeline.ts";
import { dataRequest, HASH, viewAt } from "../support/scene.ts";

const meti = organisationId("meti");
const mail = (at: string, person: string, rung: string | null, items: readonly string[]) => ({
  key: HASH,
  at: instant(at),
  person: personId(person),
  organisation: meti,
  letter: rung === null ? "inquiry" : "digest",
  rung,
  items: items.map((item) => `2014-r1-data-meti/${item}`),
});
const event = (sequence: number, action: string, object: string, actor = "nisc-preparer-1") => ({
  sequence,
  at: instant("2015-04-01T15:00:00+09:00"),
  actor,
  role: actor === "clock" ? "machine" : "preparer",
  action,
  object,
});
const recorded: Recorded = {
  seed: 7,
  cycle: viewAt("evaluation", "2015-06-01T15:00:00+09:00").cycle,
  mails: [
    mail("2015-04-20T09:00:00+09:00", "meti-window", "dun-1", ["b", "a"]),
    mail("2015-04-01T15:00:00+09:00", "meti-window", null, ["a"]),
    mail("2015-04-01T15:00:00+09:00", "meti-officer", null, ["a"]),
  ],
  events: [
    event(1, "request.accept", "request 2014-r1-data-meti"),
    event(2, "cycle.advance", "cycle 2014-r1"),
    event(3, "request.close", "request 2014-r1-data-meti", "clock"),
    event(4, "cycle.open-requests", "cycle 2014-r1"),
  ],
  requests: [
    dataRequest([{ is: "value" }, { is: "nil" }]),
    dataRequest([{ is: "uncollected" }, { is: "not-applicable" }], {
      id: "2014-r1-data-mic",
      organisation: organisationId("mic"),
    }),
  ],
  surveys: [],
};

describe("a timeline", () => {
  it("says who got what when, and who did what", () => {
    const { mails, acts } = timelineOf(recorded);
    expect(mails.map(({ at, contact, rung, items }) => [at, contact, rung, items])).toEqual([
      ["2015-04-01T15:00:00+09:00", "meti-officer", null, ["a"]],
      ["2015-04-01T15:00:00+09:00", "meti-window", null, ["a"]],
      ["2015-04-20T09:00:00+09:00", "meti-window", "dun-1", ["a", "b"]],
    ]);
    expect(acts.map(({ action, object }) => `${action}: ${object}`)).toEqual([
      "cycle.open-requests: cycle",
      "request.accept: request data-meti",
    ]);
  });

  it("says whose the items of a digest are where they are not the contact's own", () => {
    const items = ["2014-r1-data-mic/a", "2014-r1-data-meti/a", "2014-r1-data-meti/b"];
    const digest = { ...mail("2015-05-14T09:00:00+09:00", "meti-window", "remind-3", []), items };
    const survey = {
      id: "2014-r1-survey-meti-1",
      organisation: meti,
      cause: "silence" as const,
      items: ["2014-r1-data-meti/b"],
      openedAt: instant("2015-05-01T17:00:01+09:00"),
      dueOn: plainDate("2015-05-19"),
      method: null,
      justification: "締切までに回答がなかった。",
      protocol: null,
      end: null,
      endedAt: null,
    };
    const itemsOf = (more: Partial<typeof survey>) =>
      timelineOf({ ...recorded, mails: [digest], surveys: [{ ...survey, ...more }] }).mails[0]?.items;
    expect(itemsOf({})).toEqual(["a", "data-mic/a", "survey-meti-1/b"]);
    expect(itemsOf({ openedAt: digest.at })).toEqual(["a", "b", "data-mic/a"]);
    const stopped = { ...survey, endedAt: instant("2015-05-13T15:00:00+09:00") };
    const again = timelineOf({ ...recorded, mails: [digest], surveys: [stopped] }).mails;
    expect(again[0]?.items).toEqual(["a", "b", "data-mic/a"]);
  });

  it("gives each indicator the weakest of its items", () => {
    expect(timelineOf(recorded).indicators).toEqual({ "1-1-1-ア/1": "uncollected", "1-1-1-ア/2": "nil" });
  });

  it("has the members that are promised, and no other", () => {
    const [line] = timelineOf(recorded).mails;
    expect(Object.keys(timelineOf(recorded))).toEqual(["seed", "mails", "acts", "stages", "indicators"]);
    expect(Object.keys(line ?? {})).toEqual(["at", "contact", "organisation", "kind", "rung", "items"]);
  });

  it("is the same text whatever order the rows come in, and on another rehearsal", () => {
    const text = timelineText(timelineOf(recorded));
    expect(text).not.toContain("2014-r1");
    const shuffled = <Row>(rows: readonly Row[]) =>
      fc.shuffledSubarray([...rows], { minLength: rows.length });
    fc.assert(
      fc.property(
        shuffled(recorded.mails),
        shuffled(recorded.events),
        shuffled(recorded.requests),
        (mails, events, requests) => {
          expect(timelineText(timelineOf({ ...recorded, mails, events, requests }))).toBe(text);
        },
      ),
    );
    const other: unknown = JSON.parse(JSON.stringify(recorded).replaceAll("2014-r1", "2014-r12"));
    expect(other).not.toEqual(recorded);
    const twelfth = { ...recorded, ...(other as Recorded) };
    expect(timelineText(timelineOf(twelfth))).toBe(text);
  });
});
