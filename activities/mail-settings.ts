import type { MailIdentitySettings } from "./mime.ts";
import type { SmtpSettings } from "./smtp.ts";

export interface MailSettings {
  readonly identity: MailIdentitySettings;
  readonly smtp: SmtpSettings;
}

const LOOPBACK = /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/;
const PORTS = { "smtp:": 25, "smtps:": 465 };

const tlsOf = ({ protocol, hostname, searchParams }: URL): SmtpSettings["tls"] => {
  if (protocol === "smtps:") return "implicit";
  return LOOPBACK.test(hostname) || searchParams.get("tls") === "none" ? "none" : "starttls";
};

const credentialsOf = ({ username, password }: URL): SmtpSettings["credentials"] =>
  username === "" ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };

/** `名称 <address>`. */
const mailboxOf = (from: string): MailIdentitySettings["from"] => {
  const [, name = "", address = ""] = /^([^<]*)<([^>]+)>$/.exec(from) ?? [];
  return { name: name.trim(), address };
};

/**
 * How to reach the relay of `smtpUrl` and who writes. `smtps://` is TLS from the first byte, `smtp://` becomes TLS
 * before anything is said (RFC 3207), except on loopback and with `?tls=none`. Bounces go to the sender's address;
 * Message-IDs are made under its domain.
 */
export const mailSettingsOf = ({
  smtpUrl,
  mailFrom,
  publicUrl,
}: {
  readonly smtpUrl: string;
  readonly mailFrom: string;
  readonly publicUrl: string;
}): MailSettings => {
  const relay = new URL(smtpUrl);
  const from = mailboxOf(mailFrom);
  return {
    identity: { from, domain: from.address.replace(/^.*@/, "") },
    smtp: {
      host: relay.hostname.replace(/^\[|\]$/g, ""),
      port: relay.port === "" ? PORTS[relay.protocol === "smtps:" ? "smtps:" : "smtp:"] : Number(relay.port),
      tls: tlsOf(relay),
      credentials: credentialsOf(relay),
      ehloName: new URL(publicUrl).hostname,
      bounceAddress: from.address,
      connections: 5,
      connectTimeoutMs: 30_000,
      silenceTimeoutMs: 600_000,
    },
  };
};
