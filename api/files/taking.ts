import { openAsBlob } from "node:fs";
import { storeFile, type Storage } from "../../db/files.ts";
import { FILE_SIZE_LIMIT_BYTES, type FileRef } from "../../domain/file.ts";
import { fileFaultTexts, kindOfName, type FileFault } from "../../domain/file-name.ts";
import type { PersonId } from "../../domain/ids.ts";
import type { Labels } from "../../domain/labels.ts";
import type { Instant } from "../../domain/time.ts";
import { ProblemError } from "../problems.ts";
import { checkContent } from "./content.ts";
import { EvidenceFault } from "./fault.ts";
import type { SpooledFile } from "./spool.ts";

export const EVIDENCE_LIMITS = { fileBytes: FILE_SIZE_LIMIT_BYTES, files: 1 } as const;

const refusing = (name: string, fault: FileFault): ProblemError =>
  new ProblemError("evidence-refused", {
    errors: [{ pointer: "/file", message: `「${shown(name)}」：${fileFaultTexts[fault]}` }],
  });

/** A name that is refused for its letters is shown without them. */
const shown = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, "□").slice(0, 80);

const checked = async ({ name, path, size, isCut }: SpooledFile): Promise<void> => {
  const named = kindOfName(name);
  if ("fault" in named) throw refusing(name, named.fault);
  if (isCut) throw refusing(name, "too-large");
  if (size === 0) throw refusing(name, "empty");
  try {
    await checkContent(path, named.kind);
  } catch (error) {
    if (error instanceof EvidenceFault) throw refusing(name, error.fault);
    throw error;
  }
};

/** What a file is stored with. */
export interface Taking {
  readonly request: string;
  readonly item: string;
  readonly labels: Labels;
  readonly storedBy: PersonId;
  /** Wall clock. */
  readonly storedAt: Instant;
}

/** Stored if nothing is against it. @throws ProblemError `evidence-refused` with the reason: then nothing is stored */
export const takeFile = async (storage: Storage, file: SpooledFile, taking: Taking): Promise<FileRef> => {
  await checked(file);
  const name = file.name.normalize("NFC");
  const bytes = await openAsBlob(file.path);
  return storeFile(storage, { ...taking, name, bytes, hash: file.hash });
};
