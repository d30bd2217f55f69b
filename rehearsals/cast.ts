import { contactsOf, staffOf } from "../domain/catalogue.ts";
import type { OrganisationId, PersonId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { diaryOf } from "./diary.ts";
import { drawWeighted, drawWith } from "./draw.ts";
import type { Behaviour, OpinionBehaviour, Script } from "./script.ts";
import type { Cast } from "./view.ts";

/** @throws RangeError where the plan has no 案を作る者 or no 本部決定を記録する者 */
export const castOf = ({
  plan,
  script,
  seed,
}: {
  readonly plan: Plan;
  readonly script: Script;
  readonly seed: number;
}): Cast => {
  const [preparer, ...others] = staffOf(plan, "preparer").map(({ id }) => id);
  const [recorder] = staffOf(plan, "recorder");
  if (preparer === undefined || recorder === undefined)
    throw new RangeError("the plan has no preparer or no recorder: nobody could rehearse it");
  return {
    plan,
    script,
    draw: drawWith(seed),
    ministries: diaryOf(plan, script.hours.ministries),
    secretariat: diaryOf(plan, script.hours.secretariat),
    preparers: [preparer, ...others],
    recorder: recorder.id,
  };
};

/** Who answers for the organisation: 担当者, else 窓口. */
export const answererOf = (plan: Plan, organisation: OrganisationId): PersonId => {
  const [person] = [
    ...contactsOf(plan, organisation, "officer"),
    ...contactsOf(plan, organisation, "window"),
  ];
  if (person === undefined) throw new RangeError(`nobody answers for ${organisation}`);
  return person.id;
};

const named = <Named extends { readonly key: string }>(all: readonly Named[], key: string): Named => {
  const found = all.find((one) => one.key === key);
  if (found === undefined) throw new RangeError(`no behaviour ${key} in the script`);
  return found;
};

/** How the organisation answers data requests: as the script assigns, else by its lot. */
export const behaviourOf = (
  { script, draw }: Pick<Cast, "script" | "draw">,
  organisation: OrganisationId,
): Behaviour => {
  const { behaviours, assigned } = script.ministries;
  const given = assigned[organisation];
  return given === undefined
    ? drawWeighted(draw, `${organisation} behaviour`, behaviours)
    : named(behaviours, given);
};

/** How a chapter's owner answers for it. */
export const chapterBehaviourOf = (cast: Cast, chapter: string, owner: OrganisationId): Behaviour => {
  const given = cast.script.ministries.chapters[chapter];
  return given === undefined ? behaviourOf(cast, owner) : named(cast.script.ministries.behaviours, given);
};

export const opinionOf = (
  { script, draw }: Pick<Cast, "script" | "draw">,
  organisation: OrganisationId,
): OpinionBehaviour => {
  const { behaviours, assigned } = script.opinions;
  const given = assigned[organisation];
  return given === undefined
    ? drawWeighted(draw, `${organisation} opinion`, behaviours)
    : named(behaviours, given);
};
