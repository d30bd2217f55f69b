import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { callbackify } from "node:util";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { listen, close } from "./loopback.ts";
import { mailListPage, mailPage } from "./mail-page.tsx";
import { openMailStore, type MailStore } from "./mail-store.ts";

/** An SMTP server on loopback that keeps every mail, and the pages that show them. */
export interface Mailbox {
  /** `smtp://127.0.0.1:<port>` */
  readonly smtpUrl: string;
  /** The list of mails; `.json` after it gives the same as data. */
  readonly pageUrl: string;
  readonly store: MailStore;
  readonly stop: () => Promise<void>;
}

const MAILS_A_PAGE = 100;
const MAIL_LIMIT_BYTES = 30 * 2 ** 20;

const bytesOf = async (stream: SMTPServerDataStream): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

/** The reply to the final dot comes after the mail is kept. */
const keepMail = async (store: MailStore, stream: SMTPServerDataStream, session: SMTPServerSession) => {
  const raw = await bytesOf(stream);
  if (stream.sizeExceeded) throw Object.assign(new Error("5.3.4 Message too big"), { responseCode: 552 });
  await store.keep(
    raw,
    session.envelope.rcptTo.map(({ address }) => address),
  );
};

const smtpServer = (store: MailStore): SMTPServer =>
  new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    hideDSN: false,
    size: MAIL_LIMIT_BYTES,
    closeTimeout: 500,
    onData: callbackify((stream: SMTPServerDataStream, session: SMTPServerSession) =>
      keepMail(store, stream, session),
    ),
  });

const listPage = (store: MailStore, before: number): string => {
  const older = store.list().slice(0, Math.max(0, before - 1));
  const shown = older.slice(-MAILS_A_PAGE).toReversed();
  const last = shown.at(-1)?.id ?? 1;
  return mailListPage(shown, last > 1 ? `/dev/mail?before=${last}` : null);
};

interface Answer {
  readonly type: string;
  readonly body: string | Buffer;
}
const answerTo = async (store: MailStore, { pathname, searchParams }: URL): Promise<Answer | null> => {
  if (pathname === "/dev/mail") {
    const before = Number(searchParams.get("before") ?? store.list().length + 1);
    return { type: "text/html; charset=utf-8", body: listPage(store, before) };
  }
  if (pathname === "/dev/mail.json")
    return { type: "application/json", body: JSON.stringify({ mails: store.list() }) };
  const [, number = "", eml] = /^\/dev\/mail\/([1-9]\d{0,8})(\.eml)?$/.exec(pathname) ?? [];
  const mail = store.list()[Number(number) - 1];
  if (mail === undefined) return null;
  if (eml !== undefined) return { type: "message/rfc822", body: store.raw(mail.id) ?? "" };
  const parsed = await store.read(mail.id);
  return parsed === null ? null : { type: "text/html; charset=utf-8", body: mailPage(mail, parsed) };
};

const respond = async (store: MailStore, request: IncomingMessage, response: ServerResponse) => {
  const answer = await answerTo(store, new URL(request.url ?? "/", "http://127.0.0.1"));
  if (answer === null) return void response.writeHead(404).end("ありません。/dev/mail が一覧です。");
  response.writeHead(200, {
    "content-type": answer.type,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "x-content-type-options": "nosniff",
  });
  response.end(answer.body);
};

/** Keeps the mails in `folder`, with those of earlier starts. Port 0 takes any free one. */
export const startMailbox = async ({
  folder,
  smtpPort,
  pagePort,
}: {
  readonly folder: string;
  readonly smtpPort: number;
  readonly pagePort: number;
}): Promise<Mailbox> => {
  const store = openMailStore(folder);
  const smtp = smtpServer(store);
  // A client that goes away in mid-dialogue is its own affair.
  smtp.on("error", () => {});
  const pages = createServer((request, response) => {
    respond(store, request, response).catch(() => response.writeHead(500).end());
  });
  const takenSmtpPort = await listen(smtp.server, smtpPort);
  return {
    smtpUrl: `smtp://127.0.0.1:${takenSmtpPort}`,
    pageUrl: `http://127.0.0.1:${await listen(pages, pagePort)}/dev/mail`,
    store,
    stop: async () => {
      await Promise.all([new Promise<void>((resolve) => smtp.close(resolve)), close(pages)]);
    },
  };
};
