import { readForm } from "./form-fields.ts";
import type { Params, ScreenForm } from "./form-screens.ts";

export const cyclePath = ({ cycle = "" }: Params): string => `/cycles/${encodeURIComponent(cycle)}`;

const deedsOf = {
  policy: { review: ["cycle.approve-policy", "cycle.return-policy"], decide: "cycle.decide-policy" },
  report: { review: ["report.approve", "report.return"], decide: "report.decide" },
} as const;

/** 承認・差戻し and 本部決定: the same forms for whatever goes up the ladder, `below` the cycle's address. */
export const approvalForms = (below: "policy" | "report"): readonly ScreenForm[] => [
  {
    name: "review",
    does: deedsOf[below].review,
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const path = `${cyclePath(params)}/${below}`;
      const hash = form.text("hash");
      if (form.text("do") === "approve") return form.calling({ path: `${path}/approval`, body: { hash } });
      const body = { hash, reason: form.needed("reason", "差戻しの理由") };
      return form.calling({ path: `${path}/return`, body });
    },
  },
  {
    name: "decision",
    does: deedsOf[below].decide,
    leads: "back",
    call: (fields, params) => {
      const form = readForm(fields);
      const reason = form.text("reason");
      const outcome = form.picked("outcome", "議決");
      if (reason === "" && (outcome === "returned" || outcome === "decided-with-changes"))
        form.wrong("reason", "修正の内容又は差戻しの理由を記入してください。");
      const number = form.text("number");
      if (number !== "" && !/^[1-9]\d{0,3}$/.test(number))
        form.wrong("number", "会議の回数を半角の数字で記入してください。");
      const body = {
        hash: form.text("hash"),
        outcome,
        meeting: form.needed("meeting", "会議の名称"),
        heldOn: form.needed("heldOn", "開催日"),
        ...(number !== "" && { number: Number(number) }),
        ...(reason !== "" && { reason }),
      };
      return form.calling({ path: `${cyclePath(params)}/${below}/decision`, body });
    },
  },
];
