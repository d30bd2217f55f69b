import { indicatorKey, type IndicatorKey } from "../domain/ids.ts";
import type { Area, Datum, DelegatedHeading, Indicator, Measure, Plan } from "../domain/plan.ts";
import type { AreaFile, AreaText, IndicatorEntry, MeasureEntry } from "./area-file.ts";
import { datumKeyOf } from "./datum-key.ts";

/** An indicator as its file has it: asked by a datum of its own, or by shared ones. */
interface Asked {
  readonly key: IndicatorKey;
  readonly entry: IndicatorEntry;
}
interface FlatArea {
  readonly area: Area;
  readonly measures: readonly Measure[];
  readonly delegated: readonly DelegatedHeading[];
  readonly asked: readonly Asked[];
}

interface Place {
  readonly area: number;
  readonly domain: number | null;
  readonly section: number | null;
}
interface Placed extends Place {
  readonly heading: string | null;
  readonly entry: MeasureEntry;
}
type Entries = Pick<AreaFile, "measures" | "headings">;

const placedIn = (entries: Entries, place: Place): readonly Placed[] => [
  ...entries.measures.map((entry) => ({ ...place, heading: null, entry })),
  ...entries.headings.flatMap(({ heading, measures }) =>
    measures.map((entry) => ({ ...place, heading, entry })),
  ),
];

const indicatorsOf = ({ key, indicators }: MeasureEntry): readonly Asked[] =>
  indicators.map((entry, at) => ({ key: indicatorKey(`${key}/${at + 1}`), entry }));

const measureOf = ({ entry, ...place }: Placed): Measure => ({
  key: entry.key,
  ...place,
  label: entry.key.slice(-1),
  name: entry.name,
  truncated: entry.truncated,
  ...(entry.nameNote === undefined ? {} : { nameNote: entry.nameNote }),
  indicators: indicatorsOf(entry).map(({ key, entry: { text, named } }): Indicator => ({ key, text, named })),
});

/** A file's nested shape as the plan's lists, in the order of the file. */
export const flatArea = (file: AreaFile): FlatArea => {
  const here = { area: file.area, domain: null, section: null };
  const placed = [
    ...placedIn(file, here),
    ...file.domains.flatMap((domain) => [
      ...placedIn(domain, { ...here, domain: domain.number }),
      ...domain.sections.flatMap((section) =>
        placedIn(section, { ...here, domain: domain.number, section: section.number }),
      ),
    ]),
  ];
  return {
    area: {
      number: file.area,
      name: file.name,
      domains: file.domains.map(({ number, name, sections }) => ({
        number,
        name,
        sections: sections.map((section) => ({ number: section.number, name: section.name })),
      })),
    },
    measures: placed.map(measureOf),
    delegated: file.domains.flatMap((domain) =>
      domain.delegated.map((one) => ({ area: file.area, domain: domain.number, ...one })),
    ),
    asked: placed.flatMap(({ entry }) => indicatorsOf(entry)),
  };
};

type SharedDatum = Omit<Datum, "indicators">;

/**
 * Every datum once, in the order in which the indicators ask for them. Shared data that no indicator names stay in
 * the list, for lint to show; names of data that do not exist are given back.
 */
export const dataOf = (
  asked: readonly Asked[],
  shared: readonly SharedDatum[],
): { readonly data: readonly Datum[]; readonly unknown: readonly string[] } => {
  const own = asked.flatMap(({ key, entry: { owners, text } }): readonly Datum[] =>
    owners === undefined ? [] : [{ key: datumKeyOf(key), text, indicators: [key], owners }],
  );
  const served = shared.map((datum): Datum => ({
    ...datum,
    indicators: asked.filter(({ entry }) => entry.data?.includes(datum.key)).map(({ key }) => key),
  }));
  const place = new Map(asked.map(({ key }, at) => [key, at]));
  const firstAsked = ({ indicators: [first] }: Datum): number =>
    (first === undefined ? undefined : place.get(first)) ?? asked.length;
  const names = new Set(shared.map(({ key }) => key));
  return {
    data: [...own, ...served].toSorted((one, other) => firstAsked(one) - firstAsked(other)),
    unknown: asked.flatMap(({ entry }) => entry.data ?? []).filter((name) => !names.has(name)),
  };
};

