import type { MailDecision } from "../db/queries/mail-attention.ts";
import type { MailRecord, MailReport, MailSummary } from "../db/queries/mail.ts";
import { isStuck } from "../domain/mail.ts";
import { personId, type PersonId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Instant } from "../domain/time.ts";
import type { Around } from "./around.ts";
import { nameOf } from "./frame.ts";
import type { DecisionView, MailView, ReportView } from "./pages/mail.tsx";
import type { MailStanding } from "./pages/mail-words.ts";
import type { MailRow } from "./pages/mails-table.tsx";

const dueAtOf = ({ state, nextTryAt, leaseUntil }: MailSummary): Instant | null => {
  switch (state) {
    case "queued":
      return nextTryAt;
    case "sending":
      return leaseUntil;
    case "accepted":
    case "rejected":
    case "uncertain":
    case "cancelled":
    case "captured":
      return null;
  }
};

/** `wall`: the wall's now. */
const standingOf = (mail: MailSummary, wall: Instant): MailStanding => {
  const { state, attempts, nextTryAt } = mail;
  const dueAt = dueAtOf(mail);
  return { state, attempts, nextTryAt, stuck: dueAt !== null && isStuck({ attempts, dueAt }, wall) };
};

/** How people and organisations are called in lists of mails. */
export interface MailNames {
  readonly plan: Plan;
  readonly people: ReadonlyMap<PersonId, string>;
  /** Wall clock. */
  readonly wall: Instant;
  /** To the event that brought a mail about. */
  readonly causeOf: (key: string) => string | null;
}

export const mailRowOf = (mail: MailSummary, { plan, people, wall, causeOf }: MailNames): MailRow => ({
  ...standingOf(mail, wall),
  key: mail.key,
  subject: mail.subject,
  organisation: nameOf(plan, mail.organisation, mail.at),
  person: people.get(mail.person) ?? mail.person,
  at: mail.at,
  caused: causeOf(mail.key),
});

const reportOf = ({ action, status, recipient, diagnostic, readAt }: MailReport): ReportView => ({
  action,
  recipient,
  readAt,
  text: [status, diagnostic].filter((part) => part !== null).join(" ") || "（記載なし）",
});

const decidedIn = ({ action, result }: MailDecision): DecisionView["decided"] => {
  if (action === "mail.cancel") return "cancelled";
  const isAccepted =
    typeof result === "object" && result !== null && "as" in result && result.as === "accepted";
  return isAccepted ? "accepted" : "resend";
};

export interface MailViewOf {
  readonly mail: MailRecord;
  readonly decisions: readonly MailDecision[];
  readonly names: MailNames;
  /** Number of the event that brought the mail about. */
  readonly cause: number | null;
}

export const mailViewOf = (
  { mail, decisions, names, cause }: MailViewOf,
  { frame, forms, may }: Pick<Around, "frame" | "forms" | "may">,
): MailView => ({
  ...mailRowOf(mail, names),
  frame,
  forms,
  cycle: mail.cycle,
  request: mail.request,
  address: mail.address,
  text: mail.text,
  hasCalendar: mail.ics !== null,
  messageId: mail.messageId,
  queueId: mail.queueId,
  tried: mail.tried,
  reports: mail.reports.map(reportOf),
  decisions: decisions.map((decision) => ({
    at: decision.at,
    by: names.people.get(personId(decision.actor)) ?? decision.actor,
    decided: decidedIn(decision),
    reason: decision.reason,
  })),
  mayResolve: may("mail.resolve"),
  mayCancel: may("mail.cancel"),
  cause: may("audit") ? cause : null,
});
