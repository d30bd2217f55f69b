import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client as Engine, Connection } from "@temporalio/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { mails } from "../../db/schema/mail.ts";
import { removePostgresHome } from "../../dev/postgres-home.ts";
import { startService, type Service } from "../../dev/service.ts";
import { staffOf } from "../../domain/catalogue.ts";
import type { CycleKey } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { makeClient, type Client, type Posting } from "../../rehearsals/client.ts";
import { openRehearsal, rehearse } from "../../rehearsals/rehearsal.ts";
import { FORMS, foundIn, makeCanaries, type Canary } from "../support/canaries.ts";
import { fy2014, standardScript } from "../support/scene.ts";
import { smallYear } from "../support/small-year.ts";

const canaries = makeCanaries();
let state: string;
let service: Service;
let db: Db;
let plan: Plan;
let cycle: CycleKey;
let client: Client;

/** What a person writes; a file goes as it is. */
const isWritten = ({ path, body }: Posting): boolean =>
  /^\/(cycles|requests)\//.test(path) && !(body instanceof FormData);

/** Whoever writes a free text writes a canary into it. */
const planting = (plain: Client): Client => ({
  get: plain.get,
  post: (caller, posting, schema) =>
    plain.post(
      caller,
      isWritten(posting)
        ? { ...posting, body: canaries.planted(posting.body, { ...caller, path: posting.path }) }
        : posting,
      schema,
    ),
});

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "nenrin-confidential-"));
  const [given, script] = await Promise.all([fy2014(), standardScript()]);
  const small = smallYear(given);
  plan = { ...small, people: small.people.map((person) => ({ ...person, name: canaries.nameOf(person) })) };
  service = await startService({ state });
  db = makeDb({ url: service.addresses.postgres, applicationName: "test" });
  client = makeClient({ api: service.addresses.api, tokens: service.tokens });
  cycle = await openRehearsal(client, plan);
  const { signal } = new AbortController();
  await rehearse({ client: planting(client), cycle, plan, script, seed: 7, onLook: () => {}, signal });
});
afterAll(async () => {
  await closeDb(db);
  await service.stop();
  removePostgresHome(state);
  rmSync(state, { recursive: true, force: true });
});

const filesIn = (folder: string, wanted: RegExp): readonly string[] =>
  readdirSync(folder)
    .filter((name) => wanted.test(name))
    .map((name) => join(folder, name));
const searched = (files: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    files.map((file) => [file, foundIn(readFileSync(file))] as const).filter(([, found]) => found.length > 0),
  );

/** With what stands in bytes as text. */
const shown = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (one instanceof Uint8Array ? Buffer.from(one).toString() : one));

describe("the search", () => {
  it.each(Object.keys(FORMS))("finds a canary: %s", (form) => {
    const text = Buffer.from(`{"reason":"${`出典がない。${canaries.some()}とする。`.repeat(9)}"}`);
    for (const before of ["", "x", "xy"]) {
      const hidden = FORMS[form]?.(Buffer.concat([Buffer.from(before), text])) ?? Buffer.alloc(0);
      const around = Buffer.concat([Buffer.alloc(4096, "a"), hidden, Buffer.alloc(100, "z")]);
      expect(foundIn(around)).toContain(form);
    }
  });
});

describe("what people write in a year", () => {
  it("has two hundred canaries in it, in answers, comments, reasons and names, and is kept", async () => {
    const kinds = new Set(canaries.all().map(({ field }) => field));
    expect(kinds).toEqual(new Set(["text", "proposal", "reason", "name"]));
    expect(canaries.all().length).toBeGreaterThanOrEqual(200);
    const kept = await db.execute("select body from contents");
    expect(foundIn(Buffer.from(JSON.stringify([...kept])))).toEqual(["as it is"]);
  });

  it("is not in the engine's database", () => {
    const files = filesIn(state, /^temporal\.sqlite/);
    expect(files.length).toBeGreaterThanOrEqual(1);
    expect(searched(files)).toEqual({});
  });

  it("is not in what the engine can be searched by", async () => {
    const connection = await Connection.connect({ address: service.addresses.temporal });
    try {
      const listed = [];
      for await (const { raw } of new Engine({ connection }).workflow.list()) listed.push(raw);
      expect(listed.length).toBeGreaterThan(10);
      expect(foundIn(Buffer.from(shown(listed)))).toEqual([]);
    } finally {
      await connection.close();
    }
  });

  it("is in no log", () => {
    const files = filesIn(join(state, "logs"), /\.log$/);
    expect(files.length).toBeGreaterThanOrEqual(4);
    expect(searched(files)).toEqual({});
  });

  it("is in no mail but where its reader has to know it: his own name, and a reason given to him", async () => {
    const organisationOf = new Map(plan.people.map(({ id, organisation }) => [id, organisation]));
    const isSecretariat = (person: string): boolean =>
      plan.people.some(({ id, staff }) => id === person && staff.length > 0);
    const mayRead = (canary: Canary, mail: typeof mails.$inferSelect): boolean => {
      if (canary.field === "name") return canary.person === mail.person;
      if (canary.field !== "reason") return false;
      return isSecretariat(mail.person) || canary.path.includes(`-${organisationOf.get(mail.person)}`);
    };
    const sent = await db.select().from(mails);
    const wrong = sent.flatMap((mail) =>
      canaries
        .in(`${mail.subject}\n${mail.text}`)
        .filter((canary) => !mayRead(canary, mail))
        .map(({ field, path, person }) => `${mail.letter} to ${mail.person}: ${field} of ${person} ${path}`),
    );
    expect(sent.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  it("is in no reply that another ministry gets", async () => {
    const [auditor] = staffOf(plan, "auditor").map(({ id }) => id);
    if (auditor === undefined) throw new Error("nobody reads all of it");
    const { requests } = await client.get(
      { person: auditor, role: "auditor" },
      `/cycles/${cycle}/requests?limit=200`,
      z.object({ requests: z.array(z.object({ id: z.string(), organisation: z.string() })) }),
    );
    const paths = requests.flatMap(({ id, organisation }) =>
      [`/requests/${id}`, `/requests/${id}/timeline`].map((path) => ({ path, organisation })),
    );
    const readers = service.tokens.filter(({ role }) => role === "contact");
    const seen: string[] = [];
    for (const { person, organisation, token } of readers) {
      const asked = [
        ...paths.filter((one) => one.organisation !== organisation).map(({ path }) => path),
        ...["", "/requests?limit=200", "/surveys", "/board", "/tasks"].map(
          (path) => `/cycles/${cycle}${path}`,
        ),
      ];
      for (const path of asked) {
        const reply = await fetch(`${service.addresses.api}${path}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const others = canaries.in(await reply.text()).filter((one) => {
          const of = plan.people.find(({ id }) => id === one.person);
          return of?.organisation !== organisation && of?.staff.length === 0;
        });
        seen.push(...others.map((one) => `${person} ${path}: ${one.field} of ${one.person}`));
      }
    }
    expect(readers.length).toBeGreaterThan(3);
    expect(seen).toEqual([]);
  });
});
