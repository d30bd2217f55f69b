import { contentsOf } from "../db/queries/content.ts";
import { decidedYears } from "../db/queries/decided-years.ts";
import { answersOfLastYear } from "../db/queries/last-year.ts";
import { openingFacts, type RecordedFacts } from "../db/queries/opening-facts.ts";
import { datumOf, organisationName } from "../domain/catalogue.ts";
import { indicatorChanges } from "../domain/lineage.ts";
import { justificationOf } from "../domain/justification.ts";
import { reasonLabel } from "../domain/reasons.ts";
import { dateOf } from "../domain/time.ts";
import {
  definitionSince,
  incomparabilities,
  type Compared,
  type Unmeasured,
} from "../domain/unmeasurable.ts";
import type { CompareAnswers, Justify } from "./contract-surveys.ts";
import type { PlannedCycle } from "./plan-shelf.ts";
import type { RecordDeps } from "./record.ts";

const justificationFor = (
  { now, reason, compared }: Justify,
  { planned: { plan }, facts }: { readonly planned: PlannedCycle; readonly facts: RecordedFacts },
  { items, cause, why }: Unmeasured,
): string => {
  const { organisation, kind, sentAt, dueAt, closeAt } = facts;
  const concerned = <Row extends { readonly item: string }>(rows: readonly Row[]): readonly Row[] =>
    rows.filter(({ item }) => items.includes(item));
  return justificationOf({
    organisation: organisationName(plan, organisation, dateOf(now)) ?? organisation,
    now,
    cause,
    why: reasonLabel(plan.unmeasurableReasons, why),
    term: { sentAt, dueAt, closeAt },
    reminders: concerned(facts.reminders).map(({ rung, at }) => ({
      label: plan.ladders[kind].find(({ name }) => name === rung)?.label ?? rung,
      on: dateOf(at),
    })),
    items: facts.items
      .filter(({ id }) => items.includes(id))
      .map(({ id, datum, indicators }) => ({
        datum,
        indicators,
        answers: facts.answers.filter(({ item }) => item === id),
        remarks: compared.filter(({ item }) => item === id).flatMap(incomparabilities),
      })),
    returnReason: cause === "returned-twice" ? reason : null,
  });
};

/** 開始の理由 of each, from the rows as they stand: what only the act under way says comes with the input. */
export const justify = async (deps: RecordDeps, input: Justify): Promise<readonly string[]> => {
  const planned = await deps.plans(deps.db, input.cycle);
  const among = input.unmeasured.flatMap(({ items }) => items);
  const facts = await openingFacts(deps.db, { request: input.request, among });
  return input.unmeasured.map((one) => justificationFor(input, { planned, facts }, one));
};

/** Each answer with what it has to be held against. What is no number has no unit. */
export const compareAnswers = async (
  deps: RecordDeps,
  { cycle, request, answers }: CompareAnswers,
): Promise<readonly Compared[]> => {
  const { plan, year } = await deps.plans(deps.db, cycle);
  const lastYear = await answersOfLastYear(deps.db, request);
  const [before] = await decidedYears(deps.db, { cycle, year });
  const bodies = await contentsOf(
    deps.db,
    "answer",
    answers.map(({ content }) => content.id),
  );
  return answers
    .filter(({ says }) => says === "value" || says === "provisional")
    .map(({ item, content }): Compared => {
      const datum = datumOf(plan, item.slice(item.indexOf("/") + 1));
      const then = datum === undefined ? undefined : lastYear.get(datum.key);
      const body = bodies.get(content.id)?.body;
      return {
        item,
        unit: body?.number === null ? null : (body?.unit ?? null),
        since: datum === undefined ? null : definitionSince(datum),
        before:
          then === undefined || datum === undefined
            ? null
            : {
                unit: then.number === null ? null : then.unit,
                differences:
                  before === undefined ? [] : indicatorChanges(plan, before.plan, datum.indicators),
              },
      };
    });
};
