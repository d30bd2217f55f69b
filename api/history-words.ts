import { deedWords, ownCause } from "../domain/act-words.ts";
import type { Stage } from "../domain/cycle.ts";
import type { Asked, Happening, HistoryEvent, Timer, Update } from "../domain/history.ts";
import { activityWords, changeWords, howWords, signalWords, workflowName } from "./history-names.ts";
import { itemStateNames, stepNames } from "./pages/words.ts";

/** One event as a sentence with its cause. */
export interface Sentence {
  readonly event: number;
  /** Wall clock, UTC. */
  readonly time: string;
  /** The cycle's now at that event; null where the run had not told of one yet. */
  readonly now: string | null;
  readonly what: string;
  readonly why: string | null;
  /** The person who acted; null where nobody did. */
  readonly person: string | null;
  /** Number of the audit event it wrote. */
  readonly sequence: number | null;
  readonly act: string | null;
  /** What it is about, as the record calls it; null for what is no deed. */
  readonly deed: string | null;
  /** Of a chase: how many digests it sent at that tick, to be told one by one. */
  readonly digests: number;
}
/** A run in words: what is between the engine and its workers is counted and not told. */
export interface InWords {
  readonly sentences: readonly Sentence[];
  readonly machine: number;
}

type Json = Readonly<Record<string, unknown>>;
const objectOf = (value: unknown): Json =>
  typeof value === "object" && value !== null ? (value as Json) : {};
const textIn = (value: unknown, name: string): string | null => {
  const found = objectOf(value)[name];
  return typeof found === "string" && found !== "" ? found : null;
};
const wordIn = <Key extends string>(words: Readonly<Record<Key, string>>, name: string): string =>
  Object.entries<string>(words).find(([key]) => key === name)?.[1] ?? name;

const counted = (words: readonly string[]): string =>
  [...new Set(words)]
    .map((word) => {
      const many = words.filter((one) => one === word).length;
      return many === 1 ? word : `${word}${many}件`;
    })
    .join("、");

const stageNames: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ ...stepNames, finished: "終了" } satisfies Partial<
    Record<Stage | "survey", string>
  >),
);
const changeWord = (change: unknown): readonly string[] => {
  const write = textIn(change, "write") ?? "";
  const { state, stage, dueAt } = objectOf(change);
  if (write === "process") return [];
  if (write === "item") return [`項目が「${wordIn(itemStateNames, textIn(state, "is") ?? "")}」`];
  if (write === "stage") return [`段階が「${stageNames.get(String(stage)) ?? String(stage)}」`];
  if (write === "term") return [`期限が ${String(dueAt).slice(0, 16).replace("T", " ")}`];
  return [wordIn(changeWords, write)];
};
const changesOf = (input: unknown): string => {
  const { changes } = objectOf(input);
  return Array.isArray(changes) ? counted(changes.flatMap(changeWord)) : "";
};

/** Where a person acted his reason counts, else what the deed has for a cause. */
const recordWords = (input: unknown): { readonly what: string; readonly why: string | null } => {
  const deed = textIn(input, "action") ?? "";
  const changed = changesOf(input);
  return {
    what: `${deedWords(deed)}を記録した${changed === "" ? "" : `（${changed}）`}`,
    why: textIn(input, "reason") ?? textIn(objectOf(input)["act"], "reason") ?? ownCause(deed),
  };
};

interface Said {
  readonly what: string;
  readonly why?: string | null;
}
const nameOf = ({ name, summary }: Asked): string =>
  Object.hasOwn(activityWords, name) ? wordIn(activityWords, name) : (summary ?? name);

/** What it was asked for by: a person's act, or the run itself at a date that had come. */
const causeOf = ({ name, input }: Asked): string => {
  const act = objectOf(objectOf(input)["act"]);
  const deed = textIn(act, "name");
  if (deed !== null) return `${deedWords(deed)}を受け付けたため。`;
  return name === "chase" ? "送信時間帯の開始になったため。" : "手続が進んだため。";
};

const chased = (answer: unknown): Said => {
  const digests = Number(objectOf(answer)["digests"]);
  return digests > 0
    ? { what: `督促等のメール${digests}通を作った`, why: ownCause("chase.remind") }
    : { what: "督促すべきものを確かめ、なかった", why: "送信時間帯の開始になったため。" };
};

const done = (activity: Asked, answer: unknown): Said => {
  if (activity.name === "record") return recordWords(activity.input);
  if (activity.name === "chase") return chased(answer);
  if (activity.name !== "openRequests")
    return { what: `「${nameOf(activity)}」を終えた`, why: causeOf(activity) };
  return {
    what: `照会${String(objectOf(answer)["opened"])}件を送付した`,
    why: textIn(objectOf(activity.input)["act"], "reason") ?? causeOf(activity),
  };
};

const timerName = ({ summary }: Timer): string => `「${summary ?? "次の日時"}」`;
const updateName = ({ name }: Update): string => (name === "advance" ? "訓練の時計" : deedWords(name));

