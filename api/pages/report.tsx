import type { VNode } from "preact";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import type { ReportStage } from "../../domain/report.ts";
import type { Instant } from "../../domain/time.ts";
import { warekiTime } from "../../domain/wareki.ts";
import type { SectionChange } from "../../domain/version-diff.ts";
import { ApprovalForms, ApprovalStandingPart, type ApprovalView } from "./approval.tsx";
import { Caused, CausedAt } from "./caused.tsx";
import { ChangesInShort } from "./changes.tsx";
import { Compared } from "./compared.tsx";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, formOf, Send, type FormsView } from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { Table, type Column } from "./table.tsx";
import { Outcome } from "./tried.tsx";

export interface VersionRow {
  readonly number: number;
  readonly hash: Sha256;
  readonly by: string;
  readonly at: Instant;
  /** The address of the event that made it; null for who may not read the record. */
  readonly caused: string | null;
  /** The version before it. */
  readonly before: Sha256 | null;
}
export interface WorkProgress {
  readonly work: "compile" | "publish";
  readonly done: number;
  readonly total: number;
  readonly step: string;
  /** Wall clock. */
  readonly startedAt: Instant;
}
export interface ReportView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly stage: ReportStage["is"];
  /** The address of the event that brought it there; null for who may not read the record. */
  readonly stageCaused: string | null;
  /** How many consultations have been held. */
  readonly round: number;
  /** The newest first. */
  readonly versions: readonly VersionRow[];
  /** As far as the reader may see them; null for who may see none. */
  readonly comments: { readonly open: number; readonly awaited: number } | null;
  /** What is under way. */
  readonly progress: readonly WorkProgress[];
  readonly approval: ApprovalView;
  /** Against what was last approved or returned; null where there is no such version. */
  readonly changes: readonly SectionChange[] | null;
  /** Of who prepares it. */
  readonly mayPrepare: boolean;
  readonly mayPublish: boolean;
}

const stageNames: Readonly<Record<ReportStage["is"], string>> = {
  drafting: "原案の作成",
  consultation: "意見照会",
  approval: "決裁",
  decision: "本部決定待ち",
  publication: "公表待ち",
  published: "公表済み",
};

const columnsOf = (cycle: CycleKey): readonly Column<VersionRow>[] => {
  const base = `/cycles/${cycle}/report/versions`;
  return [
    {
      name: "版",
      heads: true,
      cell: ({ number, hash }) => <a href={`${base}/${hash}`}>第{number}版を読む</a>,
    },
    { name: "編纂", cell: ({ at, caused }) => <CausedAt at={at} by={caused} /> },
    { name: "編纂した人", cell: ({ by }) => by },
    {
      name: "新旧対照",
      cell: ({ hash, before, number }) =>
        before === null ? "" : <a href={`${base}/${hash}?against=${before}`}>第{number - 1}版との違い</a>,
    },
    { name: "SHA-256", cell: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}…</code> },
  ];
};

interface Step {
  readonly name: string;
  readonly button: string;
  readonly text: string;
  readonly hash: Sha256 | null;
  readonly quiet?: boolean;
}

const noComments = { open: 0, awaited: 0 };

const publication = ({ approval }: ReportView): Step => ({
  name: "publication",
  button: "公表する",
  text: "本部決定のあった版を、HTML、PDF、Word、Excel、CSV及びJSONで公表します。",
  hash: approval.hash,
});
const compilation = (isFirst: boolean): Step => ({
  name: "compile",
  button: isFirst ? "原案を編纂する" : "改めて編纂する",
  text: "記録と加筆から、新しい版を作ります。",
  hash: null,
  quiet: !isFirst,
});
const consultation = ({ round }: ReportView, { number, hash }: VersionRow): Step => ({
  name: "consultation",
  button: round === 0 ? "意見照会を始める" : "再度の意見照会を始める",
  text: `第${number}版を各府省庁に送り、意見を求めます。`,
  hash,
  quiet: round > 0,
});
const submission = (open: number, { number, hash }: VersionRow): Step => ({
  name: "submission",
  button: "決裁に上げる",
  text: `第${number}版を決裁に上げます。${open > 0 ? "対応を決めていない意見があるうちは、上げられません。" : ""}`,
  hash,
  quiet: open > 0,
});

/** What the preparer can do next with the version there is, the usual step first. */
const stepsOf = (view: ReportView): readonly Step[] => {
  const { stage, round, mayPrepare, mayPublish } = view;
  if (stage === "publication" && mayPublish) return [publication(view)];
  const { open, awaited } = view.comments ?? noComments;
  const writes = stage === "drafting" || (stage === "consultation" && awaited === 0);
  if (!mayPrepare || !writes) return [];
  const [newest] = view.versions;
  if (newest === undefined) return [compilation(true)];
  return round === 0
    ? [consultation(view, newest), compilation(false)]
    : [submission(open, newest), compilation(false), consultation(view, newest)];
};

