import { z } from "zod";
import { publicationOf, publicationsOf } from "../../db/queries/publications.ts";
import { access, refusals, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { at, cycle, inCycle, listOf, sha } from "../schemas.ts";

const shown = z
  .object({
    name: z.string(),
    mediaType: z.string(),
    size: z.int(),
    hash: sha,
    version: sha,
    publishedAt: at,
  })
  .meta({ id: "Publication", description: "公表したファイル。version は元になった版" });

const listPublications: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/publications",
    {
      config: access("publications", "cycle"),
      schema: {
        summary: "公表したファイルの一覧",
        params: inCycle,
        response: { 200: z.object({ publications: listOf(shown) }), ...refusals },
      },
    },
    async (request) => ({ publications: await publicationsOf(db, request.params.cycle) }),
  );
};

/** A file is handed over, not run: a browser that shows it gives it no rights of this site. */
const getPublication: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/publications/:name",
    {
      config: access("publications", "cycle"),
      schema: {
        summary: "公表したファイル",
        params: z.object({ cycle, name: z.string() }),
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
      const file = await publicationOf(db, request.params);
      if (file === undefined) throw new ProblemError("not-found");
      return reply
        .type(file.mediaType)
        .header("etag", `"${file.hash}"`)
        .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header("content-security-policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
        .send(Buffer.from(file.bytes));
    },
  );
};

/** 公表: what was decided and nothing else. */
export const publicationRoutes: readonly Route[] = [listPublications, getPublication];
