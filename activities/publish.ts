import { ApplicationFailure } from "@temporalio/common";
import type { Db } from "../db/client.ts";
import { storePublications } from "../db/commands/publications.ts";
import { contentByHash } from "../db/queries/content.ts";
import { planInForce } from "../db/queries/plan-in-force.ts";
import { reportDecision, type ReportDecision } from "../db/queries/publications.ts";
import { headquartersName } from "../domain/catalogue.ts";
import type { CycleKey, Sha256 } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { wareki } from "../domain/wareki.ts";
import type { Activities } from "./contract.ts";
import { renderAll } from "./documents/publish.ts";

/** 機密性１情報: what is published may be read by everyone. */
const PUBLIC = "機密性１情報";

const never = (message: string): ApplicationFailure =>
  ApplicationFailure.create({ type: "not-decided", message, nonRetryable: true });

/** The decision that made it valid: its day, who decided as he was named on it, the meeting, and whether with changes. */
const standingOf = ({ heldOn, meeting, outcome, body }: ReportDecision, plan: Plan): string => {
  const decider = body ?? headquartersName(plan, heldOn) ?? "";
  const held = meeting.startsWith(decider) ? meeting : `${decider}${meeting}`;
  return `${wareki(heldOn)}　${held}決定${outcome === "decided-with-changes" ? "（修正の上決定）" : ""}`;
};

const decidedVersion = async (db: Db, cycle: CycleKey, hash: Sha256) => {
  const decision = await reportDecision(db, cycle);
  if (decision === undefined || decision.outcome === "returned" || decision.hash !== hash)
    throw never(`version ${hash} of cycle ${cycle} has not been decided`);
  const version = await contentByHash(db, "version", hash);
  if (version === undefined) throw never(`version ${hash} of cycle ${cycle} is not stored`);
  const changes = decision.outcome === "decided-with-changes" ? decision.reason : null;
  const { body: plan } = await planInForce(db, cycle);
  return { document: version.body, standing: standingOf(decision, plan), changes };
};

/**
 * Renders the decided version and nothing else to every published form, and stores them in one transaction. The
 * same version and now give the same bytes; repeated, it changes nothing.
 */
export const publishActivities = ({ db }: { readonly db: Db }): Pick<Activities, "publishVersion"> => ({
  publishVersion: async ({ cycle, now, hash }) => {
    const { document, ...decided } = await decidedVersion(db, cycle, hash);
    const facts = { sha256: hash, classification: PUBLIC, ...decided, createdAt: now };
    const files = await renderAll(document, facts);
    await db.transaction((tx) => storePublications(tx, { cycle, version: hash, publishedAt: now, files }));
    return { files: files.length };
  },
});
