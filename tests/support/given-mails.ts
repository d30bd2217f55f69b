import { eq } from "drizzle-orm";
import { makeOutbox, type NewMail } from "../../activities/outbox.ts";
import type { Db } from "../../db/client.ts";
import { mailAttempts, mails } from "../../db/schema/mail.ts";
import { organisationId, personId, type Sha256 } from "../../domain/ids.ts";
import type { MailState } from "../../domain/mail.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import { keyOf, letter } from "./mail-desk.ts";
import { now, rehearsal } from "./screens-year.ts";

/** A mail of the screens' year to a ministry's contact, as far as it has come. */
export const givenMail = async (
  db: Db,
  {
    state,
    attempts = state === "queued" ? 0 : 1,
    nextTryAt = now,
    reply = null,
    organisation = "meti",
    ...more
  }: {
    readonly state: MailState;
    readonly attempts?: number;
    readonly nextTryAt?: Instant;
    readonly reply?: string | null;
    readonly organisation?: "meti" | "mic";
  } & Partial<Pick<NewMail, "occurrence" | "subject" | "text" | "ics">>,
): Promise<Sha256> => {
  const mail = letter(1, {
    cycle: rehearsal,
    person: personId(`${organisation}-officer`),
    organisation: organisationId(organisation),
    address: `officer@${organisation}.example`,
    request: `${rehearsal}-data-${organisation}`,
    at: now,
    ...more,
  });
  const from = { name: "事務局", address: "nenrin@nisc.example" };
  const outbox = makeOutbox({ clock: () => now, from, domain: "nisc.example", relay: "capture" });
  await db.transaction((tx) => outbox.queueMail(tx, mail));
  const key = keyOf(mail);
  await db.update(mails).set({ state, attempts, nextTryAt, reply }).where(eq(mails.key, key));
  const courier = "00000000-0000-4000-8000-000000000000";
  if (attempts > 0)
    await db.insert(mailAttempts).values({
      mail: key,
      number: 1,
      courier,
      phase: state === "uncertain" ? "dot-pushed" : "replied",
      startedAt: now,
      endedAt: addSeconds(now, 1),
      reply,
      outcome: state === "uncertain" ? "uncertain" : state === "accepted" ? "accepted" : "deferred",
    });
  return key;
};
