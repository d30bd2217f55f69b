import { describe, expect, it } from "vitest";
import type { Timeline, TimelineAct } from "../../rehearsals/timeline.ts";
import type { Cast } from "../../rehearsals/view.ts";

/** The year as it was rehearsed. */
export interface RehearsedYear {
  readonly cast: Cast;
  readonly timeline: Timeline;
}

/** What of a rehearsed year goes from hand to hand inside a ministry: 割当て, 作成, 差戻し, 確認, 提出. */
export const chainsOfTheYear = (year: () => RehearsedYear): void => {
  const signedOff = (): readonly string[] =>
    year().cast.plan.organisations.flatMap(({ id, chain }) => (chain === undefined ? [] : [id]));
  const inside = (organisation: string): readonly TimelineAct[] =>
    year().timeline.acts.filter(({ object }) => object === `request data-${organisation}`);
  const doneBy = (organisation: string, action: string): readonly TimelineAct[] =>
    inside(organisation).filter((act) => act.action === `request.${action}`);

  describe("where answers are signed off", () => {
    it("each goes through every hand: who prepares does not sign off, and 窓口 alone submits", () => {
      expect(signedOff().length).toBeGreaterThan(1);
      for (const organisation of signedOff()) {
        const people = ["allocate", "prepare", "sign-off", "submit"].map((action) =>
          [...new Set(doneBy(organisation, action).map(({ actor }) => actor))].toSorted(),
        );
        const [windows, officers, confirmers, submitters] = people;
        expect(people.every((all) => all.length > 0)).toBe(true);
        expect(submitters).toEqual(windows);
        expect(confirmers?.filter((person) => officers?.includes(person))).toEqual([]);
        expect(inside(organisation)[0]?.action).toBe("request.allocate");
      }
    });

    it("確認者 sends back once what will not do, and it is prepared again before it is submitted", () => {
      for (const organisation of signedOff()) {
        const [sentBack, ...more] = doneBy(organisation, "send-back");
        expect(more).toEqual([]);
        const [submitted] = doneBy(organisation, "submit");
        const again = doneBy(organisation, "prepare").find(({ at }) => at > (sentBack?.at ?? "9"));
        expect(again, `${organisation} prepares nothing again`).toBeDefined();
        expect((submitted?.at ?? "") > (again?.at ?? "9")).toBe(true);
      }
    });

    it("an inner deadline is missed: the officer is reminded before it, and dunned after it, until he has prepared", () => {
      for (const organisation of signedOff()) {
        const [prepared] = doneBy(organisation, "prepare");
        const got = year().timeline.mails.filter(
          (mail) =>
            mail.organisation === organisation &&
            mail.contact === prepared?.actor &&
            mail.at < prepared.at &&
            mail.rung?.startsWith("inner-") === true,
        );
        expect([...new Set(got.map(({ rung }) => rung))]).toEqual(["inner-remind-1", "inner-dun-1"]);
      }
    });
  });
};
