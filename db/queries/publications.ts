import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import type { Db, Tx } from "../client.ts";
import { decisions } from "../schema/cycle.ts";
import { publications } from "../schema/report.ts";

/** A published file without its bytes. */
export interface Publication {
  readonly name: string;
  readonly mediaType: string;
  /** SHA-256 of the bytes. */
  readonly hash: Sha256;
  /** The decided version it renders. */
  readonly version: Sha256;
  readonly size: number;
  /** The cycle's now. */
  readonly publishedAt: Instant;
}

const described = {
  name: publications.name,
  mediaType: publications.mediaType,
  hash: publications.hash,
  version: publications.version,
  size: sql`octet_length(${publications.bytes})`.mapWith(Number),
  publishedAt: publications.publishedAt,
};

/** What was published, by name; empty before the publication. */
export const publicationsOf = (db: Db | Tx, cycle: CycleKey): Promise<Publication[]> =>
  db
    .select(described)
    .from(publications)
    .where(eq(publications.cycle, cycle))
    .orderBy(asc(publications.name));

export type PublishedFile = Publication & { readonly bytes: Uint8Array };

export const publicationOf = async (
  db: Db | Tx,
  { cycle, name }: { readonly cycle: CycleKey; readonly name: string },
): Promise<PublishedFile | undefined> => {
  const [file] = await db
    .select({ ...described, bytes: publications.bytes })
    .from(publications)
    .where(and(eq(publications.cycle, cycle), eq(publications.name, name)));
  return file;
};

export type ReportDecision = Pick<
  typeof decisions.$inferSelect,
  "hash" | "outcome" | "meeting" | "number" | "heldOn" | "body" | "reason" | "mark"
>;

/** 本部決定: the last on the report, undefined before the first. */
export const reportDecision = async (db: Db | Tx, cycle: CycleKey): Promise<ReportDecision | undefined> => {
  const { hash, outcome, meeting, number, heldOn, body, reason, mark } = decisions;
  const [last] = await db
    .select({ hash, outcome, meeting, number, heldOn, body, reason, mark })
    .from(decisions)
    .where(and(eq(decisions.cycle, cycle), eq(decisions.subject, "report")))
    .orderBy(desc(decisions.id))
    .limit(1);
  return last;
};
