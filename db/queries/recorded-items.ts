import type { GivenAnswer } from "../../domain/acts.ts";
import { isSettled, type ItemState } from "../../domain/answer.ts";
import { otherValue } from "../../domain/answer-value.ts";
import type { OrganisationId } from "../../domain/ids.ts";
import type { Plan, RequestKind } from "../../domain/plan.ts";
import type {
  RecordedChapter,
  RecordedItem,
  RecordedOutcome,
  ReportRecord,
} from "../../domain/report-record.ts";
import type { StoredContent } from "./content.ts";
import { held, textOf } from "./recorded-text.ts";

/** One asked item as its row has it. */
export interface AskedItem {
  readonly id: string;
  readonly kind: RequestKind;
  readonly datum: string;
  readonly organisation: OrganisationId;
  readonly state: ItemState;
}
type Answers = ReadonlyMap<string, StoredContent<"answer">>;

const answerOf = (answers: Answers, { content }: GivenAnswer): StoredContent<"answer"> =>
  held(answers, content.id);

/** undefined while the item is open. */
const outcomeOf = (state: ItemState, answers: Answers): RecordedOutcome | undefined => {
  switch (state.is) {
    case "owed":
    case "submitted":
    case "returned":
    case "provisional":
    case "failing":
    case "surveying":
      return undefined;
    case "value": {
      const answer = answerOf(answers, state.answer);
      const { number, unit } = answer.body;
      const other = otherValue(answer.body);
      return { is: "value", number, unit, ...(other !== undefined && { other }), ...textOf(answer) };
    }
    case "nil":
    case "not-applicable":
      return { is: state.is, ...textOf(answerOf(answers, state.answer)) };
    case "surveyed":
      return { is: "surveyed", survey: state.survey };
    case "uncollected":
      return { is: "uncollected", reason: state.reason };
  }
};

const embargoIn = (state: ItemState): { readonly embargoed?: true } =>
  "answer" in state && state.answer.embargoed === true ? { embargoed: true } : {};

export const recordedItems = (asked: readonly AskedItem[], answers: Answers): readonly RecordedItem[] =>
  asked
    .filter(({ kind }) => kind === "data")
    .flatMap(({ datum, organisation, state }) => {
      const outcome = outcomeOf(state, answers);
      return outcome === undefined ? [] : [{ datum, organisation, outcome, ...embargoIn(state) }];
    });

/** What was handed to an organisation that the plan does not name and is open yet: it is missing, not absent. */
export const openElsewhere = (
  asked: readonly AskedItem[],
  { data }: Plan,
): Pick<ReportRecord, "openElsewhere"> => {
  const open = asked
    .filter(({ kind, state }) => kind === "data" && !isSettled(state))
    .filter(({ datum, organisation }) => {
      const owners = data.find(({ key }) => key === datum)?.owners;
      return owners !== undefined && owners.every((owner) => owner.organisation !== organisation);
    })
    .map(({ datum, organisation }) => ({ datum, organisation }));
  return open.length === 0 ? {} : { openElsewhere: open };
};

const NOTHING_TO_REPORT = "報告する事項がない旨の回答があったため。";
const REPLACED_BY_SURVEY = "補完調査の結果をもって代えたため。";

/** Only a text that was accepted has arrived; everything else is printed as missing, with its reason. */
const chapterOf = (key: string, outcome: RecordedOutcome): RecordedChapter => {
  switch (outcome.is) {
    case "value":
      return {
        key,
        is: "arrived",
        text: outcome.text,
        contentId: outcome.contentId,
        sha256: outcome.sha256,
      };
    case "nil":
    case "not-applicable":
      return { key, is: "missing", reason: outcome.text === "" ? NOTHING_TO_REPORT : outcome.text };
    case "surveyed":
      return { key, is: "missing", reason: REPLACED_BY_SURVEY };
    case "uncollected":
      return { key, is: "missing", reason: outcome.reason };
  }
};

/** What it came with. */
const evidenceOf = (state: ItemState, answers: Answers): Pick<Arrived, "files" | "embargoed"> => {
  const files = "answer" in state ? answerOf(answers, state.answer).body.files : undefined;
  return { ...(files !== undefined && { files }), ...embargoIn(state) };
};
type Arrived = Extract<RecordedChapter, { readonly is: "arrived" }>;

export const recordedChapters = (asked: readonly AskedItem[], answers: Answers): readonly RecordedChapter[] =>
  asked
    .filter(({ kind }) => kind === "chapter")
    .flatMap(({ datum, state }) => {
      const outcome = outcomeOf(state, answers);
      if (outcome === undefined) return [];
      const chapter = chapterOf(datum, outcome);
      return [chapter.is === "missing" ? chapter : { ...chapter, ...evidenceOf(state, answers) }];
    });
