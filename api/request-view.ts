import type { CommentRecord } from "../db/queries/opinions.ts";
import type { StoredFile } from "../db/queries/files.ts";
import type { LastYear } from "../db/queries/last-year.ts";
import type { RequestEvent } from "../db/queries/request-timeline.ts";
import type { RequestHistory, WrittenAnswer } from "../db/queries/request-history.ts";
import { actNames } from "../domain/acts.ts";
import { isOwed, isSettled, type ItemState } from "../domain/answer.ts";
import { calendarOf } from "../domain/calendar.ts";
import { sectionsOf, type ReportDocument } from "../domain/document.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { RequestCauses } from "../domain/request-causes.ts";
import { reasonLeaves } from "../domain/reasons.ts";
import type { WorkInside } from "../db/queries/inner.ts";
import { checkNames, datumIn, lastYearOf, othersThan, unitsOf, versionOf, writtenIn } from "./answer-view.ts";
import type { Around } from "./around.ts";
import { causeFor, type CauseOf } from "./causes.ts";
import { evidenceOfItem } from "./evidence-view.ts";
import { nameOf } from "./frame.ts";
import { isOnPage, pagesOf } from "./item-pages.ts";
import { deedWords, ownCause } from "../domain/act-words.ts";
import { insideFormsOf, insideViewOf, isReaders, type InsideOf } from "./inside-view.ts";
import type { FormsView, Option } from "./pages/form.tsx";
import type { ItemPages } from "./pages/item-pages.tsx";
import type { OpinionFormView } from "./pages/opinion-form.tsx";
import type { RequestView } from "./pages/request.tsx";
import type { ItemView } from "./pages/request-item.tsx";
import type { TimelineEntry } from "./pages/request-timeline.tsx";
import { roleNames } from "./pages/words.ts";
import { OPINIONS_ON_FORM } from "./opinion-forms.ts";
import { reviewableOf } from "./reviewed.ts";

export interface RequestViewOf {
  readonly around: Around;
  readonly history: RequestHistory;
  readonly names: ReadonlyMap<PersonId, string>;
  /** Those of this very request. */
  readonly opinions: readonly CommentRecord[];
  /** The version consulted on. */
  readonly document: ReportDocument | null;
  /** Asked for by the address: every answer that waits for a review on the page is ticked. */
  readonly allChosen: boolean;
  readonly inside: InsideOf;
  /** By datum. */
  readonly lastYear: LastYear;
  /** The page of items that is asked for. */
  readonly page: number;
  readonly events: readonly RequestEvent[];
  /** Item by item, the newest version of a name first. */
  readonly files: readonly StoredFile[];
  readonly causes: RequestCauses;
  /** Events that disposed of opinions, by opinion. */
  readonly disposed: ReadonlyMap<string, number>;
}

/** Until when an answer counts, and why it is wanted again or is not to be had. */
const standing = (state: ItemState): Pick<ItemView, "is" | "until" | "reason"> => {
  switch (state.is) {
    case "owed":
    case "submitted":
    case "provisional":
    case "failing":
    case "surveying":
      return { is: state.is, until: state.until, reason: null };
    case "returned":
      return { is: state.is, until: state.until, reason: state.reason };
    case "uncollected":
      return { is: state.is, until: null, reason: state.reason };
    case "value":
    case "nil":
    case "not-applicable":
    case "surveyed":
      return { is: state.is, until: null, reason: null };
  }
};

/** Whether fields are worth showing; whether an answer counts, the request alone decides. */
const answeringOf = (
  state: ItemState,
  work: WorkInside | undefined,
  { history: { request }, around: { now }, inside }: RequestViewOf,
): ItemView["answering"] => {
  const waits = request.pausedAt !== null || request.askedDueOn !== null;
  if (state.is === "provisional") return "wanted";
  if (state.is === "surveying") return "possible";
  if (isSettled(state) || ("until" in state && state.until < now && !waits)) return "over";
  if (inside.request.chain !== null && (work === undefined || !isReaders(work, inside))) return "others";
  return isOwed(state) ? "wanted" : "possible";
};

type NumberedItem = RequestHistory["items"][number] & { readonly number: number };

