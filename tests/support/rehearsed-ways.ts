import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { staffOf } from "../../domain/catalogue.ts";
import type { OrganisationId } from "../../domain/ids.ts";
import { answererOf } from "../../rehearsals/cast.ts";
import type { Client } from "../../rehearsals/client.ts";
import type { Timeline, TimelineAct } from "../../rehearsals/timeline.ts";
import type { Cast } from "../../rehearsals/view.ts";
import type * as wire from "../../rehearsals/wire.ts";

/** The year as it was rehearsed. */
export interface RehearsedYear {
  readonly cast: Cast;
  readonly timeline: Timeline;
  readonly surveys: readonly wire.SurveyReply[];
  readonly client: Client;
  readonly behaving: (key: string) => readonly OrganisationId[];
}

const DUE = "2015-04-17T17:00:00+09:00";
const CLOSE = "2015-05-01T17:00:00+09:00";

const item = z.object({
  id: z.string(),
  datum: z.string(),
  state: z.looseObject({ is: z.string() }),
  /** Newest first. */
  answers: z.array(z.object({ says: z.string(), written: z.looseObject({}).nullable() })),
});
const request = z.object({ is: z.string(), items: z.array(item) });
const files = z.object({
  files: z.array(
    z.object({
      item: z.string(),
      name: z.string(),
      sha256: z.string(),
      confidentiality: z.int(),
      named: z.boolean(),
    }),
  ),
});

