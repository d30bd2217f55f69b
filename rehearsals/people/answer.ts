import type { OrganisationId } from "../../domain/ids.ts";
import type { Check } from "../../domain/plan.ts";
import { reasonLeaves } from "../../domain/reasons.ts";
import { addDays, type PlainDate } from "../../domain/time.ts";
import { drawOne, drawWithin, type Draw } from "../draw.ts";
import type { Behaviour } from "../behaviour.ts";
import type { Cast } from "../view.ts";
import type { ItemReply, RequestReply } from "../wire.ts";

/** An answer as the API takes it, without the item it is for. */
export interface WrittenAnswer {
  readonly says: "value" | "provisional" | "nil" | "not-applicable" | "unmeasurable";
  readonly why?: string;
  readonly number?: number;
  readonly unit?: string;
  readonly text: string;
  readonly availableOn?: PlainDate;
  /** Who is thought to be competent. */
  readonly owner?: OrganisationId;
  readonly explanation?: string;
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

const checksOf = ({ plan }: Cast, { datum }: Asked): readonly Check[] =>
  plan.data.find(({ key }) => key === datum)?.checks ?? [];

/** As many as nobody doubts, in a unit that is taken. */
const unobjectionable = (cast: Cast, asked: Asked) => {
  const checks = checksOf(cast, asked);
  const ranges = checks.filter((check) => check.checks === "range");
  const [unit = "件"] = checks.flatMap((check) => (check.checks === "unit" ? check.anyOf : []));
  const from = Math.max(1, ...ranges.map((range) => range.from ?? 1));
  const to = Math.min(400, ...ranges.map((range) => range.to ?? 400));
  return { unit, from, to: Math.max(from, to) };
};

/** Nothing is missing. `what` parts one number for a datum from another. */
export const numbered = (cast: Cast, asked: Asked, what = "number"): WrittenAnswer => {
  const { unit, ...within } = unobjectionable(cast, asked);
  const name = `${asked.organisation} ${asked.datum}`;
  return counted(cast, asked, { number: drawWithin(cast.draw, `${name} ${what}`, within), unit });
};

const counted = (
  { script, draw }: Cast,
  { organisation, datum }: Asked,
  { number, unit }: { readonly number: number; readonly unit: string },
): WrittenAnswer => {
  const sentence = drawOne(draw, `${organisation} ${datum} sentence`, script.answers.value);
  return { says: "value", number, unit, text: sentence.replaceAll("{number}", String(number)) };
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

const hasUnit = (cast: Cast, asked: Asked): boolean =>
  checksOf(cast, asked).some(({ checks }) => checks === "unit");

/** More than is usual, and why. */
const explained = (cast: Cast, asked: Asked): WrittenAnswer | undefined => {
  const [usual] = checksOf(cast, asked).flatMap((check) =>
    check.checks === "range" && check.level === "warn" ? (check.to ?? []) : [],
  );
  if (usual === undefined) return undefined;
  const more = drawWithin(cast.draw, `${asked.organisation} ${asked.datum} more`, { from: 1, to: usual });
  const { unit } = unobjectionable(cast, asked);
  return {
    ...counted(cast, asked, { number: usual + more, unit }),
    explanation: cast.script.answers.explanation,
  };
};

/** Somebody else's affair, who can be asked for it and is not asked already. */
const disclaimed = ({ script, draw, behaviours, plan }: Cast, asked: Asked): WrittenAnswer => {
  const { organisation, datum, behaviour } = asked;
  const owners = plan.data.find(({ key }) => key === datum)?.owners.map((owner) => owner.organisation) ?? [];
  const others = [...behaviours].flatMap(([id, { key }]) =>
    key === behaviour.disclaiming?.owner && !owners.includes(id) ? [id] : [],
  );
  return {
    says: "not-applicable",
    text: script.answers.notApplicable,
    ...(others.length > 0 && { owner: drawOne(draw, `${organisation} ${datum} owner`, others) }),
  };
};

/** What the checks of the plan have something to say of. */
const objectionable = (cast: Cast, asked: Asked): WrittenAnswer | undefined => {
  const { behaviour } = asked;
  if (behaviour.failing !== undefined && hasUnit(cast, asked)) return failing(cast, asked);
  return behaviour.explaining ? explained(cast, asked) : undefined;
};

/** What gives no value, or none that will do. */
const withoutValue = (cast: Cast, asked: Asked): WrittenAnswer | undefined => {
  const { script, draw } = cast;
  const { behaviour, organisation, datum } = asked;
  const among = (what: string, share = 0): boolean => isAmong(draw, asked, { what, share });
  if (among("incomplete", behaviour.incomplete?.share))
    return { says: "value", text: script.answers.incomplete };
  if (among("unmeasurable", behaviour.unmeasurableShare)) return unmeasurable(cast, asked);
  if (among("disclaimed", behaviour.disclaiming?.share)) return disclaimed(cast, asked);
  if (draw(`${organisation} ${datum} nil`) < behaviour.nilShare)
    return { says: "nil", text: script.answers.nil };
  return draw(`${organisation} ${datum} not-applicable`) < behaviour.notApplicableShare
    ? { says: "not-applicable", text: script.answers.notApplicable }
    : undefined;
};

const provisional = (cast: Cast, asked: Asked): WrittenAnswer | undefined => {
  const share = asked.behaviour.provisional?.share ?? 0;
  return isAmong(cast.draw, asked, { what: "provisional", share })
    ? { ...numbered(cast, asked, "provisional number"), says: "provisional" }
    : undefined;
};

/** What the organisation writes the first time. */
export const firstAnswer = (cast: Cast, asked: Asked): WrittenAnswer =>
  objectionable(cast, asked) ??
  withoutValue(cast, asked) ??
  provisional(cast, asked) ??
  numbered(cast, asked);

/** What it writes once told what is missing: where it is to come back again, no more than before. */
export const correctedAnswer = (cast: Cast, asked: Asked): WrittenAnswer =>
  asked.behaviour.incomplete?.again === true
    ? { says: "value", text: cast.script.answers.incomplete }
    : numbered(cast, asked);
