import { continueAsNew, setCurrentDetails, setHandler, workflowInfo } from "@temporalio/workflow";
import type { ChaseTick } from "../activities/contract.ts";
import { calendarOf } from "../domain/calendar.ts";
import { nextTick, tickedUntil } from "../domain/ladder.ts";
import { shortTime } from "../domain/reminder-words.ts";
import type { Instant } from "../domain/time.ts";
import { chase as sendDigests, recorder } from "./acting.ts";
import { makeClock, type Clock } from "./clock.ts";
import { chaseWorkflowId, planAmended, type ChaseInput } from "./contract.ts";

/**
 * 督促: once a business day, at the send window's start, whoever is owed a rung gets one digest. A day lost to an
 * outage is caught up at the next, since what is owed is asked of the record. Goes by the plan as it is amended, until
 * there is nothing to chase any more.
 */
export async function chase(input: ChaseInput): Promise<void> {
  const { cycle } = input;
  const clock = makeClock(input.clock);
  const write = recorder(cycle, clock);
  const month = monthOf(clock.now());
  let rules = rulesOf(input);
  let ticked = clock.now();
  let last = input.last ?? "督促等のメールはまだ送っていない。";
  const until = () => nextTick(ticked, rules.sendWindow, rules.calendar);
  setHandler(
    planAmended,
    ({ at, ...amended }) => {
      clock.learn(at);
      const before = rules;
      rules = rulesOf(amended);
      ticked = tickedUntil(ticked, before.sendWindow, rules.sendWindow);
    },
    { description: "計画が変更された" },
  );

  for (;;) {
    await untilTick(clock, until, (next) => setCurrentDetails(detailsOfChase(last, next)));
    const tick = await sendDigests({ cycle, now: clock.now() });
    if (tick.over) break;
    ticked = clock.now();
    last = tickWords(ticked, tick);
    if (monthOf(clock.now()) !== month || workflowInfo().continueAsNewSuggested) {
      await clock.end();
      const { calendar, sendWindow } = rules.input;
      await continueAsNew<typeof chase>({ cycle, calendar, sendWindow, clock: clock.handedOn(), last });
    }
  }
  setCurrentDetails(["**督促は終わった。**", last].join("\n\n"));
  await write({
    action: "chase.end",
    object: `chase ${cycle}`,
    changes: [{ write: "process", workflow: chaseWorkflowId(cycle), is: "closed" }],
  });
  await clock.end();
}

const tickWords = (at: Instant, { digests, sent = [] }: ChaseTick): string =>
  digests === 0 && sent.length === 0
    ? `${shortTime(at)} 送るものはなかった。理由: 督促等の段に当たる未提出の項目がなかったか、開庁日の送信時間帯でなかった。`
    : [`${shortTime(at)} 督促等のメール ${digests}通を作った。`, ...sent.map((line) => `- ${line}`)].join(
        "\n",
      );

/** The chase as an auditor reads it in the Temporal UI. */
const detailsOfChase = (last: string, next: Instant): string =>
  [`**次に確かめる日時** ${shortTime(next)}`, last].join("\n\n");

type Rules = Pick<ChaseInput, "calendar" | "sendWindow">;

const rulesOf = ({ calendar, sendWindow }: Rules) => ({
  input: { calendar, sendWindow },
  calendar: calendarOf(calendar.holidays),
  sendWindow,
});

/** An amended plan may bring another tick, an earlier one too. */
const untilTick = async (clock: Clock, tick: () => Instant, tell: (next: Instant) => void): Promise<void> => {
  for (let until = tick(); clock.now() < until; until = tick()) {
    const waited = until;
    tell(waited);
    await clock.wait({ summary: "次の開庁日の督促", until, done: () => tick() !== waited });
  }
};

const monthOf = (instant: Instant): string => instant.slice(0, 7);
