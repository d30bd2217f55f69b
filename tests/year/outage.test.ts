import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, gt } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { removePostgresHome } from "../../dev/postgres-home.ts";
import { startService, type Service } from "../../dev/service.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { mails } from "../../db/schema/mail.ts";
import { reminders } from "../../db/schema/request.ts";
import { contactsOf, staffOf } from "../../domain/catalogue.ts";
import type { CycleKey, OrganisationId, PersonId } from "../../domain/ids.ts";
import type { ContactRole, Plan } from "../../domain/plan.ts";
import { instant, type Instant } from "../../domain/time.ts";
import { answererOf } from "../../rehearsals/cast.ts";
import { makeClient } from "../../rehearsals/client.ts";
import type { Caller } from "../../rehearsals/signing-in.ts";
import { openRehearsal, rehearse } from "../../rehearsals/rehearsal.ts";
import * as wire from "../../rehearsals/wire.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";

/** Worker, Temporal and API are killed, days with rungs and a due date pass on the cycle's clock, all start again. */

const at = (raw: string): Instant => instant(`2015-${raw}:00+09:00`);
const state = mkdtempSync(join(tmpdir(), "nenrin-outage-"));
let service: Service;
let plan: Plan;
let cycle: CycleKey;
let preparer: Caller;

const client = () => makeClient({ api: service.addresses.api, tokens: service.tokens });
const onDatabase = async <Result>(work: (db: Db) => Promise<Result>): Promise<Result> => {
  const db = makeDb({ url: service.engines.databaseUrl, max: 1, applicationName: "outage-test" });
  try {
    return await work(db);
  } finally {
    await closeDb(db);
  }
};

/** The people open the requests; then the script ends and nobody does anything by himself. */
const openRequests = async (): Promise<void> => {
  const stop = new AbortController();
  const onLook = ({ requests }: { readonly requests: readonly unknown[] }): void => {
    if (requests.length > 0) stop.abort();
  };
  const script = await standardScript();
  await rehearse({ client: client(), cycle, plan, script, seed: 7, onLook, signal: stop.signal });
};

const advance = async (to?: Instant): Promise<Instant> => {
  const body = to === undefined ? {} : { to };
  const posting = { path: `/cycles/${cycle}/advance`, body, idempotencyKey: randomUUID() };
  return (await client().post(preparer, posting, wire.rest)).now;
};
const advanceTo = async (to: Instant): Promise<void> => {
  while ((await advance(to)) < to);
};

const requestOf = (organisation: OrganisationId) => {
  const caller: Caller = { person: answererOf(plan, organisation), role: "contact" };
  return client().get(caller, `/requests/${cycle}-data-${organisation}`, wire.request);
};

/** Answers everything it is asked. @returns the status of the reply */
const answer = async (organisation: OrganisationId): Promise<number> => {
  const person = answererOf(plan, organisation);
  const { id, revision, items } = await requestOf(organisation);
  const token = service.tokens.find((one) => one.person === person && one.role === "contact")?.token ?? "";
  const reply = await fetch(`${service.addresses.api}/requests/${id}/answers`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
      "if-match": `"r${revision}"`,
    },
    body: JSON.stringify({
      answers: items.map((item) => ({ item: item.id, says: "nil", text: "該当なし" })),
    }),
  });
  return reply.status;
};

/** While nobody is there to do anything, `answering` finds its answer stored and the clock comes to `until`. */
const outage = async (answering: OrganisationId, until: Instant): Promise<void> => {
  const { running } = service.engines.temporal;
  for (const dead of [service.worker, running]) {
    if (dead === null) throw new Error("somebody else's Temporal can't be killed");
    process.kill(dead.pid, "SIGKILL");
    await dead.ended;
  }
  expect(await answer(answering)).toBe(202);
  process.kill(service.api.pid, "SIGKILL");
  await service.api.ended;
  await onDatabase((db) => db.update(cycles).set({ now: until }).where(eq(cycles.key, cycle)));
  await service.stop();
  service = await startService({ state });
};

