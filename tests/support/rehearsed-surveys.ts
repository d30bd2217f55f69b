import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { OrganisationId } from "../../domain/ids.ts";
import type { Timeline, TimelineAct } from "../../rehearsals/timeline.ts";
import type { Cast } from "../../rehearsals/view.ts";
import * as wire from "../../rehearsals/wire.ts";

/** The year as it was rehearsed. */
export interface RehearsedYear {
  readonly cast: Cast;
  readonly timeline: Timeline;
  readonly surveys: readonly wire.SurveyReply[];
  readonly read: <Schema extends z.ZodType>(path: string, schema: Schema) => Promise<z.output<Schema>>;
  readonly behaving: (key: string) => readonly OrganisationId[];
}

/** Who behaves so and answers in one step; somebody does. */
export const oneStepMinistries = ({ plan, behaviours }: Cast, key: string): readonly OrganisationId[] => {
  const oneStep = plan.organisations.flatMap(({ id, chain }) => (chain === undefined ? [id] : []));
  const found = oneStep.filter((id) => behaviours.get(id)?.key === key);
  expect(found, `nobody is ${key}`).not.toEqual([]);
  return found;
};

/** What of a rehearsed year is 補完調査: each cause and each method, from the opening to the report. */
export const surveysOfTheYear = (year: () => RehearsedYear): void => {
  const acts = (action: string, object?: string): readonly TimelineAct[] =>
    year().timeline.acts.filter(
      (act) => act.action === action && (object === undefined || act.object === object),
    );
  const onRequest = (organisation: string): readonly TimelineAct[] =>
    year().timeline.acts.filter(({ object }) => object === `request data-${organisation}`);
  const digests = () => year().timeline.mails.filter(({ rung }) => rung !== null);
  /** What came of how a ministry behaves; what can't be compared or has no owner is nobody's doing. */
  const surveysOf = (organisation: string) =>
    year().surveys.filter(
      (survey) =>
        survey.organisation === organisation &&
        survey.cause !== "not-comparable" &&
        survey.cause !== "no-owner",
    );

  const askedOf = (organisation: string): number =>
    year().cast.plan.data.filter(({ owners }) => owners.some((owner) => owner.organisation === organisation))
      .length;

  describe("what ministries do about surveys has its consequences", () => {
    it("silent: everything surveyed, because nothing came", () => {
      for (const organisation of year().behaving("silent")) {
        expect(onRequest(organisation)).toEqual([]);
        const [survey, ...others] = surveysOf(organisation);
        expect(others).toEqual([]);
        expect(survey).toMatchObject({
          cause: "silence",
          openedAt: expect.stringMatching(/^2015-05-01T17:00:0/),
        });
        expect(survey?.items).toHaveLength(askedOf(organisation));
      }
    });

    it("unmeasurable: what was said not to be measurable is surveyed at once", () => {
      for (const organisation of year().behaving("unmeasurable")) {
        const [survey] = surveysOf(organisation);
        expect(survey).toMatchObject({
          cause: "said-unmeasurable",
          openedAt: onRequest(organisation)[0]?.at,
        });
      }
    });

    it("uncorrected: surveyed once the time to correct has run out", () => {
      for (const organisation of year().behaving("uncorrected"))
        expect(surveysOf(organisation)).toMatchObject([{ cause: "not-corrected" }]);
    });

    it("returned twice: surveyed once it came back again", () => {
      for (const organisation of year().behaving("returned-twice"))
        expect(surveysOf(organisation)).toMatchObject([{ cause: "returned-twice" }]);
    });

    it("failing: surveyed at the close, although something was handed in", () => {
      for (const organisation of year().behaving("failing"))
        expect(surveysOf(organisation)).toMatchObject([
          { cause: "failed-check", openedAt: expect.stringMatching(/^2015-05-01T17:00:0/) },
        ]);
    });

    it("late answer: surveyed for its silence, then taken at its word or read and left", () => {
      for (const organisation of year().behaving("late-answer")) {
        const [survey] = surveysOf(organisation);
        expect(survey).toMatchObject({ cause: "silence" });
        const [submit, choice] = onRequest(organisation);
        expect((submit?.at ?? "") > (survey?.openedAt ?? "")).toBe(true);
        expect(["request.take-late", "request.leave-late"]).toContain(choice?.action);
      }
    });
  });

  describe("the surveys", () => {
    it("open themselves for every cause there is, and say why", () => {
      expect([...new Set(year().surveys.map(({ cause }) => cause))].toSorted()).toEqual([
        "failed-check",
        "no-owner",
        "not-comparable",
        "not-corrected",
        "returned-twice",
        "said-unmeasurable",
        "silence",
      ]);
      for (const { justification, items } of year().surveys) {
        expect(justification).toMatch(/。対象は、計画の照会事項\d+件（/);
        for (const item of items) expect(justification).toContain(item.slice(item.indexOf("/") + 1));
      }
      const silence = year().surveys.find(({ cause }) => cause === "silence");
      expect(silence?.justification).toMatch(/督促（4月20日）.*上申（4月24日）/);
    });

    it("open once for an item, whatever else becomes of it", () => {
      const items = year().surveys.flatMap((survey) => survey.items);
      expect(new Set(items).size).toBe(items.length);
    });

    it("follow every method of the plan to its end, step by step", () => {
      const methods = (year().cast.plan.surveyMethods ?? []).map(({ key }) => key);
      const concluded = year().surveys.filter(({ end }) => end?.is === "found" || end?.is === "impossible");
      expect([...new Set(concluded.map(({ protocol }) => protocol?.method ?? ""))].toSorted()).toEqual(
        methods.toSorted(),
      );
      for (const { id, protocol } of concluded) {
        expect(protocol?.steps.every(({ done }) => done !== null)).toBe(true);
        const recorded = acts("survey.step", `survey ${id.slice(id.indexOf("-survey-") + 1)}`);
        const byHand = (protocol?.steps ?? []).filter(({ needs }) => needs !== "replies");
        expect(recorded).toHaveLength(byHand.length);
      }
    });

    it("ask respondents by requests of their own, which end with a reply or in silence", () => {
      const asked = year().surveys.flatMap(({ protocol }) => protocol?.asked ?? []);
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.every(({ settled }) => settled)).toBe(true);
      const inquiries = year().timeline.mails.filter(
        ({ kind, items }) => kind === "inquiry" && items[0] === "q-1",
      );
      expect(inquiries.length).toBeGreaterThan(0);
    });

    it("remind the secretariat of its own steps, and a ministry of its", () => {
      const chased = digests().filter(({ items }) => items.some((item) => item.startsWith("survey-")));
      const readers = new Set(chased.map(({ organisation }) => organisation));
      expect(readers).toContain("nisc");
      expect(readers.size).toBeGreaterThan(1);
    });

    it("flow into the report with their method and limits", async () => {
      const { versions } = await year().read("/report", wire.report);
      const printed = JSON.stringify(
        await year().read(`/report/versions/${versions.at(-1)?.hash}`, z.unknown()),
      );
      for (const { label } of year().cast.plan.surveyMethods ?? []) expect(printed).toContain(label);
      expect(printed).toContain(year().cast.script.secretariat.surveys.limits);
    });
  });
};
