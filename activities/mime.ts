import MailComposer from "nodemailer/lib/mail-composer";
import { isRehearsal, type CycleKey, type Sha256 } from "../domain/ids.ts";
import { isMailAddress } from "../domain/mail.ts";
import { epochMs, type Instant } from "../domain/time.ts";

/** An address of the directory. Never parsed from text: a name with a comma or a line break stays a name. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** Who writes, and under which domain Message-IDs and List-Ids are made. */
export interface MailIdentitySettings {
  readonly from: Mailbox;
  readonly domain: string;
}

export interface MimeMail {
  readonly key: Sha256;
  readonly cycle: CycleKey;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly ics: string | null;
  readonly inReplyTo: string | null;
  readonly at: Instant;
}

/** @throws RangeError for what is not one plain address; a second one could be smuggled in with it */
const checkedAddress = (raw: string): string => {
  if (!isMailAddress(raw))
    throw new RangeError(`not a mail address: ${JSON.stringify(raw)}; correct the directory`);
  return raw;
};

export const messageIdOf = (key: Sha256, domain: string): string => `<${key}@${domain}>`;

/** RFC 2919, RFC 3834, and our own, so that a filter can tell a rehearsal from the year. */
const headersOf = (cycle: CycleKey, domain: string): Record<string, string> => ({
  "List-Id": `Nenrin ${cycle} <cycle-${cycle}.${domain}>`,
  "Auto-Submitted": "auto-generated",
  "X-Auto-Response-Suppress": "All",
  "X-Nenrin-Cycle": cycle,
  ...(isRehearsal(cycle) ? { "X-Nenrin-Rehearsal": "yes" } : {}),
});

const calendarPart = (ics: string) => ({
  filename: "kigen.ics",
  content: ics,
  contentType: "text/calendar; charset=utf-8; method=PUBLISH",
});

/** The message as it goes over the wire: one recipient, text first. The same mail gives the same bytes. */
export const renderMime = (mail: MimeMail, { from, domain }: MailIdentitySettings): Promise<Buffer> => {
  const { key, cycle, to, subject, text, ics, inReplyTo, at } = mail;
  return new MailComposer({
    from: { name: from.name, address: checkedAddress(from.address) },
    to: { name: to.name, address: checkedAddress(to.address) },
    subject,
    text,
    messageId: messageIdOf(key, domain),
    date: new Date(epochMs(at)),
    headers: headersOf(cycle, domain),
    ...(inReplyTo === null ? {} : { inReplyTo, references: [inReplyTo] }),
    ...(ics === null ? {} : { attachments: [calendarPart(ics)] }),
    baseBoundary: key.slice(0, 24),
    encoding: "base64",
    textEncoding: "base64",
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
};
