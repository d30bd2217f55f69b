import type { NewMail } from "../../activities/outbox.ts";
import { keyOf, messageId } from "./mail-desk.ts";

/** How a server's report differs from the usual one. */
interface Report {
  readonly action?: string;
  readonly status?: string;
  readonly diagnostic?: string;
  /** null where the server passes no ENVID on. */
  readonly envelopeId?: string | null;
  /** Head of the mail that came back; null where none does. */
  readonly returned?: readonly string[] | null;
  /** In the report's own head: another for another copy. */
  readonly received?: string;
}

const statusPart = (mail: NewMail, report: Report): readonly string[] => {
  const { action = "failed", status = "5.1.1", diagnostic = "550 5.1.1 no such user" } = report;
  const { envelopeId = keyOf(mail) } = report;
  return [
    "Reporting-MTA: dns; relay.example",
    ...(envelopeId === null ? [] : [`Original-Envelope-Id: ${envelopeId}`]),
    "",
    `Final-Recipient: rfc822; ${mail.address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${diagnostic}`,
  ];
};

/** The report of a relay that could not deliver the mail, as it comes back to our envelope's sender (RFC 3464). */
export const returnedMail = (mail: NewMail, report: Report = {}): string => {
  const { returned = [`Message-ID: ${messageId(mail)}`, "Subject: x"], received = "1" } = report;
  return [
    `Received: from relay.example by nisc.example with ESMTP id ${received}`,
    "From: MAILER-DAEMON@relay.example (Mail Delivery System)",
    "To: nenrin@nisc.example",
    "Subject: Undelivered Mail Returned to Sender",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
    "",
    "--part",
    "",
    "This is the mail system at host relay.example.",
    "",
    "--part",
    "Content-Type: message/delivery-status",
    "",
    ...statusPart(mail, report),
    "",
    ...(returned === null ? [] : ["--part", "Content-Type: text/rfc822-headers", "", ...returned, ""]),
    "--part--",
    "",
  ].join("\r\n");
};
