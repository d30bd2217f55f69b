import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { inJapanese } from "../in-japanese.ts";
import { safeHeaders } from "./headers.ts";
import { ProblemError, problemOf, type Mistake, type Problem, type ProblemCode } from "../problems.ts";

const PROBLEM_JSON = "application/problem+json; charset=utf-8";

export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply =>
  reply.code(problem.status).type(PROBLEM_JSON).send(JSON.stringify(problem));

/** A part of a request did not fit its schema. */
class UnfitError extends Error {
  override readonly name = "UnfitError";
  readonly mistakes: readonly Mistake[];
  constructor(mistakes: readonly Mistake[]) {
    super("a part of the request does not fit its schema");
    this.mistakes = mistakes;
  }
}

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Fastify's validator: zod's, telling in Japanese all that is wrong. */
export const fitting =
  (schema: z.ZodType) =>
  (value: unknown): { value: unknown } | { error: Error } => {
    const parsed = schema.safeParse(value, { error: inJapanese });
    if (parsed.success) return { value: parsed.data };
    return {
      error: new UnfitError(
        parsed.error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), message })),
      ),
    };
  };

/** A path that cannot name anything names nothing. */
const unfit: Readonly<Record<string, ProblemCode>> = {
  params: "not-found",
  querystring: "invalid-query",
  headers: "key-missing",
  body: "invalid-body",
};

const byStatus: Readonly<Record<number, ProblemCode>> = {
  404: "not-found",
  413: "too-large",
  414: "not-found",
  415: "unsupported-media-type",
  503: "engine-silent",
};

/** What is not ours to explain to a caller, by its status; whatever has none is our own fault. */
const codeOf = ({ statusCode = 500 }: FastifyError): ProblemCode =>
  byStatus[statusCode] ?? (statusCode < 500 ? "malformed-body" : "internal");

const problemFor = (error: FastifyError): Problem => {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof UnfitError) {
    const code = unfit[error.validationContext ?? "body"] ?? "invalid-body";
    return code === "not-found" ? problemOf(code) : problemOf(code, { errors: error.mistakes });
  }
  return problemOf(codeOf(error));
};

/** Every answer that is not a success says what went wrong and what to do, and nothing about the inside (RFC 9457). */
export const answerProblems = (app: FastifyInstance): void => {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemFor(error);
    if (problem.status >= 500) request.log.error({ err: error }, problem.code);
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problemOf("not-found")));
};

/** An address that is none: no route takes it, so no hook sees it, and its answer says itself what every answer says. */
export const answerUnroutable =
  (publicUrl: string) =>
  (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    sendProblem(reply.headers({ ...safeHeaders(publicUrl), "cache-control": "no-store" }), problemFor(error));
  };
