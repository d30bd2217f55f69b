import { eq, sql } from "drizzle-orm";
import { vi } from "vitest";
import { runCourier, type CourierDeps, type CourierPace } from "../../activities/courier.ts";
import type { CourierCounts } from "../../activities/contract.ts";
import { makeOutbox, type NewMail, type Outbox } from "../../activities/outbox.ts";
import type { MailTrouble } from "../../activities/settling.ts";
import { makeSmtp, type SmtpSettings } from "../../activities/smtp.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { mailKey } from "../../db/commands/mail.ts";
import type { StuckMails } from "../../db/commands/stuck-mail.ts";
import { mailAttempts, mails } from "../../db/schema/mail.ts";
import { people } from "../../db/schema/acts.ts";
import { cycleKey, organisationId, personId, type PersonId, type Sha256 } from "../../domain/ids.ts";
import type { Relay } from "../../domain/mail.ts";
import { instant, type Instant } from "../../domain/time.ts";

/** Everything it takes to write, queue and send mail in a test, with a clock that stands still. */
export interface MailDesk {
  readonly db: Db;
  readonly outbox: Outbox;
  readonly time: { now: Instant };
  readonly troubles: MailTrouble[];
  readonly stuck: StuckMails[];
  readonly warnings: string[];
  readonly depsFor: (
    smtp: Partial<SmtpSettings> & { readonly port: number },
    pace?: CourierPace,
  ) => CourierDeps;
  readonly queue: (...written: readonly NewMail[]) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Where the desk's clock stands at first. */
export const START = instant("2026-06-01T10:00:00+09:00");
const PACE: CourierPace = { sweepMs: 25, stopMs: 2000 };

export const mailSettings: Omit<SmtpSettings, "port"> = {
  host: "127.0.0.1",
  tls: "none",
  credentials: null,
  ehloName: "nenrin.example",
  bounceAddress: "nenrin@nisc.example",
  connections: 5,
  connectTimeoutMs: 2000,
  silenceTimeoutMs: 10_000,
};

export const startMailDesk = (url: string, relay: Relay = "outbound"): MailDesk => {
  const db = makeDb({ url, applicationName: "mail-desk" });
  const time = { now: START };
  const clock = (): Instant => time.now;
  const troubles: MailTrouble[] = [];
  const stuck: StuckMails[] = [];
  const warnings: string[] = [];
  const outbox = makeOutbox({
    clock,
    relay,
    from: { name: "内閣官房 NISC", address: "nenrin@nisc.example" },
    domain: "nisc.example",
  });
  return {
    db,
    outbox,
    time,
    troubles,
    stuck,
    warnings,
    depsFor: (smtp, pace = PACE) => ({
      db,
      clock,
      pace,
      smtp: makeSmtp({ ...mailSettings, ...smtp }),
      bounceFolder: null,
      warn: (said) => warnings.push(said),
      tellOfStuck: async (tx, found) => {
        await outbox.queueMail(tx, noticeOf({ ...found, key: found.one, subject: "", reply: "" }));
        stuck.push(found);
      },
      markUnreachable: async (tx, { person }) => {
        await tx.update(people).set({ reachable: false }).where(eq(people.id, person));
      },
      tellSecretariat: async (tx, trouble) => {
        await outbox.queueMail(tx, noticeOf(trouble));
        troubles.push(trouble);
      },
    }),
    queue: (...written) => db.transaction((tx) => outbox.queueMails(tx, written, null)),
    close: () => closeDb(db),
  };
};

/** The n-th contact's mail of the n-th occurrence. */
export const letter = (n: number, more: Partial<NewMail> = {}): NewMail => ({
  cycle: cycleKey("2026"),
  letter: "inquiry",
  person: personId(`ministry${n}-window`),
  name: `第${n}省 窓口`,
  address: `window@ministry${n}.example`,
  organisation: organisationId(`ministry${n}`),
  occurrence: "1",
  request: `2026-data-ministry${n}`,
  rung: null,
  items: ["a", "b"],
  subject: "【照会】令和８年度の評価について（照会）",
  text: "お世話になっております。\n.\n期限までに御回答ください。",
  ics: null,
  at: instant("2026-06-01T10:00:00+09:00"),
  ...more,
});

export const keyOf = (mail: NewMail): Sha256 => mailKey(mail);
export const messageId = (mail: NewMail): string => `<${mailKey(mail)}@nisc.example>`;

const noticeOf = (trouble: Pick<MailTrouble, "key" | "subject" | "reply">): NewMail =>
  letter(0, {
    letter: "notice",
    person: personId("nisc-preparer"),
    address: "preparer@nisc.example",
    organisation: organisationId("nisc"),
    occurrence: trouble.key,
    request: null,
    subject: `【不達】${trouble.subject}`,
    text: trouble.reply,
  });

export const addPerson = async (db: Db, id: PersonId): Promise<void> => {
  const organisation = organisationId("ministry1");
  const person = { id, organisation, name: "窓口", title: "係長", email: `${id}@example`, reachable: true };
  await db.insert(people).values({ ...person, contact: [], staff: [] });
};
export const isReachable = async (db: Db, id: PersonId): Promise<boolean | undefined> =>
  (await db.select({ reachable: people.reachable }).from(people).where(eq(people.id, id)))[0]?.reachable;

export const stateOf = async (db: Db, mail: NewMail) =>
  (
    await db
      .select()
      .from(mails)
      .where(eq(mails.key, keyOf(mail)))
  )[0];
export const attemptsAt = (db: Db, mail: NewMail) =>
  db
    .select()
    .from(mailAttempts)
    .where(eq(mailAttempts.mail, keyOf(mail)))
    .orderBy(mailAttempts.number);
/** How many mails are in each state. */
export const tally = async (db: Db): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    (
      await db
        .select({ state: mails.state, n: sql`count(*)`.mapWith(Number) })
        .from(mails)
        .groupBy(mails.state)
    ).map(({ state, n }) => [state, n]),
  );
export const clearMail = (db: Db) => db.execute(sql`truncate mails, mail_attempts, mail_reports, people`);

/** Runs a courier until the condition holds; it has stopped when this answers. */
export const courierUntil = async (
  deps: CourierDeps,
  condition: () => Promise<boolean> | boolean,
  { patienceMs = 8000 }: { readonly patienceMs?: number } = {},
): Promise<CourierCounts> => {
  const stop = new AbortController();
  const running = runCourier(deps, { forMs: 60_000, signal: stop.signal, beat: () => {} });
  const holds = vi.waitUntil(condition, { timeout: patienceMs, interval: 10 });
  try {
    await Promise.race([holds, running.then(() => holds)]);
  } finally {
    stop.abort();
    await running;
  }
  return running;
};
