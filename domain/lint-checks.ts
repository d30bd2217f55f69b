import { block, type LintFinding } from "./lint-finding.ts";
import type { Check, Datum, Expected, Plan, UnmeasurableReason } from "./plan.ts";
import { allReasons } from "./reasons.ts";

/** The key that stands for the kind of the value itself. */
const RESERVED = "kind";

const counts = (expects: Expected | undefined): boolean =>
  expects === undefined || expects.is === "number" || expects.is === "table";

const sumMistake = (
  { along, total, of }: Check & { readonly checks: "sum" },
  expects: Expected | undefined,
): string | undefined => {
  if (expects?.is !== "table") return "計を確かめられるのは、表（expects の table）だけです。";
  const known = new Set(expects[along].map(({ key }) => key));
  const lost = [total, ...of].find((key) => !known.has(key));
  if (lost !== undefined) return `${lost} という${along === "rows" ? "行" : "列"}は表にありません。`;
  return of.includes(total) ? "計の行又は列を、足し合わせるものに含めています。" : undefined;
};

/** Why a check can find nothing, or finds fault with everything; undefined where it makes sense. */
const checkMistake = (check: Check, { expects }: Datum): string | undefined => {
  if (check.key === RESERVED) return `${RESERVED} は、値の種類を確かめる検査の番号です。`;
  switch (check.checks) {
    case "unit":
      return counts(expects) ? undefined : "単位を確かめられるのは、数値を求めるときだけです。";
    case "range":
      if (!counts(expects)) return "範囲を確かめられるのは、数値を求めるときだけです。";
      if (check.from === undefined && check.to === undefined) return "from も to もありません。";
      return (check.from ?? -Infinity) > (check.to ?? Infinity) ? "from が to を超えています。" : undefined;
    case "sum":
      return sumMistake(check, expects);
    case "last-year":
      return expects === undefined || expects.is === "number"
        ? undefined
        : "前年度と比べられるのは、一つの数値を求めるときだけです。";
    case "reason":
    case "definition":
      return undefined;
  }
};

const checkFindings = (datum: Datum): readonly LintFinding[] =>
  (datum.checks ?? []).flatMap((check) => {
    const message = checkMistake(check, datum);
    if (message === undefined) return [];
    return [
      block({
        code: "check-unfit",
        where: `data.yaml ${datum.key} の checks ${check.key}`,
        message,
        hint: "検査を直すか、削除してください。",
      }),
    ];
  });

const reasonFindings = ({ key, children, asks }: UnmeasurableReason): readonly LintFinding[] =>
  children !== undefined && asks !== undefined
    ? [
        block({
          code: "reason-unfit",
          where: `plan.yaml unmeasurableReasons ${key}`,
          message: "内訳（children）のある理由は選べないため、asks を書けません。",
          hint: "asks を内訳の一つ一つに移してください。",
        }),
      ]
    : [];

/** Every check can be kept and can be broken; every reason that asks for something can be chosen. */
export const lintChecks = ({ data, unmeasurableReasons }: Plan): readonly LintFinding[] => [
  ...data.flatMap(checkFindings),
  ...allReasons(unmeasurableReasons).flatMap(reasonFindings),
];
