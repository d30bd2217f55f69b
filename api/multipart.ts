import { readFile } from "node:fs/promises";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { FILE_SIZE_LIMIT_BYTES } from "../domain/file.ts";
import { makeGate, UPLOADS } from "./files/gate.ts";
import { spool, type SpooledFile, type SpooledForm, type SpoolLimits } from "./files/spool.ts";
import { ProblemError } from "./problems.ts";
import { FILE_LIMIT_BYTES, type Filled } from "./workbook/opening.ts";

/** What a form of a screen may bring along: 調査票 in place of an answer, or 添付 beside answers. */
export type Brings = "form" | "evidence";

declare module "fastify" {
  interface FastifyContextConfig {
    readonly brings?: Brings | undefined;
  }
}

const FILES_ON_FORM = 10;
const limitsOf = (brings: Brings | undefined): SpoolLimits =>
  brings === "evidence"
    ? { fileBytes: FILE_SIZE_LIMIT_BYTES, files: FILES_ON_FORM }
    : { fileBytes: FILE_LIMIT_BYTES, files: 1 };

const brought = new WeakMap<FastifyRequest, SpooledForm>();

/** By name: one text, or all of them where a form has several of one name. */
const bodyOf = ({ fields }: SpooledForm): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );

/** In this scope a form may bring files along: they lie on the disk until it is answered, and are then gone. */
export const readMultipart = (app: FastifyInstance): void => {
  const gate = makeGate(UPLOADS);
  app.addHook("preParsing", async (request, reply, payload) => {
    if (!/^multipart\//i.test(request.headers["content-type"] ?? "")) return payload;
    const leave = await gate.enter();
    request.raw.socket.once("close", leave);
    reply.raw.once("close", leave);
    reply.raw.once("finish", leave);
    return payload;
  });
  app.addContentTypeParser("multipart/form-data", async (request: FastifyRequest) => {
    const sent = { headers: request.headers, body: request.raw };
    const { form, dispose } = await spool(sent, limitsOf(request.routeOptions.config.brings));
    brought.set(request, form);
    // What cannot be removed now goes with the machine's temporary files.
    disposals.set(request, () => void dispose().catch(() => undefined));
    return bodyOf(form);
  });
  app.addHook("onResponse", async (request) => disposals.get(request)?.());
  app.addHook("onRequestAbort", async (request) => disposals.get(request)?.());
};
const disposals = new WeakMap<FastifyRequest, () => void>();

/** Files that the form brought along, of fields in which one was chosen. */
export const filesIn = (request: FastifyRequest): readonly SpooledFile[] => brought.get(request)?.files ?? [];

/** The one file that takes an answer's place; undefined where it brought none. @throws ProblemError `too-large` */
export const filledIn = async (request: FastifyRequest): Promise<Filled | undefined> => {
  const [file] = filesIn(request);
  if (file === undefined) return undefined;
  if (file.isCut) throw new ProblemError("too-large");
  const kind = file.name.toLowerCase().endsWith(".csv") ? "csv" : "xlsx";
  return { kind, bytes: await readFile(file.path) };
};
