import type { VNode } from "preact";
import type { Disposition } from "../../domain/acts.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { Caused, CausedAt } from "./caused.tsx";
import { Crumbs } from "./crumbs.tsx";
import {
  ActForm,
  fieldId,
  formOf,
  ProseField,
  RadioField,
  ReasonField,
  Send,
  type Form,
  type FormsView,
} from "./form.tsx";
import { layout, type Frame } from "./layout.tsx";
import { dispositionNames, Taken, type OpinionView } from "./opinions.tsx";
import { Outcome } from "./tried.tsx";

export interface CommentView extends OpinionView {
  readonly organisation: string;
  readonly round: number;
  readonly request: string;
}
export interface CommentsView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly cycle: CycleKey;
  readonly comments: readonly CommentView[];
  readonly awaited: number;
  readonly mayDispose: boolean;
}

const Comment = ({
  comment,
  form,
  first,
}: {
  readonly comment: CommentView;
  readonly form: Form | null;
  readonly first: boolean;
}) => (
  <li class="item">
    <h3>
      {comment.organisation}
      <span class="until">{comment.section ?? "原案全体"}</span>
    </h3>
    <p class="prose">{comment.text}</p>
    {comment.proposal === null ? null : (
      <p>
        修正文案
        <span class="prose kept">{comment.proposal}</span>
      </p>
    )}
    <p class="quiet">
      第{comment.round}回　
      <CausedAt at={comment.at} by={comment.causes?.made ?? null} />
    </p>
    {comment.disposition === null ? (
      <p>
        <span class="tag">対応を検討中</span>
      </p>
    ) : (
      <p>
        <Caused by={comment.causes?.disposed ?? null}>
          <span class="tag" data-is="settled">
            {dispositionNames[comment.disposition]}
          </span>
        </Caused>
        <span class="prose">理由：{comment.reason}</span>
        <Taken change={comment.change} nextYear={comment.nextYear} />
      </p>
    )}
    {form === null || comment.disposition !== null ? null : (
      <p>
        <label class="check">
          <input
            type="checkbox"
            id={first ? fieldId(form.name, "comments") : undefined}
            name="comments"
            value={comment.id}
            checked={form.has("comments", comment.id)}
          />
          <span>{comment.organisation}のこの意見を選ぶ</span>
        </label>
      </p>
    )}
  </li>
);

const choices: readonly Disposition[] = ["reflected", "partly-reflected", "not-reflected"];

const DispositionForm = ({ view }: { readonly view: CommentsView }) => {
  const form = formOf(view.forms, "dispositions");
  const first = view.comments.find(({ disposition }) => disposition === null)?.id;
  return (
    <ActForm form={form} action={`/cycles/${view.cycle}/comments`} label="意見への対応">
      <p class="lead">
        意見を選び、この下で対応とその理由を決めてください。同じ対応のものは、まとめて選べます。
      </p>
      <ol class="plain-list">
        {view.comments.map((comment) => (
          <Comment key={comment.id} comment={comment} form={form} first={comment.id === first} />
        ))}
      </ol>
      <section class="panel" aria-labelledby="disposition-heading">
        <h2 id="disposition-heading">選んだ意見への対応</h2>
        <RadioField
          form={form}
          name="disposition"
          label="対応"
          needed
          options={choices.map((value) => ({ value, name: dispositionNames[value] }))}
        />
        <ProseField
          form={form}
          name="change"
          label="修正の内容"
          rows={3}
          hint="反映又は一部反映とする場合に、原案をどのように修正したかを記入してください。"
        />
        <ReasonField
          form={form}
          label="対応の理由"
          hint="意見を提出した府省庁に伝えられ、年次報告の記録に残ります。"
        />
        <p>
          <label class="check">
            <input type="checkbox" name="nextYear" value="true" checked={form.has("nextYear", "true")} />
            <span>次年度の計画に反映する</span>
          </label>
        </p>
        <p>
          <Send>対応を決める</Send>
        </p>
      </section>
    </ActForm>
  );
};

/** GET /cycles/{cycle}/comments: each opinion with what is done about it. */
export const commentsPage = (view: CommentsView): VNode =>
  layout(
    "意見と対応",
    view.frame,
    <>
      <Crumbs
        cycle={view.cycle}
        between={view.mayDispose ? [{ href: `/cycles/${view.cycle}/report`, name: "年次報告" }] : []}
        here="意見と対応"
      />
      <h1>意見と対応</h1>
      <Outcome forms={view.forms} />
      {view.awaited > 0 ? (
        <p class="notice">
          回答を待っている府省庁が{view.awaited}
          あります。全ての回答が揃うか、締切りを過ぎると、対応を決められます。
        </p>
      ) : null}
      {view.comments.length === 0 ? (
        <p>意見はありません。</p>
      ) : view.mayDispose && view.comments.some(({ disposition }) => disposition === null) ? (
        <DispositionForm view={view} />
      ) : (
        <ol class="plain-list">
          {view.comments.map((comment) => (
            <Comment key={comment.id} comment={comment} form={null} first={false} />
          ))}
        </ol>
      )}
    </>,
  );
