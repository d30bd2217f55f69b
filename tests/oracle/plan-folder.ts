import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { openDaysOf, type OpenDays } from "./open-days.ts";

/** What the oracle has to know of a year, read from the plan's folder by nothing but a YAML parser. */

const kinds = ["data", "survey", "chapter", "consultation"] as const;
export type Kind = (typeof kinds)[number];

const term = z.union([
  z.object({ dueOn: z.string(), closeOn: z.string() }),
  z.object({ dueBusinessDays: z.int(), closeBusinessDays: z.int() }),
]);
export type Term = z.output<typeof term>;
const roles = z.array(z.enum(["window", "officer", "confirmer"]));
const rung = z.object({
  name: z.string(),
  offsetBusinessDays: z.int(),
  to: roles,
  cc: roles.default([]),
  lead: z.boolean().default(false),
});
export type Rung = z.output<typeof rung>;

/** How a survey is carried out: who does each step, how many days after the one before, and which waits for replies. */
const method = z.object({
  key: z.string(),
  steps: z.array(
    z.object({
      key: z.string(),
      by: z.enum(["secretariat", "organisation"]),
      dueBusinessDays: z.int(),
      needs: z.string().optional(),
    }),
  ),
});
export type Method = z.output<typeof method>;

const perKind = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({ data: schema, survey: schema, chapter: schema, consultation: schema });
const yearFile = z.object({
  dates: z.object({
    requests: perKind(term),
    closingTime: z.string(),
    closedDays: z.enum(["next", "previous"]),
  }),
  sendWindow: z.object({ from: z.string() }),
  ladders: perKind(z.array(rung)),
  innerLadder: z.array(rung).default([]),
  approvals: z.object({ report: z.array(z.object({ person: z.string() })) }),
  chapters: z.array(z.object({ key: z.string(), owner: z.string() })),
  surveyMethods: z.array(method).default([]),
});
const person = z.object({
  id: z.string(),
  organisation: z.string(),
  reachable: z.boolean().default(true),
  contact: roles.default([]),
  staff: z.array(z.string()).default([]),
});
export type Person = z.output<typeof person>;
const peopleFile = z.object({ people: z.array(person) });
const organisationsFile = z.object({
  organisations: z.array(z.object({ id: z.string(), kind: z.string() })),
});
const holidaysFile = z.object({ holidays: z.record(z.string(), z.string()) });
const owners = z.record(z.string(), z.string());
const dataFile = z.object({
  data: z.array(
    z.object({ key: z.string(), owners, checks: z.array(z.object({ checks: z.string() })).default([]) }),
  ),
});
const measure = z.object({
  key: z.string(),
  indicators: z.array(z.object({ owners: owners.optional(), data: z.array(z.string()).default([]) })),
});
type Measure = z.output<typeof measure>;

/** One thing to answer, with the indicators it serves and who is asked. */
export interface Datum {
  readonly key: string;
  readonly indicators: readonly string[];
  readonly owners: readonly string[];
  /** Counted otherwise than last year, says the plan. */
  readonly isRedefined: boolean;
}
export interface Year {
  readonly days: OpenDays;
  readonly terms: Readonly<Record<Kind, Term>>;
  readonly ladders: Readonly<Record<Kind, readonly Rung[]>>;
  /** Counts from the deadline that 窓口 sets inside its organisation. */
  readonly innerLadder: readonly Rung[];
  readonly closingTime: string;
  readonly closedDays: "next" | "previous";
  /** 督促 leave at the send window's start. */
  readonly sendsFrom: string;
  readonly data: readonly Datum[];
  readonly chapters: readonly { readonly key: string; readonly owner: string }[];
  readonly people: readonly Person[];
  readonly methods: readonly Method[];
  /** Who surveys what nobody can be asked for. */
  readonly secretariat: string;
  /** Who hears of a 上申 for the secretariat: the first who approves its report. */
  readonly lead: string | undefined;
}

/** 五十音 in ヘボン式, row by row. */
const rows = { "": "アイウエオ", k: "カキクケコ", s: "サシスセソ", t: "タチツテト", n: "ナニヌネノ" };
const moreRows = { h: "ハヒフヘホ", m: "マミムメモ", r: "ラリルレロ" };
const spellings = new Map<string, string>([
  ...Object.entries({ ...rows, ...moreRows }).flatMap(([consonant, row]) =>
    row.split("").map((kana, n): [string, string] => [kana, `${consonant}${"aiueo".charAt(n)}`]),
  ),
  ...Object.entries({ シ: "shi", チ: "chi", ツ: "tsu", フ: "fu", ヤ: "ya", ユ: "yu", ヨ: "yo", ワ: "wa" }),
]);
/** `1-4-0-ケ`'s second indicator is asked for as `1-4-0-ke-2`. */
const ownKey = (measureKey: string, n: number): string =>
  `${measureKey.slice(0, -1)}${spellings.get(measureKey.slice(-1)) ?? "?"}-${n}`;

/** Measures stand at any depth of an area's file. */
const measuresIn = (node: unknown): readonly Measure[] => {
  const found = measure.safeParse(node);
  if (found.success) return [found.data];
  return typeof node === "object" && node !== null ? Object.values(node).flatMap(measuresIn) : [];
};

const dataOf = (
  measures: readonly Measure[],
  shared: z.output<typeof dataFile>["data"],
): readonly Datum[] => {
  const indicators = measures.flatMap((one) =>
    one.indicators.map((indicator, at) => ({ ...indicator, measure: one.key, n: at + 1 })),
  );
  return [
    ...indicators.flatMap((one) =>
      one.owners === undefined
        ? []
        : [
            {
              key: ownKey(one.measure, one.n),
              indicators: [`${one.measure}/${one.n}`],
              owners: Object.keys(one.owners),
              isRedefined: false,
            },
          ],
    ),
    ...shared.map((datum) => ({
      key: datum.key,
      indicators: indicators
        .filter(({ data }) => data.includes(datum.key))
        .map((one) => `${one.measure}/${one.n}`),
      owners: Object.keys(datum.owners),
      isRedefined: datum.checks.some(({ checks }) => checks === "definition"),
    })),
  ];
};

export const readYear = (folder: string): Year => {
  const read = <Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> =>
    schema.parse(parse(readFileSync(join(folder, file), "utf8")));
  const year = read("plan.yaml", yearFile);
  const areas = readdirSync(join(folder, "measures"));
  return {
    days: openDaysOf(new Set(Object.keys(read("holidays.yaml", holidaysFile).holidays))),
    terms: year.dates.requests,
    ladders: year.ladders,
    innerLadder: year.innerLadder,
    closingTime: year.dates.closingTime,
    closedDays: year.dates.closedDays,
    sendsFrom: year.sendWindow.from,
    data: dataOf(
      areas.flatMap((file) => measuresIn(read(join("measures", file), z.unknown()))),
      read("data.yaml", dataFile).data,
    ),
    chapters: year.chapters,
    methods: year.surveyMethods,
    secretariat:
      read("organisations.yaml", organisationsFile).organisations.find(({ kind }) => kind === "secretariat")
        ?.id ?? "?",
    people: read("people.yaml", peopleFile).people,
    lead: year.approvals.report[0]?.person,
  };
};
