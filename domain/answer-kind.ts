import { cellsOf, type AnswerValue, type TableValue } from "./answer-value.ts";
import type { Expected, Named, UnmeasurableReason } from "./plan.ts";
import { reasonLeaves } from "./reasons.ts";
import type { Says } from "./says.ts";

/** What is said of one item, before it is stored. */
export interface WrittenAnswer extends Omit<AnswerValue, "explained"> {
  readonly says: Says;
  readonly why: string | null;
  readonly number: number | null;
  readonly unit: string | null;
  readonly text: string;
}

/** Where on a form it is to be mended. */
export type AnswerPart =
  | "says"
  | "number"
  | "unit"
  | "text"
  | "date"
  | "choice"
  | "table"
  | "why"
  | "availableOn"
  | "owner"
  | "explanation";

/** What is wrong, and where it is mended. */
export interface Said {
  readonly part: AnswerPart;
  /** For the official who answers: what is wrong and what to do. */
  readonly message: string;
}

export const isValue = (says: Says): boolean => says === "value" || says === "provisional";

const parts = ["number", "unit", "date", "choice", "table"] as const;
const has = (answer: WrittenAnswer, part: (typeof parts)[number]): boolean =>
  answer[part] !== undefined && answer[part] !== null;

/** Members that only go with one kind of answer; a number beside 該当なし could be read as either. */
export const contradictions = (answer: WrittenAnswer): readonly Said[] => {
  const { says } = answer;
  const found: Said[] = isValue(says)
    ? []
    : parts
        .filter((part) => has(answer, part))
        .map((part) => ({
          part,
          message: "値を答えないときは、値を記入しないでください。記入を消すか、区分を選び直してください。",
        }));
  if (says !== "not-applicable" && answer.owner !== undefined)
    found.push({
      part: "owner",
      message: "所管と考える府省庁は、区分が「所管外」のときだけ選んでください。",
    });
  if (says !== "unmeasurable" && answer.why !== null)
    found.push({ part: "why", message: "理由は、区分が「把握困難」のときだけ選んでください。" });
  return found;
};

/** 把握困難: one reason that the plan has, with what it asks for. */
export const reasonMistakes = (
  { says, why, text, availableOn }: WrittenAnswer,
  reasons: readonly UnmeasurableReason[],
): readonly Said[] => {
  if (says !== "unmeasurable") {
    return availableOn === undefined
      ? []
      : [
          {
            part: "availableOn",
            message: "把握できる時期は、理由が「時期未到来」のときだけ記入してください。",
          },
        ];
  }
  const leaf = reasonLeaves(reasons).find(({ key }) => key === why);
  if (leaf === undefined) return [{ part: "why", message: "把握困難の理由を一覧から選んでください。" }];
  if (leaf.asks === "date" && availableOn === undefined)
    return [
      { part: "availableOn", message: `理由が「${leaf.label}」のときは、把握できる日を記入してください。` },
    ];
  if (leaf.asks !== "date" && availableOn !== undefined)
    return [{ part: "availableOn", message: "この理由では、把握できる日を記入しないでください。" }];
  if (leaf.asks === "text" && text.trim() === "")
    return [{ part: "text", message: `理由が「${leaf.label}」のときは、その内容を記入してください。` }];
  return [];
};

const kindNames: Readonly<Record<Expected["is"], string>> = {
  number: "数値",
  text: "文章",
  date: "日付",
  choice: "選択肢",
  table: "表の全ての欄の数値",
};

/** Which members a value of the kind has; a text may stand beside each. */
const membersOf: Readonly<Record<Expected["is"], readonly (typeof parts)[number][]>> = {
  number: ["number", "unit"],
  text: [],
  date: ["date"],
  choice: ["choice"],
  table: ["table", "unit"],
};

const keysOf = (named: readonly Named[]): ReadonlySet<string> => new Set(named.map(({ key }) => key));

/** Asked cells that are blank, and given ones that nobody asked for. */
const tableMistakes = (expects: Expected & { is: "table" }, table: TableValue): readonly Said[] => {
  const blank = cellsOf(expects)
    .filter(({ row, column }) => table[row.key]?.[column.key] === undefined)
    .map(({ row, column }) => `${row.label}・${column.label}`);
  const [rows, columns] = [keysOf(expects.rows), keysOf(expects.columns)];
  const foreign = Object.entries(table).some(
    ([row, cells]) => !rows.has(row) || Object.keys(cells).some((column) => !columns.has(column)),
  );
  return [
    ...(blank.length === 0
      ? []
      : [{ part: "table", message: `表の空欄を記入してください（零は0）：${blank.join("、")}` } as const]),
    ...(foreign ? [{ part: "table", message: "表に、求めていない行又は列があります。" } as const] : []),
  ];
};

const isThere = (answer: WrittenAnswer, kind: Expected["is"]): boolean =>
  kind === "text" ? answer.text.trim() !== "" : has(answer, kind);

/** A value is of the kind that is wanted: neither nothing nor another kind. */
export const kindMistakes = (answer: WrittenAnswer, expects: Expected | undefined): readonly Said[] => {
  if (!isValue(answer.says)) return [];
  const kinds: readonly Expected["is"][] = expects === undefined ? ["number", "text"] : [expects.is];
  const taken = new Set<string>(kinds.flatMap((kind) => membersOf[kind]));
  const strange = parts.filter((part) => has(answer, part) && !taken.has(part));
  const [first = "text"] = kinds;
  const found: Said[] = strange.map((part) => ({
    part,
    message: `この照会事項には、${kinds.map((kind) => kindNames[kind]).join("又は")}で回答してください。`,
  }));
  if (!kinds.some((kind) => isThere(answer, kind)))
    found.push({
      part: first,
      message: `${kinds.map((kind) => kindNames[kind]).join("又は")}を記入してください。実績がないときは「該当なし」を選んでください。`,
    });
  if (expects?.is === "choice" && answer.choice !== undefined && !keysOf(expects.options).has(answer.choice))
    found.push({ part: "choice", message: "選択肢の中から選んでください。" });
  if (expects?.is === "table" && answer.table !== undefined)
    found.push(...tableMistakes(expects, answer.table));
  return found;
};
