import type { Db, Tx } from "../../db/client.ts";
import { contentByHash } from "../../db/queries/content.ts";
import { namesOf } from "../../db/queries/home.ts";
import { commentsOf } from "../../db/queries/opinions.ts";
import { progressOf } from "../../db/queries/progress.ts";
import { reportStanding } from "../../db/queries/report-standing.ts";
import { requestCounts } from "../../db/queries/cycles.ts";
import { versionsOf } from "../../db/queries/versions.ts";
import type { Action } from "../../domain/policy.ts";
import type { ReportStage } from "../../domain/report.ts";
import { diffVersions } from "../../domain/version-diff.ts";
import { approvalForms, cyclePath } from "../approval-forms.ts";
import { approvalViewOf } from "../approval-view.ts";
import { aroundCycle, lookedAt, type Around } from "../around.ts";
import { readForm } from "../form-fields.ts";
import { deedCauses, type ApprovalDeed } from "../causes.ts";
import type { Screen, ScreenForm } from "../form-screens.ts";
import { sendPage } from "../html.ts";
import { reportPage, type ReportView } from "../pages/report.tsx";

const changesOf = async (
  db: Db | Tx,
  { hash, against }: ReportView["approval"],
): Promise<ReportView["changes"]> => {
  if (hash === null || against === null) return null;
  const older = await contentByHash(db, "version", against.hash);
  const newer = await contentByHash(db, "version", hash);
  return older === undefined || newer === undefined ? null : diffVersions(older.body, newer.body);
};

/** What brings the report to each of its stages. */
const stageDeeds: Readonly<Record<ReportStage["is"], readonly ApprovalDeed[]>> = {
  drafting: ["report.return", "report.decide", "cycle.approve-evaluations"],
  consultation: ["report.consult"],
  approval: ["report.submit"],
  decision: ["report.approve"],
  publication: ["report.decide"],
  published: ["report.publish"],
};

const viewOf = async (around: Around, db: Db | Tx): Promise<ReportView> => {
  const { standing, may, frame, forms } = around;
  const { cycle } = standing;
  const [versions, { stage, round }, causeOf, comments, counts, works, approval] = await Promise.all([
    versionsOf(db, cycle),
    reportStanding(db, cycle),
    deedCauses(db, around),
    commentsOf(db, { cycle }),
    requestCounts(db, { cycle }),
    frame.past === undefined ? progressOf(db, cycle) : [],
    approvalViewOf(db, around, "report"),
  ]);
  const [names, changes] = await Promise.all([
    namesOf(
      db,
      versions.map(({ by }) => by),
    ),
    changesOf(db, approval),
  ]);
  return {
    frame,
    forms,
    cycle,
    stage,
    stageCaused: causeOf(stageDeeds[stage]),
    round,
    versions: versions
      .map((version, n) => ({
        ...version,
        by: names.get(version.by) ?? version.by,
        caused: causeOf(["report.compile"], { at: version.at, actor: version.by }),
        before: versions[n - 1]?.hash ?? null,
      }))
      .toReversed(),
    comments: may("comments")
      ? {
          open: comments.filter(({ disposition }) => disposition === null).length,
          awaited: counts.consultation.open,
        }
      : null,
    progress: works.filter(({ endedAt }) => endedAt === null),
    approval,
    changes,
    mayPrepare: may("report.compile") && (standing.stage === "drafting" || standing.stage === "consultation"),
    mayPublish: may("report.publish"),
  };
};

const show: Screen["show"] = async (deps, exchange, tried) => {
  const around = await aroundCycle(deps, { exchange, tried });
  const view = await lookedAt(deps, { around, exchange }, viewOf);
  return sendPage(exchange.reply, reportPage(view), tried?.status ?? 200);
};

/** One press of a button about the version that was shown. */
const ofVersion = (name: string, does: Action): ScreenForm => ({
  name,
  does,
  leads: "back",
  call: (fields, params) => ({
    path: `${cyclePath(params)}/report/${name}`,
    body: { hash: readForm(fields).text("hash") },
  }),
});

const compile: ScreenForm = {
  name: "compile",
  does: "report.compile",
  leads: "back",
  call: (_fields, params) => ({ path: `${cyclePath(params)}/report/versions`, body: {} }),
};

/** /cycles/{cycle}/report: compiled, consulted on, approved, decided, published. */
export const reportScreen: Screen = {
  url: "/cycles/:cycle/report",
  view: "report",
  about: "report",
  show,
  forms: [
    compile,
    ofVersion("consultation", "report.consult"),
    ofVersion("submission", "report.submit"),
    ofVersion("publication", "report.publish"),
    ...approvalForms("report"),
  ],
};
