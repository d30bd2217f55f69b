import { readFile } from "node:fs/promises";

/** The 別添 as the seed's text has it, read without any of the product's code. */
export interface SeedMeasure {
  readonly key: string;
  readonly area: number;
  readonly domain: number | null;
  readonly section: number | null;
  readonly heading: string | null;
  readonly label: string;
  readonly name: string;
  readonly indicators: readonly { readonly text: string; readonly named: readonly string[] }[];
}
export interface SeedCatalogue {
  readonly measures: readonly SeedMeasure[];
  readonly areas: readonly string[];
  readonly domains: readonly string[];
  readonly sections: readonly string[];
  /** Headings that the note under 1-② leaves to the third action plan. */
  readonly delegated: readonly string[];
}

type Mark = "area" | "domain" | "section" | "heading" | "label" | "bullet" | "text";
interface Token {
  readonly mark: Mark;
  readonly text: string;
}

const COLUMN_HEADS = ["評価に当たり考慮すべき状況", "サイバーセキュリティ政策分野・施策内容", "別添"];
const NOTE = /【安全基準等の整備及び浸透】[^。]*。/;

/** A bullet begins at a line's start or after a blank; any other ・ belongs to a word. */
const withBullets = (line: string): readonly Token[] => {
  const [text = "", ...bullets] = line.split(/(?:^| )・/);
  return [
    ...(text === "" ? [] : [{ mark: "text", text } as const]),
    ...bullets.map((bullet): Token => ({ mark: "bullet", text: bullet })),
  ];
};

const begins: readonly (readonly [Mark, RegExp])[] = [
  ["area", /^([１-４])[ 　](.+)$/],
  ["domain", /^([①-⑥])(.+)$/],
  ["section", /^([１-３])）(.+)$/],
  ["heading", /^【()(.+)】$/],
  ["label", /^\((.)\)()/],
];

const tokensOf = (line: string): readonly Token[] => {
  const found = begins.flatMap(([mark, pattern]) => {
    const match = pattern.exec(line);
    return match === null ? [] : [{ mark, match }];
  });
  const [first] = found;
  if (first === undefined) return withBullets(line);
  if (first.mark !== "label") return [{ mark: first.mark, text: first.match[2] ?? "" }];
  const rest = line.slice(first.match[0].length).replace(/^ /, "");
  return [{ mark: "label", text: first.match[1] ?? "" }, ...withBullets(rest)];
};

/** In parentheses that hold a ministry, agency or one of the two centres: source, then owners. */
const namedIn = (text: string): readonly string[] =>
  [...text.matchAll(/（([^（）]+)）/g)]
    .map(([, body = ""]) => body)
    .filter((body) => /[省庁]$|[省庁]、|委員会|IPA|JPCERT\/CC/.test(body))
    .flatMap((body) => body.split(/[：、]/));

interface Reading {
  area: number;
  domain: number | null;
  section: number | null;
  heading: string | null;
}
interface Building {
  readonly place: Reading;
  readonly label: string;
  name: string;
  readonly bullets: string[];
}

const built = ({ place, label, name, bullets }: Building): SeedMeasure => ({
  key: [place.area, place.domain ?? 0, place.section ?? 0, label].join("-"),
  ...place,
  label,
  name,
  indicators: bullets.map((text) => ({ text, named: namedIn(text) })),
});

const read = (tokens: readonly Token[]): SeedCatalogue => {
  const place: Reading = { area: 0, domain: null, section: null, heading: null };
  const measures: Building[] = [];
  const names: Record<"areas" | "domains" | "sections", string[]> = { areas: [], domains: [], sections: [] };
  const enter = (change: Partial<Reading>): void => void Object.assign(place, { heading: null }, change);
  for (const { mark, text } of tokens) {
    const measure = measures.at(-1);
    switch (mark) {
      case "area":
        enter({ area: names.areas.push(text), domain: null, section: null });
        break;
      case "domain":
        names.domains.push(text);
        enter({ domain: (place.domain ?? 0) + 1, section: null });
        break;
      case "section":
        names.sections.push(text);
        enter({ section: (place.section ?? 0) + 1 });
        break;
      case "heading":
        place.heading = text;
        break;
      case "label":
        measures.push({ place: { ...place }, label: text, name: "", bullets: [] });
        break;
      case "bullet":
        measure?.bullets.push(text);
        break;
      case "text":
        if (measure === undefined) throw new Error(`text before the first measure: ${text}`);
        if (measure.bullets.length === 0) measure.name += text;
        else measure.bullets.push(`${measure.bullets.pop() ?? ""}${text}`);
    }
  }
  return { ...names, measures: measures.map(built), delegated: [] };
};

/** The 別添 begins with its first area, the only line of the seed that starts with a blank and １ 「. */
export const readSeed = async (): Promise<SeedCatalogue> => {
  const text = await readFile(new URL("seed.txt", import.meta.url), "utf8");
  const lines = text
    .slice(text.indexOf("\n １ 「強靱な」"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !COLUMN_HEADS.includes(line));
  const whole = lines.join("\n");
  const [note = ""] = NOTE.exec(whole) ?? [];
  const catalogue = read(
    whole
      .replace(note, "")
      .split("\n")
      .filter((line) => line !== "")
      .flatMap(tokensOf),
  );
  const delegated = [...note.replaceAll("\n", "").matchAll(/【([^】]+)】/g)].map(
    ([, heading = ""]) => heading,
  );
  return { ...catalogue, delegated };
};
