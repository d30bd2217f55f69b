import type { OrganisationId } from "../../domain/ids.ts";
import { drawOne, drawWithin } from "../draw.ts";
import type { Behaviour } from "../script.ts";
import type { Cast } from "../view.ts";

/** An answer as the API takes it, without the item it is for. */
export interface WrittenAnswer {
  readonly says: "value" | "nil" | "unmeasurable";
  readonly why?: string;
  readonly number?: number;
  readonly unit?: string;
  readonly text: string;
}
export interface Asked {
  readonly organisation: OrganisationId;
  /** The datum's or chapter's key. */
  readonly datum: string;
  readonly behaviour: Behaviour;
}

const lot = ({ organisation, datum }: Asked, of: string): string => `${organisation} ${datum} ${of}`;

/** Whether the first answer to the item will not do. */
export const isIncomplete = ({ draw }: Pick<Cast, "draw">, asked: Asked): boolean =>
  draw(lot(asked, "incomplete")) < (asked.behaviour.incomplete?.share ?? 0);

const numbered = ({ script, draw }: Cast, asked: Asked): WrittenAnswer => {
  const number = drawWithin(draw, lot(asked, "number"), { from: 1, to: 400 });
  const sentence = drawOne(draw, lot(asked, "sentence"), script.answers.value);
  return { says: "value", number, unit: "件", text: sentence.replaceAll("{number}", String(number)) };
};

/** What the organisation writes the first time. */
export const firstAnswer = (cast: Cast, asked: Asked): WrittenAnswer => {
  const { script, draw, plan } = cast;
  const { behaviour } = asked;
  if (isIncomplete(cast, asked)) return { says: "value", text: script.answers.incomplete };
  const chance = draw(lot(asked, "says"));
  if (chance < behaviour.unmeasurableShare)
    return {
      says: "unmeasurable",
      // One reason for a whole ministry: what is hard for one reason is surveyed together.
      why: drawOne(draw, `${asked.organisation} reason`, plan.unmeasurableReasons).key,
      text: script.answers.unmeasurable,
    };
  if (chance < behaviour.unmeasurableShare + behaviour.nilShare)
    return { says: "nil", text: script.answers.nil };
  return numbered(cast, asked);
};

/** What it writes once told what is missing. */
export const correctedAnswer = numbered;
