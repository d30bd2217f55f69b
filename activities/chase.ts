import type { Tx } from "../db/client.ts";
import { appendAudit } from "../db/commands/audit.ts";
import { mailKey } from "../db/commands/mail.ts";
import { keepAnswer } from "../db/commands/records.ts";
import { addReminders, type Reminder } from "../db/commands/reminders.ts";
import { owedReminders, rungPosts, type OwedReminder } from "../db/queries/chase.ts";
import { lockCycle } from "../db/queries/cycle-row.ts";
import { secretariatLead } from "../domain/catalogue.ts";
import { stages, type Stage } from "../domain/cycle.ts";
import { digestsOf, type Digest, type OwedRow } from "../domain/digest.ts";
import type { CycleKey, PersonId } from "../domain/ids.ts";
import { insideSendWindow, rungsIn } from "../domain/ladder.ts";
import type { Plan } from "../domain/plan.ts";
import { sentWords } from "../domain/reminder-words.ts";
import type { Instant } from "../domain/time.ts";
import type { WritingDesk } from "./addressing.ts";
import type { ChaseTick } from "./contract.ts";
import { digestMail } from "./digest-mail.ts";
import { noticesOfHeldRequests } from "./held-requests.ts";
import type { NewMail } from "./outbox.ts";
import type { PlannedCycle } from "./plan-shelf.ts";
import type { RecordDeps, Run } from "./record.ts";

export interface Tick {
  readonly cycle: CycleKey;
  readonly now: Instant;
}

/** What is sent at one tick is part of one record. */
const tickKey = ({ cycle, now }: Tick): string => `chase ${cycle} ${now}`;

/** From the publication on nobody is asked for anything any more. */
const isOver = (stage: Stage): boolean => stages.indexOf(stage) >= stages.indexOf("publication");

const owedRow = (plan: Plan, owed: OwedReminder): OwedRow => {
  const rung = rungsIn(plan, owed.ladder).find(({ name }) => name === owed.rung);
  if (rung === undefined) throw new Error(`no rung ${owed.rung} on the ladder of ${owed.ladder}`);
  const { organisation, chased: request, item, text, dueAt } = owed;
  return { contact: owed.person, organisation, request, item, text, rung, dueAt };
};

const remindersOf = (owed: readonly OwedReminder[], mails: readonly NewMail[]): readonly Reminder[] => {
  const keys = new Map(mails.map((mail) => [mail.person, mailKey(mail)]));
  return owed.flatMap(({ item, rung, dueAt, person }) => {
    const mail = keys.get(person);
    return mail === undefined ? [] : [{ item, rung, dueAt, person, mail }];
  });
};

const owedNow = (tx: Tx, { cycle, plan, rules }: PlannedCycle, now: Instant) =>
  owedReminders(tx, {
    cycle,
    now,
    posts: rungPosts(plan),
    lead: secretariatLead(plan)?.id ?? null,
    closingTime: rules.closingTime,
  });

const byPerson = (owed: readonly OwedReminder[]): ReadonlyMap<PersonId, readonly OwedReminder[]> => {
  const all = new Map<PersonId, OwedReminder[]>();
  for (const one of owed) {
    const known = all.get(one.person);
    if (known === undefined) all.set(one.person, [one]);
    else known.push(one);
  }
  return all;
};

const mailsOf = (
  desk: WritingDesk,
  digests: readonly Digest[],
  owed: readonly OwedReminder[],
): readonly NewMail[] => {
  const ofPerson = byPerson(owed);
  return digests.map((digest) => digestMail(desk, digest, ofPerson.get(digest.contact) ?? []));
};

const sentAt = (digests: readonly Digest[], notices: number, now: Instant): readonly string[] => [
  ...sentWords(digests, now),
  ...(notices === 0
    ? []
    : [`通知 ${notices}通を送信。理由: 締切を過ぎても回答していない期限延長の申出がある`]),
];

/**
 * What each contact is owed now, as one digest each, queued together with its reminders: all or none, so that a tick
 * repeated at the same instant finds nothing owed. Outside the send window's business days nothing is sent.
 */
export const chase = (deps: RecordDeps, { cycle, now }: Tick, run: Run): Promise<ChaseTick> =>
  deps.db.transaction(async (tx) => {
    await lockCycle(tx, cycle);
    const planned = await deps.plans(tx, cycle);
    if (isOver(planned.stage)) return { digests: 0, over: true };
    const { sendWindow } = planned.plan;
    if (!insideSendWindow(now, sendWindow, planned.rules.calendar)) return { digests: 0, over: false };
    const desk = { cycle: planned, now, letterhead: deps.letterhead };
    const cause = tickKey({ cycle, now });
    const owed = await owedNow(tx, planned, now);
    const digests = digestsOf(owed.map((one) => owedRow(planned.plan, one)));
    const mails = mailsOf(desk, digests, owed);
    const notices = await deps.outbox.queueMails(tx, await noticesOfHeldRequests(tx, desk), cause);
    if (owed.length + notices === 0) return { digests: 0, over: false };
    await deps.outbox.queueMails(tx, mails, cause);
    await addReminders(tx, now, remindersOf(owed, mails));
    const sequence = await appendAudit(tx, {
      cycle,
      at: now,
      actor: "clock",
      role: "machine",
      action: "chase.remind",
      object: `cycle ${cycle}`,
      hash: null,
      reason: null,
      result: { digests: mails.length, reminders: owed.length, notices },
      act: null,
      ...run,
    });
    await keepAnswer(tx, cause, { sequence });
    return { digests: mails.length, over: false, sent: sentAt(digests, notices, now) };
  });
