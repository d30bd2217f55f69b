import { notInArray, or, sql, type SQL } from "drizzle-orm";
import { chainActs, type InsideSeen } from "../../domain/chain.ts";
import { auditEvents } from "../schema/audit.ts";
import { requests } from "../schema/request.ts";

const { action, object } = auditEvents;

const ofOrganisation = (organisation: Exclude<InsideSeen, "all">): SQL =>
  sql`${object} in (select 'request ' || ${requests.id} from ${requests} where ${requests.organisation} = ${organisation})`;

/** Of the record what its reader may know of: steps inside an organisation are its own affair. */
export const knownTo = (seen: InsideSeen): SQL | undefined =>
  seen === "all" ? undefined : or(notInArray(action, [...chainActs]), ofOrganisation(seen));
