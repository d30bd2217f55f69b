import type { SurveyEnd } from "../../domain/request.ts";
import type { SurveyCause } from "../../domain/unmeasurable.ts";

/** 補完調査 in an official's words. */

export const causeNames: Readonly<Record<SurveyCause, string>> = {
  "said-unmeasurable": "把握困難との回答",
  silence: "締切までに回答なし",
  "not-corrected": "差戻し後の再提出なし",
  "returned-twice": "二度の差戻し",
  "failed-check": "点検の条件を満たさない回答",
  "not-comparable": "前年度と比較不可",
  "no-owner": "担当府省庁・出典の定めなし",
};

export const endText = (end: SurveyEnd | null): string => {
  if (end === null) return "実施中";
  switch (end.is) {
    case "found":
      return "把握した";
    case "impossible":
      return `把握できなかった（理由：${end.reason}）`;
    case "stopped":
      return `中止した（理由：${end.reason}）`;
    case "merged":
      return `別の調査に統合した（理由：${end.reason}）`;
  }
};

export const responsibleNames = { secretariat: "事務局", organisation: "対象の組織" } as const;
