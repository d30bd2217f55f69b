import { ApplicationFailure } from "@temporalio/common";
import type { Db } from "../db/client.ts";
import { fileBytes, type ObjectStorage } from "../db/files.ts";
import { storedFile } from "../db/queries/files.ts";
import { storePublications } from "../db/commands/publications.ts";
import { contentByHash } from "../db/queries/content.ts";
import { planInForce } from "../db/queries/plan-in-force.ts";
import { reportDecision, type ReportDecision } from "../db/queries/publications.ts";
import { headquartersName } from "../domain/catalogue.ts";
import type { ReportDocument } from "../domain/document.ts";
import type { CycleKey, Sha256 } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { wareki } from "../domain/wareki.ts";
import type { Activities } from "./contract.ts";
import { formNames } from "./documents/forms.ts";
import { renderAll, type RenderedFile } from "./documents/publish.ts";
import { makeProgress, type ProgressDeps } from "./progress.ts";

/** 機密性１情報: what is published may be read by everyone. */
const PUBLIC = "機密性１情報";

/** A step for each form, one more to store them all. */
const STEPS = [
  ...formNames.map((_, n) => `公表する形の作成（${n + 1}／${formNames.length}）`),
  "公表資料の保存",
];

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
  return { document: version.body, standing: standingOf(decision, plan), changes, mark: decision.mark };
};

export interface PublishDeps extends ProgressDeps {
  /** Where files are kept; without it, in the database. */
  readonly objects?: ObjectStorage | null;
}

/** 添付 that the decided version names, byte for byte. @throws Error where one is not what it names */
const attachedTo = async (
  { db, objects = null }: PublishDeps,
  { files = [] }: ReportDocument,
): Promise<readonly RenderedFile[]> => {
  const attached: RenderedFile[] = [];
  for (const { name, file, sha256 } of files) {
    const stored = await storedFile(db, file);
    if (stored?.ref.hash !== sha256) throw never(`file ${file} is not the one that the version names`);
    const pieces: Uint8Array[] = [];
    for await (const piece of fileBytes({ db, objects }, stored)) pieces.push(piece);
    attached.push({ name, mediaType: "application/octet-stream", bytes: Buffer.concat(pieces) });
  }
  return attached;
};

/**
 * Renders the decided version and nothing else to every published form, and stores them in one transaction. The
 * same version and now give the same bytes; repeated, it changes nothing.
 */
export const publishActivities = (deps: PublishDeps): Pick<Activities, "publishVersion"> => ({
  publishVersion: async ({ cycle, now, hash }) => {
    const { db } = deps;
    const comeTo = makeProgress(deps, { cycle, work: "publish", steps: STEPS });
    await comeTo(0);
    const { document, ...decided } = await decidedVersion(db, cycle, hash);
    const facts = { sha256: hash, classification: PUBLIC, ...decided, createdAt: now };
    let [made, told] = [0, Promise.resolve()];
    const attached = await attachedTo(deps, document);
    const onForm = (): void => {
      const step = (made += 1);
      // In order; one that can't be kept is made up for by the next.
      told = told.then(() => comeTo(step)).catch(() => undefined);
    };
    const files = await renderAll(document, facts, { attached, onForm });
    await told;
    await db.transaction((tx) => storePublications(tx, { cycle, version: hash, publishedAt: now, files }));
    await comeTo(STEPS.length);
    return { files: files.length };
  },
});
