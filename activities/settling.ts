import type { Db, Tx } from "../db/client.ts";
import { lostMails, settleMail, type ClaimedMail, type Settlement } from "../db/commands/mail-sending.ts";
import type { CycleKey, OrganisationId, PersonId, Sha256 } from "../domain/ids.ts";
import { retryAt } from "../domain/mail.ts";
import type { Instant } from "../domain/time.ts";
import type { Delivery } from "./smtp.ts";

/** A mail that did not arrive, or may not have: the secretariat has to know. */
export interface MailTrouble {
  /**
   * `unreachable`: the server refused the recipient or the mail; `given-up`: deferred for 72 h; `bounced`: taken, and
   * later reported as not delivered.
   */
  readonly is: "unreachable" | "given-up" | "uncertain" | "bounced";
  readonly key: Sha256;
  /** Which attempt it met; a later one may meet it again. */
  readonly attempt: number;
  readonly cycle: CycleKey;
  readonly person: PersonId;
  readonly organisation: OrganisationId;
  readonly address: string;
  readonly subject: string;
  /** The server's last words, or what went wrong instead. */
  readonly reply: string;
}

export interface SettlingDeps {
  readonly db: Db;
  /** Wall clock. */
  readonly clock: () => Instant;
  /** 不達: the person's address is known to reach nobody. In the transaction that records the refusal. */
  readonly markUnreachable: (
    tx: Tx,
    whom: { readonly person: PersonId; readonly address: string },
  ) => Promise<void>;
  /** Queues the notice. In the same transaction; never called about a notice. */
  readonly tellSecretariat: (tx: Tx, trouble: MailTrouble) => Promise<void>;
}

/** What a settled attempt adds to the courier's counts; null if someone else had ended it. */
export type Settled = "accepted" | "rejected" | "uncertain" | "retried" | null;

type Ending = Pick<Delivery, "outcome" | "reply" | "answered" | "queueId"> & {
  /** The courier died rather than the server declined: nothing speaks against trying at once. */
  readonly lost: boolean;
};

const becomes = (
  { queuedAt, attempt }: ClaimedMail,
  { outcome, lost, now }: Ending & { readonly now: Instant },
): Settlement["becomes"] => {
  switch (outcome) {
    case "accepted":
    case "uncertain":
      return { is: outcome };
    case "refused":
      return { is: "rejected" };
    case "deferred": {
      const nextTryAt = retryAt({ queuedAt, attempts: attempt, now });
      return nextTryAt === null ? { is: "rejected" } : { is: "queued", nextTryAt: lost ? now : nextTryAt };
    }
  }
};

const troubleOf = ({ outcome, becomes: { is } }: Settlement): MailTrouble["is"] | null => {
  if (outcome === "refused") return "unreachable";
  if (is === "rejected") return "given-up";
  return is === "uncertain" ? "uncertain" : null;
};

const report = async (
  { markUnreachable, tellSecretariat }: SettlingDeps,
  tx: Tx,
  { mail, settlement }: { readonly mail: ClaimedMail; readonly settlement: Settlement },
): Promise<void> => {
  const is = troubleOf(settlement);
  if (is === "unreachable") await markUnreachable(tx, mail);
  if (is === null || mail.letter === "notice") return;
  const { key, attempt, cycle, person, organisation, address, subject } = mail;
  const { reply } = settlement;
  await tellSecretariat(tx, { is, key, attempt, cycle, person, organisation, address, subject, reply });
};

const settleIn = async (
  deps: SettlingDeps,
  tx: Tx,
  { mail, ending }: { readonly mail: ClaimedMail; readonly ending: Ending },
): Promise<Settled> => {
  const now = deps.clock();
  const { key, attempt } = mail;
  const settlement: Settlement = { ...ending, key, attempt, now, becomes: becomes(mail, { ...ending, now }) };
  if (!(await settleMail(tx, settlement))) return null;
  await report(deps, tx, { mail, settlement });
  return settlement.becomes.is === "queued" ? "retried" : settlement.becomes.is;
};

/** Writes down how an attempt ended, with all that follows from it, in one transaction. */
export const settle = (deps: SettlingDeps, mail: ClaimedMail, delivery: Delivery): Promise<Settled> =>
  deps.db.transaction((tx) => settleIn(deps, tx, { mail, ending: { ...delivery, lost: false } }));

const LOST = { reply: "the courier was lost", answered: false, queueId: null, lost: true };

/** Mails whose courier died: sent again if the dot cannot have left, else `uncertain`. */
export const recoverLost = (deps: SettlingDeps): Promise<readonly Settled[]> =>
  deps.db.transaction(async (tx) => {
    const settled: Settled[] = [];
    for (const { dotAllowed, ...mail } of await lostMails(tx, deps.clock())) {
      const outcome = dotAllowed ? "uncertain" : "deferred";
      settled.push(await settleIn(deps, tx, { mail, ending: { ...LOST, outcome } }));
    }
    return settled;
  });