const Steps = ({ view }: { readonly view: ReportView }) => {
  const steps = stepsOf(view);
  return steps.length === 0 ? null : (
    <section class="panel panel-next" aria-labelledby="steps-heading">
      <h2 id="steps-heading">次の手続</h2>
      <ul class="plain-list">
        {steps.map(({ name, button, text, hash, quiet }) => (
          <li key={name}>
            <ActForm
              form={formOf(view.forms, name)}
              action={`/cycles/${view.cycle}/report`}
              label={button}
              {...(hash !== null && { hidden: { hash } })}
            >
              <p>{text}</p>
              <p>
                <Send quiet={quiet === true}>{button}</Send>
              </p>
            </ActForm>
          </li>
        ))}
      </ul>
    </section>
  );
};

const workNames: Readonly<Record<WorkProgress["work"], string>> = {
  compile: "年次報告の編纂",
  publish: "公表資料の作成",
};

/** 進捗: read anew by the link, without JavaScript. */
const Under = ({ cycle, work }: { readonly cycle: CycleKey; readonly work: WorkProgress }) => (
  <section class="panel" aria-labelledby={`${work.work}-progress`}>
    <h2 id={`${work.work}-progress`}>{workNames[work.work]}を行っています</h2>
    <p>
      <progress max={work.total} value={work.done} aria-labelledby={`${work.work}-progress`}>
        {work.total}のうち{work.done}
      </progress>
    </p>
    <p>
      {work.total}段階のうち{work.done}段階が終わりました。現在：{work.step}（
      <time dateTime={work.startedAt}>{warekiTime(work.startedAt)}</time>開始）
    </p>
    <p>
      <a href={`/cycles/${cycle}/report`}>最新の進み具合を表示する</a>
    </p>
  </section>
);

const CommentsLine = ({
  cycle,
  comments: { open, awaited },
}: {
  readonly cycle: CycleKey;
  readonly comments: NonNullable<ReportView["comments"]>;
}) => (
  <p>
    <a href={`/cycles/${cycle}/comments`}>意見と対応</a>
    {open > 0 ? `（対応を決めていない意見が${open}件あります）` : null}
    {awaited > 0 ? `（回答を待っている府省庁が${awaited}あります）` : null}
  </p>
);

/** What the approver reads before he approves: the version, and how it differs from the one he or another saw before. */
const ComparedVersion = ({ view: { cycle, approval, changes } }: { readonly view: ReportView }) => {
  const { hash, against, returns } = approval;
  if (hash === null) return null;
  const version = `/cycles/${cycle}/report/versions/${hash}`;
  return (
    <>
      <p>
        <a href={version}>決裁の対象の版を読む</a>　<span class="quiet">SHA-256</span> <code>{hash}</code>
      </p>
      <Compared against={against} isAgain={returns.length > 0}>
        {changes === null || against === null ? null : (
          <ChangesInShort changes={changes} whole={`${version}?against=${against.hash}`} />
        )}
      </Compared>
    </>
  );
};

/** GET /cycles/{cycle}/report: the report's versions, where they are on their way, and whose turn it is. */
export const reportPage = (view: ReportView): VNode => {
  const newest = view.versions[0];
  return layout(
    "年次報告",
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here="年次報告" />
      <h1>年次報告</h1>
      <Outcome forms={view.forms} />
      <p>
        {view.frame.past === undefined ? "現在の段階" : "段階"}：
        <Caused by={view.stageCaused}>
          <strong>{stageNames[view.stage]}</strong>
        </Caused>
        {view.round === 0 ? null : `（意見照会を${view.round}回実施）`}
      </p>
      {view.progress.map((work) => (
        <Under key={work.work} cycle={view.cycle} work={work} />
      ))}
      {view.approval.mayReview && newest !== undefined ? (
        <p class="lead">
          決裁の前に、対象の版を読んでください。
          <a href={`/cycles/${view.cycle}/report/versions/${view.approval.hash ?? newest.hash}`}>
            決裁の対象の版を読む
          </a>
        </p>
      ) : null}
      <ComparedVersion view={view} />
      <ApprovalForms view={view.approval} forms={view.forms} action={`/cycles/${view.cycle}/report`} />
      <Steps view={view} />
      {view.round === 0 || view.comments === null ? null : (
        <CommentsLine cycle={view.cycle} comments={view.comments} />
      )}
      {view.versions.length === 0 ? (
        <p>版はまだありません。</p>
      ) : (
        <Table
          caption="版の一覧"
          columns={columnsOf(view.cycle)}
          rows={view.versions}
          rowKey={({ hash }) => hash}
        />
      )}
      <ul>
        {view.versions.length < 2 ? null : (
          <li>
            <a href={`/cycles/${view.cycle}/report/diff`}>任意の二つの版を比べる</a>
          </li>
        )}
        <li>
          <a href={`/cycles/${view.cycle}/reviews`}>決裁と本部決定の記録</a>
        </li>
      </ul>
      <ApprovalStandingPart view={view.approval} />
    </>,
  );
};
