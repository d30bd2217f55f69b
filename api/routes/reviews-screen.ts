import { namesOf } from "../../db/queries/home.ts";
import { reviewsOf, type ApprovalRecord, type DecisionRecord } from "../../db/queries/reviews.ts";
import type { PersonId } from "../../domain/ids.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import { deedCauses, type ApprovalDeed } from "../causes.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { reviewsPage } from "../pages/reviews.tsx";

type Recorded = ApprovalRecord | DecisionRecord;

const peopleIn = (records: readonly Recorded[]): readonly PersonId[] =>
  records.flatMap((one) => [
    one.by,
    ...("standsInFor" in one && one.standsInFor !== null ? [one.standsInFor] : []),
    ...one.corrections.map(({ by }) => by),
  ]);

/** What each of them was recorded as. */
const deedNames: Readonly<
  Record<ApprovalRecord["subject"], Readonly<Record<"approved" | "returned" | "decided", ApprovalDeed[]>>>
> = {
  policy: {
    approved: ["cycle.approve-policy"],
    returned: ["cycle.return-policy"],
    decided: ["cycle.decide-policy"],
  },
  report: { approved: ["report.approve"], returned: ["report.return"], decided: ["report.decide"] },
  "next-plan": {
    approved: ["cycle.approve-next-plan"],
    returned: ["cycle.return-next-plan"],
    decided: [],
  },
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { standing, plan, may, frame, forms } = around;
  const { cycle } = standing;
  const { approvals, decisions } = await reviewsOf(deps.db, { cycle, plan });
  const names = await namesOf(deps.db, peopleIn([...approvals, ...decisions]));
  const nameOf = (person: PersonId): string => names.get(person) ?? person;
  const causeOf = await deedCauses(deps.db, around);
  const named = <Record extends Recorded>(record: Record) => ({
    ...record,
    by: nameOf(record.by),
    corrections: record.corrections.map((one) => ({
      ...one,
      caused: causeOf(["decision.correct"], { at: one.at, actor: one.by }),
      by: nameOf(one.by),
    })),
  });
  const page = reviewsPage({
    frame,
    forms,
    cycle,
    approvals: approvals.map((one) => ({
      ...named(one),
      caused: causeOf(deedNames[one.subject][one.outcome], { at: one.at, actor: one.by }),
      standsInFor: one.standsInFor === null ? null : nameOf(one.standsInFor),
    })),
    decisions: decisions.map((one) => ({
      ...named(one),
      caused: causeOf(deedNames[one.subject].decided, { at: one.at, actor: one.by }),
    })),
    mayCorrect: may("decision.correct"),
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

const corrections: ScreenForm = {
  name: "corrections",
  does: "decision.correct",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const [of = "", id = ""] = form.picked("what", "誤りのある記録").split(":");
    const body = {
      of,
      corrects: Number(id),
      text: form.needed("text", "正しい内容"),
      reason: form.needed("reason", "訂正の理由"),
    };
    return form.calling({ path: `${cyclePath(params)}/reviews/corrections`, body });
  },
};

/** /cycles/{cycle}/reviews: 決裁 and 本部決定 as recorded. */
export const reviewsScreen: Screen = {
  url: "/cycles/:cycle/reviews",
  view: "report",
  about: "cycle",
  show,
  forms: [corrections],
};