const itemViewOf = (
  { id, number, datum, text, indicators, state }: NumberedItem,
  of: RequestViewOf,
): ItemView => {
  const versions = of.history.answers.filter(({ item }) => item === id);
  const [newest] = versions;
  const work = of.inside.works.find(({ item }) => item === id);
  const before = work?.written ?? newest?.written ?? null;
  const wanted = datumIn(of.around.plan, datum);
  const causeOf = causeFor(of.around);
  const viewOf = { ...of, ...of.around, causeOf };
  return {
    id,
    number,
    text,
    indicators,
    before: lastYearOf(of.lastYear.get(datum), wanted),
    ...standing(state),
    caused: causeOf(of.causes.items.get(id) ?? of.causes.opened),
    versions: versions.map((answer) => versionOf(answer, viewOf, wanted)),
    answering: answeringOf(state, work, of),
    inside:
      work === undefined || isSettled(state)
        ? null
        : insideViewOf(work, of.inside, causeOf(of.causes.inner.get(id))),
    written: writtenIn(before, wanted),
    expects: wanted?.expects,
    units: unitsOf(wanted),
    failing: state.is === "failing" ? checkNames(state.checks, wanted) : [],
    evidence: evidenceOfItem(of.files, id, before),
    reviewable: reviewableOf(state, newest, of.around.reader),
    changed: hasChanged(of.around.forms, id, newest),
  };
};

/** Somebody has answered it since the reader's form was shown. */
const hasChanged = (
  { tried, draft }: FormsView,
  item: string,
  newest: WrittenAnswer | undefined,
): boolean => {
  const fields = tried === null ? draft?.fields : tried.code === "stale" ? tried.fields : undefined;
  const seen = fields?.[`seen:${item}`]?.[0];
  return seen !== undefined && seen !== String(newest?.version ?? 0);
};

const titleOf = ({ document }: RequestViewOf, section: string): string | undefined =>
  sectionsOf(document?.chapters ?? []).find(({ key }) => key === section)?.title;

const commentingOf = ({ history, document }: RequestViewOf): OpinionFormView => ({
  request: history.request.id,
  cycle: history.request.cycle,
  revision: `r${history.request.revision}`,
  version: history.request.version,
  sections: sectionsOf(document?.chapters ?? []).map(({ title }) => title),
  places: OPINIONS_ON_FORM,
});

/** A paused request has no date from which more time could be counted. */
const extendingOf = ({ history: { request }, around: { may } }: RequestViewOf): RequestView["extending"] => {
  if (request.pausedAt !== null) return null;
  if (request.askedDueOn !== null) return may("request.grant-extension") ? "decide" : null;
  return may("request.ask-extension") ? "ask" : null;
};

/** Only a leaf of the tree can be chosen. */
export const reasonOptions = ({ unmeasurableReasons }: Plan): readonly Option[] =>
  reasonLeaves(unmeasurableReasons).map(({ key, label }) => ({ value: key, name: label }));

const answerFormOf = ({ inside, around, history: { request } }: RequestViewOf): RequestView["answering"] => ({
  as: inside.request.chain === null ? "answers" : "preparation",
  reasons: reasonOptions(around.plan),
  owners: othersThan(request.organisation, around),
});

/** Opinions have a form of their own. */
const takingOf = (of: RequestViewOf, takes: boolean): Pick<RequestView, "answering" | "commenting"> => {
  const isOpinion = of.history.request.kind === "consultation";
  return {
    answering: takes && !isOpinion ? answerFormOf(of) : null,
    commenting: takes && isOpinion ? commentingOf(of) : null,
  };
};

/** The forms of whoever may use them while the request is open. */
const actsOf = (
  of: RequestViewOf,
  items: readonly ItemView[],
): Pick<
  RequestView,
  "answering" | "commenting" | "reviewing" | "again" | "extending" | "moving" | "entering"
