import { Readable } from "node:stream";
import SMTPConnection, { type SMTPConnectionOptions } from "nodemailer/lib/smtp-connection";
import { isMailAddress, outcomeOf, type AttemptOutcome } from "../domain/mail.ts";

/** How to reach the relay. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `none` is for a capture on loopback. */
  readonly tls: "none" | "starttls" | "implicit";
  readonly credentials: { readonly user: string; readonly pass: string } | null;
  /** Our name in EHLO. */
  readonly ehloName: string;
  /** Envelope sender: where bounces go. */
  readonly bounceAddress: string;
  /** How many mails may be under way at once. */
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** How long the server may be silent. RFC 5321 section 4.5.3.2.6 asks for 10 min after the dot. */
  readonly silenceTimeoutMs: number;
}

export interface OutgoingMail {
  readonly to: string;
  readonly raw: Buffer;
  /** Under which the server's reports name the mail (RFC 3461 ENVID). */
  readonly envelopeId: string;
  /** Asked once the body is on its way: the dot leaves only after this has answered true. */
  readonly allowDot: () => Promise<boolean>;
}

/** What became of one attempt. */
export interface Delivery {
  readonly outcome: AttemptOutcome;
  /** The server's reply, or what went wrong instead. */
  readonly reply: string;
  readonly answered: boolean;
  readonly queueId: string | null;
  /** True if the trouble is with the server, so that the next mail would meet it too. */
  readonly serverFailed: boolean;
}

/** One connection at a time, opened when needed, kept between mails. */
export interface SmtpLine {
  /** Never throws: every failure is a delivery. One mail at a time, to one recipient. */
  readonly send: (mail: OutgoingMail) => Promise<Delivery>;
  /** Lets an idle connection go; the next mail opens one again. */
  readonly rest: () => void;
  /** For good; ends a mail under way as a lost connection would. */
  readonly abort: () => void;
}
export interface Smtp {
  readonly connections: number;
  readonly openLine: () => SmtpLine;
}

/** Relays close connections that never end; this is the usual limit. */
const MAILS_A_CONNECTION = 100;

interface Failure extends Error {
  readonly response?: string | undefined;
  readonly command?: string | undefined;
}
interface Progress {
  dotPushed: boolean;
}

/** RFC 5321 section 4.5.3.2: all the waits of one mail together are three times the longest of them. */
const SILENCES_A_MAIL = 3;

/** Rejects when a server has taken longer than any may: one that sends a byte now and then is never silent. */
const tooLate = (settings: SmtpSettings): { readonly late: Promise<never>; readonly stop: () => void } => {
  let stop = (): void => {};
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(
      () => reject(new Error("Timeout: the server took too long")),
      SILENCES_A_MAIL * settings.silenceTimeoutMs,
    );
    stop = () => clearTimeout(timer);
  });
  late.catch(() => {});
  return { late, stop };
};

const optionsOf = (settings: SmtpSettings, progress: Progress): SMTPConnectionOptions => {
  const ignore = (): void => {};
  return {
    host: settings.host,
    port: settings.port,
    name: settings.ehloName,
    secure: settings.tls === "implicit",
    requireTLS: settings.tls === "starttls",
    ignoreTLS: settings.tls === "none",
    connectionTimeout: settings.connectTimeoutMs,
    greetingTimeout: settings.silenceTimeoutMs,
    socketTimeout: settings.silenceTimeoutMs,
    logger: {
      trace: ignore,
      debug: ignore,
      warn: ignore,
      error: ignore,
      /** nodemailer tells nowhere else that the body has ended with its dot. */
      info: ({ tnx }: { readonly tnx?: string }) => {
        if (tnx === "message") progress.dotPushed = true;
      },
    },
  };
};

/** A connection from its first packet on, so that it can be closed while it is still being opened. */
interface Opening {
  readonly connection: SMTPConnection;
  readonly ready: Promise<void>;
  /** Rejects when the connection has ended; never resolves. */
  readonly ended: Promise<never>;
}

const open = (settings: SmtpSettings, progress: Progress): Opening => {
  const connection = new SMTPConnection(optionsOf(settings, progress));
  const ready = new Promise<void>((resolve, reject) => {
    connection.on("error", reject);
    connection.connect((refused) => {
      if (refused) reject(refused);
      else if (settings.credentials === null) resolve();
      else connection.login(settings.credentials, (denied) => (denied ? reject(denied) : resolve()));
    });
  });
  const ended = new Promise<never>((_, reject) => {
    // Later than nodemailer's own callbacks, which know more about why.
    connection.once("end", () => setImmediate(() => reject(new Error("connection closed"))));
  });
  ended.catch(() => {});
  return { connection, ready, ended };
};

