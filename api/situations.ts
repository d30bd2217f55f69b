import { cycleOf } from "../db/queries/cycles.ts";
import { fileOf } from "../db/queries/files.ts";
import { mailOf } from "../db/queries/mail.ts";
import { publicationsOf, reportDecision } from "../db/queries/publications.ts";
import { requestById, wasConsultedOn } from "../db/queries/requests.ts";
import { surveyById } from "../db/queries/surveys.ts";
import { isVersion } from "../db/queries/versions.ts";
import type { Actor } from "../domain/acts.ts";
import { cycleKey, sha256, type OrganisationId, type PersonId } from "../domain/ids.ts";
import type { Situation } from "../domain/policy.ts";
import { actById } from "../db/queries/acts.ts";
import { tokenOwner } from "../db/queries/tokens.ts";
import type { Desk } from "./acting.ts";
import type { Situations } from "./plugins/access.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Found = Situation | undefined;

/** What the path says, if it can be an id at all. */
const named = <Value>(parse: (raw: string) => Value, raw: string | undefined): Value | undefined => {
  try {
    return raw === undefined ? undefined : parse(raw);
  } catch {
    return undefined;
  }
};

const belonging = (owner: OrganisationId | undefined, { organisation }: Actor): Found => {
  if (owner === undefined) return undefined;
  return owner === organisation ? "own" : "other";
};
const personal = (owner: PersonId | undefined, { person }: Actor): Found => {
  if (owner === undefined) return undefined;
  return owner === person ? "own" : "other";
};

export const makeSituations = ({ db, plans }: Pick<Desk, "db" | "plans">): Situations => {
  const cycleSituation = async (raw: string | undefined): Promise<Found> => {
    const cycle = named(cycleKey, raw);
    return cycle !== undefined && (await cycleOf(db, cycle)) !== undefined ? "open" : undefined;
  };
  return {
    nothing: async () => "open",
    plan: async ({ hash }) => {
      const known = named(sha256, hash);
      return known !== undefined && (await plans(known)) !== undefined ? "open" : undefined;
    },
    cycle: ({ cycle }) => cycleSituation(cycle),
    request: async ({ id = "" }, actor) => belonging((await requestById(db, id))?.organisation, actor),
    file: async ({ id: request = "", file = "" }, actor) => {
      const known = UUID.test(file) && (await fileOf(db, { request, id: file })) !== undefined;
      return known ? belonging((await requestById(db, request))?.organisation, actor) : undefined;
    },
    survey: async ({ id = "" }, actor) => belonging((await surveyById(db, id))?.organisation, actor),
    mail: async ({ key }, actor) => {
      const known = named(sha256, key);
      return known === undefined ? undefined : belonging((await mailOf(db, known))?.organisation, actor);
    },
    version: async ({ cycle, hash }, { organisation }) => {
      const [of, version] = [named(cycleKey, cycle), named(sha256, hash)];
      if (of === undefined || version === undefined || !(await isVersion(db, { cycle: of, hash: version })))
        return undefined;
      if ((await reportDecision(db, of))?.hash === version && (await publicationsOf(db, of)).length > 0)
        return "open";
      return (await wasConsultedOn(db, { cycle: of, version, organisation })) ? "own" : "embargoed";
    },
    act: async ({ id = "" }, actor) =>
      UUID.test(id) ? personal((await actById(db, id))?.person, actor) : undefined,
    token: async ({ hash }, actor) => {
      const known = named(sha256, hash);
      return known === undefined ? undefined : personal(await tokenOwner(db, known), actor);
    },
  };
};
