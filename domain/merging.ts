import type { CarriedFinding } from "./carry-over.ts";
import { evaluationId } from "./evaluation.ts";
import { indicatorKey, type IndicatorKey, type MeasureKey } from "./ids.ts";
import type { Indicator, Measure, Plan } from "./plan.ts";

/** A finding's measure may become a part of another that the plan asks to be judged, and not of itself. */
export const mayMerge = (
  findings: readonly string[],
  { target, asked }: { readonly target: string | undefined; readonly asked: readonly string[] },
): boolean =>
  target !== undefined &&
  asked.includes(evaluationId("output", target)) &&
  findings.every((finding) => !finding.endsWith(`:${target}`) && !finding.includes(`:${target}/`));

/** The measure a finding is about, or one of whose indicators; undefined where it is about none. */
export const measureIn = (plan: Plan, { origin }: { readonly origin: string }): MeasureKey | undefined =>
  plan.measures.find(({ key }) => origin === key || origin.startsWith(`${key}/`))?.key;

/** Which measure each one that is merged becomes a part of, in the end. */
export type Merged = ReadonlyMap<MeasureKey, MeasureKey>;

const last = (key: MeasureKey, into: Merged): MeasureKey => {
  const next = into.get(key);
  return next === undefined ? key : last(next, into);
};

/** In the plan's order; of two that are each to become a part of the other, the first does. */
export const mergedMeasures = (plan: Plan, carried: readonly CarriedFinding[]): Merged => {
  const into = new Map<MeasureKey, MeasureKey>();
  for (const { key } of plan.measures) {
    const { target } = carried.find((one) => one.followUp === "merge" && measureIn(plan, one) === key) ?? {};
    const found = plan.measures.find((measure) => measure.key === target)?.key;
    if (found !== undefined && last(found, into) !== key) into.set(key, found);
  }
  return new Map([...into.keys()].map((key) => [key, last(key, into)]));
};

/** The catalogue with every merged measure's indicators and data at the measure it has become a part of. */
export interface MergedCatalogue extends Pick<Plan, "measures" | "data"> {
  /** Where what was said of a measure or an indicator is said now. */
  readonly keyOf: (origin: string) => string;
}

export const mergedCatalogue = (plan: Plan, into: Merged): MergedCatalogue => {
  const moved = new Map<string, string>(into);
  const absorbing = (measure: Measure): Measure => {
    const indicators: Indicator[] = [...measure.indicators];
    for (const part of plan.measures.filter(({ key }) => into.get(key) === measure.key))
      for (const { key, ...indicator } of part.indicators) {
        const same = indicators.find(({ text }) => text === indicator.text)?.key;
        const place = same ?? indicatorKey(`${measure.key}/${indicators.length + 1}`);
        if (same === undefined) indicators.push({ ...indicator, key: place });
        moved.set(key, place);
      }
    return { ...measure, indicators };
  };
  const measures = plan.measures.filter(({ key }) => !into.has(key)).map(absorbing);
  const places = new Map<string, IndicatorKey>(
    measures.flatMap(({ indicators }) => indicators.map(({ key }) => [key, key] as const)),
  );
  const keyOf = (origin: string): string => moved.get(origin) ?? origin;
  const data = plan.data.map((datum) => ({
    ...datum,
    indicators: [...new Set(datum.indicators.flatMap((key) => places.get(keyOf(key)) ?? []))],
  }));
  return { measures, data, keyOf };
};
