import type { MailState } from "./mail.ts";

/** What became of a mail behind the server that took it (RFC 3464 section 2.3.3). */
export type ReportedAction = "failed" | "delayed" | "delivered" | "relayed" | "expanded";

/** What a server reports about one recipient. Texts are as it wrote them. */
export interface RecipientReport {
  readonly action: ReportedAction;
  /** RFC 3463, e.g. `5.1.1`. */
  readonly status: string | null;
  /** Whom it was meant for where the report was made: not ours where mail is passed on. */
  readonly recipient: string | null;
  readonly diagnostic: string | null;
}
/** A `message/delivery-status`. */
export interface DeliveryStatus {
  /** The ENVID under which we sent it (RFC 3461), where servers passed it on. */
  readonly envelopeId: string | null;
  readonly recipients: readonly RecipientReport[];
}

type Fields = ReadonlyMap<string, string>;

/** The gravest first: of what became of one mail in several places, this is what counts. */
const actions: readonly ReportedAction[] = ["failed", "delayed", "relayed", "expanded", "delivered"];

/** Names in lower case; of a field that is given twice the first counts. */
const fieldsOf = (group: string): Fields => {
  const fields = new Map<string, string>();
  for (const line of group.replaceAll(/\n[ \t]+/g, " ").split("\n")) {
    const [, name = "", value = ""] = /^([\w-]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name !== "" && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
};

/** `rfc822; someone@example` and `smtp; 550 no`: the type says nothing to us. */
const typed = (value: string | undefined): string | null =>
  value?.replace(/^[\w-]+[ \t]*;/, "").trim() || null;

const recipientOf = (fields: Fields): readonly RecipientReport[] => {
  const said = /^[a-z]+/.exec(fields.get("action")?.toLowerCase() ?? "")?.[0];
  const action = actions.find((known) => known === said);
  if (action === undefined) return [];
  return [
    {
      action,
      status: /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0] ?? null,
      recipient: typed(fields.get("final-recipient")),
      diagnostic: typed(fields.get("diagnostic-code")),
    },
  ];
};

/** Fields about the mail, a blank line, fields about each recipient. What has none of these has no recipients. */
export const readDeliveryStatus = (text: string): DeliveryStatus => {
  const [mail = "", ...recipients] = text
    .replaceAll(/\r\n?/g, "\n")
    .trim()
    .split(/\n[ \t]*\n\s*/);
  const envelopeId = fieldsOf(mail)
    .get("original-envelope-id")
    ?.replaceAll(/[<>\s]/g, "");
  return {
    envelopeId: envelopeId || null,
    recipients: recipients.flatMap((group) => recipientOf(fieldsOf(group))),
  };
};

/** We send to one recipient a mail; what is reported of several places is judged by the gravest. */
export const gravest = ({ recipients }: DeliveryStatus): RecipientReport | undefined =>
  recipients.toSorted((a, b) => actions.indexOf(a.action) - actions.indexOf(b.action))[0];

/** What a report makes of a mail. `wait`: the courier has the first word. `not-sent`: it can't be about this mail. */
export type Reported =
  | { readonly is: "noted"; readonly becomes: MailState }
  | { readonly is: "wait" }
  | { readonly is: "not-sent" };

/** Whoever reports on a mail has had it: then nothing about its sending is uncertain any more. */
export const afterReport = (
  { state, attempts }: { readonly state: MailState; readonly attempts: number },
  action: ReportedAction,
): Reported => {
  switch (state) {
    case "queued":
    case "sending":
      return attempts === 0 ? { is: "not-sent" } : { is: "wait" };
    case "cancelled":
    case "captured":
      return { is: "not-sent" };
    case "accepted":
    case "uncertain":
      return { is: "noted", becomes: action === "failed" ? "rejected" : "accepted" };
    case "rejected":
      return { is: "noted", becomes: "rejected" };
  }
};
