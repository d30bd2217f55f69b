import type { ParsedMail } from "mailparser";
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { CapturedMail } from "./mail-store.ts";

const STYLE = `
body { font-family: sans-serif; max-width: 60rem; margin: 0 auto; padding: 0 1rem 2rem; line-height: 1.7; color: #1a1a1c; background: #fff }
.banner { background: #fde8c8; padding: .5rem 1rem; margin: 0 -1rem; font-weight: bold }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #d0d0d0 }
th { white-space: nowrap } pre { white-space: pre-wrap; font: inherit; border: 1px solid #d0d0d0; padding: 1rem }`;

const page = (title: string, content: ComponentChildren): string =>
  `<!DOCTYPE html>${renderToString(
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <p class="banner">開発用：ここにあるメールは、外部には送信されていません。</p>
        <main>
          <h1>{title}</h1>
          {content}
        </main>
      </body>
    </html>,
  )}`;

const minute = (instant: string): string =>
  new Date(instant).toLocaleString("ja-JP", {
    timeZone: "Asia/Tokyo",
    dateStyle: "medium",
    timeStyle: "short",
  });

/** The captured mails, newest first, `older` leading to the ones before them. */
export const mailListPage = (mails: readonly CapturedMail[], older: string | null): string =>
  page(
    "送信されたメール",
    <>
      {mails.length === 0 ? <p>まだ一通も送信されていません。</p> : null}
      <table>
        <thead>
          <tr>
            <th scope="col">受信</th>
            <th scope="col">宛先</th>
            <th scope="col">件名</th>
          </tr>
        </thead>
        <tbody>
          {mails.map((mail) => (
            <tr key={mail.id}>
              <td>{minute(mail.receivedAt)}</td>
              <td>{mail.recipients.join(", ")}</td>
              <td>
                <a href={`/dev/mail/${mail.id}`}>{mail.subject === "" ? "（件名なし）" : mail.subject}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {older === null ? null : (
        <p>
          <a href={older}>これより前のメール</a>
        </p>
      )}
    </>,
  );

/** One mail: its text, never its HTML, which is the sender's to write. */
export const mailPage = (mail: CapturedMail, parsed: ParsedMail): string =>
  page(
    mail.subject,
    <>
      <table>
        <tbody>
          {[
            ["差出人", mail.from],
            ["宛先", mail.to],
            ["写し", mail.cc],
            ["実際の送付先", mail.recipients.join(", ")],
            ["受信", minute(mail.receivedAt)],
            ["Message-ID", mail.messageId ?? ""],
            ["添付", parsed.attachments.map(({ filename }) => filename ?? "（名前なし）").join(", ")],
          ].map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <pre>{parsed.text ?? ""}</pre>
      <p>
        <a href={`/dev/mail/${mail.id}.eml`}>原文（.eml）</a> <a href="/dev/mail">一覧へ戻る</a>
      </p>
    </>,
  );
