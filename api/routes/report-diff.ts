import { z } from "zod";
import { contentByHash } from "../../db/queries/content.ts";
import { isVersion } from "../../db/queries/versions.ts";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { diffVersions } from "../../domain/version-diff.ts";
import { access, refusals, type Desk, type Route } from "../acting.ts";
import { ProblemError } from "../problems.ts";
import { hash, inCycle, listOf, sha } from "../schemas.ts";

const source = z.object({
  is: z.enum(["source-added", "source-removed", "source-changed"]),
  source: z.string(),
  sha256: sha.nullable(),
});
const shown = z
  .object({
    from: sha,
    to: sha,
    changes: listOf(
      z.object({
        is: z.enum(["added", "changed", "removed"]),
        section: z.string(),
        title: z.string(),
        before: listOf(z.string()),
        after: listOf(z.string()),
        causes: listOf(
          z.discriminatedUnion("is", [
            source,
            z.object({ is: z.literal("edited"), by: z.string() }),
            z.object({ is: z.literal("wording") }),
          ]),
        ),
      }),
    ),
  })
  .meta({ id: "ReportDiff", description: "年次報告の2つの版の違いと、その原因" });

const documentOf = async (
  { db }: Desk,
  { cycle, hash: named }: { readonly cycle: CycleKey; readonly hash: Sha256 },
) => {
  const version = (await isVersion(db, { cycle, hash: named }))
    ? await contentByHash(db, "version", named)
    : undefined;
  if (version === undefined) throw new ProblemError("not-found");
  return version.body;
};

/** 新旧対照: what two versions do not have alike, and why. */
export const reportDiffRoute: Route = (app, desk) => {
  app.get(
    "/cycles/:cycle/report/diff",
    {
      config: access("report", "cycle"),
      schema: {
        summary: "年次報告の2つの版の違い",
        params: inCycle,
        querystring: z.strictObject({
          from: hash.meta({ description: "比べる前の版のSHA-256" }),
          to: hash.meta({ description: "比べる後の版のSHA-256" }),
        }),
        response: { 200: shown, ...refusals },
      },
    },
    async (request) => {
      const { cycle } = request.params;
      const { from, to } = request.query;
      const older = await documentOf(desk, { cycle, hash: from });
      const newer = await documentOf(desk, { cycle, hash: to });
      return { from, to, changes: diffVersions(older, newer) };
    },
  );
};
