import { createHash, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { storeAct } from "../../db/acts.ts";
import { sha256Of } from "../../db/chain.ts";
import { draftContent } from "../../db/content.ts";
import { storeFile, takeBackFile, type NewFile } from "../../db/files.ts";
import { fileChunks } from "../../db/schema/file.ts";
import type { Act } from "../../domain/acts.ts";
import type { FileRef } from "../../domain/file.ts";
import { organisationId, personId, sha256 } from "../../domain/ids.ts";
import { breakAt, deaths, DIED, everythingIn, mend } from "../support/broken-table.ts";
import { largest } from "../support/evidence-files.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { at, CYCLE, itemsOfRequest, startYearDesk, WALL, type YearDesk } from "../support/year-desk.ts";

/** 添付 and the answer that names it: what a crash leaves between any two steps before the answer is recorded. */

const REQUEST = "2014-data-meti";
const by = personId("meti-officer");

let database: ScratchDatabase;
let desk: YearDesk;
let item: string;
let name: string;
beforeAll(async () => {
  database = await startScratchDatabase();
  desk = await startYearDesk(database.url);
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(async () => {
  await desk.openYear();
  await desk.open(["data"], at("2015-04-01T09:00:00"));
  [item = ""] = (await itemsOfRequest(desk.db, REQUEST)).map(({ id }) => id);
  name = `${randomUUID()}.txt`;
});

/** In three pieces. */
const bytes = largest.subarray(0, 600 * 2 ** 10);
const evidence = (): NewFile => ({
  request: REQUEST,
  item,
  name,
  labels: { confidentiality: 2 },
  bytes: new Blob([new Uint8Array(bytes)]),
  hash: sha256(createHash("sha256").update(bytes).digest("hex")),
  storedBy: by,
  storedAt: WALL,
});
const store = () => storeFile({ db: desk.db, objects: null }, evidence());
const takeBack = (id: string) => takeBackFile({ db: desk.db, objects: null }, { request: REQUEST, id });
const cases = (tables: readonly string[]) =>
  tables.flatMap((table) => deaths.map((how) => [table, how] as const));

/** Nothing is left of what was tried, and tried again it is done. */
const tried = async (table: string, how: string, doing: () => Promise<unknown>): Promise<void> => {
  const tables = ["files", "file_chunks", "acts", "contents", "answer_files"];
  const before = await everythingIn(desk.db, tables);
  await breakAt(desk.db, table, how);
  try {
    await expect(doing()).rejects.toThrow(DIED);
  } finally {
    await mend(desk.db, table);
  }
  expect(await everythingIn(desk.db, tables)).toEqual(before);
};

describe("a crash while a file is stored", () => {
  it.each(cases(["files", "file_chunks"]))(
    "at %s (%s) leaves nothing, and sent again it is whole",
    async (table, how) => {
      await tried(table, how, store);
      const kept = await store();
      expect(kept.version).toBe(1);
      const pieces = await desk.db
        .select()
        .from(fileChunks)
        .where(eq(fileChunks.file, kept.id))
        .orderBy(fileChunks.position);
      expect(Buffer.concat(pieces.map((piece) => piece.bytes)).equals(bytes)).toBe(true);
    },
  );
});

describe("a crash while an answer that names a file is stored", () => {
  const given = (file: FileRef) => {
    const draft = draftContent("answer", { number: 3, unit: "回", text: "別添のとおり。", files: [file] });
    const answer = { item, says: "value", content: draft.ref, why: null } as const;
    const actor = { person: by, role: "contact", organisation: organisationId("meti") } as const;
    const made: Act<"request.submit"> = {
      id: randomUUID(),
      name: "request.submit",
      actor,
      at: at("2015-04-10T10:00:00"),
      reason: null,
      args: { answers: [answer] },
    };
    return () =>
      storeAct(desk.db, {
        act: made,
        key: made.id,
        fingerprint: sha256Of(made.id),
        cycle: CYCLE,
        workflow: `request-${REQUEST}`,
        contents: [draft],
        storedAt: WALL,
      });
  };

  it.each(cases(["acts", "contents", "answer_files"]))(
    "at %s (%s) leaves the file unnamed, and sent again the answer holds it",
    async (table, how) => {
      const file = await store();
      const submit = given(file);
      await tried(table, how, submit);
      expect(await submit()).toBe(true);
      expect(await submit()).toBe(false);
      expect(await takeBack(file.id)).toBe("in-use");
    },
  );

  it("whose file was taken back meanwhile is stored no more than the file", async () => {
    const file = await store();
    expect(await takeBack(file.id)).toBe("done");
    const tables = ["acts", "contents", "answer_files"];
    const before = await everythingIn(desk.db, tables);
    await expect(given(file)()).rejects.toThrow(DIED);
    expect(await everythingIn(desk.db, tables)).toEqual(before);
  });
});
