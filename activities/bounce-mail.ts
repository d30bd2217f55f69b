import { simpleParser, type ParsedMail } from "mailparser";
import { sha256Of } from "../db/chain.ts";
import type { ReportedMailNames } from "../db/commands/mail-reports.ts";
import { gravest, readDeliveryStatus, type RecipientReport } from "../domain/delivery-report.ts";
import { sha256, type Sha256 } from "../domain/ids.ts";

/** What a server reports about a mail of ours (RFC 3464). */
export interface Bounce extends ReportedMailNames, RecipientReport {
  /** SHA-256 over what it says: a copy of it has the same. */
  readonly report: Sha256;
}

/** A report is text: nothing of it is shown as a page, and what came back with it is kept as it is. */
const READING = {
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  skipHtmlToText: true,
  skipImageLinks: true,
  skipTextLinks: true,
  skipTextToHtml: true,
} as const;

const STATUS = /^message\/(global-)?delivery-status$/;
/** What came back of the mail: all of it, or its head. */
const RETURNED = /^(message\/(rfc822|global|global-headers)|text\/rfc822-headers)$/;
const HEAD_BYTES = 64 * 1024;

const isReport = ({ headers }: ParsedMail): boolean => {
  const type = headers.get("content-type");
  return typeof type === "object" && "value" in type && type.value === "multipart/report";
};

const partOf = ({ attachments }: ParsedMail, type: RegExp): Buffer | undefined =>
  attachments.find(({ contentType }) => type.test(contentType))?.content;

const headOf = (returned: Buffer): Buffer => {
  const head = returned.subarray(0, HEAD_BYTES);
  const end = /\r?\n\r?\n/.exec(head.toString("latin1"))?.index;
  return Buffer.concat([head.subarray(0, end), Buffer.from("\r\n\r\n")]);
};

const messageIdIn = async (returned: Buffer | undefined): Promise<string | null> =>
  returned === undefined ? null : ((await simpleParser(headOf(returned), READING)).messageId ?? null);

/** It is shown to people and stored: one line, no control characters, no novel. */
const shown = (text: string | null): string | null =>
  text === null ? null : text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").slice(0, 500);

const bounceIn = async (bytes: Buffer): Promise<Bounce | undefined> => {
  const mail = await simpleParser(bytes, READING);
  const part = isReport(mail) ? partOf(mail, STATUS) : undefined;
  const text = part?.toString("utf8").trim() ?? "";
  const status = readDeliveryStatus(text);
  const said = gravest(status);
  if (said === undefined) return undefined;
  const { envelopeId } = status;
  return {
    action: said.action,
    status: said.status,
    recipient: shown(said.recipient),
    diagnostic: shown(said.diagnostic),
    envelopeId: envelopeId !== null && /^[0-9a-f]{64}$/.test(envelopeId) ? sha256(envelopeId) : null,
    messageId: shown(await messageIdIn(partOf(mail, RETURNED))),
    report: sha256Of(text),
  };
};

/** The report in a mail, whoever wrote it; undefined for all that is none, and for what cannot be read at all. */
export const readBounce = (bytes: Buffer): Promise<Bounce | undefined> =>
  bounceIn(bytes).catch(() => undefined);
