import type { OrganisationId } from "../../domain/ids.ts";
import { reasonLeaves } from "../../domain/reasons.ts";
import { addDays, type PlainDate } from "../../domain/time.ts";
import { drawOne, drawWithin, type Draw } from "../draw.ts";
import type { Behaviour } from "../script.ts";
import type { Cast } from "../view.ts";
import type { ItemReply, RequestReply } from "../wire.ts";

/** An answer as the API takes it, without the item it is for. */
export interface WrittenAnswer {
  readonly says: "value" | "nil" | "not-applicable" | "unmeasurable";
  readonly why?: string;
  readonly number?: number;
  readonly unit?: string;
  readonly text: string;
  readonly availableOn?: PlainDate;
  readonly asIs?: true;
}
export interface Asked {
  readonly organisation: OrganisationId;
  readonly datum: string;
  /** All data of the request. */
  readonly all: readonly string[];
  readonly behaviour: Behaviour;
}

export const askedOf = (request: RequestReply, { datum }: ItemReply, behaviour: Behaviour): Asked => ({
  organisation: request.organisation,
  datum,
  all: request.items.map((item) => item.datum),
  behaviour,
});

/** Whether a share of the request falls on this datum: where it would fall on none, the lowest lot has it. */
export const isAmong = (
  draw: Draw,
  { organisation, datum, all }: Asked,
  { what, share }: { readonly what: string; readonly share: number },
): boolean => {
  const lot = (of: string): number => draw(`${organisation} ${of} ${what}`);
  const least = Math.min(...all.map(lot));
  return share > 0 && lot(datum) < Math.max(share, least + Number.EPSILON);
};

/** Nothing is missing. */
export const numbered = ({ script, draw }: Cast, { organisation, datum }: Asked): WrittenAnswer => {
  const number = drawWithin(draw, `${organisation} ${datum} number`, { from: 1, to: 400 });
  const sentence = drawOne(draw, `${organisation} ${datum} sentence`, script.answers.value);
  return { says: "value", number, unit: "件", text: sentence.replaceAll("{number}", String(number)) };
};

/** One reason for a whole ministry: what is hard for one reason is surveyed together. */
const unmeasurable = ({ script, draw, plan }: Cast, { organisation }: Asked): WrittenAnswer => {
  const { key, asks } = drawOne(draw, `${organisation} reason`, reasonLeaves(plan.unmeasurableReasons));
  return {
    says: "unmeasurable",
    why: key,
    text: script.answers.unmeasurable,
    ...(asks === "date" && { availableOn: addDays(plan.dates.reportDecisionOn, 1) }),
  };
};

/** Counted in a unit the plan does not take, and handed in all the same. */
const failing = (cast: Cast, asked: Asked): WrittenAnswer => ({
  ...numbered(cast, asked),
  unit: "部局",
  asIs: true,
});

const hasUnit = ({ plan }: Cast, { datum }: Asked): boolean =>
  plan.data.find(({ key }) => key === datum)?.checks?.some(({ checks }) => checks === "unit") === true;

/** What the organisation writes the first time. */
export const firstAnswer = (cast: Cast, asked: Asked): WrittenAnswer => {
  const { script, draw } = cast;
  const { behaviour, organisation, datum } = asked;
  if (behaviour.failing && hasUnit(cast, asked)) return failing(cast, asked);
  if (isAmong(draw, asked, { what: "incomplete", share: behaviour.incomplete?.share ?? 0 }))
    return { says: "value", text: script.answers.incomplete };
  if (isAmong(draw, asked, { what: "unmeasurable", share: behaviour.unmeasurableShare }))
    return unmeasurable(cast, asked);
  if (draw(`${organisation} ${datum} nil`) < behaviour.nilShare)
    return { says: "nil", text: script.answers.nil };
  if (draw(`${organisation} ${datum} not-applicable`) < behaviour.notApplicableShare)
    return { says: "not-applicable", text: script.answers.notApplicable };
  return numbered(cast, asked);
};

/** What it writes once told what is missing: where it is to come back again, no more than before. */
export const correctedAnswer = (cast: Cast, asked: Asked): WrittenAnswer =>
  asked.behaviour.incomplete?.again === true
    ? { says: "value", text: cast.script.answers.incomplete }
    : numbered(cast, asked);
