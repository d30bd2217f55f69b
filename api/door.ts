import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { SpooledFile } from "./files/spool.ts";
import { FORM_HEADER, sentFormToken } from "./plugins/actor.ts";
import { CSV, XLSX } from "./plugins/bodies.ts";
import type { Mistake, Problem } from "./problems.ts";
import type { Filled } from "./workbook/opening.ts";

/** A change as a caller of the API would ask for it. */
export interface Call {
  /** Below /api/v1. */
  readonly path: string;
  readonly body: object | FileBody;
  readonly ifMatch?: string;
}
/** A file instead of JSON. */
interface FileBody {
  readonly file: Filled;
}
export type Answer =
  /** `told` is the whole answer. */
  | { readonly is: "done" | "stored"; readonly act: string; readonly told: unknown }
  | { readonly is: "refused"; readonly problem: Refusal };
/** As much of a problem as a screen says. */
export type Refusal = Pick<Problem, "title" | "status" | "detail"> & {
  readonly code: string;
  readonly errors?: readonly Mistake[] | undefined;
};

/** Knocks for whoever sent `request`, with the key by which a call counts once. */
export type Door = (request: FastifyRequest, call: Call, key: string) => Promise<Answer>;

/** A file of a form, and what is said of it. */
export interface Attachable {
  /** Below /api/v1. */
  readonly path: string;
  readonly beside: Readonly<Record<string, readonly string[]>>;
  readonly file: Pick<SpooledFile, "name" | "path" | "hash">;
}
export type Attach = (
  request: FastifyRequest,
  attachable: Attachable,
) => Promise<
  | { readonly is: "kept"; readonly file: string; readonly sha256: string; readonly name: string }
  | { readonly is: "refused"; readonly problem: Refusal }
>;

/** What is no act has no receipt. */
const Accepted = z.object({ act: z.string().default("") });
const Kept = z.object({ file: z.string(), sha256: z.string(), name: z.string() });
const Refused = z.object({
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});

/** What says who asks, and from which site: the API judges it as it would judge the browser. */
const broughtAlong = ["cookie", "sec-fetch-site", "origin"] as const;

const broughtBy = (request: FastifyRequest): Record<string, string | string[]> => ({
  ...Object.fromEntries(
    broughtAlong.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ),
  [FORM_HEADER]: sentFormToken(request),
});

const isFile = (body: Call["body"]): body is FileBody => "file" in body;
const sentAs = (body: Call["body"]) =>
  isFile(body)
    ? {
        headers: { "content-type": body.file.kind === "csv" ? CSV : XLSX },
        payload: Buffer.from(body.file.bytes),
      }
    : { headers: {}, payload: body };

/**
 * A form has no rules of its own. What it says goes, in this process, through the API's door like any other call:
 * one authorisation, one schema, one mapping from body to act, one set of refusals.
 */
export const makeDoor =
  (app: FastifyInstance): Door =>
  async (request, { path, body, ifMatch }, key) => {
    const sent = sentAs(body);
    const response = await app.inject({
      method: "POST",
      url: `/api/v1${path}`,
      headers: {
        ...broughtBy(request),
        ...sent.headers,
        "idempotency-key": key,
        ...(ifMatch !== undefined && { "if-match": ifMatch }),
      },
      payload: sent.payload,
    });
    if (response.statusCode >= 400) return { is: "refused", problem: Refused.parse(response.json()) };
    const told: unknown = response.json();
    return { is: response.statusCode === 202 ? "stored" : "done", ...Accepted.parse(told), told };
  };

/** A name in a multipart header, as browsers write it (HTML, multipart/form-data encoding algorithm). */
const quoted = (name: string): string =>
  name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");

const partsOf = async function* (boundary: string, { beside, file }: Attachable): AsyncGenerator<Buffer> {
  const head = (rest: string): Buffer =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${rest}\r\n\r\n`);
  for (const [name, values] of Object.entries(beside))
    for (const value of values) yield Buffer.concat([head(`name="${name}"`), Buffer.from(`${value}\r\n`)]);
  yield head(`name="file"; filename="${quoted(file.name)}"`);
  for await (const piece of createReadStream(file.path)) yield Buffer.from(piece);
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
};

/** A form's file through the API's door: the checks are those of any caller. */
export const makeAttach =
  (app: FastifyInstance): Attach =>
  async (request, attachable) => {
    const boundary = `nenrin-${randomUUID()}`;
    const response = await app.inject({
      method: "POST",
      url: `/api/v1${attachable.path}`,
      headers: {
        ...broughtBy(request),
        "content-type": `multipart/form-data; boundary=${boundary}`,
        "idempotency-key": attachable.file.hash,
      },
      payload: Readable.from(partsOf(boundary, attachable)),
    });
    if (response.statusCode >= 400) return { is: "refused", problem: Refused.parse(response.json()) };
    return { is: "kept", ...Kept.parse(response.json()) };
  };
