import { z } from "zod";
import { code, line, measure, owners, place } from "./file-parts.ts";

const indicatorEntry = z
  .strictObject({
    text: line.describe("考慮すべき状況。別添の「・」一つ分"),
    named: z.array(line).default([]).describe("別添が（ ）内に挙げる担当・出典。原文のまま"),
    owners: owners.exactOptional(),
    data: z
      .array(code)
      .min(1)
      .exactOptional()
      .describe("data.yaml の照会事項で把握するとき、その番号。owners の代わりに書く"),
  })
  .superRefine((indicator, context) => {
    if ((indicator.owners === undefined) === (indicator.data === undefined))
      context.addIssue({
        code: "custom",
        message: "owners（担当府省庁）か data（data.yaml の番号）のどちらか一方を書いてください",
      });
  });

const measureEntry = z.strictObject({
  key: measure.describe("施策の番号。書かれた場所（領域-分野-節）と別添の記号"),
  name: line.describe("施策名。原文のまま"),
  truncated: z.boolean().default(false).describe("原文で名称の末尾が切れているとき true"),
  nameNote: line.exactOptional().describe("切れた名称の、明らかな補い"),
  indicators: z.array(indicatorEntry).min(1),
});

const headingEntry = z.strictObject({
  heading: line.describe("【 】の見出し。【 】は書かない"),
  measures: z.array(measureEntry).min(1),
});

/** What can stand at every level: measures without a heading first, then headings. */
const entries = {
  measures: z.array(measureEntry).default([]).describe("見出しのない施策"),
  headings: z.array(headingEntry).default([]),
};

const sectionEntry = z.strictObject({ number: place, name: line, ...entries });

const domainEntry = z.strictObject({
  number: place,
  name: line,
  ...entries,
  sections: z.array(sectionEntry).default([]),
  delegated: z
    .array(z.strictObject({ heading: line, chapter: code }))
    .default([])
    .describe("他の制度で評価する見出しと、plan.yaml の chapters の番号"),
});

type Entries = Pick<z.output<typeof sectionEntry>, "measures" | "headings">;

/** The measures at one place, with the path that leads to each in the file. */
const located = ({ measures, headings }: Entries) => [
  ...measures.map((entry, at) => ({ entry, path: ["measures", at] })),
  ...headings.flatMap((heading, from) =>
    heading.measures.map((entry, at) => ({ entry, path: ["headings", from, "measures", at] })),
  ),
];

/** One file a 領域, nested as the 別添 is: 分野, 節, 見出し, 施策, 状況. */
export const areaFile = z
  .strictObject({
    area: place.describe("領域の番号"),
    name: line.describe("領域名。原文のまま"),
    ...entries,
    domains: z.array(domainEntry).default([]),
  })
  .superRefine((file, context) => {
    const places = [
      { prefix: `${file.area}-0-0-`, path: [], entries: file },
      ...file.domains.flatMap((domain, at) => [
        { prefix: `${file.area}-${domain.number}-0-`, path: ["domains", at], entries: domain },
        ...domain.sections.map((section, of) => ({
          prefix: `${file.area}-${domain.number}-${section.number}-`,
          path: ["domains", at, "sections", of],
          entries: section,
        })),
      ]),
    ];
    for (const here of places)
      for (const { entry, path } of located(here.entries))
        if (!entry.key.startsWith(here.prefix))
          context.addIssue({
            code: "custom",
            path: [...here.path, ...path, "key"],
            message: `書かれた場所と合いません。${here.prefix} で始まる番号にするか、正しい場所へ移してください`,
          });
  })
  .meta({ id: "areaFile", title: "measures/area-N.yaml：領域ごとの施策と考慮すべき状況" });

export type AreaFile = z.output<typeof areaFile>;
/** As it is written: what may be left out is left out. */
export type AreaText = z.input<typeof areaFile>;
export type MeasureEntry = z.output<typeof measureEntry>;
export type IndicatorEntry = z.output<typeof indicatorEntry>;
