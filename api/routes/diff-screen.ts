import { z } from "zod";
import { contentByHash } from "../../db/queries/content.ts";
import { versionsOf } from "../../db/queries/versions.ts";
import type { Sha256 } from "../../domain/ids.ts";
import { diffVersions } from "../../domain/version-diff.ts";
import { aroundCycle } from "../around.ts";
import { changesOnPage } from "../change-pages.ts";
import type { Screen } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { wantedPage } from "../item-pages.ts";
import { diffPage } from "../pages/diff.tsx";
import { ProblemError } from "../problems.ts";
import { hash } from "../schemas.ts";

const Query = z.object({ from: hash.optional(), to: hash.optional(), page: z.string().optional() });

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { cycle } = around.standing;
  const wanted = Query.safeParse(exchange.request.query);
  if (!wanted.success) throw new ProblemError("not-found");
  const versions = await versionsOf(deps.db, cycle);
  const bodyOf = async (of: Sha256 | undefined) =>
    of !== undefined && versions.some((one) => one.hash === of)
      ? (await contentByHash(deps.db, "version", of))?.body
      : undefined;
  const { from, to } = wanted.data;
  const [older, newer] = [await bodyOf(from), await bodyOf(to)];
  const page = diffPage({
    frame: around.frame,
    cycle,
    versions,
    from: from ?? versions.at(-2)?.hash ?? null,
    to: to ?? versions.at(-1)?.hash ?? null,
    changes:
      older === undefined || newer === undefined
        ? null
        : changesOnPage(diffVersions(older, newer), {
            wanted: wantedPage(wanted.data.page),
            hrefOf: (one) => `/cycles/${cycle}/report/diff?from=${from}&to=${to}&page=${one}`,
          }),
  });
  return sendPage(exchange.reply, page, 200);
};

/** /cycles/{cycle}/report/diff: 新旧対照 of any two versions. */
export const diffScreen: Screen = {
  url: "/cycles/:cycle/report/diff",
  view: "report",
  about: "report",
  show,
  forms: [],
};
