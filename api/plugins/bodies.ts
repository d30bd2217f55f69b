import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Gate } from "../files/gate.ts";
import { parseStrictJson } from "../json.ts";
import { ProblemError } from "../problems.ts";
import { FILE_LIMIT_BYTES, type Filled } from "../workbook/opening.ts";

const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;

const charsetOf = ({ headers }: FastifyRequest): string | undefined =>
  CHARSET.exec(headers["content-type"] ?? "")?.[1]?.toLowerCase();

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
export const CSV = "text/csv";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Takes a file for its body, and nothing else. */
    readonly takesFile?: boolean;
    /** Takes a file beside the fields of a form (multipart/form-data), which the route reads itself. */
    readonly takesEvidence?: boolean;
  }
}

/** Where a file is no answer, its type is as unknown as any other; nothing looks into it here. */
const readFiles = (app: FastifyInstance): void => {
  for (const [type, kind] of [
    [XLSX, "xlsx"],
    [CSV, "csv"],
  ] as const)
    app.addContentTypeParser(
      type,
      { parseAs: "buffer", bodyLimit: FILE_LIMIT_BYTES },
      async (request: FastifyRequest, bytes: Buffer): Promise<Filled> => {
        if (request.routeOptions.config.takesFile !== true) throw new ProblemError("unsupported-media-type");
        return { kind, charset: charsetOf(request), bytes };
      },
    );
};

/** Read from the stream by who takes it: nothing of it is ever in memory as a whole. */
const leaveEvidence = (app: FastifyInstance): void => {
  app.addContentTypeParser("multipart/form-data", async (request: FastifyRequest) => {
    if (request.routeOptions.config.takesEvidence !== true) throw new ProblemError("unsupported-media-type");
  });
};

/** Of what brings files only so many are read at a time. */
const oneByOne = (app: FastifyInstance, gate: Gate): void => {
  app.addHook("preParsing", async ({ routeOptions: { config }, raw }, reply, payload) => {
    if (config.takesFile !== true && config.takesEvidence !== true) return payload;
    const leave = await gate.enter();
    const { socket } = raw;
    const end = (): void => {
      // A connection outlives what is sent on it.
      socket.off("close", end);
      leave();
    };
    socket.once("close", end);
    reply.raw.once("close", end);
    reply.raw.once("finish", end);
    return payload;
  });
};

/** In this scope a body is strict JSON in UTF-8, or it is refused: nothing is guessed, rewritten or dropped. Only a form is a file. */
export const readStrictBodies = (app: FastifyInstance, uploads: Gate): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: Buffer) => {
      if ((charsetOf(request) ?? "utf-8") !== "utf-8") throw new ProblemError("unsupported-charset");
      try {
        return parseStrictJson(body);
      } catch {
        throw new ProblemError("malformed-body");
      }
    },
  );
  readFiles(app);
  leaveEvidence(app);
  oneByOne(app, uploads);
};