const digestsAfter = (from: Instant) =>
  onDatabase((db) =>
    db
      .select({
        person: mails.person,
        at: mails.at,
        rung: mails.rung,
        items: mails.items,
        attempts: mails.attempts,
      })
      .from(mails)
      .where(and(eq(mails.cycle, cycle), eq(mails.letter, "digest"), gt(mails.at, from)))
      .orderBy(mails.position),
  );

const dataOwners = (): readonly OrganisationId[] =>
  [...new Set(plan.data.flatMap(({ owners }) => owners.map(({ organisation }) => organisation)))].toSorted();
const peopleOf = (owing: readonly OrganisationId[], roles: readonly ContactRole[]): readonly PersonId[] => [
  ...new Set(
    owing.flatMap((one) => roles.flatMap((role) => contactsOf(plan, one, role).map(({ id }) => id))),
  ),
];

beforeAll(async () => {
  plan = smallYear(await fy2014());
  service = await startService({ state });
  const [person] = staffOf(plan, "preparer");
  if (person === undefined) throw new Error("nobody prepares");
  preparer = { person: person.id, role: "preparer" };
  cycle = await openRehearsal(client(), plan);
  await openRequests();
});
afterAll(async () => {
  await service.stop();
  removePostgresHome(state);
  rmSync(state, { recursive: true, force: true });
});

it("whoever still owes gets one digest of what is owed now, on the next business day, and never again", async () => {
  const [first, second, ...silent] = dataOwners();
  if (first === undefined || second === undefined) throw new Error("two ministries are asked");

  // Until the evening of the 13th; then over リマインド, the due date on the 17th, to a Saturday.
  await advanceTo(at("04-13T18:00"));
  await outage(first, at("04-18T10:00"));
  expect(await advance()).toBe(at("04-20T09:00"));
  const after = await digestsAfter(at("04-13T18:00"));
  expect(new Set(after.map((mail) => `${mail.at} ${mail.rung}`))).toEqual(
    new Set([`${at("04-20T09:00")} dun-1`]),
  );
  expect(after.map(({ person }) => person).toSorted()).toEqual(
    peopleOf([second, ...silent], ["window", "officer"]).toSorted(),
  );

  // Over 再督促 and 上申, to the middle of a business day.
  await advanceTo(at("04-21T18:00"));
  await outage(second, at("04-24T11:00"));
  await advance(at("04-24T11:01"));
  const later = await digestsAfter(at("04-20T09:00"));
  expect(new Set(later.map((mail) => `${mail.at} ${mail.rung}`))).toEqual(
    new Set([`${at("04-24T11:00")} escalate-5`]),
  );
  const lead = staffOf(plan, "approver").map(({ id }) => id);
  expect(
    later
      .map(({ person }) => person)
      .filter((person) => !lead.includes(person))
      .toSorted(),
  ).toEqual(peopleOf(silent, ["confirmer", "window"]).toSorted());

  await advanceTo(at("04-28T18:00"));
  const still = (await digestsAfter(at("04-24T11:00"))).flatMap(({ items }) => items);
  expect(still.filter((item) => item.startsWith(`${cycle}-data`))).toEqual([]);
  const sent = await onDatabase((db) => db.select().from(reminders));
  const once = sent.map(({ item, rung, dueAt, person }) => [item, rung, dueAt, person].join());
  expect(new Set(once).size).toBe(once.length);
  expect((await digestsAfter(at("04-01T00:00"))).filter(({ attempts }) => attempts > 1)).toEqual([]);
  const become = async () =>
    [await requestOf(first), await requestOf(second)].flatMap(({ items }) =>
      items.map(({ state: { is } }) => is),
    );
  await expect.poll(async () => new Set(await become())).toEqual(new Set(["submitted"]));
});
