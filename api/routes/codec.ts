import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { JsonPayload } from "../../codec/json-payloads.ts";
import { judge } from "../../domain/policy.ts";
import type { SessionOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";

export interface CodecDeps {
  /** As they were before they were encrypted. @throws Error for a key that is not there, or changed bytes */
  readonly decode: (payloads: readonly JsonPayload[]) => Promise<readonly JsonPayload[]>;
  readonly sessionOf: SessionOf;
  /** Whose pages may ask: the Temporal UI's, and no other's; null if there is none. */
  readonly uiOrigin: string | null;
  /** In the embedded mode whoever is on this machine reads everything. */
  readonly openToAll: boolean;
}

/** A payload has 2 MB at most, which base64 makes 2.7. */
const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const PREFLIGHT_SECONDS = "600";

const Body = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), z.string()).default({}), data: z.string().default("") }))
    .max(1_000),
});

/** A page that is not the UI's gets nothing; what is no page (a command line) says no origin. */
const letPageIn = ({ headers: { origin } }: FastifyRequest, reply: FastifyReply, ui: string | null): void => {
  reply.header("vary", "origin");
  if (origin === undefined) return;
  if (origin !== ui) throw new ProblemError("cross-site");
  reply.headers({
    "access-control-allow-origin": ui,
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type, x-namespace",
    "access-control-max-age": PREFLIGHT_SECONDS,
  });
};

/** Whoever may read the histories on our own pages. The admin may not: what people wrote is no affair of his. */
const letReaderIn = async (request: FastifyRequest, { sessionOf, openToAll }: CodecDeps): Promise<void> => {
  if (openToAll) return;
  const session = await sessionOf(request);
  if (session === null) throw new ProblemError("not-signed-in");
  if (judge(session.actor.role, "histories", "open") !== "allowed") throw new ProblemError("forbidden");
};

/**
 * `POST /codec/decode`: Temporal's remote codec, by which its UI shows arguments, results and summaries as they are. The
 * browser of whoever reads brings the session's cookie along; nothing is changed, so that no form's token is asked for.
 * There is no `/encode`: the UI starts nothing here. Summaries are encrypted as all else is: the SDK hands the codec
 * bytes and never says what they are, and a summary may say an act's reason.
 */
export const codecRoutes =
  (deps: CodecDeps): FastifyPluginAsync =>
  async (app) => {
    app.options("/codec/decode", async (request, reply) => {
      letPageIn(request, reply, deps.uiOrigin);
      return reply.code(204).send();
    });
    app.post("/codec/decode", { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      letPageIn(request, reply, deps.uiOrigin);
      await letReaderIn(request, deps);
      const body = Body.safeParse(request.body);
      if (!body.success) throw new ProblemError("invalid-body");
      const payloads = await deps.decode(body.data.payloads).catch(() => null);
      if (payloads === null) throw new ProblemError("invalid-body");
      return { payloads };
    });
  };
