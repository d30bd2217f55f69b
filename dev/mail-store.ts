import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { simpleParser, type AddressObject, type ParsedMail } from "mailparser";
import { z } from "zod";

const CapturedMail = z.object({
  /** Counts from 1 in the order of arrival. */
  id: z.int().positive(),
  /** ISO 8601, UTC. */
  receivedAt: z.iso.datetime(),
  /** The envelope's recipients. */
  recipients: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  cc: z.string(),
  subject: z.string(),
  messageId: z.string().nullable(),
});
/** What the list shows of a mail. */
export type CapturedMail = Readonly<z.infer<typeof CapturedMail>>;

/** Captured mails in a folder: one `.eml` each, as it came, and a list of them. */
export interface MailStore {
  readonly keep: (raw: Buffer, recipients: readonly string[]) => Promise<CapturedMail>;
  /** In the order of arrival. */
  readonly list: () => readonly CapturedMail[];
  /** The bytes as they came; null if there is no such mail. */
  readonly raw: (id: number) => Buffer | null;
  readonly read: (id: number) => Promise<ParsedMail | null>;
}

/** A line that was being written when the machine went down is no mail: its sender has had no reply. */
const lineOf = (line: string): readonly CapturedMail[] => {
  try {
    return [CapturedMail.parse(JSON.parse(line))];
  } catch {
    return [];
  }
};
const addresses = (field: AddressObject | AddressObject[] | undefined): string =>
  [field ?? []]
    .flat()
    .map(({ text }) => text)
    .join(", ");

/** Opens the folder's store, with what it has kept so far. */
export const openMailStore = (folder: string): MailStore => {
  mkdirSync(folder, { recursive: true });
  const index = join(folder, "index.jsonl");
  const fileOf = (id: number): string => join(folder, `${String(id).padStart(6, "0")}.eml`);
  const mails = existsSync(index) ? readFileSync(index, "utf8").split("\n").flatMap(lineOf) : [];
  const raw = (id: number): Buffer | null => (id <= mails.length ? readFileSync(fileOf(id)) : null);
  return {
    keep: async (bytes, recipients) => {
      const parsed = await simpleParser(bytes, { skipImageLinks: true });
      const mail: CapturedMail = {
        id: mails.length + 1,
        receivedAt: new Date().toISOString(),
        recipients: [...recipients],
        from: addresses(parsed.from),
        to: addresses(parsed.to),
        cc: addresses(parsed.cc),
        subject: parsed.subject ?? "",
        messageId: parsed.messageId ?? null,
      };
      mails.push(mail);
      writeFileSync(fileOf(mail.id), bytes);
      appendFileSync(index, `${JSON.stringify(mail)}\n`);
      return mail;
    },
    list: () => mails,
    raw,
    read: async (id) => {
      const bytes = raw(id);
      return bytes === null ? null : simpleParser(bytes);
    },
  };
};