const acted = ({ name, told }: Update): Said =>
  name === "advance"
    ? { what: `訓練の時計が ${(textIn(told, "to") ?? "").slice(0, 16).replace("T", " ")} になった` }
    : { what: `${deedWords(name)}を受け付けた`, why: textIn(told, "reason") };

/** The sentence of a happening; null for what nobody need read. */
const said = (happening: Happening): Said | null => {
  switch (happening.is) {
    case "started":
      return happening.goesOn
        ? { what: "前の実行から引き継いで続けた", why: "履歴が長くなり過ぎないよう、月ごとに区切るため。" }
        : { what: `手続を始めた${happening.summary === null ? "" : `：${happening.summary}`}` };
    case "completed":
      return { what: "手続を終えた", why: "行うべきことが全て済んだため。" };
    case "handed-on":
      return { what: "次の実行に引き継いだ", why: "履歴が長くなり過ぎないよう、月ごとに区切るため。" };
    case "ended":
      return { what: `手続が${howWords[happening.how]}`, why: happening.why };
    case "timer-started":
      return {
        what: `${timerName(happening.timer)}を待ち始めた（${Math.round(happening.timer.seconds)}秒）`,
      };
    case "timer-fired":
      return { what: `${timerName(happening.timer)}の日時になった`, why: "待っていた日時が来たため。" };
    case "timer-cancelled":
      return { what: `${timerName(happening.timer)}を待つのをやめた`, why: "その前に手続が進んだため。" };
    case "activity-scheduled":
      return {
        what: `「${happening.activity.summary ?? nameOf(happening.activity)}」を求めた`,
        why: causeOf(happening.activity),
      };
    case "activity-retried":
      return {
        what: `「${nameOf(happening.activity)}」をやり直した（${happening.attempt}回目）`,
        why: `前の回に失敗したため：${happening.why}`,
      };
    case "activity-completed":
    case "read":
      return done(happening.activity, happening.answer);
    case "activity-ended":
      return { what: `「${nameOf(happening.activity)}」が${howWords[happening.how]}`, why: happening.why };
    case "update-accepted":
      return acted(happening.update);
    case "update-completed":
      return happening.refused === null
        ? { what: `${updateName(happening.update)}の結果を返した`, why: "記録が済んだため。" }
        : { what: `${updateName(happening.update)}を行わなかった`, why: happening.refused };
    case "signalled": {
      const words = Object.entries(signalWords).find(([name]) => name === happening.name)?.[1];
      return words ?? { what: `知らせ（${happening.name}）を受けた` };
    }
    case "signal-sent":
      return { what: `${workflowName(happening.workflow)}に知らせた` };
    case "signal-lost":
      return {
        what: `${workflowName(happening.workflow)}には知らせが届かなかった`,
        why: "既に終わっていたため。",
      };
    case "machine":
      return null;
  }
};

/** The cycle's now that an event brings along. */
const nowIn = (happening: Happening): string | null => {
  if (happening.is === "started") return textIn(objectOf(happening.input)["clock"], "now");
  if (happening.is === "signalled") return textIn(happening.told, "at");
  if (happening.is === "update-accepted")
    return textIn(happening.update.told, "at") ?? textIn(happening.update.told, "to");
  return "activity" in happening ? textIn(happening.activity.input, "now") : null;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** An Update has its act's id; one that no act has brought, as the stepping of the clock, is known by its name. */
const actIn = (happening: Happening): string | null => {
  if ("update" in happening) {
    const { id, name } = happening.update;
    return name !== "advance" && UUID.test(id) ? id : null;
  }
  return "activity" in happening ? textIn(objectOf(happening.activity.input)["act"], "id") : null;
};
const deedIn = (happening: Happening): string | null => {
  if ("update" in happening) return happening.update.name;
  if (!("activity" in happening)) return null;
  const { input } = happening.activity;
  return textIn(input, "action") ?? textIn(objectOf(input)["act"], "name");
};
const personIn = (happening: Happening): string | null => {
  if (happening.is === "update-accepted") return textIn(objectOf(happening.update.told)["actor"], "person");
  if (happening.is !== "activity-completed") return null;
  return textIn(objectOf(objectOf(happening.activity.input)["act"])["actor"], "person");
};
const answerIn = (happening: Happening): Json => ("answer" in happening ? objectOf(happening.answer) : {});

/** A run's events, each once, in their order. */
export const inWords = (events: readonly HistoryEvent[]): InWords => {
  let now: string | null = null;
  let machine = 0;
  const sentences: Sentence[] = [];
  for (const { id, time, happening } of events) {
    const told = nowIn(happening);
    if (told !== null && (now === null || told > now)) now = told;
    const sentence = said(happening);
    if (sentence === null) {
      machine += 1;
      continue;
    }
    const { sequence, digests } = answerIn(happening);
    sentences.push({
      event: id,
      time,
      now,
      what: sentence.what,
      why: sentence.why ?? null,
      person: personIn(happening),
      sequence: typeof sequence === "number" ? sequence : null,
      act: actIn(happening),
      deed: deedIn(happening),
      digests: typeof digests === "number" ? digests : 0,
    });
  }
  return { sentences, machine };
};
