import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform, type Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import type { FastifyRequest } from "fastify";
import { sha256, type Sha256 } from "../../domain/ids.ts";
import { ProblemError } from "../problems.ts";

/** A file that was sent, on the disk until its form is dealt with. */
export interface SpooledFile {
  readonly field: string;
  /** As it was sent: never used as a path. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly hash: Sha256;
  /** The rest was not kept. */
  readonly isCut: boolean;
}
/** multipart/form-data (RFC 7578): texts and files, by name. */
export interface SpooledForm {
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Of fields in which one was chosen. */
  readonly files: readonly SpooledFile[];
}
export interface SpoolLimits {
  readonly fileBytes: number;
  readonly files: number;
}
/** A form has a place for a file with each of its items, and most stay empty. */
const PLACES_LIMIT = 1_000;
/** What is too large is passed over up to here, so that its sender is told so and keeps the rest of his form. */
const SENT_LIMIT_BYTES = 200 * 2 ** 20;
interface Sent {
  readonly headers: FastifyRequest["headers"];
  readonly body: Readable;
}

/** The texts beside files: a page for each of a thousand items. */
const FIELD_LIMIT_BYTES = 400_000;
const FIELDS_LIMIT = 20_000;
const TEXTS_LIMIT_BYTES = 4 * 2 ** 20;

const malformed = (): ProblemError => new ProblemError("malformed-body");

const busboyOf = ({ headers }: Sent, { fileBytes }: SpoolLimits) => {
  const type = headers["content-type"];
  try {
    return new Busboy({
      headers: { ...headers, "content-type": type ?? "" },
      preservePath: true,
      limits: {
        fieldSize: FIELD_LIMIT_BYTES,
        fields: FIELDS_LIMIT,
        // One byte more than fits tells a file that fits exactly from one that does not.
        fileSize: fileBytes + 1,
        files: PLACES_LIMIT,
        headerPairs: 20,
      },
    });
  } catch {
    throw malformed();
  }
};

interface Taking {
  readonly folder: string;
  readonly limits: SpoolLimits;
}

const takeFile = async (
  stream: Readable,
  { field, name, at, taking }: { field: string; name: string; at: number; taking: Taking },
): Promise<SpooledFile> => {
  const path = join(taking.folder, String(at));
  const sum = createHash("sha256");
  let size = 0;
  const measure = new Transform({
    transform(piece: Buffer, _encoding, go) {
      size += piece.length;
      sum.update(piece);
      go(null, piece);
    },
  });
  await pipeline(stream, measure, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  const isCut = size > taking.limits.fileBytes;
  return { field, name, path, size, hash: sha256(sum.digest("hex")), isCut };
};

/** Ends with the first thing that is wrong, and never by leaving half a form standing. */
const take = async (sent: Sent, taking: Taking): Promise<SpooledForm> => {
  const busboy = busboyOf(sent, taking.limits);
  const fields: Record<string, string[]> = {};
  const files: Promise<SpooledFile>[] = [];
  const streams: Readable[] = [];
  let texts = 0;
  let sentBytes = 0;
  const refuse = (error: Error): void => void busboy.destroy(error);
  busboy.on("field", (name, value, _nameCut, isCut) => {
    texts += value.length;
    if (isCut || texts > TEXTS_LIMIT_BYTES) refuse(new ProblemError("too-large"));
    else if (name !== "__proto__") (fields[name] ??= []).push(value);
  });
  busboy.on("file", (field, stream, name) => {
    // Where none was chosen a browser sends an empty one without a name.
    if (name === undefined || name === "") return void stream.resume();
    if (files.length >= taking.limits.files) return refuse(new ProblemError("too-large"));
    streams.push(stream);
    const file = takeFile(stream, { field, name, at: files.length, taking });
    file.catch(refuse);
    files.push(file);
  });
  busboy.on("filesLimit", () => refuse(new ProblemError("too-large")));
  busboy.on("fieldsLimit", () => refuse(new ProblemError("too-large")));
  sent.body.on("data", (piece: Buffer) => {
    sentBytes += piece.length;
    if (sentBytes > SENT_LIMIT_BYTES) refuse(new ProblemError("too-large"));
  });
  // What is still on its way when the form is refused is not read any further.
  sent.body.once("aborted", () => refuse(malformed()));
  sent.body.once("close", () => {
    if (!sent.body.readableEnded) refuse(malformed());
  });
  sent.body.pipe(busboy);
  try {
    await finished(busboy, { readable: false });
    return { fields, files: await Promise.all(files) };
  } catch (error) {
    sent.body.unpipe(busboy);
    // A file whose rest never comes would be waited for without end.
    for (const stream of streams) stream.destroy();
    await Promise.allSettled(files);
    throw error instanceof ProblemError ? error : malformed();
  }
};

/**
 * A form with files, on the disk until it is disposed of; if it can't be read, nothing is left there. No file is ever
 * held in memory. @throws ProblemError `malformed-body`, `too-large`
 */
export const spool = async (
  sent: Sent,
  limits: SpoolLimits,
): Promise<{ readonly form: SpooledForm; readonly dispose: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), `nenrin-upload-${process.pid}-`));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    return { form: await take(sent, { folder, limits }), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};

/** As `spool`, for as long as `work` takes. */
export const withSpooled = async <Value>(
  sent: Sent,
  limits: SpoolLimits,
  work: (form: SpooledForm) => Promise<Value>,
): Promise<Value> => {
  const { form, dispose } = await spool(sent, limits);
  try {
    return await work(form);
  } finally {
    await dispose();
  }
};
