import type { ContentRef, GivenAnswer } from "../../domain/acts.ts";
import type { Says } from "../../domain/says.ts";
import type { ItemState } from "../../domain/answer.ts";
import { fiscalYear, personId, type OrganisationId, type PersonId } from "../../domain/ids.ts";
import type { RequestKind } from "../../domain/plan.ts";
import type {
  RecordedChapter,
  RecordedItem,
  RecordedSurvey,
  ReportRecord,
} from "../../domain/report-record.ts";
import { instant, plainDate, type Instant } from "../../domain/time.ts";
import type { Db } from "../../db/client.ts";
import { storeContent, type ContentBodies, type ContentKind } from "../../db/content.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { analyses, evaluations } from "../../db/schema/evaluation.ts";
import { edits } from "../../db/schema/report.ts";
import { items, requests } from "../../db/schema/request.ts";
import { surveys } from "../../db/schema/survey.ts";

const AT = instant("2015-05-20T10:00:00+09:00");
const writer = personId("nisc-preparer");
export const approver = personId("nisc-counsellor");

/** Stores a content as a person would have, at an instant that does not matter. */
export const store = <Kind extends ContentKind>(
  db: Db,
  kind: Kind,
  body: ContentBodies[Kind],
): Promise<ContentRef> => storeContent(db, { kind, body, storedBy: writer, storedAt: AT });

/** A record as the rows it would have been read from: what the year's acts leave in the database. */
export const storeYear = async (db: Db, record: ReportRecord): Promise<void> => {
  const { cycle, plan } = record;
  const stored = await store(db, "plan", plan);
  await db.insert(cycles).values({
    key: cycle,
    year: fiscalYear(plan.year),
    plan: stored.hash,
    stage: "drafting",
    stepped: record.rehearsal,
    now: AT,
    openedAt: AT,
  });
  await storeRequests(db, record);
  for (const survey of record.surveys) await storeSurvey(db, record, survey);
  for (const { kind, key, rating, text } of record.evaluations) {
    const { id, hash } = await store(db, "evaluation", { rating, text });
    const row = { cycle, kind, key, content: id, hash, at: AT };
    await db.insert(evaluations).values([
      { ...row, is: "drafted", by: writer },
      { ...row, is: "approved", by: approver },
    ]);
  }
  for (const { domain, needed, reason, text } of record.analyses) {
    const content = text === null ? null : (await store(db, "analysis", { text: text.text })).id;
    await db.insert(analyses).values({ cycle, domain, needed, reason, content, by: writer, at: AT });
  }
  for (const { section, text, againstSource, by } of record.edits)
    await storeEdit(db, record, { section, text, againstSource, by });
};

export const storeEdit = async (
  db: Db,
  { cycle }: ReportRecord,
  { section, by, ...body }: ReportRecord["edits"][number],
): Promise<void> => {
  const { id } = await store(db, "edit", body);
  await db.insert(edits).values({ cycle, section, content: id, by, at: AT });
};

const requestId = ({ cycle }: ReportRecord, kind: RequestKind, organisation: OrganisationId): string =>
  `${cycle}-${kind}-${organisation}`;
const itemId = (record: ReportRecord, { datum, organisation }: Omit<RecordedItem, "outcome">): string =>
  `${requestId(record, "data", organisation)}/${datum}`;

const given = async (
  db: Db,
  item: string,
  { says, body }: { readonly says: Says; readonly body: ContentBodies["answer"] },
): Promise<GivenAnswer> => ({ item, says, why: null, content: await store(db, "answer", body) });

const stateOf = async (db: Db, item: string, outcome: RecordedItem["outcome"]): Promise<ItemState> => {
  switch (outcome.is) {
    case "value": {
      const { number, unit, text } = outcome;
      return { is: "value", answer: await given(db, item, { says: "value", body: { number, unit, text } }) };
    }
    case "nil":
    case "not-applicable": {
      const body = { number: null, unit: null, text: outcome.text };
      return { is: outcome.is, answer: await given(db, item, { says: outcome.is, body }) };
    }
    case "surveyed":
    case "uncollected":
      return outcome;
  }
};

