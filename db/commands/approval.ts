import type { ContentRef, DecisionArgs } from "../../domain/acts.ts";
import type { PersonId, Sha256 } from "../../domain/ids.ts";
import type { Tx } from "../client.ts";
import { approvals, decisions, submissions, type Subject } from "../schema/cycle.ts";
import type { Made } from "./records.ts";

/** What an approval or decision is about. */
interface About {
  readonly subject: Subject;
  readonly hash: Sha256;
}

export const addSubmission = async (
  tx: Tx,
  { cycle, by, now }: Made,
  { subject, hash, content }: About & { readonly content: ContentRef | null },
): Promise<void> => {
  await tx.insert(submissions).values({ cycle, subject, hash, content: content?.id ?? null, by, at: now });
};

export const addApproval = async (
  tx: Tx,
  { cycle, by, reason, now, mark = null }: Made,
  {
    subject,
    hash,
    outcome,
    standsInFor,
  }: About & { readonly outcome: "approved" | "returned"; readonly standsInFor: PersonId | null },
): Promise<void> => {
  await tx
    .insert(approvals)
    .values({ cycle, subject, hash, outcome, standsInFor, by, reason, at: now, mark });
};

export const addDecision = async (
  tx: Tx,
  { cycle, by, reason, now, mark = null }: Made,
  { subject, hash, outcome, meeting, number, heldOn, body }: About & DecisionArgs,
): Promise<void> => {
  await tx
    .insert(decisions)
    .values({ cycle, subject, hash, outcome, meeting, number, heldOn, body, by, reason, at: now, mark });
};
