import type { VNode } from "preact";
import type { BusinessCalendar } from "../../domain/calendar.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type { Instant, PlainDate } from "../../domain/time.ts";
import { warekiTime, warekiWithWeekday } from "../../domain/wareki.ts";
import { AnswerInputs } from "./answer-form.tsx";
import { Countdown } from "./countdown.tsx";
import { Crumbs } from "./crumbs.tsx";
import { ActForm, formOf, Send, type FormsView, type Option } from "./form.tsx";
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
  readonly items: readonly ItemView[];
  /** Of a consultation; else none. */
  readonly opinions: readonly OpinionView[];
  /** What the reader may do here; null where not. */
  readonly answering: { readonly reasons: readonly Option[] } | null;
  readonly commenting: OpinionFormView | null;
  readonly reviewing: { readonly allChosen: boolean } | null;
  readonly extending: "ask" | "decide" | null;
  readonly moving: boolean;
  readonly timeline: readonly TimelineEntry[];
}

const When = ({ at }: { readonly at: Instant }) => <time dateTime={at}>{warekiTime(at)}</time>;

const Facts = ({ view }: { readonly view: RequestView }) => (
  <dl class="facts facts-lines">
    <div>
      <dt>状態</dt>
      <dd>{view.is === "open" ? "未決着" : "決着"}</dd>
    </div>
    <div>
      <dt>送付</dt>
      <dd>
        <When at={view.sentAt} />
      </dd>
    </div>
    <div>
      <dt>期限</dt>
      <dd>
        <When at={view.dueAt} />
        {view.is === "open" ? <Countdown {...view} /> : null}
      </dd>
    </div>
    <div>
      <dt>締切</dt>
      <dd>
        <When at={view.closeAt} />
      </dd>
    </div>
    {view.asked === null ? null : (
      <div>
        <dt>期限延長の申出</dt>
        <dd>{askedText(view.asked)}</dd>
      </div>
    )}
    {view.paused === null ? null : (
      <div>
        <dt>期限の停止</dt>
        <dd>
          <When at={view.paused.at} />
          から（理由：{view.paused.reason}）
        </dd>
      </div>
    )}
  </dl>
);

const askedText = ({ dueOn, reason }: NonNullable<RequestView["asked"]>): string =>
  `${warekiWithWeekday(dueOn)}まで（理由：${reason}）`;

const AnswerForm = ({
  view,
  reasons,
}: {
  readonly view: RequestView;
  readonly reasons: readonly Option[];
}) => {
  const form = formOf(view.forms, "answers");
  return (
    <ActForm
      form={form}
      action={`/requests/${view.id}`}
      label="照会への回答"
      hidden={{ revision: view.revision }}
    >
      <p>
        <a href={`/requests/${view.id}/workbook`}>Excelで回答する（調査票の取得と提出）</a>
      </p>
      <p class="lead">
        回答できる項目から順に、区分を選んで記入し、最後に「回答を提出する」を押してください。一部の項目だけを先に提出することもできます。
      </p>
      {view.items.map((item, n) => (
        <Item key={item.id} item={item} kind={view.kind} number={n + 1}>
          <AnswerInputs item={item} kind={view.kind} form={form} reasons={reasons} />
        </Item>
      ))}
      <p class="send">
        <Send>回答を提出する</Send>
      </p>
    </ActForm>
  );
};

const ReviewedItems = ({ view, allChosen }: { readonly view: RequestView; readonly allChosen: boolean }) => {
  const waiting = view.items.filter(({ reviewable }) => reviewable !== null);
  return (
    <ReviewForm request={view.id} forms={view.forms} waiting={waiting.length}>
      {(form) =>
        view.items.map((item, n) => (
          <Item key={item.id} item={item} kind={view.kind} number={n + 1}>
            <ReviewBox
              item={item}
              number={n + 1}
              form={form}
              first={item === waiting[0]}
              chosen={allChosen}
            />
          </Item>
        ))
      }
    </ReviewForm>
  );
};

const Items = ({ view }: { readonly view: RequestView }) => {
  if (view.answering !== null) return <AnswerForm view={view} reasons={view.answering.reasons} />;
  if (view.reviewing !== null) return <ReviewedItems view={view} allChosen={view.reviewing.allChosen} />;
  return (
    <>
      {view.items.map((item, n) => (
        <Item key={item.id} item={item} kind={view.kind} number={n + 1} />
      ))}
    </>
  );
};

const unsettled = (view: RequestView) =>
  view.items.flatMap(({ id, text, until }, n) => (until === null ? [] : [{ id, text, number: n + 1 }]));

const Besides = ({ view }: { readonly view: RequestView }) => (
  <>
    {view.extending === "ask" ? <ExtensionForm request={view.id} forms={view.forms} /> : null}
    {view.reviewing === null || view.kind === "consultation" ? null : (
      <GiveUpForm request={view.id} forms={view.forms} items={unsettled(view)} />
    )}
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
      <h2>照会項目（{view.items.length}件）</h2>
      <Items view={view} />
      <Opinions opinions={view.opinions} />
      <Besides view={view} />
      <Timeline entries={view.timeline} />
    </>,
  );
};
