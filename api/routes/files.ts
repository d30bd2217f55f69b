import { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { fileBytes, takeBackFile } from "../../db/files.ts";
import { fileOf, filesOf, type StoredFile } from "../../db/queries/files.ts";
import { requestHistory } from "../../db/queries/request-history.ts";
import { fileEndings } from "../../domain/file-name.ts";
import { DEFAULT_CONFIDENTIALITY, handlings, labelsOf } from "../../domain/labels.ts";
import { access, keyHeader, refusals, type Desk, type Route } from "../acting.ts";
import { withSpooled, type SpooledForm } from "../files/spool.ts";
import { EVIDENCE_LIMITS, takeFile } from "../files/taking.ts";
import { takenLabel } from "../labels.ts";
import { actorOf } from "../plugins/actor.ts";
import { ProblemError } from "../problems.ts";
import { at, byId, contentId, id, listOf, sha } from "../schemas.ts";

const stored = z
  .object({
    file: z.string(),
    item: z.string(),
    name: z.string(),
    version: z.int(),
    size: z.int(),
    sha256: sha,
    confidentiality: z.int(),
    handling: listOf(z.string()),
  })
  .meta({ id: "File", description: "添付ファイル。file と sha256 を回答の files に書く" });
const listed = stored.extend({
  by: z.string(),
  at,
  named: z.boolean().meta({ description: "回答が示しているもの。取り消せない" }),
});

const replyOf = (item: string, { id: file, hash, handling = [], ...ref }: StoredFile["ref"]) => ({
  file,
  item,
  sha256: hash,
  handling: [...handling],
  ...ref,
});

const listFiles: Route = (app, { db }) => {
  app.get(
    "/requests/:id/files",
    {
      config: access("file", "request"),
      schema: {
        summary: "照会に添付されたファイルの一覧",
        params: byId,
        response: { 200: z.object({ files: listOf(listed) }), ...refusals },
      },
    },
    async (request) => ({
      files: (await filesOf(db, request.params.id)).map(({ item, ref, storedBy, storedAt, named }) => ({
        ...replyOf(item, ref),
        by: storedBy,
        at: storedAt,
        named,
      })),
    }),
  );
};

const beside = z.strictObject({
  item: z.tuple([id]).transform(([item]) => item),
  confidentiality: z
    .tuple([z.enum(["1", "2", "3"])])
    .transform(([said]) => Number(said))
    .exactOptional(),
  handling: z.array(z.enum(handlings)).exactOptional(),
});

/** The item is one of the request's that is still to be answered. */
const checkItem = async ({ db }: Desk, request: string, item: string): Promise<void> => {
  const history = await requestHistory(db, request);
  if (history === undefined || history.request.kind === "consultation") throw new ProblemError("no-form");
  if (!history.items.some((one) => one.id === item)) throw new ProblemError("unknown-item");
};

const take = async (desk: Desk, request: FastifyRequest, of: string, form: SpooledForm) => {
  const fields = beside.safeParse(form.fields);
  const [file] = form.files;
  if (!fields.success || file === undefined) throw new ProblemError("invalid-body");
  const { item, confidentiality, handling = [] } = fields.data;
  const labels = labelsOf(takenLabel(confidentiality ?? DEFAULT_CONFIDENTIALITY), handling);
  await checkItem(desk, of, item);
  const { person } = actorOf(request);
  const taking = { request: of, item, labels, storedBy: person, storedAt: desk.clock() };
  return replyOf(item, await takeFile(desk, file, taking));
};

const MULTIPART = /^multipart\/form-data\s*;/i;

const storeEvidence: Route = (app, desk) => {
  app.post(
    "/requests/:id/files",
    {
      config: { ...access("file.store", "request"), takesEvidence: true },
      schema: {
        summary: "照会項目にファイルを添付する",
        description:
          "multipart/form-data：item（照会項目のid）、file（20MB以下）、任意で confidentiality（1又は2）と handling。" +
          `受け付ける拡張子は ${fileEndings.join("、")}。同じ名前は次の版になる。回答の files に示すまでは取り消せる。`,
        consumes: ["multipart/form-data"],
        params: byId,
        headers: keyHeader,
        response: { 200: stored, ...refusals },
      },
    },
    async (request) => {
      if (!MULTIPART.test(request.headers["content-type"] ?? ""))
        throw new ProblemError("unsupported-media-type");
      const sent = { headers: request.headers, body: request.raw };
      return withSpooled(sent, EVIDENCE_LIMITS, (form) => take(desk, request, request.params.id, form));
    },
  );
};

const ofRequest = z.object({ id, file: contentId });

/** A file is handed over, not run: a browser that shows it gives it no rights at all. */
const getFile: Route = (app, desk) => {
  app.get(
    "/requests/:id/files/:file",
    {
      config: access("file", "file"),
      schema: {
        summary: "添付ファイル",
        params: ofRequest,
        response: {
          200: {
            description: "ファイルの内容",
            content: { "application/octet-stream": { schema: z.any() } },
          },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const found = await fileOf(desk.db, { request: request.params.id, id: request.params.file });
      if (found === undefined) throw new ProblemError("not-found");
      const { name, size, hash } = found.ref;
      return reply
        .type("application/octet-stream")
        .header("content-length", size)
        .header("etag", `"${hash}"`)
        .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .header("content-security-policy", "sandbox; default-src 'none'")
        .send(Readable.from(fileBytes(desk, found), { objectMode: false }));
    },
  );
};

const removeFile: Route = (app, desk) => {
  app.post(
    "/requests/:id/files/:file/removal",
    {
      config: access("file.take-back", "file"),
      schema: {
        summary: "回答に示していないファイルを取り消す",
        params: ofRequest,
        headers: keyHeader,
        response: { 200: z.object({ file: z.string() }), ...refusals },
      },
    },
    async (request) => {
      const { id: of, file } = request.params;
      switch (await takeBackFile(desk, { request: of, id: file })) {
        case "done":
          return { file };
        case "unknown":
          throw new ProblemError("not-found");
        case "in-use":
          throw new ProblemError("file-in-use");
      }
    },
  );
};

/** 添付: stored before an answer names it, and handed over as a download to who may read the request. */
export const fileRoutes: readonly Route[] = [listFiles, storeEvidence, getFile, removeFile];
