import { Command, InvalidArgumentError } from "commander";
import type { PlannedMail } from "../domain/forecast-standing.ts";
import type { LadderRung } from "../domain/plan.ts";
import type { WhatIf } from "../domain/what-if.ts";
import type { MovedDates } from "../domain/what-if-dates.ts";
import { dateOf } from "../domain/time.ts";
import { hourOf, monthAndDay, warekiTime, warekiWithWeekday } from "../domain/wareki.ts";
import { dateArgument } from "./date-argument.ts";
import { doorOf, memberOf, type Door, type Where } from "./door.ts";
import { letterNames } from "../domain/letters.ts";
import { tableOf } from "./terminal-table.ts";
import {
  changeOf,
  contactArgument,
  holidayArgument,
  rungArgument,
  windowArgument,
  type ChangeOptions,
  type LadderOf,
} from "./what-if-change.ts";

interface Options extends Where, ChangeOptions {
  readonly cycle?: string;
  readonly reason?: string;
  readonly json?: true;
}

interface Step {
  readonly by: string;
  readonly method: string;
  readonly path: string;
  readonly body: object;
}
/** What the service answers. */
type Reply = WhatIf & { readonly apply: Step; readonly afterwards: Step | null };

/** A cast: the service's own schema is the domain's type, and its replies are made by it. */
const replyOf = (raw: unknown): Reply => {
  if (memberOf(raw, "mails") === undefined) throw new RangeError("not the reply to a what-if");
  return raw as Reply;
};

const textOf = (value: unknown, name: string): string => {
  const member = memberOf(value, name);
  return typeof member === "string" ? member : "";
};
const listOf = (value: unknown, name: string): readonly unknown[] => {
  const member = memberOf(value, name);
  return Array.isArray(member) ? member : [];
};

/** What is wrong, and all that is to be mended. */
const problemText = (raw: unknown): string => {
  const mistakes = [...listOf(raw, "errors"), ...listOf(raw, "findings")];
  const said = `${textOf(raw, "title")}。${textOf(raw, "detail")}`;
  return [said, ...mistakes.map((one) => `　${textOf(one, "message")}`)].join("\n");
};

const ask = async (command: Command, door: Door, path: string, body?: object): Promise<unknown> => {
  const reply = await fetch(`${door.api}${path}`, {
    headers: { authorization: `Bearer ${door.token}`, "content-type": "application/json" },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });
  const said: unknown = await reply.json();
  return reply.ok ? said : command.error(problemText(said));
};

/** As the plan in force has them. */
const laddersOf = (raw: unknown): Readonly<Record<string, readonly LadderRung[]>> =>
  raw as Readonly<Record<string, readonly LadderRung[]>>;

/** That of the request, else the one opened last. */
const cycleOf = async (command: Command, door: Door, { cycle, request }: Options): Promise<string> => {
  const named = cycle ?? /^\d{4}(-r\d+)?/.exec(request ?? "")?.[0];
  if (named !== undefined) return named;
  const last = textOf(listOf(await ask(command, door, "/cycles"), "cycles").at(-1), "cycle");
  return last === "" ? command.error("サイクルが始まっていません。") : last;
};

const shortly = (at: PlannedMail["at"]): string => `${monthAndDay(dateOf(at))}${hourOf(at)}`;
const termText = (term: MovedDates["before"]): string =>
  term === null ? "なし" : `${shortly(term.dueAt)}（締切${shortly(term.closeAt)}）`;

const dateLines = (dates: readonly MovedDates[]): readonly string[] =>
  dates.length === 0
    ? ["期限・締切　変わりません。"]
    : [
        "期限・締切",
        ...tableOf(
          dates.map(({ request, before, after }) => [
            `  ${request}`,
            termText(before),
            `→ ${termText(after)}`,
            after?.why.due.join("。") ?? "",
          ]),
        ),
      ];

