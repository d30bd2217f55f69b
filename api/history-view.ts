import { gunzipSync } from "node:zlib";
import type { Db } from "../db/client.ts";
import { causesOfReminders, eventsByKey, mailsOfKey } from "../db/queries/causes.ts";
import { historiesOf } from "../db/queries/histories.ts";
import { namesOf } from "../db/queries/home.ts";
import type { MailSummary } from "../db/queries/mail.ts";
import { personId, type CycleKey, type PersonId } from "../domain/ids.ts";
import { letterNames } from "../domain/letters.ts";
import { isChainAct } from "../domain/chain.ts";
import type { Plan } from "../domain/plan.ts";
import { owedWords, rungWords } from "../domain/reminder-words.ts";
import { epochMs, instant, instantOfEpochMs, type Instant } from "../domain/time.ts";
import { nameOf } from "./frame.ts";
import { eventsIn } from "./history-events.ts";
import { inWords, type Sentence } from "./history-words.ts";
import type { ReadHistories } from "./live-histories.ts";
import type { MailSentence, RunView, SentenceView } from "./pages/history.tsx";

export interface Told {
  readonly cycle: CycleKey;
  readonly plan: Plan;
  /** The namespace's page in the Temporal UI; null for who may not, and where there is none. */
  readonly engine: string | null;
  /** A rehearsal's events are told at its own time. */
  readonly stepped: boolean;
}

interface Run {
  readonly run: string;
  readonly startedMs: number;
  readonly text: string;
}

/** A screen does not wait for an engine that is silent. */
const LIMIT_MS = 3_000;

/** Every run of the workflow: those that are kept, and what the engine has besides. */
export const runsOf = async (
  { db, readHistories }: { readonly db: Db; readonly readHistories: ReadHistories },
  { cycle, workflow }: { readonly cycle: CycleKey; readonly workflow: string },
): Promise<{ readonly runs: readonly Run[]; readonly missing: readonly string[] }> => {
  const kept = (await historiesOf(db, cycle)).filter((one) => one.workflow === workflow);
  const closed = kept.some(({ isLast }) => isLast);
  const live = closed
    ? { histories: [], missing: [] }
    : await readHistories({
        workflows: [workflow],
        kept: new Map([[workflow, new Set(kept.map(({ run }) => run))]]),
        limitMs: LIMIT_MS,
      });
  const runs = [
    ...kept.map(({ run, startedAt, bytes }) => ({
      run,
      startedMs: epochMs(startedAt),
      text: gunzipSync(bytes).toString("utf8"),
    })),
    ...live.histories,
  ];
  return { runs: runs.toSorted((a, b) => a.startedMs - b.startedMs), missing: live.missing };
};

const rungOf = (plan: Plan, name: string): string => {
  const rung = Object.values(plan.ladders)
    .flat()
    .find((one) => one.name === name);
  return rung === undefined ? name : rungWords(rung);
};

/** What was sent to whom, and why: of a digest every rung it stands for, with what was not in. */
export const mailSentences = async (
  db: Db,
  { plan }: Pick<Told, "plan">,
  mails: readonly MailSummary[],
): Promise<readonly (MailSentence & { readonly mail: MailSummary })[]> => {
  const causes = await causesOfReminders(
    db,
    mails.map(({ key }) => key),
  );
  const names = await namesOf(db, [...new Set(mails.map(({ person }) => person))]);
  return mails.map((mail) => {
    const own = causes.filter((cause) => cause.mail === mail.key);
    const kind = mail.rung === null ? letterNames[mail.letter] : rungOf(plan, mail.rung);
    const to = `${nameOf(plan, mail.organisation, mail.at)} ${names.get(mail.person) ?? mail.person}`;
    const why = own.map(({ rung, dueAt, items }) => {
      const words = owedWords({ dueAt, at: mail.at, items });
      return own.length === 1 ? words : `${rungOf(plan, rung)} ${words}`;
    });
    return {
      mail,
      key: mail.key,
      what: `${to}に${kind}を送信`,
      why: why.length === 0 ? null : why.join("、"),
    };
  });
};

const maybePerson = (id: string): readonly PersonId[] => {
  try {
    return [personId(id)];
  } catch {
    return [];
  }
};

const atOf = ({ now, time }: Sentence, { stepped }: Told): Instant =>
  stepped && now !== null ? instant(now) : instantOfEpochMs(Date.parse(time));

export const engineRun = (engine: string, workflow: string, run: string): string =>
  `${engine}/workflows/${workflow}/${run}/history`;

/** A run's events as sentences, each with the way to what caused it. @param inside whether steps inside the organisation are the reader's to know */
export const runView = async (
  db: Db,
  told: Told,
  {
    workflow,
    run,
    text,
    inside,
  }: Pick<Run, "run" | "text"> & { readonly workflow: string; readonly inside: boolean },
): Promise<RunView> => {
  const { sentences: all, machine } = inWords(eventsIn(text));
  const sentences = all.filter(({ deed }) => inside || deed === null || !isChainAct(deed));
  const { cycle, engine } = told;
  const people = await namesOf(
    db,
    sentences.flatMap(({ person }) => (person === null ? [] : maybePerson(person))),
  );
  const ticks = sentences.flatMap(({ digests, now }) => (digests > 0 ? [`chase ${cycle} ${now ?? ""}`] : []));
  const numbers = await eventsByKey(db, ticks);
  const mailsOf = async (key: string) =>
    numbers.has(key) ? mailSentences(db, told, await mailsOfKey(db, key)) : [];
  return {
    run,
    machine,
    engine: engine === null ? null : engineRun(engine, workflow, run),
    sentences: await Promise.all(
      sentences.map(async (sentence): Promise<SentenceView> => {
        const { event, what, why, person, act, digests, now } = sentence;
        const key = `chase ${cycle} ${now ?? ""}`;
        const sequence = sentence.sequence ?? (digests > 0 ? (numbers.get(key) ?? null) : null);
        return {
          id: `${run.slice(0, 8)}-${event}`,
          at: atOf(sentence, told),
          what,
          why,
          by:
            person === null ? null : (maybePerson(person).flatMap((id) => people.get(id) ?? [])[0] ?? person),
          record:
            sequence === null
              ? null
              : { href: `/cycles/${cycle}/audit/${sequence}`, name: `監査記録 第${sequence}号` },
          act,
          history: null,
          engine: null,
          mails: digests > 0 ? await mailsOf(key) : [],
        };
      }),
    ),
  };
};
