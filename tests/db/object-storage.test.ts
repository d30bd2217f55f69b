import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256Of } from "../../db/chain.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { fileBytes, storeFile, takeBackFile, type ObjectStorage } from "../../db/files.ts";
import { makeObjectStorage } from "../../db/object-storage.ts";
import { storedFile } from "../../db/queries/files.ts";
import { fileChunks, files } from "../../db/schema/file.ts";
import { personId, sha256 } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { startObjectServer, type ObjectServer } from "../support/object-server.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

/** 添付 in an S3-compatible storage: rows here, bytes there. */

let database: ScratchDatabase;
let db: Db;
let server: ObjectServer;
let objects: ObjectStorage;
beforeAll(async () => {
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "test" });
});
afterAll(async () => {
  await closeDb(db);
  await database.stop();
});
beforeEach(async () => {
  server = await startObjectServer();
  objects = makeObjectStorage(server.url);
  return () => server.stop();
});

const TEXT = "あ".repeat(400_000);
const fileOf = (name: string, text = TEXT) => ({
  request: "2014-data-meti",
  item: "2014-data-meti/first",
  name,
  labels: { confidentiality: 2 } as const,
  bytes: new Blob([text]),
  hash: sha256Of(text),
  storedBy: personId("meti-officer"),
  storedAt: instant("2015-04-10T10:00:00+09:00"),
});
const read = async (id: string): Promise<string> => {
  const stored = await storedFile(db, id);
  if (stored === undefined) throw new Error("there is no such file");
  const pieces: Uint8Array[] = [];
  for await (const piece of fileBytes({ db, objects }, stored)) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
};

describe("a file", () => {
  it("goes there signed, with its hash, and comes back as it was", async () => {
    const { id } = await storeFile({ db, objects }, fileOf("a.txt"));
    expect([...server.objects.keys()]).toEqual([`/evidence/${id}`]);
    expect(await db.select().from(fileChunks)).toEqual([]);
    expect(await read(id)).toBe(TEXT);
    expect(server.refused).toEqual([]);
  });

  it("that is changed there is not handed out", async () => {
    const { id } = await storeFile({ db, objects }, fileOf("b.txt"));
    server.spoil((bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from("!")]));
    await expect(read(id)).rejects.toThrow("is not what was stored");
  });

  it("taken back is gone there too; sent twice it lies there once", async () => {
    const file = await storeFile({ db, objects }, fileOf("c.txt"));
    expect((await storeFile({ db, objects }, fileOf("c.txt"))).id).toBe(file.id);
    expect(server.objects.size).toBe(1);
    const of = { request: "2014-data-meti", id: file.id };
    expect(await takeBackFile({ db, objects }, of)).toBe("done");
    expect(server.objects.size).toBe(0);
  });

  it("that the storage refuses is stored nowhere", async () => {
    const before = (await db.select().from(files)).length;
    const lied = { ...fileOf("d.txt"), hash: sha256("0".repeat(64)) };
    await expect(storeFile({ db, objects }, lied)).rejects.toThrow("answered PUT with 403");
    const stranger = makeObjectStorage(server.url.replace("nenrin-key", "another-key"));
    await expect(stranger.get(randomUUID())).rejects.toThrow("answered GET with 403");
    expect(server.refused).toEqual(expect.arrayContaining(["PUT wrong hash", "GET unsigned"]));
    expect([(await db.select().from(files)).length, server.objects.size]).toEqual([before, 0]);
  });

  it("stored before stays where it is", async () => {
    const { id } = await storeFile({ db, objects: null }, fileOf("e.txt"));
    expect(await read(id)).toBe(TEXT);
    expect(server.objects.size).toBe(0);
  });
});