const about = ({ letter, rung, contact, request, items }: PlannedMail): readonly string[] => [
  rung ?? letterNames[letter],
  contact,
  request ?? `${items.length}項目`,
];
const mailLines = ({ before, after, added, removed, moved }: WhatIf["mails"]): readonly string[] => [
  `これから送られるメール　${before}通 → ${after}通（増${added.length}、減${removed.length}、移${moved.length}）`,
  ...tableOf([
    ...added.map((mail) => ["  増", "", `→ ${shortly(mail.at)}`, ...about(mail)]),
    ...removed.map((mail) => ["  減", shortly(mail.at), "", ...about(mail)]),
    ...moved.map(({ from, to }) => ["  移", shortly(from.at), `→ ${shortly(to.at)}`, ...about(to)]),
  ]),
];

const stepLines = ({ by, method, path, body }: Step): readonly string[] => [
  `  ${method} ${path}　（${by}）`,
  `  ${JSON.stringify(body)}`,
];

const print = ({ now, dates, mails, decision, apply, afterwards }: Reply): void => {
  const { before, after } = decision;
  const lines = [
    `${warekiTime(now)}現在。まだ何も変えていません。`,
    ...dateLines(dates),
    ...mailLines(mails),
    `本部決定（${warekiWithWeekday(after.decisionOn)}）まで、評価・原案・決裁に残る日数　${before.slackBusinessDays}開庁日 → ${after.slackBusinessDays}開庁日${after.slackBusinessDays < 0 ? "（間に合いません）" : ""}`,
    "行うには",
    ...[apply, afterwards].flatMap((step) => (step === null ? [] : stepLines(step))),
  ];
  for (const line of lines) console.log(line);
};

const asked = async (options: Options, command: Command): Promise<void> => {
  const door = doorOf(command, options, "preparer");
  const cycle = await cycleOf(command, door, options);
  const ladderOf: LadderOf = async (kind) => {
    const plan = await ask(command, door, `/cycles/${cycle}/plan`);
    return laddersOf(memberOf(plan, "ladders"))[kind] ?? [];
  };
  try {
    const change = await changeOf(options, ladderOf);
    const { reason } = options;
    const body = { change, ...(reason !== undefined && { reason }) };
    const reply = replyOf(await ask(command, door, `/cycles/${cycle}/what-if`, body));
    if (options.json) console.log(JSON.stringify(reply, null, 2));
    else print(reply);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    command.error(error.message);
  }
};

/** `nenrin what-if`: what a change would come to. Changes nothing. */
export const whatIfCommand = (): Command =>
  new Command("what-if")
    .description("変更した場合に変わる日付とメールを確かめる（何も変えない）")
    .option("--cycle <cycle>", "サイクル。2014、訓練なら 2014-r1。なければ照会の、又は最後に始めたサイクル")
    .option("--request <id>", "期限を変える照会。2014-r1-data-meti のように書く")
    .option("--due <date>", "その照会の新しい期限", dateArgument)
    .option("--holiday <date=name>", "閉庁日とする日と名前。2015-04-30=臨時閉庁日", holidayArgument)
    .option("--open-day <date>", "休日から開庁日とする日", dateArgument)
    .option("--window <from-until>", "メールを送る時間帯。10:00-16:00", windowArgument)
    .option("--rung <kind:name=days>", "督促の段。data:dun-1=2、data:dun-3=none（複数可）", rungArgument)
    .option("--contact <organisation:role>", "担当者を変える組織と役割。meti:window", contactArgument)
    .option("--leaves <person>", "外れる人の略号")
    .option("--comes <person>", "加わる人の略号。計画にない人は --name --title --email も書く")
    .option("--name <name>", "加わる人の氏名")
    .option("--title <title>", "加わる人の職名")
    .option("--email <address>", "加わる人のメールアドレス")
    .option("--reason <reason>", "変更の理由。行うときの記録に残る")
    .option("--url, --api <address>", "接続先。https://…/api/v1")
    .option("--token <token>", "利用者トークン")
    .option("--token-file <file>", "利用者トークンを書いたファイル")
    .option("--state <folder>", "npm start の状態フォルダー", ".nenrin")
    .option("--json", "JSONで書き出す")
    .action(asked);
