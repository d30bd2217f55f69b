import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
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
  | { readonly is: "done" | "stored"; readonly act: string }
  | { readonly is: "refused"; readonly problem: Refusal };
/** As much of a problem as a screen says. */
export type Refusal = Pick<Problem, "title" | "status" | "detail"> & {
  readonly code: string;
  readonly errors?: readonly Mistake[] | undefined;
};

/** Knocks for whoever sent `request`, with the key by which a call counts once. */
export type Door = (request: FastifyRequest, call: Call, key: string) => Promise<Answer>;

const Accepted = z.object({ act: z.string() });
const Refused = z.object({
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});

/** What says who asks, and from which site: the API judges it as it would judge the browser. */
const broughtAlong = ["cookie", "authorization", "sec-fetch-site", "origin"] as const;

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
    const { headers } = request;
    const brought = Object.fromEntries(
      broughtAlong.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    );
    const sent = sentAs(body);
    const response = await app.inject({
      method: "POST",
      url: `/api/v1${path}`,
      headers: {
        ...brought,
        ...sent.headers,
        [FORM_HEADER]: sentFormToken(request),
        "idempotency-key": key,
        ...(ifMatch !== undefined && { "if-match": ifMatch }),
      },
      payload: sent.payload,
    });
    if (response.statusCode >= 400) return { is: "refused", problem: Refused.parse(response.json()) };
    return { is: response.statusCode === 202 ? "stored" : "done", ...Accepted.parse(response.json()) };
  };
