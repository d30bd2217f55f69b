import type { FastifyInstance, FastifyRequest } from "fastify";
import { ProblemError } from "./problems.ts";
import { FILE_LIMIT_BYTES, type Filled } from "./workbook/opening.ts";

/** The fields beside a file are few and short. */
const FIELDS_LIMIT_BYTES = 64 * 2 ** 10;

/** A file that was chosen; null for a field in which none was. */
const fileOf = async (file: File): Promise<Filled | null> => {
  if (file.name === "" && file.size === 0) return null;
  const kind = file.name.toLowerCase().endsWith(".csv") ? "csv" : "xlsx";
  return { kind, bytes: new Uint8Array(await file.arrayBuffer()) };
};

/** multipart/form-data (RFC 7578), as Node.js itself reads it: by name, texts and files. */
const partsOf = async (type: string, body: Buffer): Promise<Readonly<Record<string, unknown>>> => {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const entries = [...form].map(async ([name, value]) => [
      name,
      typeof value === "string" ? value : await fileOf(value),
    ]);
    return Object.fromEntries(await Promise.all(entries));
  } catch (error) {
    if (error instanceof TypeError) throw new ProblemError("malformed-body");
    throw error;
  }
};

/** In this scope a form may bring a file along. */
export const readMultipart = (app: FastifyInstance): void => {
  app.addContentTypeParser(
    "multipart/form-data",
    { parseAs: "buffer", bodyLimit: FILE_LIMIT_BYTES + FIELDS_LIMIT_BYTES },
    async (request: FastifyRequest, body: Buffer) => partsOf(request.headers["content-type"] ?? "", body),
  );
};

const isFilled = (value: unknown): value is Filled =>
  typeof value === "object" && value !== null && "bytes" in value && value.bytes instanceof Uint8Array;

/** The one file a form brought along; undefined where it brought none. */
export const fileIn = (body: unknown): Filled | undefined =>
  typeof body === "object" && body !== null ? Object.values(body).find(isFilled) : undefined;