/** What of a rehearsed year takes an organisation more than one step to answer, or more than a text. */
export const waysOfTheYear = (year: () => RehearsedYear): void => {
  const onRequest = (name: string): readonly TimelineAct[] =>
    year().timeline.acts.filter(({ object }) => object === `request ${name}`);
  const actionsOn = (name: string): readonly string[] => onRequest(name).map(({ action }) => action);
  const read = async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> => {
    const [auditor] = staffOf(year().cast.plan, "auditor");
    if (auditor === undefined) throw new Error("nobody audits");
    return year().client.get({ person: auditor.id, role: "auditor" }, path, schema);
  };
  const asked = (name: string) => read(`/requests/2014-r1-${name}`, request);
  const attachedTo = async (name: string) => (await read(`/requests/2014-r1-${name}/files`, files)).files;
  /** Who is answerable was dunned for it once it was due, before he answered again. */
  const dunnedFor = (organisation: OrganisationId): readonly string[] => {
    const last = onRequest(`data-${organisation}`).findLast(({ action }) => action === "request.submit");
    return year()
      .timeline.mails.filter(
        (mail) =>
          mail.contact === answererOf(year().cast.plan, organisation) &&
          mail.rung?.startsWith("dun-") === true &&
          (last === undefined || last.at < DUE || mail.at < last.at),
      )
      .flatMap(({ items }) => items)
      .toSorted();
  };

  describe("ways of answering have their consequences", () => {
    it("provisional: chased for exactly that until the final value is there", async () => {
      for (const organisation of year().behaving("provisional")) {
        const { items } = await asked(`data-${organisation}`);
        const was = items.filter(({ answers }) => answers.some(({ says }) => says === "provisional"));
        expect(was.length).toBeGreaterThan(0);
        for (const { state, answers } of was) {
          expect(answers.map(({ says }) => says)).toEqual(["value", "provisional"]);
          expect(state.is).toBe("value");
        }
        expect([...new Set(dunnedFor(organisation))]).toEqual(was.map(({ datum }) => datum).toSorted());
        const [first, final] = onRequest(`data-${organisation}`).filter(
          ({ action }) => action === "request.submit",
        );
        expect((first?.at ?? "") < DUE && (final?.at ?? "") > DUE && (final?.at ?? "") < CLOSE).toBe(true);
      }
    });

    it("provisional to the end: taken as final by the secretariat, not surveyed", async () => {
      for (const organisation of year().behaving("provisional-left")) {
        const { items } = await asked(`data-${organisation}`);
        const left = items.filter(({ answers: [newest] }) => newest?.says === "provisional");
        expect(left.map(({ state }) => state.is)).toEqual(left.map(() => "value"));
        expect(left.length).toBeGreaterThan(0);
        expect(dunnedFor(organisation).length).toBeGreaterThan(left.length);
        expect(actionsOn(`data-${organisation}`).filter((one) => one === "request.accept")).toHaveLength(2);
        expect((onRequest(`data-${organisation}`).at(-1)?.at ?? "") > CLOSE).toBe(true);
      }
    });

    it("mended: what fails its checks is chased like silence, and accepted once it does not", async () => {
      for (const organisation of year().behaving("mended")) {
        const { items } = await asked(`data-${organisation}`);
        const mended = items.filter(({ answers }) => answers.length === 2);
        expect(mended.map(({ datum }) => datum)).toEqual(["1-3-0-to-1"]);
        expect(mended[0]?.answers.map(({ written }) => written?.["unit"])).toEqual(["回", "部局"]);
        expect(mended[0]?.state.is).toBe("value");
        expect(dunnedFor(organisation)).toEqual(["1-3-0-to-1"]);
        expect(year().surveys.flatMap((survey) => survey.items)).not.toContain(mended[0]?.id);
      }
    });

    it("explaining: what a check doubts is accepted with its explanation", async () => {
      for (const organisation of year().behaving("explaining")) {
        const { items } = await asked(`data-${organisation}`);
        const doubted = items.find(({ datum }) => datum === "1-4-0-ma-1");
        const { explanation } = year().cast.script.answers;
        expect(doubted?.answers).toMatchObject([
          { says: "value", written: { explained: { checks: ["usual"], text: explanation } } },
        ]);
        expect(doubted?.state.is).toBe("value");
      }
    });

    it("disclaiming: followed in what is another's affair, who then answers; once insisted on", async () => {
      for (const organisation of year().behaving("disclaiming")) {
        const { items } = await asked(`data-${organisation}`);
        const handed = items.filter(({ state }) => state["handedTo"] !== undefined);
        expect(handed.length).toBeGreaterThan(0);
        expect(new Set(handed.map(({ state }) => state.is))).toEqual(new Set(["not-applicable"]));
        const others = new Set(
          year().timeline.acts.flatMap(
            ({ object }) =>
              new RegExp(`^request (data-.*-from-${organisation}-\\d+)$`).exec(object)?.slice(1) ?? [],
          ),
        );
        const instead: string[] = [];
        for (const other of others) {
          const { is, items: taken } = await asked(other);
          expect(is).toBe("settled");
          expect(new Set(taken.map(({ answers }) => answers.length))).toEqual(new Set([1]));
          instead.push(...taken.map(({ datum }) => datum));
        }
        expect(instead.toSorted()).toEqual(handed.map(({ datum }) => datum).toSorted());
        const insisted = items.filter(({ answers }) => answers.length > 1);
        expect(insisted.map(({ answers }) => answers.map(({ says }) => says))).toEqual([
          ["value", "not-applicable"],
        ]);
        expect(actionsOn(`data-${organisation}`)).toContain("request.return");
      }
    });

    it("attaching: the answer names the file, in the very bytes that were sent", async () => {
      for (const organisation of year().behaving("attaching")) {
        const kept = await attachedTo(`data-${organisation}`);
        expect(kept.length).toBeGreaterThan(0);
        const sent = year().cast.behaviours.get(organisation)?.attaching?.files ?? [];
        const hashes = sent.map(({ text }) => createHash("sha256").update(text).digest("hex"));
        for (const file of kept) {
          expect(file).toMatchObject({ name: sent[0]?.name, confidentiality: 2, named: true });
          expect(hashes).toContain(file.sha256);
        }
      }
    });

    it("a chapter comes as text and files, next to the one that stays missing", async () => {
      const { items } = await asked("chapter-nisc");
      expect(items.map(({ datum, state }) => `${datum} ${state.is}`)).toEqual([
        "common-standards value",
        "critical-infrastructure uncollected",
      ]);
      const kept = await attachedTo("chapter-nisc");
      expect(kept.map(({ named }) => named)).toEqual([true, true]);
      expect(new Set(kept.map(({ confidentiality }) => confidentiality))).toEqual(new Set([1, 2]));
    });
  });
};
