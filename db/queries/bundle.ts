import { asc, eq, sql } from "drizzle-orm";
import { canonicalJson } from "../../domain/canonical.ts";
import { groupedBy } from "../../domain/grouped.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { Instant } from "../../domain/time.ts";
import { leafOf } from "../chain.ts";
import type { Db, Tx } from "../client.ts";
import { auditHead, checkpoints, histories } from "../schema/audit.ts";
import { answerFiles, files } from "../schema/file.ts";
import { answers, requests } from "../schema/request.ts";
import { publications, versions } from "../schema/report.ts";
import { recordOf, type StoredEvent } from "./audit.ts";
import type { Checkpoint } from "./checkpoints.ts";
import { historiesOf, type KeptHistory } from "./histories.ts";
import { projectionsOf, type Projections } from "./projections.ts";

/** All of the record that proves one cycle, as it is at one moment. */
export interface RecordedBundle {
  /** Database's clock, and never before the last event. */
  readonly at: Instant;
  readonly size: number;
  /** One line of RFC 8785 JSON for each event of the record, of all cycles: a chain with holes proves nothing. */
  readonly entries: string;
  readonly checkpoints: readonly Checkpoint[];
  readonly projections: Projections;
  readonly histories: readonly KeptHistory[];
  readonly versions: readonly { readonly number: number; readonly hash: Sha256 }[];
  readonly publications: readonly {
    readonly name: string;
    readonly hash: Sha256;
    readonly version: Sha256;
  }[];
  /** 添付, and the answer (by its hash, which covers the file's) that names it. */
  readonly files: readonly {
    readonly item: string;
    readonly answer: Sha256;
    readonly name: string;
    readonly version: number;
    readonly hash: Sha256;
  }[];
}

const saidOf = (words: unknown, salt: string | null): object | null =>
  salt === null ? null : { salt, words };

/** The leaf as it is in the chain, and beside it what its seals stand for. */
const lineOf = (event: StoredEvent): string => {
  const { self, reason, reasonSalt, result, resultSalt } = event;
  const said = { reason: saidOf(reason, reasonSalt), result: saidOf(result, resultSalt) };
  const leaf: unknown = JSON.parse(leafOf(event));
  return `${canonicalJson({ leaf, said, self })}\n`;
};

const entriesOf = async (tx: Tx): Promise<{ readonly size: number; readonly entries: string }> => {
  const lines: string[] = [];
  for await (const events of recordOf(tx)) lines.push(...events.map(lineOf));
  return { size: lines.length, entries: lines.join("") };
};

const clockOf = async (tx: Tx): Promise<Instant> => {
  const [read] = await tx
    .select({ at: sql`greatest(${auditHead.recordedAt}, clock_timestamp())`.mapWith(auditHead.recordedAt) })
    .from(auditHead);
  if (read === undefined) throw new Error("the audit chain has no head: run the migrations");
  return read.at;
};

const namedFiles = (tx: Tx, cycle: CycleKey): Promise<RecordedBundle["files"][number][]> =>
  tx
    .select({
      item: answers.item,
      answer: answers.hash,
      name: files.name,
      version: files.version,
      hash: files.hash,
    })
    .from(answerFiles)
    .innerJoin(files, eq(files.id, answerFiles.file))
    .innerJoin(answers, eq(answers.content, answerFiles.content))
    .innerJoin(requests, eq(requests.id, files.request))
    .where(eq(requests.cycle, cycle))
    .orderBy(asc(answers.item), asc(answers.version), asc(files.name), asc(files.version));

export const bundleOf = (db: Db, cycle: CycleKey): Promise<RecordedBundle> =>
  db.transaction(
    async (tx) => {
      const { name, hash, version } = publications;
      return {
        ...(await entriesOf(tx)),
        at: await clockOf(tx),
        checkpoints: await tx.select().from(checkpoints).orderBy(asc(checkpoints.size)),
        projections: await projectionsOf(tx, cycle),
        histories: await historiesOf(tx, cycle),
        versions: await tx
          .select({ number: versions.number, hash: versions.hash })
          .from(versions)
          .where(eq(versions.cycle, cycle))
          .orderBy(asc(versions.number)),
        publications: await tx
          .select({ name, hash, version })
          .from(publications)
          .where(eq(publications.cycle, cycle))
          .orderBy(asc(name)),
        files: await namedFiles(tx, cycle),
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );

/** Workflow runs of the cycle whose history is kept, by workflow. */
export const keptRunsOf = async (
  db: Db,
  cycle: CycleKey,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const { workflow, run } = histories;
  const rows = await db.select({ workflow, run }).from(histories).where(eq(histories.cycle, cycle));
  const runsOf = groupedBy(rows, (row) => row.workflow);
  return new Map([...runsOf].map(([name, kept]) => [name, new Set(kept.map((row) => row.run))]));
};
