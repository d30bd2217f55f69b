import type { VNode } from "preact";
import type { BusinessCalendar } from "../../domain/calendar.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import { warekiWithWeekday } from "../../domain/wareki.ts";
import { ReassignmentForm, ReopeningForm } from "./again-forms.tsx";
import { AnswerInputs } from "./answer-form.tsx";
import { Caused, CausedAt } from "./caused.tsx";
import { Countdown } from "./countdown.tsx";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, formOf, Send, type FormsView, type Option } from "./form.tsx";
import { DraftKept, SaveDraft } from "./draft.tsx";
import { InsideActs, type InsideForms } from "./inside.tsx";
import { pageField, PagesNav, type ItemPages } from "./item-pages.tsx";
import { layout, type Frame } from "./layout.tsx";
import { ExtensionForm, OpinionForm, type OpinionFormView } from "./opinion-form.tsx";
import { Opinions, type OpinionView } from "./opinions.tsx";
import { Item, type ItemView } from "./request-item.tsx";
import { Timeline, type TimelineEntry } from "./request-timeline.tsx";
import { ExtensionDecisionForm, GiveUpForm, ReviewBox, ReviewForm } from "./review-form.tsx";
import { TermForms } from "./term-forms.tsx";
import { Outcome } from "./tried.tsx";
import { kindNames } from "./words.ts";

export interface RequestView {
  readonly frame: Frame;
  readonly forms: FormsView;
  readonly id: string;
  readonly cycle: CycleKey;
  readonly organisation: string;
  readonly kind: RequestKind;
  readonly is: "open" | "settled";
  readonly sentAt: Instant;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
  readonly now: Instant;
  readonly calendar: BusinessCalendar;
  readonly asked: { readonly dueOn: PlainDate; readonly reason: string } | null;
  readonly paused: { readonly at: Instant; readonly reason: string } | null;
  /** `r<n>`: what was read when the form was shown. */
  readonly revision: string;
  /** Of all pages. */
  readonly itemCount: number;
  readonly pages: ItemPages;
  /** Of the page that is shown; what the forms below are about. */
  readonly items: readonly ItemView[];
  /** Of a consultation; else none. */
  readonly opinions: readonly OpinionView[];
  /** What the reader may do here; null where not. */
  readonly answering: {
    /** Where answers are signed off inside the organisation they are prepared first. */
    readonly as: "answers" | "preparation";
    readonly reasons: readonly Option[];
    readonly owners: readonly Option[];
  } | null;
  /** 組織内の手順; null where one step answers it, and for who is not of the organisation. */
  readonly inside: InsideForms | null;
  readonly commenting: OpinionFormView | null;
  readonly reviewing: { readonly allChosen: boolean } | null;
  readonly again: { readonly owners: readonly Option[] } | null;
  readonly extending: "ask" | "decide" | null;
  readonly moving: boolean;
  /** 代理入力. */
  readonly entering: boolean;
  readonly timeline: readonly TimelineEntry[];
  /** Of each date and status the address of the event that made it so; null for who may not read the record. */
  readonly causes: Readonly<Record<"opened" | "due" | "close" | "state" | "asked" | "paused", string | null>>;
}

const Facts = ({ view }: { readonly view: RequestView }) => (
  <dl class="facts facts-lines">
    <div>
      <dt>状態</dt>
      <dd>
        <Caused by={view.causes.state}>{view.is === "open" ? "未決着" : "決着"}</Caused>
      </dd>
    </div>
    <div>
      <dt>送付</dt>
      <dd>
        <CausedAt at={view.sentAt} by={view.causes.opened} />
      </dd>
    </div>
    <div>
      <dt>期限</dt>
      <dd>
        <CausedAt at={view.dueAt} by={view.causes.due} />
        {view.is === "open" ? <Countdown {...view} /> : null}
      </dd>
    </div>
    <div>
      <dt>締切</dt>
      <dd>
        <CausedAt at={view.closeAt} by={view.causes.close} />
      </dd>
    </div>
    {view.asked === null ? null : (
      <div>
        <dt>期限延長の申出</dt>
        <dd>
          <Caused by={view.causes.asked}>{askedText(view.asked)}</Caused>
        </dd>
      </div>
    )}
    {view.paused === null ? null : (
      <div>
        <dt>期限の停止</dt>
        <dd>
          <CausedAt at={view.paused.at} by={view.causes.paused} />
          から（理由：{view.paused.reason}）
        </dd>
      </div>
    )}
  </dl>
);

const askedText = ({ dueOn, reason }: NonNullable<RequestView["asked"]>): string =>
  `${warekiWithWeekday(dueOn)}まで（理由：${reason}）`;

const leads: Readonly<Record<NonNullable<RequestView["answering"]>["as"], string>> = {
  answers:
    "回答できる項目から順に、区分を選んで記入し、最後に「回答を提出する」を押してください。一部の項目だけを先に提出することもできます。",
  preparation:
    "あなたに割り当てられた項目について、区分を選んで記入し、最後に「確認者に回す」を押してください。一部の項目だけを先に回すこともできます。",
};

