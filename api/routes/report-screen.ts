import { contentByHash } from "../../db/queries/content.ts";
import { namesOf } from "../../db/queries/home.ts";
import { commentsOf } from "../../db/queries/opinions.ts";
import { progressOf } from "../../db/queries/progress.ts";
import { reportStanding } from "../../db/queries/report-standing.ts";
import { requestCounts } from "../../db/queries/cycles.ts";
import { versionsOf } from "../../db/queries/versions.ts";
import { diffVersions } from "../../domain/version-diff.ts";
import { approvalForms, cyclePath } from "../approval-forms.ts";
import { approvalViewOf } from "../approval-view.ts";
import { aroundCycle } from "../around.ts";
import { readForm } from "../form-fields.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { reportPage, type ReportView } from "../pages/report.tsx";
import type { ScreenDeps } from "../screens.ts";

const changesOf = async (
  { db }: ScreenDeps,
  { hash, against }: ReportView["approval"],
): Promise<ReportView["changes"]> => {
  if (hash === null || against === null) return null;
  const older = await contentByHash(db, "version", against.hash);
  const newer = await contentByHash(db, "version", hash);
  return older === undefined || newer === undefined ? null : diffVersions(older.body, newer.body);
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const { db } = deps;
  const around = await aroundCycle(deps, { exchange, view: "report", tried });
  if (around === undefined) return exchange.reply;
  const { standing, may, frame, forms } = around;
  const { cycle } = standing;
  const versions = await versionsOf(db, cycle);
  const names = await namesOf(
    db,
    versions.map(({ by }) => by),
  );
  const { stage, round } = await reportStanding(db, cycle);
  const comments = await commentsOf(db, { cycle });
  const approval = await approvalViewOf(deps, around, "report");
  const page = reportPage({
    frame,
    forms,
    cycle,
    stage,
    round,
    versions: versions
      .map((version, n) => ({
        ...version,
        by: names.get(version.by) ?? version.by,
        before: versions[n - 1]?.hash ?? null,
      }))
      .toReversed(),
    comments: may("comments")
      ? {
          open: comments.filter(({ disposition }) => disposition === null).length,
          awaited: (await requestCounts(db, { cycle })).consultation.open,
        }
      : null,
    progress: (await progressOf(db, cycle)).filter(({ endedAt }) => endedAt === null),
    approval,
    changes: await changesOf(deps, approval),
    mayPrepare: may("report.compile") && (standing.stage === "drafting" || standing.stage === "consultation"),
    mayPublish: may("report.publish"),
  });
  return sendPage(exchange.reply, page, tried?.status ?? 200);
};

/** One press of a button about the version that was shown. */
const ofVersion = (name: string): ScreenForm => ({
  name,
  leads: "back",
  call: (fields, params) => ({
    path: `${cyclePath(params)}/report/${name}`,
    body: { hash: readForm(fields).text("hash") },
  }),
});

const compile: ScreenForm = {
  name: "compile",
  leads: "back",
  call: (_fields, params) => ({ path: `${cyclePath(params)}/report/versions`, body: {} }),
};

/** /cycles/{cycle}/report: compiled, consulted on, approved, decided, published. */
export const reportScreen: Screen = {
  url: "/cycles/:cycle/report",
  show,
  forms: [
    compile,
    ofVersion("consultation"),
    ofVersion("submission"),
    ofVersion("publication"),
    ...approvalForms("report"),
  ],
};
