import type { CommentRecord } from "../db/queries/opinions.ts";
import type { RequestHistory, WrittenAnswer } from "../db/queries/request-history.ts";
import type { ItemState } from "../domain/answer.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Instant } from "../domain/time.ts";
import { nameOf } from "./frame.ts";
import type { Frame } from "./pages/layout.tsx";
import type { GivenVersion, ItemView, RequestView } from "./pages/request.tsx";

export interface RequestViewOf {
  readonly frame: Frame;
  readonly history: RequestHistory;
  readonly plan: Plan;
  readonly names: ReadonlyMap<PersonId, string>;
  readonly now: Instant;
  /** Those of this very request. */
  readonly opinions: readonly CommentRecord[];
}

const valueOf = (written: WrittenAnswer["written"]): string | null =>
  written === null || "opinions" in written || written.number === null
    ? null
    : [written.number.toLocaleString("ja-JP"), written.unit ?? ""].join(" ").trim();

const textOf = (written: WrittenAnswer["written"]): string =>
  written === null || "opinions" in written ? "" : written.text;

const versionOf = (
  { version, at, by, says, why, written }: WrittenAnswer,
  { history, plan, names }: RequestViewOf,
): GivenVersion => ({
  version,
  at,
  late: at > history.request.dueAt,
  by: names.get(by) ?? by,
  says,
  why: plan.unmeasurableReasons.find(({ key }) => key === why)?.label ?? why,
  value: valueOf(written),
  text: textOf(written),
});

/** Until when an answer counts, and why it is wanted again or is not to be had. */
const standing = (state: ItemState): Pick<ItemView, "is" | "until" | "reason"> => {
  switch (state.is) {
    case "owed":
    case "submitted":
    case "surveying":
      return { is: state.is, until: state.until, reason: null };
    case "returned":
      return { is: state.is, until: state.until, reason: state.reason };
    case "uncollected":
      return { is: state.is, until: null, reason: state.reason };
    case "value":
    case "nil":
    case "not-applicable":
    case "surveyed":
      return { is: state.is, until: null, reason: null };
  }
};

/** A request as its screen shows it, items in the plan's order. */
export const requestViewOf = (of: RequestViewOf): RequestView => {
  const { frame, history, plan, now } = of;
  const { request, items, answers } = history;
  const place = (datum: string): number => plan.data.findIndex(({ key }) => key === datum);
  return {
    frame,
    id: request.id,
    cycle: request.cycle,
    organisation: nameOf(plan, request.organisation, now),
    kind: request.kind,
    is: request.is,
    sentAt: request.sentAt,
    dueAt: request.dueAt,
    closeAt: request.closeAt,
    asked:
      request.askedDueOn === null ? null : { dueOn: request.askedDueOn, reason: request.askedReason ?? "" },
    opinions: of.opinions,
    items: items
      .toSorted((a, b) => place(a.datum) - place(b.datum))
      .map(({ id, text, indicators, state }) => ({
        id,
        text,
        indicators,
        ...standing(state),
        versions: answers.filter(({ item }) => item === id).map((answer) => versionOf(answer, of)),
      })),
  };
};