const chapterState = async (db: Db, item: string, chapter: RecordedChapter): Promise<ItemState> =>
  chapter.is === "missing"
    ? { is: "uncollected", reason: chapter.reason }
    : {
        is: "value",
        answer: await given(db, item, {
          says: "value",
          body: { number: null, unit: null, text: chapter.text },
        }),
      };

/** A request of one item, or one item more of it. */
export const storeItem = async (
  db: Db,
  record: ReportRecord,
  item: {
    readonly kind: RequestKind;
    readonly organisation: OrganisationId;
    readonly datum: string;
    readonly state: ItemState;
  },
): Promise<void> => {
  const { kind, organisation, datum, state } = item;
  const request = requestId(record, kind, organisation);
  const days = { sentAt: AT, dueAt: AT, closeAt: AT };
  await db
    .insert(requests)
    .values({ id: request, cycle: record.cycle, kind, organisation, is: "settled", round: 0, ...days })
    .onConflictDoNothing();
  await db.insert(items).values({
    id: `${request}/${datum}`,
    request,
    datum,
    text: datum,
    indicators: [],
    is: state.is,
    state,
    dueAt: AT,
  });
};

const storeRequests = async (db: Db, record: ReportRecord): Promise<void> => {
  for (const { datum, organisation, outcome } of record.items) {
    const state = await stateOf(db, itemId(record, { datum, organisation }), outcome);
    await storeItem(db, record, { kind: "data", organisation, datum, state });
  }
  for (const chapter of record.chapters) {
    const owner = record.plan.chapters.find(({ key }) => key === chapter.key)?.owner;
    if (owner === undefined) throw new Error(`nobody owns chapter ${chapter.key}`);
    const state = await chapterState(db, `${requestId(record, "chapter", owner)}/${chapter.key}`, chapter);
    await storeItem(db, record, { kind: "chapter", organisation: owner, datum: chapter.key, state });
  }
};

const endOf = async (
  db: Db,
  end: RecordedSurvey["end"],
): Promise<Pick<typeof surveys.$inferInsert, "end" | "result" | "endedAt">> => {
  const result = async (text: string, limits: string) =>
    (await store(db, "survey-result", { text, limits })).id;
  switch (end.is) {
    case "running":
      return {};
    case "found":
      return { end: { is: "found" }, result: await result(end.result.text, end.limits), endedAt: AT };
    case "impossible":
      return {
        end: { is: "impossible", reason: end.reason },
        result: end.result === null ? null : await result(end.result.text, ""),
        endedAt: AT,
      };
    case "stopped":
      return { end: { is: "stopped", reason: end.reason }, endedAt: AT };
    case "merged":
      return { end: { is: "merged", into: end.into, reason: end.reason }, endedAt: AT };
  }
};

const storeSurvey = async (db: Db, record: ReportRecord, survey: RecordedSurvey): Promise<void> => {
  const { id, organisation, cause, justification, method, data } = survey;
  await db.insert(surveys).values({
    id,
    cycle: record.cycle,
    request: requestId(record, "data", organisation),
    organisation,
    cause,
    justification,
    isSecretariats: false,
    items: data.map((datum) => itemId(record, { datum, organisation })),
    openedAt: AT,
    dueOn: plainDate("2015-06-01"),
    method: method === null ? null : (await store(db, "survey-method", { text: method.text })).id,
    ...(await endOf(db, survey.end)),
  });
};

/** One more state of a judgement. */
export const storeEvaluation = async (
  db: Db,
  { cycle }: ReportRecord,
  row: {
    readonly kind: "output" | "outcome";
    readonly key: string;
    readonly is: "drafted" | "approved" | "returned";
    readonly body: ContentBodies["evaluation"];
    readonly by: PersonId;
    readonly at: Instant;
  },
): Promise<void> => {
  const { body, ...rest } = row;
  const { id, hash } = await store(db, "evaluation", body);
  await db.insert(evaluations).values({ ...rest, cycle, content: id, hash });
};
