import type { Db } from "../db/client.ts";
import { mailOf } from "../db/queries/mail.ts";
import { requestById } from "../db/queries/requests.ts";
import { surveyById } from "../db/queries/surveys.ts";
import { cycleKey, organisationId, sha256 } from "../domain/ids.ts";
import { seesOnlyItsOwn } from "../domain/policy.ts";
import type { Place } from "../domain/token.ts";
import type { PlaceOf } from "./plugins/access.ts";
import { parsedAs } from "./situations.ts";

type Asked = Parameters<PlaceOf>[0];

/** Whose rows a list is about: his own, who sees no others; else whose it is narrowed to. */
const listed = ({ query, actor }: Asked): Place["organisation"] =>
  seesOnlyItsOwn(actor.role) ? actor.organisation : (parsedAs(organisationId, query["organisation"]) ?? null);

const nowhere: Place = { organisation: null, cycle: null };

export const makePlaceOf =
  (db: Db): PlaceOf =>
  async (asked) => {
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
