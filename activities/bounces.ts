import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Tx } from "../db/client.ts";
import { lockReported, noteReport, settleReported, type ReportedMail } from "../db/commands/mail-reports.ts";
import { afterReport } from "../domain/delivery-report.ts";
import type { MailState } from "../domain/mail.ts";
import { readBounce, type Bounce } from "./bounce-mail.ts";
import type { SettlingDeps } from "./settling.ts";

export interface BounceDeps extends SettlingDeps {
  /** Where `*.eml` of returned mail are put, each under another name until it is whole; null where none are. */
  readonly bounceFolder: string | null;
  /** What an operator has to put right. */
  readonly warn: (said: string) => void;
}

/** What a server returns is our own mail at most, and that is text. */
const LIMIT_BYTES = 1024 * 1024;

/** Where a file goes: `done`, `unknown` if it says nothing about a mail of ours; null if it has to wait. */
type Fate = "done" | "unknown" | null;

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "unknown";

/** Files come and go, and other couriers take them too; what can't be read now is tried again. */
const orElse =
  <Value>(
    { warn }: BounceDeps,
    { what, instead }: { readonly what: string; readonly instead: Value },
  ): ((error: unknown) => Value) =>
  (error) => {
    if (codeOf(error) !== "ENOENT") warn(`${what}: ${codeOf(error)}`);
    return instead;
  };

/** null for what is too large to be a report. A file that is a link or waits for a writer is not read. */
const contentOf = async (path: string): Promise<Buffer | null> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    if (size > LIMIT_BYTES) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const replyOf = ({ status, diagnostic }: Bounce): string =>
  [status, diagnostic].filter((part) => part !== null).join(" ") || "（理由の記載なし）";

const settleFor = async (
  deps: BounceDeps,
  tx: Tx,
  {
    mail,
    bounce,
    becomes,
  }: { readonly mail: ReportedMail; readonly bounce: Bounce; readonly becomes: MailState },
): Promise<void> => {
  if (becomes === mail.state) return;
  const failed = becomes === "rejected";
  const reply = replyOf(bounce);
  await settleReported(tx, { key: mail.key, becomes, reply: failed ? reply : null, now: deps.clock() });
  if (!failed) return;
  await deps.markUnreachable(tx, mail);
  if (mail.letter !== "notice")
    await deps.tellSecretariat(tx, { ...mail, is: "bounced", attempt: mail.attempts, reply });
};

/** All that follows from a report, in one transaction; nothing from one that is known. */
const note = (deps: BounceDeps, bounce: Bounce): Promise<Fate> =>
  deps.db.transaction(async (tx) => {
    const mail = await lockReported(tx, bounce);
    const reported = mail === undefined ? undefined : afterReport(mail, bounce.action);
    if (mail === undefined || reported === undefined || reported.is === "not-sent") return "unknown";
    if (reported.is === "wait") return null;
    const { envelopeId: _envelopeId, messageId: _messageId, ...said } = bounce;
    if (await noteReport(tx, { ...said, mail: mail.key, readAt: deps.clock() }))
      await settleFor(deps, tx, { mail, bounce, becomes: reported.becomes });
    return "done";
  });

/** Under a name of its own: the same file may come again. */
const moveTo = async (folder: string, name: string, fate: "done" | "unknown"): Promise<void> => {
  await mkdir(join(folder, fate), { recursive: true });
  await rename(join(folder, name), join(folder, fate, `${randomUUID()}-${name.slice(-150)}`));
};

const takeIn = async (deps: BounceDeps, folder: string, name: string): Promise<void> => {
  const content = await contentOf(join(folder, name)).catch(
    orElse(deps, { what: `cannot read the returned mail ${name}`, instead: undefined }),
  );
  if (content === undefined) return;
  const bounce = content === null ? undefined : await readBounce(content);
  const fate = bounce === undefined ? "unknown" : await note(deps, bounce);
  if (fate !== null)
    await moveTo(folder, name, fate).catch(
      orElse(deps, { what: `cannot move the returned mail ${name} to ${fate}`, instead: undefined }),
    );
};

/**
 * Takes in what lies in the folder; safe to repeat, and for several couriers at once. Stops between two files once
 * `over`. A broken database is thrown, a broken folder told.
 */
export const readBounces = async (deps: BounceDeps, over: AbortSignal): Promise<void> => {
  const { bounceFolder: folder } = deps;
  if (folder === null) return;
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    orElse(deps, { what: "cannot list the folder for returned mail", instead: [] }),
  );
  for (const entry of entries)
    if (entry.isFile() && entry.name.endsWith(".eml") && !over.aborted)
      await takeIn(deps, folder, entry.name);
};
