import { contentByHash } from "../../db/queries/content.ts";
import { requestCounts } from "../../db/queries/cycles.ts";
import { commentsOf } from "../../db/queries/opinions.ts";
import { versionsOf } from "../../db/queries/versions.ts";
import { sectionsOf } from "../../domain/document.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { scopeOf } from "../../domain/policy.ts";
import { cyclePath } from "../approval-forms.ts";
import { aroundCycle } from "../around.ts";
import { causeFor, factWays, opinionCauses } from "../causes.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { nameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { commentsPage } from "../pages/comments.tsx";
import type { ScreenDeps } from "../screens.ts";

/** What the newest version calls its sections. */
const sectionTitles = async ({ db }: ScreenDeps, cycle: CycleKey): Promise<ReadonlyMap<string, string>> => {
  const newest = (await versionsOf(db, cycle)).at(-1);
  const version = newest === undefined ? undefined : await contentByHash(db, "version", newest.hash);
  return new Map(sectionsOf(version?.body.chapters ?? []).map(({ key, title }) => [key, title]));
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const { reader, standing, plan, now, may, frame, forms } = around;
  const { cycle, stage } = standing;
  const scope = scopeOf(reader, "comments");
  const whose = scope === "everything" || scope === "nothing" ? {} : scope;
  const comments = await commentsOf(deps.db, { cycle, ...whose });
  const awaited = (await requestCounts(deps.db, { cycle, ...whose })).consultation.open;
  const given = await factWays(deps.db, "item", { cycle, reader });
  const disposed = await opinionCauses(deps.db, around);
  const titles = await sectionTitles(deps, cycle);
  const page = commentsPage({
    frame,
    forms,
    cycle,
    comments: comments.map((comment) => ({
      ...comment,
      causes: {
        made: given.state(`${comment.request}/opinion`, 0),
        disposed: causeFor(around)(disposed.get(comment.id)),
      },
      section: comment.section === null ? null : (titles.get(comment.section) ?? comment.section),
      organisation: nameOf(plan, comment.organisation, now),
    })),
    awaited,
    mayDispose: stage === "consultation" && awaited === 0 && may("report.dispose"),
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

const dispositions: ScreenForm = {
  name: "dispositions",
  does: "report.dispose",
  leads: "back",
  call: (fields, params) => {
    const form = readForm(fields);
    const disposition = form.picked("disposition", "対応");
    const change = form.text("change");
    if (change === "" && (disposition === "reflected" || disposition === "partly-reflected"))
      form.wrong("change", "修正の内容を記入してください。");
    const body = {
      comments: form.ticked("comments", "意見"),
      disposition,
      reason: form.needed("reason", "対応の理由"),
      ...(change !== "" && { change }),
      ...(form.text("nextYear") === "true" && { nextYear: true }),
    };
    return form.calling({ path: `${cyclePath(params)}/report/dispositions`, body });
  },
};

/** /cycles/{cycle}/comments: 意見 and what is done about each. */
export const commentsScreen: Screen = {
  url: "/cycles/:cycle/comments",
  view: "comments",
  about: "report",
  show,
  forms: [dispositions],
};
