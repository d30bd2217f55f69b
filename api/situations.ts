import { contributorsTo } from "../db/queries/approval-desk.ts";
import { isAskedPost } from "../db/queries/asked-posts.ts";
import { cycleOf } from "../db/queries/cycles.ts";
import { fileOf } from "../db/queries/files.ts";
import { personNamed } from "../db/queries/directory.ts";
import { ladderOf } from "../db/queries/ladders.ts";
import { mailOf } from "../db/queries/mail.ts";
import { publicationsOf, reportDecision } from "../db/queries/publications.ts";
import { requestById, wasConsultedOn } from "../db/queries/requests.ts";
import { surveyById } from "../db/queries/surveys.ts";
import { isVersion } from "../db/queries/versions.ts";
import type { Actor } from "../domain/acts.ts";
import { cycleKey, personId, sha256, type OrganisationId, type PersonId } from "../domain/ids.ts";
import { turnOf } from "../domain/approval.ts";
import { seesOnlyItsOwn, type Situation } from "../domain/policy.ts";
import { actById } from "../db/queries/acts.ts";
import { planInForce } from "../db/queries/plan-in-force.ts";
import { sessionOwner } from "../db/queries/sessions.ts";
import { tokenOwner } from "../db/queries/tokens.ts";
import type { Desk } from "./acting.ts";
import type { Situations } from "./plugins/access.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Found = Situation | undefined;

/** What the path says, if it can be an id at all. */
export const parsedAs = <Value>(
  parse: (raw: string) => Value,
  raw: string | undefined,
): Value | undefined => {
  try {
    return raw === undefined ? undefined : parse(raw);
  } catch {
    return undefined;
  }
};

/** Nothing more is done to what has ended; of another's thing a ministry does not even learn that. */
const belonging = (
  thing: { readonly organisation: OrganisationId; readonly ended: boolean } | undefined,
  { role, organisation }: Actor,
): Found => {
  if (thing === undefined) return undefined;
  const isOwn = thing.organisation === organisation;
  if (thing.ended && (isOwn || !seesOnlyItsOwn(role))) return "closed";
  return isOwn ? "own" : "other";
};
const personal = (owner: PersonId | undefined, { person }: Actor): Found => {
  if (owner === undefined) return undefined;
  return owner === person ? "own" : "other";
};

export const makeSituations = ({ db, plans }: Pick<Desk, "db" | "plans">): Situations => {
  const cycleSituation = async (raw: string | undefined): Promise<Found> => {
    const cycle = parsedAs(cycleKey, raw);
    const standing = cycle && (await cycleOf(db, cycle));
    if (standing === undefined) return undefined;
    return standing.stage === "finished" ? "closed" : "open";
  };
  const approvalSituation = async (
    subject: "policy" | "report",
    raw: string | undefined,
    { person }: Actor,
  ): Promise<Found> => {
    const found = await cycleSituation(raw);
    const cycle = parsedAs(cycleKey, raw);
    if (found !== "open" || cycle === undefined) return found;
    const { approvals } = (await planInForce(db, cycle)).body;
    const ladder = await ladderOf(db, { cycle, subject, steps: approvals[subject] });
    if (ladder === null) return "open";
    if (turnOf(ladder) === undefined) return "approved";
    const hands = await contributorsTo(db, { cycle, subject, hash: ladder.hash });
    return hands.includes(person) ? "contributed" : "open";
  };
  return {
    nothing: async () => "open",
    plan: async ({ hash }) => {
      const known = parsedAs(sha256, hash);
      return known !== undefined && (await plans(known)) !== undefined ? "open" : undefined;
    },
    cycle: ({ cycle }) => cycleSituation(cycle),
    policy: ({ cycle }, actor) => approvalSituation("policy", cycle, actor),
    report: ({ cycle }, actor) => approvalSituation("report", cycle, actor),
    request: async ({ id = "" }, actor) => {
      const found = await requestById(db, id);
      return belonging(found && { ...found, ended: found.is === "settled" }, actor);
    },
    file: async ({ id: request = "", file = "" }, actor) => {
      const known = UUID.test(file) && (await fileOf(db, { request, id: file })) !== undefined;
      const found = known ? await requestById(db, request) : undefined;
      return belonging(found && { ...found, ended: found.is === "settled" }, actor);
    },
    survey: async ({ id = "" }, actor) => {
      const found = await surveyById(db, id);
      return belonging(found && { ...found, ended: found.end !== null }, actor);
    },
    mail: async ({ key }, actor) => {
      const known = parsedAs(sha256, key);
      const found = known && (await mailOf(db, known));
      return belonging(found && { ...found, ended: false }, actor);
    },
    version: async ({ cycle, hash }, { organisation }) => {
      const [of, version] = [parsedAs(cycleKey, cycle), parsedAs(sha256, hash)];
      if (of === undefined || version === undefined || !(await isVersion(db, { cycle: of, hash: version })))
        return undefined;
      if ((await reportDecision(db, of))?.hash === version && (await publicationsOf(db, of)).length > 0)
        return "open";
      return (await wasConsultedOn(db, { cycle: of, version, organisation })) ? "own" : "embargoed";
    },
    act: async ({ id = "" }, actor) =>
      UUID.test(id) ? personal((await actById(db, id))?.person, actor) : undefined,
    person: async ({ person }) => {
      const known = parsedAs(personId, person);
      return known !== undefined && (await personNamed(db, known)) !== undefined ? "open" : undefined;
    },
    self: async ({ person }, actor) => {
      const known = parsedAs(personId, person);
      const isThere = known !== undefined && (await personNamed(db, known)) !== undefined;
      return isThere ? personal(known, actor) : undefined;
    },
    "asked-post": async ({ id = "" }) => (UUID.test(id) && (await isAskedPost(db, id)) ? "open" : undefined),
    session: async ({ hash }, actor) => {
      const known = parsedAs(sha256, hash);
      return known === undefined ? undefined : personal(await sessionOwner(db, known), actor);
    },
    token: async ({ hash }, actor) => {
      const known = parsedAs(sha256, hash);
      return known === undefined ? undefined : personal(await tokenOwner(db, known), actor);
    },
  };
};
