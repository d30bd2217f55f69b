import { askedOrganisations } from "../domain/asking.ts";
import { contactsOf, staffOf } from "../domain/catalogue.ts";
import type { OrganisationId, PersonId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Behaviour } from "./behaviour.ts";
import { diaryOf } from "./diary.ts";
import { drawWith } from "./draw.ts";
import { castRoles, roleNamed } from "./lots.ts";
import type { OpinionBehaviour, Script } from "./script.ts";
import type { Cast } from "./view.ts";

/** @throws RangeError where the plan has no 案を作る者, no 決裁する者 or no 本部決定を記録する者 */
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
  const [approver] = staffOf(plan, "approver");
  const [recorder] = staffOf(plan, "recorder");
  if (preparer === undefined || approver === undefined || recorder === undefined)
    throw new RangeError("the plan has no preparer, approver or recorder: nobody could rehearse it");
  const draw = drawWith(seed);
  const organisations = askedOrganisations(plan);
  return {
    plan,
    script,
    draw,
    behaviours: castRoles({ draw, organisations, what: "behaviour", ...script.ministries }),
    opinions: castRoles({ draw, organisations, what: "opinion", ...script.opinions }),
    ministries: diaryOf(plan, script.hours.ministries),
    secretariat: diaryOf(plan, script.hours.secretariat),
    preparers: [preparer, ...others],
    approver: approver.id,
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

const of = <Role>(roles: ReadonlyMap<OrganisationId, Role>, organisation: OrganisationId): Role => {
  const role = roles.get(organisation);
  if (role === undefined) throw new RangeError(`${organisation} has no part in the script`);
  return role;
};
export const behaviourOf = ({ behaviours }: Cast, organisation: OrganisationId): Behaviour =>
  of(behaviours, organisation);
export const opinionOf = ({ opinions }: Cast, organisation: OrganisationId): OpinionBehaviour =>
  of(opinions, organisation);

/** How a chapter's owner answers for it. */
export const chapterBehaviourOf = (cast: Cast, chapter: string, owner: OrganisationId): Behaviour => {
  const { behaviours, chapters } = cast.script.ministries;
  const given = chapters[chapter];
  return given === undefined ? behaviourOf(cast, owner) : roleNamed(behaviours, given);
};