> => {
  const { request } = of.history;
  const { may } = of.around;
  const open = request.is === "open";
  const answerable = ({ answering }: ItemView): boolean => answering === "wanted" || answering === "possible";
  const takes = open && may("request.submit") && items.some(answerable);
  return {
    ...takingOf(of, takes),
    reviewing: open && may("request.accept") ? { allChosen: of.allChosen } : null,
    again:
      open && may("request.reopen") && request.kind !== "consultation"
        ? { owners: othersThan(request.organisation, of.around) }
        : null,
    extending: open ? extendingOf(of) : null,
    moving: open && may("request.withdraw"),
    entering: open && request.kind !== "consultation" && may("request.enter"),
  };
};

const roleNamed: ReadonlyMap<string, string> = new Map(Object.entries(roleNames));

const entryOf = (
  { sequence, at, actor, name, role, action, reason, onBehalfOf }: RequestEvent,
  causeOf: CauseOf,
): TimelineEntry => {
  const act = actNames.find((one) => one === action);
  return {
    sequence,
    at,
    caused: causeOf(sequence),
    by: act === undefined ? null : { name: name ?? actor, role: roleNamed.get(role) ?? role },
    what: deedWords(action),
    onBehalfOf,
    reason: reason ?? ownCause(action),
  };
};

/** What the reader counts as open on each page. */
const itemPagesOf = (
  items: readonly NumberedItem[],
  { page, around: { may, forms } }: RequestViewOf,
): ItemPages => {
  const waits = may("request.submit") ? "answer" : may("request.accept") ? "review" : "settling";
  const isOpen = {
    answer: isOwed,
    review: ({ is }: ItemState) => is === "submitted" || is === "provisional",
    settling: (state: ItemState) => !isSettled(state),
  }[waits];
  const paged = items.map(({ id, state }) => ({ id, open: isOpen(state) }));
  return pagesOf(paged, { wanted: page, waits, draft: forms.draft?.fields });
};

const opinionOf = (opinion: CommentRecord, of: RequestViewOf): RequestView["opinions"][number] => {
  const causeOf = causeFor(of.around);
  const { id, at, section } = opinion;
  const made = of.events.findLast((event) => event.action === "request.submit" && event.at === at);
  return {
    ...opinion,
    section: section === null ? null : (titleOf(of, section) ?? section),
    causes: { made: causeOf(made?.sequence), disposed: causeOf(of.disposed.get(id)) },
  };
};

/** A request as its screen shows it, a page of its items in the plan's order. */
export const requestViewOf = (of: RequestViewOf): RequestView => {
  const { history, around } = of;
  const { plan, now } = around;
  const { request } = history;
  const causeOf = causeFor(around);
  const place = (datum: string): number => plan.data.findIndex(({ key }) => key === datum);
  const asked = history.items
    .toSorted((a, b) => place(a.datum) - place(b.datum))
    .map((item, n) => ({ ...item, number: n + 1 }));
  const pages = itemPagesOf(asked, of);
  const shown = asked.filter(({ number }) => isOnPage(number, pages));
  const items = shown.map((item) => itemViewOf(item, of));
  return {
    frame: around.frame,
    forms: around.forms,
    id: request.id,
    cycle: request.cycle,
    organisation: nameOf(plan, request.organisation, now),
    kind: request.kind,
    is: request.is,
    sentAt: request.sentAt,
    dueAt: request.dueAt,
    closeAt: request.closeAt,
    now,
    calendar: calendarOf(plan.holidays),
    asked:
      request.askedDueOn === null ? null : { dueOn: request.askedDueOn, reason: request.askedReason ?? "" },
    paused: request.pausedAt === null ? null : { at: request.pausedAt, reason: request.pausedReason ?? "" },
    revision: `r${request.revision}`,
    opinions: of.opinions.map((opinion) => opinionOf(opinion, of)),
    itemCount: asked.length,
    pages,
    items,
    inside: around.may("request.allocate") ? insideFormsOf({ asked, shown }, of.inside) : null,
    timeline: of.events.map((event) => entryOf(event, causeOf)),
    causes: {
      opened: causeOf(of.causes.opened),
      due: causeOf(of.causes.due),
      close: causeOf(of.causes.close),
      state: causeOf(of.causes.state),
      asked: causeOf(of.causes.asked),
      paused: causeOf(of.causes.paused),
    },
    ...actsOf(of, items),
  };
};
