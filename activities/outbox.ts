import type { Tx } from "../db/client.ts";
import {
  cancelMails,
  mailKey,
  queueRendered,
  type MailIdentity,
  type RenderedMail,
  type WhichMails,
} from "../db/commands/mail.ts";
import { threadKey, threadRoots } from "../db/queries/mail.ts";
import { isRehearsal, type OrganisationId } from "../domain/ids.ts";
import { firstStateOf, type Relay } from "../domain/mail.ts";
import type { Instant } from "../domain/time.ts";
import { messageIdOf, renderMime, type MailIdentitySettings } from "./mime.ts";

/** A mail to one person, written but not yet rendered. */
export interface NewMail extends MailIdentity {
  /** The recipient's name, and address as the directory has it. */
  readonly name: string;
  readonly address: string;
  readonly organisation: OrganisationId;
  /** The request it is about; what one person gets about one request is one thread. */
  readonly request: string | null;
  readonly rung: string | null;
  readonly items: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** iCalendar text of a due date. */
  readonly ics: string | null;
  /** The cycle's now; also the mail's Date. */
  readonly at: Instant;
}

/** Writes mails into the ledger in the caller's transaction: owed from the commit on, gone with a roll-back. */
export interface Outbox {
  /** False if this mail was queued before. */
  readonly queueMail: (tx: Tx, mail: NewMail) => Promise<boolean>;
  /** How many were new. A constant number of statements, however many mails. `cause`: key of the record they are part of. */
  readonly queueMails: (tx: Tx, mails: readonly NewMail[], cause: string | null) => Promise<number>;
  /** Mails about one request that no courier has taken yet are not sent. @returns how many */
  readonly callBack: (tx: Tx, which: WhichMails) => Promise<number>;
}

interface OutboxSettings extends MailIdentitySettings {
  /** Wall clock. */
  readonly clock: () => Instant;
  readonly relay: Relay;
}

const REHEARSAL_NOTE = "※ これは訓練のメールです。実際の照会・督促ではありません。";

/** Rehearsal mail says so where nobody can miss it. */
const marked = (mail: NewMail): NewMail =>
  isRehearsal(mail.cycle)
    ? { ...mail, subject: `【訓練】${mail.subject}`, text: `${REHEARSAL_NOTE}\n\n${mail.text}` }
    : mail;

const isString = (value: string | null): value is string => value !== null;

export const makeOutbox = ({ clock, relay, ...identity }: OutboxSettings): Outbox => {
  const render = async (
    mail: NewMail,
    { roots, cause }: { readonly roots: ReadonlyMap<string, string>; readonly cause: string | null },
  ): Promise<RenderedMail> => {
    const { occurrence, name, ...rest } = marked(mail);
    const key = mailKey({ ...rest, occurrence });
    const inReplyTo =
      (mail.request !== null && roots.get(threadKey({ request: mail.request, person: mail.person }))) || null;
    return {
      ...rest,
      key,
      inReplyTo,
      cause,
      messageId: messageIdOf(key, identity.domain),
      raw: await renderMime({ ...rest, key, inReplyTo, to: { name, address: mail.address } }, identity),
      queuedAt: clock(),
      state: firstStateOf(mail.cycle, relay),
    };
  };
  const queueMails: Outbox["queueMails"] = async (tx, mails, cause) => {
    const roots = await threadRoots(tx, [...new Set(mails.map(({ request }) => request).filter(isString))]);
    const rendered = await Promise.all(mails.map((mail) => render(mail, { roots, cause })));
    return (await queueRendered(tx, rendered)).size;
  };
  return {
    queueMails,
    queueMail: async (tx, mail) => (await queueMails(tx, [mail], null)) === 1,
    callBack: (tx, which) => cancelMails(tx, which, clock()),
  };
};