/** A datum that its indicator's file can hold alone; every other stands in data.yaml. */
const isOwn = (plan: Plan, datum: Datum): boolean => {
  const [indicator, ...others] = datum.indicators;
  if (indicator === undefined || others.length > 0 || datum.key !== datumKeyOf(indicator)) return false;
  if (datum.expects !== undefined || datum.checks !== undefined) return false;
  const text = plan.measures
    .flatMap(({ indicators }) => indicators)
    .find(({ key }) => key === indicator)?.text;
  return (
    text === datum.text && plan.data.every((one) => one === datum || !one.indicators.includes(indicator))
  );
};

export const sharedData = (plan: Plan): readonly Datum[] => plan.data.filter((datum) => !isOwn(plan, datum));

export const ownersText = (owners: Datum["owners"]): Record<string, "named" | "inferred"> =>
  Object.fromEntries(owners.map(({ organisation, basis }) => [organisation, basis]));

type MeasureText = NonNullable<AreaText["measures"]>[number];
type EntriesText = Pick<AreaText, "measures" | "headings">;

const indicatorText = (plan: Plan, { key, text, named }: Indicator): MeasureText["indicators"][number] => {
  const data = plan.data.filter(({ indicators }) => indicators.includes(key));
  const own = data.find((datum) => isOwn(plan, datum));
  return {
    text,
    ...(named.length === 0 ? {} : { named: [...named] }),
    ...(own === undefined ? { data: data.map((datum) => datum.key) } : { owners: ownersText(own.owners) }),
  };
};

const measureText = (plan: Plan, measure: Measure): MeasureText => ({
  key: measure.key,
  name: measure.name,
  ...(measure.truncated ? { truncated: true } : {}),
  ...(measure.nameNote === undefined ? {} : { nameNote: measure.nameNote }),
  indicators: measure.indicators.map((indicator) => indicatorText(plan, indicator)),
});

/** Neighbours under one heading become one entry; what has no heading comes first. */
const entriesText = (plan: Plan, place: Place): EntriesText => {
  const here = plan.measures.filter(
    ({ area, domain, section }) =>
      area === place.area && domain === place.domain && section === place.section,
  );
  const bare = here.filter(({ heading }) => heading === null).map((measure) => measureText(plan, measure));
  const headings: { heading: string; measures: MeasureText[] }[] = [];
  for (const measure of here) {
    if (measure.heading === null) continue;
    const last = headings.at(-1);
    if (last?.heading === measure.heading) last.measures.push(measureText(plan, measure));
    else headings.push({ heading: measure.heading, measures: [measureText(plan, measure)] });
  }
  return {
    ...(bare.length === 0 ? {} : { measures: bare }),
    ...(headings.length === 0 ? {} : { headings }),
  };
};

const domainText = (plan: Plan, area: number, domain: Area["domains"][number]) => {
  const delegated = plan.delegated
    .filter((one) => one.area === area && one.domain === domain.number)
    .map(({ heading, chapter }) => ({ heading, chapter }));
  const sections = domain.sections.map(({ number, name }) => ({
    number,
    name,
    ...entriesText(plan, { area, domain: domain.number, section: number }),
  }));
  return {
    number: domain.number,
    name: domain.name,
    ...(delegated.length === 0 ? {} : { delegated }),
    ...entriesText(plan, { area, domain: domain.number, section: null }),
    ...(sections.length === 0 ? {} : { sections }),
  };
};

/** The inverse of `flatArea`: the plan's lists nested again. */
export const areaText = (plan: Plan, { number, name, domains }: Area): AreaText => ({
  area: number,
  name,
  ...entriesText(plan, { area: number, domain: null, section: null }),
  ...(domains.length === 0 ? {} : { domains: domains.map((domain) => domainText(plan, number, domain)) }),
});
