import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { markUnreachable, upsertPeople, welcomePeople } from "../../db/commands/people.ts";
import { addressees } from "../../db/queries/directory.ts";
import { people } from "../../db/schema/acts.ts";
import { cycles } from "../../db/schema/cycle.ts";
import { cycleKey, fiscalYear, organisationId, personId, sha256 } from "../../domain/ids.ts";
import type { Person } from "../../domain/plan.ts";
import { instant } from "../../domain/time.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

let database: ScratchDatabase;
let db: Db;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});
beforeEach(() => db.execute(sql`truncate people`));

const someone = (id: string, more: Partial<Person> = {}): Person => ({
  id: personId(id),
  name: id,
  title: "係長",
  organisation: organisationId("mic"),
  email: `${id}@mic.example`,
  reachable: true,
  contact: ["window"],
  staff: [],
  ...more,
});
const plan = (...named: readonly Person[]) => db.transaction((tx) => upsertPeople(tx, named));
const bounce = (id: string, address = `${id}@mic.example`) =>
  db.transaction((tx) => markUnreachable(tx, { person: personId(id), address }));
const rowOf = async (id: string) => (await db.select().from(people)).find((row) => row.id === personId(id));

describe("the directory", () => {
  it("takes over what a plan says of a person", async () => {
    await plan(someone("a"));
    await plan(someone("a", { title: "補佐", contact: ["officer"], staff: ["admin"] }));
    expect(await rowOf("a")).toMatchObject({
      title: "補佐",
      contact: ["officer"],
      staff: ["admin"],
      revision: 2,
    });
  });

  it("keeps an address known to reach nobody, until it is another", async () => {
    await plan(someone("a"));
    expect(await bounce("a")).toBe(true);
    expect(await bounce("a")).toBe(false);
    await plan(someone("a"));
    expect(await rowOf("a")).toMatchObject({ reachable: false });
    await plan(someone("a", { email: "new@mic.example" }));
    expect(await rowOf("a")).toMatchObject({ reachable: true });
    await plan(someone("a", { email: "new@mic.example", reachable: false }));
    expect(await rowOf("a")).toMatchObject({ reachable: false });
  });

  it("does not take an address for dead because an earlier one was", async () => {
    await plan(someone("a", { email: "new@mic.example" }));
    expect(await bounce("a", "a@mic.example")).toBe(false);
    expect(await rowOf("a")).toMatchObject({ reachable: true });
  });

  it("takes the posts from whoever is no longer named, of the named organisations only", async () => {
    await plan(someone("a"), someone("b"), someone("c", { organisation: organisationId("meti") }));
    await plan(someone("b"));
    expect(await rowOf("a")).toMatchObject({ name: "a", contact: [], staff: [] });
    expect(await rowOf("b")).toMatchObject({ contact: ["window"] });
    expect(await rowOf("c")).toMatchObject({ contact: ["window"] });
  });

  it("is left alone by a plan that is only stored or rehearsed while a real year is open", async () => {
    const welcome = (...named: readonly Person[]) => db.transaction((tx) => welcomePeople(tx, named));
    const moved = someone("a", { email: "rehearsal@mic.example", contact: [] });
    await plan(someone("a"));
    await welcome(moved);
    expect(await rowOf("a")).toMatchObject({ email: "rehearsal@mic.example" });
    const at = instant("2015-01-13T09:00:00+09:00");
    const year = { key: cycleKey("2014"), year: fiscalYear(2014), plan: sha256("0".repeat(64)) };
    await db.insert(cycles).values({ ...year, stage: "policy", stepped: false, now: at, openedAt: at });
    await plan(someone("a"), someone("b"));
    await welcome(moved, someone("c"));
    expect(await rowOf("a")).toMatchObject({ email: "a@mic.example", contact: ["window"] });
    expect(await rowOf("b")).toMatchObject({ contact: ["window"] });
    expect(await rowOf("c")).toMatchObject({ contact: ["window"] });
    await db.delete(cycles);
  });

  it("finds whom mail can reach by person, organisation and post", async () => {
    await plan(
      someone("a"),
      someone("b", { organisation: organisationId("meti") }),
      someone("c", { organisation: organisationId("nisc"), contact: [], staff: ["preparer", "admin"] }),
      someone("d", {
        organisation: organisationId("nisc"),
        contact: [],
        staff: ["preparer"],
        reachable: false,
      }),
    );
    const none = { people: [], organisations: [], staff: [] };
    const found = async (wanted: Partial<Parameters<typeof addressees>[1]>) =>
      (await addressees(db, { ...none, ...wanted })).map(({ person }) => person);
    expect(await found({})).toEqual([]);
    expect(await found({ people: [personId("a"), personId("d")] })).toEqual(["a"]);
    expect(await found({ organisations: [organisationId("meti")] })).toEqual(["b"]);
    expect(await found({ staff: ["preparer"] })).toEqual(["c"]);
    expect(await found({ people: [personId("a")], staff: ["admin"] })).toEqual(["a", "c"]);
  });
});
