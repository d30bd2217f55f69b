import type { Db } from "../db/client.ts";
import { causesOfMails, mailsAbout } from "../db/queries/causes.ts";
import { requestTimeline, type RequestEvent } from "../db/queries/request-timeline.ts";
import type { StoredRequest } from "../db/queries/requests.ts";
import { surveysOf } from "../db/queries/surveys.ts";
import { actNames, type Actor } from "../domain/acts.ts";
import { deedWords, ownCause } from "../domain/act-words.ts";
import { judge } from "../domain/policy.ts";
import { requestWorkflowId } from "../workflows/contract.ts";
import { engineRun, mailSentences, runsOf, runView, type Told } from "./history-view.ts";
import type { ReadHistories } from "./live-histories.ts";
import type { SentenceView } from "./pages/history.tsx";
import { roleNames } from "./pages/words.ts";
import { eventsFor, seesInside } from "./posts.ts";

interface Timeline {
  readonly db: Db;
  readonly readHistories: ReadHistories;
  readonly reader: Actor;
  readonly request: StoredRequest;
  readonly told: Told;
}

const recordAt = (cycle: string, sequence: number) => ({
  href: `/cycles/${cycle}/audit/${sequence}`,
  name: `監査記録 第${sequence}号`,
});
const postName = (role: string): string =>
  Object.entries<string>(roleNames).find(([name]) => name === role)?.[1] ?? role;

const eventSentence = (
  { sequence, at, actor, name, role, action, reason, act, workflow, run }: RequestEvent,
  { reader, told: { cycle, engine } }: Timeline,
): SentenceView => {
  const isPersons = actNames.some((one) => one === action);
  const sees = judge(reader.role, "audit", "open") === "allowed";
  return {
    id: `event-${sequence}`,
    at,
    what: deedWords(action),
    why: reason ?? ownCause(action),
    by: isPersons ? `${name ?? actor}（${postName(role)}）` : null,
    record: sees ? recordAt(cycle, sequence) : null,
    act: act !== null && judge(reader.role, "act", "other") === "allowed" ? act : null,
    history: sees && workflow !== null ? `/cycles/${cycle}/histories/${workflow}` : null,
    engine: engine !== null && workflow !== null && run !== null ? engineRun(engine, workflow, run) : null,
    mails: [],
  };
};

const mailEntries = async ({ db, reader, request, told }: Timeline): Promise<readonly SentenceView[]> => {
  const about = await mailsAbout(db, { cycle: told.cycle, request: request.id });
  const seen = about.filter(
    ({ organisation }) =>
      judge(reader.role, "mail", reader.organisation === organisation ? "own" : "other") === "allowed",
  );
  const causes = await causesOfMails(
    db,
    seen.map(({ key }) => key),
  );
  const sees = judge(reader.role, "audit", "open") === "allowed";
  return (await mailSentences(db, told, seen)).map(({ mail, ...sentence }) => {
    const sequence = causes.get(mail.key);
    return {
      id: `mail-${mail.key.slice(0, 16)}`,
      at: mail.at,
      what: "メール",
      why: null,
      by: null,
      record: sees && sequence !== undefined ? recordAt(told.cycle, sequence) : null,
      act: null,
      history: null,
      engine: null,
      mails: [sentence],
    };
  });
};

/** What the request's workflow did by itself: what people did and what was recorded stands in the record already. */
const workflowEntries = async (timeline: Timeline): Promise<readonly SentenceView[]> => {
  const { db, reader, request, told } = timeline;
  const inside = seesInside(reader, request);
  const workflow = requestWorkflowId(request.id);
  const { runs } = await runsOf(timeline, { cycle: told.cycle, workflow });
  const views = await Promise.all(
    runs.map(({ run, text }) => runView(db, told, { workflow, run, text, inside })),
  );
  return views.flatMap(({ sentences, engine }) =>
    sentences
      .filter(({ record, act }) => record === null && act === null)
      .map((sentence) => ({ ...sentence, engine, history: `/cycles/${told.cycle}/histories/${workflow}` })),
  );
};

/** 経過: mails, answers, returns, extensions, surveys and what the workflow did, in one column, the first thing first. */
export const timelineOf = async (timeline: Timeline): Promise<readonly SentenceView[]> => {
  const { db, reader, request, told } = timeline;
  const surveys = (await surveysOf(db, { cycle: told.cycle }))
    .filter((survey) => survey.request === request.id)
    .map(({ id }) => id);
  const events = await requestTimeline(db, { cycle: told.cycle, id: request.id, surveys });
  const mayRead = judge(reader.role, "histories", "open") === "allowed";
  const all = [
    ...eventsFor(reader, request, events).map((event) => eventSentence(event, timeline)),
    ...(await mailEntries(timeline)),
    ...(mayRead ? await workflowEntries(timeline) : []),
  ];
  return all.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
};
