import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readBounces } from "../../activities/bounces.ts";
import type { NewMail } from "../../activities/outbox.ts";
import { mailReports, mails } from "../../db/schema/mail.ts";
import type { MailState } from "../../domain/mail.ts";
import {
  addPerson,
  clearMail,
  courierUntil,
  isReachable,
  keyOf,
  letter,
  messageId,
  startMailDesk,
  stateOf,
  type MailDesk,
} from "../support/mail-desk.ts";
import { returnedMail } from "../support/returned-mail.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { startFaultySmtp } from "../support/smtp-faults.ts";

let database: ScratchDatabase;
let desk: MailDesk;
let folder: string;

beforeAll(async () => {
  database = await startScratchDatabase();
  desk = startMailDesk(database.url);
});
afterAll(async () => {
  await desk.close();
  await database.stop();
});
beforeEach(async () => {
  await clearMail(desk.db);
  desk.troubles.length = 0;
  desk.warnings.length = 0;
  folder = mkdtempSync(join(tmpdir(), "nenrin-bounces-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mail = letter(1);
/** A mail of the ledger that has come so far. */
const given = async (state: MailState, one: NewMail = mail, attempts = 1): Promise<void> => {
  await addPerson(desk.db, one.person);
  await desk.queue(one);
  await desk.db.update(mails).set({ state, attempts });
};
const drop = (name: string, content: string | Buffer): void => writeFileSync(join(folder, name), content);
const sweep = () =>
  readBounces({ ...desk.depsFor({ port: 1 }), bounceFolder: folder }, new AbortController().signal);
const filesIn = (under: "." | "done" | "unknown"): readonly string[] =>
  existsSync(join(folder, under))
    ? readdirSync(join(folder, under), { withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map(({ name }) => name.replace(/^[0-9a-f-]{36}-/, ""))
    : [];
const places = () => ({ waiting: filesIn("."), done: filesIn("done"), unknown: filesIn("unknown") });
const reports = () => desk.db.select().from(mailReports);

describe("a report that a mail failed", () => {
  it("marks its recipient 不達, tells the secretariat, and stays as proof", async () => {
    await given("accepted");
    drop("1.eml", returnedMail(mail));
    await sweep();
    expect(await stateOf(desk.db, mail)).toMatchObject({
      state: "rejected",
      reply: "5.1.1 550 5.1.1 no such user",
    });
    expect(await isReachable(desk.db, mail.person)).toBe(false);
    expect(desk.troubles).toMatchObject([
      { is: "bounced", key: keyOf(mail), reply: "5.1.1 550 5.1.1 no such user" },
    ]);
    expect(await reports()).toMatchObject([
      { mail: keyOf(mail), action: "failed", status: "5.1.1", recipient: mail.address },
    ]);
    expect(places()).toEqual({ waiting: [], done: ["1.eml"], unknown: [] });
  });

  it.each([
    ["its ENVID alone", { returned: null }],
    ["its Message-ID alone", { envelopeId: null }],
    ["its Message-ID, the ENVID being the relay's own", { envelopeId: "relay-17" }],
    [
      "its Message-ID, folded and beside others' headers",
      {
        envelopeId: null,
        returned: [
          "Subject: a",
          " b",
          "Message-ID:",
          ` ${messageId(mail)}`,
          "",
          "Message-ID: <other@nisc.example>",
        ],
      },
    ],
  ])("finds the mail by %s", async (_, report) => {
    await given("accepted");
    drop("1.eml", returnedMail(mail, report));
    await sweep();
    expect((await stateOf(desk.db, mail))?.state).toBe("rejected");
  });

  it("counts once, however many copies of it come, and however many couriers read them", async () => {
    await given("accepted");
    for (const received of ["1", "2", "3"]) drop(`${received}.eml`, returnedMail(mail, { received }));
    await Promise.all([sweep(), sweep()]);
    drop("1.eml", returnedMail(mail));
    await sweep();
    expect(await reports()).toHaveLength(1);
    expect(desk.troubles).toHaveLength(1);
    expect(places()).toEqual({
      waiting: [],
      done: expect.arrayContaining(["1.eml", "1.eml", "2.eml", "3.eml"]),
      unknown: [],
    });
  });

  it("settles what nobody was sure of", async () => {
    await given("uncertain");
    drop("1.eml", returnedMail(mail));
    await sweep();
    expect((await stateOf(desk.db, mail))?.state).toBe("rejected");
  });

  it("waits until the courier has said its word", async () => {
    await given("sending");
    drop("1.eml", returnedMail(mail));
    await sweep();
    expect(places().waiting).toEqual(["1.eml"]);
    await desk.db.update(mails).set({ state: "accepted" });
    await sweep();
    expect((await stateOf(desk.db, mail))?.state).toBe("rejected");
    expect(places()).toMatchObject({ waiting: [], done: ["1.eml"] });
  });

  it("of a notice is not told by a notice", async () => {
    const notice = letter(1, { letter: "notice" });
    await given("accepted", notice);
    drop("1.eml", returnedMail(notice));
    await sweep();
    expect(desk.troubles).toEqual([]);
    expect(await isReachable(desk.db, notice.person)).toBe(false);
  });

  it("is read by the courier at its sweeps", async () => {
    const relay = await startFaultySmtp();
    await desk.queue(mail);
    const deps = { ...desk.depsFor({ port: relay.port }), bounceFolder: folder };
    drop("1.eml", returnedMail(mail));
    await courierUntil(deps, async () => (await stateOf(desk.db, mail))?.state === "rejected");
    expect(relay.taken).toContain(messageId(mail));
    await relay.close();
  });
});

describe("a report that a mail is late", () => {
  it("is noted, and changes nothing", async () => {
    await given("accepted");
    drop("1.eml", returnedMail(mail, { action: "delayed", status: "4.4.1" }));
    await sweep();
    expect(await reports()).toMatchObject([{ action: "delayed", status: "4.4.1" }]);
    expect((await stateOf(desk.db, mail))?.state).toBe("accepted");
    expect(await isReachable(desk.db, mail.person)).toBe(true);
    expect(desk.troubles).toEqual([]);
  });

  it("proves that the relay has what nobody was sure of", async () => {
    await given("uncertain");
    drop("1.eml", returnedMail(mail, { action: "delayed" }));
    await sweep();
    expect(await stateOf(desk.db, mail)).toMatchObject({ state: "accepted", settledAt: desk.time.now });
  });
});

describe("a file that is no report on a mail of ours", () => {
  const deep = (n: number): string =>
    Array.from(
      { length: n },
      (_, i) => `Content-Type: multipart/report; boundary="b${i}"\r\n\r\n--b${i}\r\n`,
    ).join("");
  const report = returnedMail(mail);
  it.each<readonly [string, string | Buffer]>([
    ["empty", ""],
    ["noise", Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 256))],
    ["an answer from a person", `From: a@b.example\r\nIn-Reply-To: ${messageId(mail)}\r\n\r\nAction: failed`],
    ["a report on another's mail", returnedMail(letter(9))],
    ["a report with the names of two mails", returnedMail(mail, { envelopeId: keyOf(letter(2)) })],
    ["a report with no name", returnedMail(mail, { envelopeId: null, returned: null })],
    ["a report without an action", returnedMail(mail, { action: "" })],
    ["larger than any report", `${report}${"x".repeat(1024 * 1024)}`],
    ["nested ten thousand deep", deep(10_000)],
    ["a million short lines", `${report.slice(0, 400)}${":\n".repeat(500_000)}`],
    ["a head without an end", "Subject: ".padEnd(900_000, "=?utf-8?B?44GC?= ")],
    ["a report cut off in the middle", report.slice(0, report.indexOf("Action"))],
  ])("is put aside without harm: %s", async (_, content) => {
    await given("accepted");
    await desk.queue(letter(2));
    drop("1.eml", content);
    const begun = performance.now();
    await sweep();
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(places()).toEqual({ waiting: [], done: [], unknown: ["1.eml"] });
    expect((await stateOf(desk.db, mail))?.state).toBe("accepted");
    expect(await isReachable(desk.db, mail.person)).toBe(true);
    expect(desk.troubles).toEqual([]);
  });

  it("does not hold up the next", async () => {
    await given("accepted");
    drop("0.eml", "noise");
    drop("1.eml", returnedMail(mail));
    await sweep();
    expect(places()).toEqual({ waiting: [], done: ["1.eml"], unknown: ["0.eml"] });
  });

  it("has nothing in it that a screen could not show", async () => {
    await given("accepted");
    drop("1.eml", returnedMail(mail, { diagnostic: `550 \u0000\u001b[31m${"長い".repeat(1000)}` }));
    await sweep();
    const diagnostic = (await reports())[0]?.diagnostic;
    expect(diagnostic?.length).toBe(500);
    expect(diagnostic).not.toMatch(/\p{Cc}/u);
  });
});

describe("the folder", () => {
  it("may hold what is being written, folders and links, which are left alone", async () => {
    await given("accepted");
    drop("1.eml.part", returnedMail(mail));
    mkdirSync(join(folder, "2.eml"));
    symlinkSync("/etc/hostname", join(folder, "3.eml"));
    await sweep();
    expect(places().waiting.toSorted()).toEqual(["1.eml.part", "3.eml"]);
    expect(await reports()).toEqual([]);
    expect(desk.warnings).toEqual([]);
  });

  it("need not be there", async () => {
    const none = { ...desk.depsFor({ port: 1 }), bounceFolder: join(folder, "none") };
    await readBounces(none, new AbortController().signal);
    await readBounces({ ...none, bounceFolder: null }, new AbortController().signal);
    expect(desk.warnings).toEqual([]);
  });

  it("that cannot be changed keeps its files, which still count once, and an operator is told", async () => {
    await given("accepted");
    drop("1.eml", returnedMail(mail));
    writeFileSync(join(folder, "done"), "no folder");
    await sweep();
    await sweep();
    expect(desk.troubles).toHaveLength(1);
    expect(desk.warnings).toEqual(Array(2).fill("cannot move the returned mail 1.eml to done: EEXIST"));
    expect(filesIn(".").toSorted()).toEqual(["1.eml", "done"]);
  });
});
