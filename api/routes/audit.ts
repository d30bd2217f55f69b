import { Readable } from "node:stream";
import { z } from "zod";
import { eventsOf } from "../../db/queries/audit.ts";
import { checkpointsOf } from "../../db/queries/checkpoints.ts";
import { insideSeenBy } from "../../domain/chain.ts";
import { actorOf } from "../plugins/actor.ts";
import { access, refusals, type Route } from "../acting.ts";
import { makeBundle } from "../bundle.ts";
import { tarOf } from "../tar.ts";
import { at, inCycle, listOf, page, pageOf, sha } from "../schemas.ts";

const shown = z
  .object({
    sequence: z.int(),
    recordedAt: at,
    at,
    actor: z.string(),
    role: z.string(),
    action: z.string(),
    object: z.string(),
    hash: sha.nullable(),
    reason: z.string().nullable(),
    reasonSeal: sha.nullable(),
    reasonSalt: z.string().nullable(),
    result: z.unknown(),
    resultSeal: sha.nullable(),
    resultSalt: z.string().nullable(),
    act: z.string().nullable(),
    workflow: z.string().nullable(),
    run: z.string().nullable(),
    prev: sha,
    self: sha,
  })
  .meta({
    id: "AuditEvent",
    description:
      "監査記録。self は、reason と result の代わりに封印（reasonSeal、resultSeal）を置いた全体の SHA-256（RFC 8785）。封印は塩と内容の SHA-256",
  });

const listEvents: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/audit",
    {
      config: access("audit", "cycle"),
      schema: {
        summary: "監査記録",
        params: inCycle,
        querystring: z.strictObject({
          after: z
            .string()
            .regex(/^\d{1,15}$/)
            .transform(Number)
            .default(0),
          ...page(1000),
        }),
        response: { 200: z.object({ events: listOf(shown), next: z.string().nullable() }), ...refusals },
      },
    },
    async (request) => {
      const { after, limit } = request.query;
      const found = await eventsOf(db, {
        cycle: request.params.cycle,
        inside: insideSeenBy(actorOf(request)),
        after,
        limit: limit + 1,
      });
      const { rows, next } = pageOf(found, limit, ({ sequence }) => String(sequence));
      return { events: rows, next };
    },
  );
};

const checkpoint = z
  .object({
    size: z.int(),
    root: sha,
    /** Its first 16 hex digits: short enough to be written down on paper. */
    mark: z.string(),
    cause: z.enum(["hour", "stage"]),
    at,
    key: z.string(),
    note: z.string(),
  })
  .meta({
    id: "Checkpoint",
    description:
      "記録の先頭から size 件までに署名した控え（C2SP signed note、Ed25519）。mark はルートの先頭16桁",
  });

const listCheckpoints: Route = (app, { db }) => {
  app.get(
    "/cycles/:cycle/checkpoints",
    {
      config: access("audit", "cycle"),
      schema: {
        summary: "監査記録の署名付きの控え",
        params: inCycle,
        response: { 200: z.object({ checkpoints: listOf(checkpoint) }), ...refusals },
      },
    },
    async () => ({
      checkpoints: (await checkpointsOf(db)).map((one) => ({ ...one, mark: one.root.slice(0, 16) })),
    }),
  );
};

const getBundle: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/bundle",
    {
      config: access("bundle", "cycle"),
      schema: {
        summary: "監査用の束（tar）。記録、控え、状態、手続の履歴、検証プログラム",
        params: inCycle,
        response: {
          200: { description: "tar 形式", content: { "application/x-tar": { schema: z.any() } } },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { cycle } = request.params;
      const { at: exportedAt, files } = await makeBundle(desk, cycle);
      return reply
        .type("application/x-tar")
        .header("content-disposition", `attachment; filename="nenrin-${cycle}.tar"`)
        .send(Readable.from(tarOf(files, exportedAt)));
    },
  );
};

/** The chain of what ever changed state, what was signed of it, and all of it to take away. */
export const auditRoutes: readonly Route[] = [listEvents, listCheckpoints, getBundle];
