import type { CarriedFinding } from "./carry-over.ts";
import { measureKey, type IndicatorKey, type MeasureKey } from "./ids.ts";
import { measureIn, mergedMeasures } from "./merging.ts";
import type { LineageEntry, Measure, Plan } from "./plan.ts";

/** Last year's measures that a measure of this plan comes from; itself where nothing else is written. */
export const originsOf = ({ lineage = [] }: Plan, key: MeasureKey): readonly MeasureKey[] =>
  lineage.find(({ measure }) => measure === key)?.from ?? [key];

/** What of a measure's definition differs from the year before; nothing where the two can be compared. */
export const definitionChanges = (measure: Measure, before: Measure): readonly string[] => {
  const texts = (of: Measure): readonly string[] => of.indicators.map(({ text }) => text);
  const [old, now] = [texts(before), texts(measure)];
  return [
    ...(measure.name === before.name ? [] : [`施策名：「${before.name}」→「${measure.name}」`]),
    ...old.filter((text) => !now.includes(text)).map((text) => `指標の削除：「${text}」`),
    ...now.filter((text) => !old.includes(text)).map((text) => `指標の追加：「${text}」`),
  ];
};

/**
 * What of these indicators was worded otherwise the year before; nothing where they are the same, or were none then.
 * By lineage: an indicator of a measure that is new has nothing to differ from.
 */
export const indicatorChanges = (
  plan: Plan,
  before: Plan,
  indicators: readonly IndicatorKey[],
): readonly string[] =>
  plan.measures.flatMap((measure) => {
    const texts = measure.indicators.filter(({ key }) => indicators.includes(key)).map(({ text }) => text);
    const origins = before.measures.filter(({ key }) => originsOf(plan, measure.key).includes(key));
    if (texts.length === 0 || origins.length === 0) return [];
    const known = new Set(origins.flatMap((one) => one.indicators.map(({ text }) => text)));
    return texts.filter((text) => !known.has(text)).map((text) => `${measure.key}「${text}」`);
  });

/** One line of the 変更の一覧: what becomes of a measure from one year's plan to the next. */
export interface PlanChange extends LineageEntry {
  readonly name: string;
  /** In words, where its definition differs. */
  readonly differences: readonly string[];
}

/**
 * Every measure that is not simply the same: new, modified, merged, or carried on because of something the year before
 * left open; and those there are no more. By the plan's own lineage, else by the keys.
 */
export const planChanges = (before: Plan, after: Plan): readonly PlanChange[] => {
  const { lineage = [] } = after;
  const old = new Map(before.measures.map((measure) => [measure.key, measure]));
  const kept = after.measures.map((measure) => changeOf(measure, { old, lineage }));
  const used = new Set(kept.flatMap(({ from }) => from));
  const planned = lineage.filter(({ measure }) => measure === null).map((entry) => ({ ...entry, ...noName }));
  const said = new Set(planned.flatMap(({ from }) => from));
  const gone = before.measures
    .filter(({ key }) => !used.has(key) && !said.has(key))
    .map(({ key, name }): PlanChange => ({ ...removed(key), name, differences: [] }));
  const named = planned.map((entry) => ({ ...entry, name: old.get(entry.from[0] ?? NONE)?.name ?? "" }));
  return [...kept.filter(isChange), ...named, ...gone];
};

const NONE = measureKey("9-9-9-ア");
const noName = { name: "", differences: [] };
const removed = (key: MeasureKey): LineageEntry => ({
  measure: null,
  from: [key],
  change: "removed",
  findings: [],
  sources: [],
  note: null,
});

const isChange = ({ change, findings, differences }: PlanChange): boolean =>
  change !== "continued" || findings.length > 0 || differences.length > 0;

const seenChange = (from: readonly MeasureKey[], differences: readonly string[]): LineageEntry["change"] => {
  if (from.length === 0) return "new";
  return differences.length > 0 ? "modified" : "continued";
};

const changeOf = (
  measure: Measure,
  { old, lineage }: { old: ReadonlyMap<MeasureKey, Measure>; lineage: readonly LineageEntry[] },
): PlanChange => {
  const { key, name } = measure;
  const unwritten = { ...removed(key), measure: key, from: old.has(key) ? [key] : [] };
  const entry = lineage.find((one) => one.measure === key) ?? { ...unwritten, change: "continued" };
  const [first] = entry.from.flatMap((one) => old.get(one) ?? []);
  const differences = first === undefined ? [] : definitionChanges(measure, first);
  // What is written says more than what can be seen, unless it says that nothing has changed.
  const change = entry.change === "continued" ? seenChange(entry.from, differences) : entry.change;
  return { ...entry, change, name, differences };
};

const order = ["new", "continue", "modify", "merge"] as const;

/**
 * The next plan's lineage as what was decided on the findings makes it: one line for every measure there still is, so
 * that no key is taken over by mere likeness, the strongest follow-up of its findings counting. A merged measure's line
 * stands at the one it becomes a part of; `new` is still to be written.
 */
export const lineageOf = (
  plan: Plan,
  carried: readonly CarriedFinding[],
  sourcesOf: (finding: CarriedFinding) => readonly string[],
): readonly LineageEntry[] => {
  const into = mergedMeasures(plan, carried);
  const placeOf = (finding: CarriedFinding): MeasureKey | undefined => {
    const key = measureIn(plan, finding);
    return key === undefined ? undefined : (into.get(key) ?? key);
  };
  const going = carried.filter(({ followUp }) => followUp !== "new");
  const lines = plan.measures
    .filter(({ key }) => !into.has(key))
    .map(({ key }) =>
      lineOf(key, {
        found: going.filter((finding) => placeOf(finding) === key),
        parts: plan.measures.filter((measure) => into.get(measure.key) === key).map((measure) => measure.key),
      }),
    );
  const written = carried.filter(({ followUp }) => followUp === "new");
  const added = written.map((finding): LineageEntry => ({
    measure: null,
    from: [],
    change: "new",
    findings: [finding.id],
    sources: [],
    note: finding.reason,
  }));
  const byId = new Map(carried.map((finding) => [finding.id, finding]));
  return [...lines, ...added].map((line) => ({
    ...line,
    sources: [
      ...new Set(line.findings.flatMap((id) => [byId.get(id)].flatMap((one) => (one ? sourcesOf(one) : [])))),
    ].toSorted(),
  }));
};

const lineOf = (
  key: MeasureKey,
  { found, parts }: { readonly found: readonly CarriedFinding[]; readonly parts: readonly MeasureKey[] },
): LineageEntry => {
  const strongest = found
    .map(({ followUp }) => followUp)
    .toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0];
  const notes = [...new Set(found.flatMap(({ reason }) => reason ?? []))];
  return {
    measure: key,
    from: [key, ...parts],
    change: parts.length > 0 ? "merged" : strongest === "modify" ? "modified" : "continued",
    findings: found.map(({ id }) => id),
    sources: [],
    note: notes.length === 0 ? null : notes.join(" ").replaceAll(/\s+/g, " ").trim(),
  };
};