const AnswerForm = ({
  view,
  answering: { as, reasons, owners },
}: {
  readonly view: RequestView;
  readonly answering: NonNullable<RequestView["answering"]>;
}) => {
  const form = formOf(view.forms, as);
  return (
    <>
      <DraftKept request={view.id} forms={view.forms} />
      <ActForm
        form={form}
        action={`/requests/${view.id}`}
        label={as === "answers" ? "照会への回答" : "回答案の作成"}
        hidden={{ revision: view.revision, ...pageField(view.pages) }}
        withFile
      >
        <p>
          <a href={`/requests/${view.id}/workbook`}>Excelで回答する（調査票の取得と提出）</a>
        </p>
        <p class="lead">{leads[as]}</p>
        {view.items.map((item) => (
          <Item key={item.id} item={item} kind={view.kind}>
            <AnswerInputs item={item} kind={view.kind} form={form} reasons={reasons} owners={owners} />
          </Item>
        ))}
        <p class="send">
          <Send>{as === "answers" ? "回答を提出する" : "確認者に回す"}</Send>
          <SaveDraft request={view.id} pages={view.pages} />
        </p>
      </ActForm>
    </>
  );
};

const ReviewedItems = ({ view, allChosen }: { readonly view: RequestView; readonly allChosen: boolean }) => {
  const waiting = view.items.filter(({ reviewable }) => reviewable !== null);
  return (
    <ReviewForm
      request={view.id}
      forms={view.forms}
      waiting={waiting.length}
      provisional={waiting.some(({ is }) => is === "provisional")}
      pages={view.pages}
    >
      {(form) =>
        view.items.map((item) => (
          <Item key={item.id} item={item} kind={view.kind}>
            <ReviewBox item={item} form={form} first={item === waiting[0]} chosen={allChosen} />
          </Item>
        ))
      }
    </ReviewForm>
  );
};

const Items = ({ view }: { readonly view: RequestView }) => {
  if (view.answering !== null) return <AnswerForm view={view} answering={view.answering} />;
  if (view.reviewing !== null) return <ReviewedItems view={view} allChosen={view.reviewing.allChosen} />;
  return (
    <>
      {view.items.map((item) => (
        <Item key={item.id} item={item} kind={view.kind} />
      ))}
    </>
  );
};

const ofPage = ({ id, forms, pages, items }: RequestView) => ({ request: id, forms, pages, items });

const unsettled = (view: RequestView) =>
  view.items.flatMap(({ id, text, until, number }) => (until === null ? [] : [{ id, text, number }]));

const Besides = ({ view }: { readonly view: RequestView }) => (
  <>
    {view.extending === "ask" ? <ExtensionForm request={view.id} forms={view.forms} /> : null}
    {view.reviewing === null || view.kind === "consultation" ? null : (
      <GiveUpForm request={view.id} forms={view.forms} pages={view.pages} items={unsettled(view)} />
    )}
    {view.again === null ? null : (
      <>
        <ReassignmentForm {...ofPage(view)} {...view.again} />
        <ReopeningForm {...ofPage(view)} />
      </>
    )}
    {view.entering ? (
      <p>
        <a href={`/requests/${view.id}/on-behalf`}>府省庁の依頼により、回答を代理で入力する</a>
      </p>
    ) : null}
    {view.moving ? <TermForms request={view.id} forms={view.forms} paused={view.paused !== null} /> : null}
  </>
);

/** GET /requests/{id}: what one organisation was asked, what it answered, and the forms of whoever is to act. */
export const requestPage = (view: RequestView): VNode => {
  const title = `${view.organisation}　${kindNames[view.kind]}`;
  return layout(
    title,
    view.frame,
    <>
      <Crumbs cycle={view.cycle} here={title} />
      <h1>{title}</h1>
      <Outcome forms={view.forms} />
      <Facts view={view} />
      {view.extending === "decide" && view.asked !== null ? (
        <ExtensionDecisionForm request={view.id} forms={view.forms} asked={askedText(view.asked)} />
      ) : null}
      {view.commenting === null ? null : <OpinionForm view={view.commenting} forms={view.forms} />}
      <h2>照会項目（{view.itemCount}件）</h2>
      <PagesNav frame={view.frame} pages={view.pages} label="照会項目の頁" />
      <Items view={view} />
      <PagesNav frame={view.frame} pages={view.pages} label="照会項目の頁（下）" />
      {view.inside === null ? null : (
        <InsideActs request={view.id} forms={view.forms} pages={view.pages} inside={view.inside} />
      )}
      <Opinions opinions={view.opinions} />
      <Besides view={view} />
      <Timeline entries={view.timeline} request={view.id} />
    </>,
  );
};
