import { describe, expect, it } from "vitest";
import { calendarOf, isOpen } from "../../domain/calendar.ts";
import { organisationId, type OrganisationId } from "../../domain/ids.ts";
import { insideSendWindow } from "../../domain/ladder.ts";
import { dateOf } from "../../domain/time.ts";
import type { Timeline, TimelineAct } from "../../rehearsals/timeline.ts";
import type { Cast } from "../../rehearsals/view.ts";

/** The year as it was rehearsed. */
export interface RehearsedYear {
  readonly cast: Cast;
  readonly timeline: Timeline;
  readonly behaving: (key: string) => readonly OrganisationId[];
}

/** What of a rehearsed year is リマインド and 督促. */
export const remindersOfTheYear = (year: () => RehearsedYear): void => {
  const digests = () => year().timeline.mails.filter(({ rung }) => rung !== null);
  const onRequest = (organisation: string): readonly TimelineAct[] =>
    year().timeline.acts.filter(({ object }) => object === `request data-${organisation}`);
  const unfinished = () =>
    ["failing", "mended", "provisional", "provisional-left"].flatMap((key) => year().behaving(key));
  const askedOf = (organisation: string) =>
    year().cast.plan.data.filter(({ owners }) => owners.some((owner) => owner.organisation === organisation));

  describe("the reminders", () => {
    it("go out on business days, within the window", () => {
      const calendar = calendarOf(year().cast.plan.holidays);
      expect(digests().length).toBeGreaterThan(50);
      for (const { at } of digests()) {
        expect(isOpen(dateOf(at), calendar)).toBe(true);
        expect(insideSendWindow(at, year().cast.plan.sendWindow, calendar)).toBe(true);
      }
    });

    it("stop as soon as there is an answer, unless it came back", () => {
      for (const { at, organisation, items, contact, rung } of digests()) {
        const last = onRequest(organisation).findLast(
          (act) => act.at < at && ["request.submit", "request.return"].includes(act.action),
        );
        // What fails its checks is no answer, and a provisional value not the last one.
        if (unfinished().includes(organisationId(organisation))) continue;
        const own = items.filter((one) => askedOf(organisation).some(({ key }) => key === one));
        expect(
          own.length === 0 || last?.action !== "request.submit",
          `${contact} is reminded of ${own.join(", ")} by ${rung} at ${at}`,
        ).toBe(true);
      }
    });

    it("come once each, and one mail a day to a contact", () => {
      const days = digests().map(({ at, contact }) => `${at} ${contact}`);
      expect(new Set(days).size).toBe(days.length);
      const moved: readonly string[] = [
        ...year().behaving("extension"),
        ...year().behaving("corrected"),
        ...year().behaving("uncorrected"),
        ...year().behaving("disclaiming"),
      ];
      const rungs = digests()
        .filter(({ organisation }) => !moved.includes(organisation))
        .flatMap(({ contact, rung, items }) =>
          // Every step of a survey has a day and a ladder of its own.
          items.filter((item) => !item.startsWith("survey-")).map((item) => `${contact} ${rung} ${item}`),
        );
      expect(new Set(rungs).size).toBe(rungs.length);
    });
  });
};
