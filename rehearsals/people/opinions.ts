import { itemsOf } from "../../domain/catalogue.ts";
import type { OrganisationId } from "../../domain/ids.ts";
import { addBusinessDays } from "../../domain/calendar.ts";
import { dateOf, type Instant } from "../../domain/time.ts";
import { answererOf, opinionOf } from "../cast.ts";
import { drawWithin } from "../draw.ts";
import { nextKey, type Intention } from "../intention.ts";
import type { OpinionBehaviour } from "../script.ts";
import { withoutCycle, type Cast, type View } from "../view.ts";
import type { RequestReply } from "../wire.ts";

/** 意見照会: who comments, who has nothing to say and says so, and who says nothing. */
export const opinionIntentions = (view: View, cast: Cast): readonly Intention[] =>
  view.requests
    .filter(({ kind, is }) => is === "open" && kind === "consultation")
    .flatMap((request) => opinion(view, cast, request));

const opinion = (view: View, cast: Cast, request: RequestReply): readonly Intention[] => {
  const behaviour = opinionOf(cast, request.organisation);
  const name = withoutCycle(request.id, view.cycle.cycle);
  const at = answersAt(cast, request, { behaviour, name });
  const [item] = request.items;
  if (at === undefined || item === undefined || item.state.is !== "owed") return [];
  if (item.state.until !== undefined && at > item.state.until) return [];
  const section = sectionOf(cast, request.organisation);
  const opinions = behaviour.comments.map(({ text, proposal }) => ({
    section,
    text,
    proposal: proposal ?? null,
  }));
  return [
    {
      at,
      person: answererOf(cast.plan, request.organisation),
      role: "contact",
      key: nextKey(view.memory, `${name} opinion`),
      path: `/requests/${request.id}/answers`,
      body: {
        answers: [
          opinions.length === 0
            ? { item: item.id, says: "nil", text: "意見なし" }
            : { item: item.id, says: "value", text: "意見を提出する。", opinions },
        ],
      },
      revision: request.revision,
    },
  ];
};

const answersAt = (
  { draw, ministries }: Cast,
  { sentAt, dueAt }: RequestReply,
  { behaviour: { answers }, name }: { behaviour: OpinionBehaviour; name: string },
): Instant | undefined => {
  if (answers === "never") return undefined;
  const days = drawWithin(draw, `${name} days`, answers.days);
  return answers.after === "sent"
    ? ministries.after(sentAt, days)
    : ministries.on(addBusinessDays(dateOf(dueAt), days, ministries.calendar));
};

/** The section of the first measure it owes something for; null for the report as a whole. */
const sectionOf = ({ plan }: Cast, organisation: OrganisationId): string | null => {
  const [indicator] = itemsOf(plan, organisation)[0]?.indicators ?? [];
  return indicator === undefined ? null : `measure-${indicator.split("/")[0]}`;
};
