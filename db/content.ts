import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { ActingRole, ContentRef } from "../domain/acts.ts";
import type { AnswerValue } from "../domain/answer-value.ts";
import { canonicalJson } from "../domain/canonical.ts";
import type { ReportDocument } from "../domain/document.ts";
import { draftWith, isEmptyDraft, type DraftFields } from "../domain/draft.ts";
import type { Evidence } from "../domain/report-record.ts";
import type { FileRef } from "../domain/file.ts";
import type { PersonId, Sha256 } from "../domain/ids.ts";
import type { AnswerLabels } from "../domain/labels.ts";
import type { Plan } from "../domain/plan.ts";
import type { Instant, PlainDate } from "../domain/time.ts";
import { sha256Of } from "./chain.ts";
import type { Db, Tx } from "./client.ts";
import { sessions } from "./schema/acts.ts";
import { contents, drafts } from "./schema/content.ts";
import { answerFiles } from "./schema/file.ts";

/** What people and the service write, by kind. Plain JSON; immutable once stored. */
export interface ContentBodies {
  plan: Plan;
  /** 実施方針. */
  policy: { readonly title: string; readonly text: string };
  answer: AnswerValue & {
    readonly number: number | null;
    readonly unit: string | null;
    readonly text: string;
    /** 格付け. Absent where the default holds. */
    readonly labels?: AnswerLabels;
    /** 添付. Absent where there are none. */
    readonly files?: readonly FileRef[];
  };
  comment: { readonly opinions: readonly Opinion[] };
  /** `questions`: what respondents are asked, where the method asks. */
  "survey-method": { readonly text: string; readonly questions?: readonly string[] };
  "survey-step": {
    readonly text: string;
    /** When it took place. */
    readonly on: PlainDate;
    readonly sources?: readonly DatedSource[];
  };
  "survey-scope": { readonly title: string; readonly scope: string };
  "survey-result": {
    readonly text: string;
    readonly limits: string;
    /** A key of the plan's grades. */
    readonly grade?: string;
    readonly value?: { readonly number: number; readonly unit: string };
    /** What it rests on. */
    readonly references?: readonly DatedSource[];
  };
  /** `rating` is a key of the plan's scale; the evidence is what the writer had before him. */
  evaluation: { readonly rating: string; readonly text: string; readonly evidence?: readonly Evidence[] };
  analysis: { readonly text: string; readonly inputs?: readonly Evidence[] };
  /** An empty text takes the section's edit back. */
  edit: { readonly text: string; readonly againstSource: string };
  version: ReportDocument;
}
export type ContentKind = keyof ContentBodies;

/** 出典: a document, a page, a conversation, with its date. */
export interface DatedSource {
  readonly title: string;
  readonly on: PlainDate;
}

/** 意見: on a section of the version consulted on, null for the whole. */
export interface Opinion {
  readonly section: string | null;
  readonly text: string;
  /** 修正文案. */
  readonly proposal: string | null;
}

/** Content with the reference it will have once it is stored: an act can name it before its row is there. */
export interface ContentDraft<Kind extends ContentKind = ContentKind> {
  readonly ref: ContentRef;
  readonly kind: Kind;
  readonly body: ContentBodies[Kind];
}

/** The hash is SHA-256 over the body's RFC 8785 form, so equal bodies have equal hashes. */
export const draftContent = <Kind extends ContentKind>(
  kind: Kind,
  body: ContentBodies[Kind],
): ContentDraft<Kind> => ({
  ref: { id: randomUUID(), hash: sha256Of(canonicalJson(body)) },
  kind,
  body,
});

interface Storing {
  /** A person, or `nenrin` where an activity composed it. */
  readonly storedBy: PersonId;
  /** Wall clock. */
  readonly storedAt: Instant;
}

/** Files that answers name, each a row that holds it there. */
const namedFiles = (drafts: readonly ContentDraft[]) =>
  drafts.flatMap(({ ref, body }) =>
    "number" in body && body.files !== undefined
      ? body.files.map(({ id }) => ({ content: ref.id, file: id }))
      : [],
  );

/** @throws a foreign key's error where an answer names a file that was taken back meanwhile */
export const storeDrafts = async (
  tx: Db | Tx,
  drafts: readonly ContentDraft[],
  storing: Storing,
): Promise<void> => {
  if (drafts.length === 0) return;
  await tx.insert(contents).values(drafts.map(({ ref, kind, body }) => ({ ...ref, kind, body, ...storing })));
  const named = namedFiles(drafts);
  if (named.length > 0) await tx.insert(answerFiles).values(named);
};

export interface NewContent<Kind extends ContentKind> extends Storing {
  readonly kind: Kind;
  readonly body: ContentBodies[Kind];
}

export const storeContent = async <Kind extends ContentKind>(
  tx: Db | Tx,
  { kind, body, ...storing }: NewContent<Kind>,
): Promise<ContentRef> => {
  const draft = draftContent(kind, body);
  await storeDrafts(tx, [draft], storing);
  return draft.ref;
};

/** A browser's session; of its secret only the hash is kept. Instants are wall clock. */
export interface SessionUse {
  readonly hash: Sha256;
  readonly now: Instant;
}

export const openSession = async (
  db: Db,
  { hash, now, person, role }: SessionUse & { readonly person: PersonId; readonly role: ActingRole },
): Promise<void> => {
  await db.insert(sessions).values({ hash, person, role, createdAt: now, usedAt: now });
};

const stillOpen = (hash: Sha256) => and(eq(sessions.hash, hash), isNull(sessions.endedAt));

export const useSession = async (db: Db, { hash, now }: SessionUse): Promise<void> => {
  await db.update(sessions).set({ usedAt: now }).where(stillOpen(hash));
};

/** For good. Nothing happens if there is no such session. */
export const endSession = async (db: Db, { hash, now }: SessionUse): Promise<void> => {
  await db.update(sessions).set({ endedAt: now }).where(stillOpen(hash));
};

/** Whose 下書き it is, and of which request's form. */
export interface WhichDraft {
  readonly person: PersonId;
  readonly request: string;
}

/**
 * What the form says of its items takes the place of what was kept of them; items of other pages stay as they were
 * kept. A draft in which nothing is done is none.
 */
export const saveDraft = async (
  db: Db,
  { person, request }: WhichDraft,
  { fields, savedAt }: { readonly fields: DraftFields; readonly savedAt: Instant },
): Promise<void> => {
  const one = and(eq(drafts.person, person), eq(drafts.request, request));
  await db.transaction(async (tx) => {
    // The row is there before it is locked: two first savings at once would not see each other.
    await tx.insert(drafts).values({ person, request, fields: {}, savedAt }).onConflictDoNothing();
    const [kept] = await tx.select({ fields: drafts.fields }).from(drafts).where(one).for("update");
    const left = draftWith(kept?.fields ?? {}, fields);
    if (isEmptyDraft(left)) await tx.delete(drafts).where(one);
    else
      await tx
        .insert(drafts)
        .values({ person, request, fields: left, savedAt })
        .onConflictDoUpdate({ target: [drafts.person, drafts.request], set: { fields: left, savedAt } });
  });
};

/** Nothing happens if there is none. */
export const dropDraft = async (db: Db, { person, request }: WhichDraft): Promise<void> => {
  await db.delete(drafts).where(and(eq(drafts.person, person), eq(drafts.request, request)));
};
