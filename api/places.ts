import type { Db } from "../db/client.ts";
import { mailOf } from "../db/queries/mail.ts";
import { requestById } from "../db/queries/requests.ts";
import { surveyById } from "../db/queries/surveys.ts";
import type { Actor } from "../domain/acts.ts";
import { cycleKey, organisationId, sha256 } from "../domain/ids.ts";
import { seesOnlyItsOwn } from "../domain/policy.ts";
import type { Place } from "../domain/token.ts";
import type { About } from "./plugins/access.ts";
import { parsedAs } from "./situations.ts";

interface Asked {
  readonly about: About;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly actor: Actor;
}

/** Whose rows a list is about: his own, who sees no others; else whose it is narrowed to. */
const listed = ({ query, actor }: Asked): Place["organisation"] =>
  seesOnlyItsOwn(actor.role) ? actor.organisation : (parsedAs(organisationId, query["organisation"]) ?? null);

const nowhere: Place = { organisation: null, cycle: null };

/** Where what a request names belongs, as a token's scope is measured. */
export const placeOf = async (db: Db, asked: Asked): Promise<Place> => {
  const { about, params } = asked;
  switch (about) {
    case "request":
    case "file":
      return (await requestById(db, params["id"] ?? "")) ?? nowhere;
    case "survey":
      return (await surveyById(db, params["id"] ?? "")) ?? nowhere;
    case "mail": {
      const key = parsedAs(sha256, params["key"]);
      return (key && (await mailOf(db, key))) ?? nowhere;
    }
    case "cycle":
    case "policy":
    case "report":
    case "version":
      return { organisation: listed(asked), cycle: parsedAs(cycleKey, params["cycle"]) ?? null };
    case "nothing":
    case "person":
    case "self":
    case "asked-post":
    case "session":
    case "plan":
    case "act":
    case "token":
      return nowhere;
  }
};
