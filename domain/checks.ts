import {
  contradictions,
  isValue,
  kindMistakes,
  reasonMistakes,
  type AnswerPart,
  type Said,
  type WrittenAnswer,
} from "./answer-kind.ts";
import { namedCells, type TableValue } from "./answer-value.ts";
import type { Check, Datum, Expected, UnmeasurableReason } from "./plan.ts";

/**
 * Something a check has to say of an answer. `block`: it is refused; handed in as it is all the same, the item is
 * 不備あり with this check's key. `warn`: it is taken with an explanation. `never`: the answer contradicts itself, and
 * is kept in no way.
 */
export interface CheckFinding extends Said {
  readonly level: Check["level"] | "never";
  /** The check's key in its datum; `kind` where the value is not of the kind that is wanted. */
  readonly check: string;
}

/** What an answer is checked against. */
export interface CheckedAgainst {
  /** null for a chapter, or a datum the plan has lost: then only what is true of every answer is checked. */
  readonly datum: Pick<Datum, "expects" | "checks"> | null;
  readonly reasons: readonly UnmeasurableReason[];
  /** Last year's accepted answer of the same organisation to the same datum; null where there is none. */
  readonly before: { readonly number: number | null; readonly unit: string | null } | null;
}

interface Counted {
  readonly part: AnswerPart;
  readonly number: number;
  /** How it is called where it is one of several. */
  readonly name: string;
}
/** Every number of the answer, with where it stands. */
const numbersOf = (
  { number, table = {} }: WrittenAnswer,
  expects: Expected | undefined,
): readonly Counted[] => [
  ...(number === null ? [] : [{ part: "number", number, name: "数値" } as const]),
  ...namedCells(table, expects).map(({ row, column, number: cell }) => ({
    part: "table" as const,
    number: cell,
    name: `「${row}・${column}」の数値`,
  })),
];

const unitMistake = ({ number, unit, table }: WrittenAnswer, anyOf: readonly string[]): Said | undefined =>
  (number === null && table === undefined) || (unit !== null && anyOf.includes(unit))
    ? undefined
    : { part: "unit", message: `単位は、${anyOf.map((one) => `「${one}」`).join("又は")}としてください。` };

const rangeText = (from: number | undefined, to: number | undefined): string =>
  `${from === undefined ? "" : `${from}以上`}${to === undefined ? "" : `${to}以下`}`;

const rangeMistake = (
  answer: WrittenAnswer,
  { from, to }: Check & { readonly checks: "range" },
  expects: Expected | undefined,
): Said | undefined => {
  const out = numbersOf(answer, expects).find(
    ({ number }) => (from !== undefined && number < from) || (to !== undefined && number > to),
  );
  return (
    out && {
      part: out.part,
      message: `${out.name}は、${rangeText(from, to)}としてください（記入された値は${out.number}）。`,
    }
  );
};

/** Sums of decimals are compared as people write them, to nine digits. */
const isSame = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));

const turned = (table: TableValue): TableValue => {
  const columns: Record<string, Record<string, number>> = {};
  for (const [row, cells] of Object.entries(table))
    for (const [column, cell] of Object.entries(cells)) (columns[column] ??= {})[row] = cell;
  return columns;
};

const sumMistake = (
  { table }: WrittenAnswer,
  { along, total, of }: Check & { readonly checks: "sum" },
  expects: Expected | undefined,
): Said | undefined => {
  if (table === undefined) return undefined;
  // Each line holds what is added up: a column's cells by row, or a row's by column.
  const wrong = Object.entries(along === "rows" ? turned(table) : table).find(([, cells]) => {
    const whole = cells[total];
    const known = of.flatMap((key) => cells[key] ?? []);
    if (whole === undefined || known.length < of.length) return false;
    return !isSame(
      whole,
      known.reduce((sum, one) => sum + one, 0),
    );
  });
  if (wrong === undefined) return undefined;
  const named = expects?.is === "table" ? [...expects.rows, ...expects.columns] : [];
  const nameOf = (key: string): string => named.find((one) => one.key === key)?.label ?? key;
  return {
    part: "table",
    message: `「${nameOf(wrong[0])}」で、${of.map(nameOf).join("＋")}が${nameOf(total)}と一致しません。`,
  };
};

const outlier = (
  { number, unit }: WrittenAnswer,
  ratio: number,
  before: CheckedAgainst["before"],
): Said | undefined => {
  const last = before?.number ?? null;
  // Of another unit it is another number.
  if (number === null || last === null || unit !== (before?.unit ?? null)) return undefined;
  const [now, then] = [Math.abs(number), Math.abs(last)];
  if (now <= then * ratio && now * ratio >= then) return undefined;
  return {
    part: "number",
    message: `前年度（${last}${unit ?? ""}）から大きく増減しています（${ratio}倍超又は${ratio}分の1未満）。`,
  };
};

const saidBy = (check: Check, answer: WrittenAnswer, against: CheckedAgainst): Said | undefined => {
  const { datum, before } = against;
  switch (check.checks) {
    case "unit":
      return unitMistake(answer, check.anyOf);
    case "range":
      return rangeMistake(answer, check, datum?.expects);
    case "reason":
      return check.says.includes(answer.says) && answer.text.trim() === ""
        ? { part: "text", message: "そのように回答する理由を記入してください。" }
        : undefined;
    case "sum":
      return sumMistake(answer, check, datum?.expects);
    case "last-year":
      return outlier(answer, check.ratio, before);
    case "definition":
      return before !== null && isValue(answer.says)
        ? {
            part: "text",
            message: `前年度と定義が異なります（${check.since}）。前年度との関係を説明してください。`,
          }
        : undefined;
  }
};

/** Everything the checks have to say of an answer, in their order. Empty: it is taken as it is. */
export const checkAnswer = (answer: WrittenAnswer, against: CheckedAgainst): readonly CheckFinding[] => {
  const { datum, reasons } = against;
  const never = [...contradictions(answer), ...reasonMistakes(answer, reasons)];
  if (never.length > 0) return never.map((said) => ({ level: "never", check: "kind", ...said }));
  return [
    ...(datum === null ? [] : kindMistakes(answer, datum.expects)).map((said): CheckFinding => ({
      level: "block",
      check: "kind",
      ...said,
    })),
    ...(datum?.checks ?? []).flatMap((check): readonly CheckFinding[] => {
      const said = saidBy(check, answer, against);
      return said === undefined ? [] : [{ level: check.level, check: check.key, ...said }];
    }),
  ];
};
