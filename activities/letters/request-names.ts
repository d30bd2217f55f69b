import type { RequestKind } from "../../domain/plan.ts";

/** What a request is called in a letter's list and in a calendar. */
export const requestName = (kind: RequestKind): string => {
  switch (kind) {
    case "data":
      return "データの照会";
    case "survey":
      return "補完調査";
    case "chapter":
      return "他制度による評価の照会";
    case "consultation":
      return "意見照会";
  }
};
