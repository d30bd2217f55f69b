import type { FastifyInstance, FastifyRequest } from "fastify";
import { parseStrictJson } from "../json.ts";
import { ProblemError } from "../problems.ts";

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

/** In this scope a body is strict JSON in UTF-8, or it is refused: nothing is guessed, rewritten or dropped. */
export const readStrictBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: Buffer) => {
      const charset = CHARSET.exec(request.headers["content-type"] ?? "")?.[1] ?? "utf-8";
      if (charset.toLowerCase() !== "utf-8") throw new ProblemError("unsupported-charset");
      try {
        return parseStrictJson(body);
      } catch {
        throw new ProblemError("malformed-body");
      }
    },
  );
};