/** The end of the stream is the dot: it comes only after the record says that it may. */
async function* gated(raw: Buffer, allowDot: () => Promise<boolean>) {
  yield raw;
  if (!(await allowDot())) throw new Error("another courier has taken over");
}

const transmit = (
  connection: SMTPConnection,
  { from, mail }: { readonly from: string; readonly mail: OutgoingMail },
): Promise<string> =>
  new Promise((resolve, reject) => {
    const { to, raw, envelopeId } = mail;
    const dsn = { ret: "HDRS", envid: envelopeId, notify: ["FAILURE", "DELAY"], orcpt: `rfc822;${to}` };
    connection.send(
      { from, to: [to], size: raw.length, dsn },
      Readable.from(gated(raw, mail.allowDot)),
      (failed, info) => (failed ? reject(failed) : resolve(info.response)),
    );
  });

/** A reply is shown to people and stored: one line, no control characters, no novel. */
const shown = (reply: string): string => reply.replace(/\p{Cc}+/gu, " ").slice(0, 500);

const deliveryOf = (
  dotPushed: boolean,
  {
    reply,
    command,
    otherwise,
  }: { readonly reply: string | null; readonly command: string; readonly otherwise: string },
): Delivery => {
  const aboutRecipient = command === "RCPT TO" || command === "DATA";
  return {
    outcome: outcomeOf({ dotPushed, reply, aboutRecipient }),
    reply: shown(reply ?? otherwise),
    answered: reply !== null,
    queueId: /\bqueued as ([\w.-]+)/i.exec(reply ?? "")?.[1] ?? null,
    serverFailed: !aboutRecipient,
  };
};

const failedDelivery = (dotPushed: boolean, thrown: unknown): Delivery => {
  if (!(thrown instanceof Error)) throw thrown;
  const { response, command, message }: Failure = thrown;
  return deliveryOf(dotPushed, { reply: response ?? null, command: command ?? "CONN", otherwise: message });
};

/** Nothing is said to a server about what is no address. */
const UNADDRESSED: Delivery = {
  outcome: "refused",
  reply: "not a mail address",
  answered: false,
  queueId: null,
  serverFailed: false,
};

const makeLine = (settings: SmtpSettings): SmtpLine => {
  const progress: Progress = { dotPushed: false };
  const line: { opened: Opening | null; mails: number; over: boolean } = {
    opened: null,
    mails: 0,
    over: false,
  };

  const close = (): void => {
    line.opened?.connection.close();
    line.opened = null;
  };
  const opened = (): Opening => {
    if (line.mails >= MAILS_A_CONNECTION) close();
    if (line.opened !== null) return line.opened;
    const opening = open(settings, progress);
    opening.connection.once("end", () => {
      if (line.opened === opening) line.opened = null;
    });
    line.mails = 0;
    return (line.opened = opening);
  };
  const attempt = async (mail: OutgoingMail): Promise<Delivery> => {
    const { connection, ready, ended } = opened();
    progress.dotPushed = false;
    line.mails += 1;
    const { late, stop } = tooLate(settings);
    try {
      await Promise.race([ready, ended, late]);
      const sending = transmit(connection, { from: settings.bounceAddress, mail });
      const reply = await Promise.race([sending, ended, late]);
      return deliveryOf(progress.dotPushed, { reply, command: "DATA", otherwise: "" });
    } catch (thrown) {
      close();
      return failedDelivery(progress.dotPushed, thrown);
    } finally {
      stop();
    }
  };
  return {
    rest: close,
    abort: () => {
      line.over = true;
      close();
    },
    send: async (mail) => {
      if (!isMailAddress(mail.to)) return UNADDRESSED;
      const gate: { asked: Promise<boolean> | null } = { asked: null };
      const allowDot = (): Promise<boolean> => {
        gate.asked = mail.allowDot();
        return gate.asked;
      };
      const kept = line.opened !== null;
      const first = await attempt({ ...mail, allowDot });
      // A server may drop a kept connection at any moment: nothing was said, so it is said on a new one.
      const again = kept && !line.over && gate.asked === null && !first.answered;
      const delivery = again ? await attempt({ ...mail, allowDot }) : first;
      await gate.asked?.catch(() => false);
      if (delivery.outcome !== "accepted") close();
      return delivery;
    },
  };
};

export const makeSmtp = (settings: SmtpSettings): Smtp => ({
  connections: settings.connections,
  openLine: () => makeLine(settings),
});
