import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mails } from "../../db/schema/mail.ts";
import {
  clearMail,
  courierUntil,
  keyOf,
  letter,
  startMailDesk,
  stateOf,
  tally,
  type MailDesk,
} from "../support/mail-desk.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { startFaultySmtp, type FaultySmtp } from "../support/smtp-faults.ts";

let database: ScratchDatabase;
let desk: MailDesk;
let relay: FaultySmtp;
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
  relay = await startFaultySmtp();
});
afterEach(() => relay.close());

/** What would send the mail to somebody else too, were it taken for an address. */
const smuggled = [
  "a@x.example\r\nBcc: e@x.example",
  "a@x.example\nBcc: e@x.example",
  "a@x.example>\r\nRCPT TO:<e@x.example",
  "a@x.example, e@x.example",
  "a@x.example;e@x.example",
  "a@x.example e@x.example",
  "<a@x.example>",
  "A <a@x.example>",
  '"a@x.example\r\nBcc: e@x.example"@y.example',
  "a@x.example\u0000",
  "a@x.example\u2028e@x.example",
  "a@xn--.example.",
  "利用者@x.example",
  "@x.example",
  "a@",
  "",
];

describe("what is no plain address", () => {
  it.each(smuggled)("is refused where the mail is written, and leaves nothing: %j", async (address) => {
    await expect(desk.queue(letter(2), letter(1, { address }))).rejects.toThrow("not a mail address");
    expect(await tally(desk.db)).toEqual({});
  });

  it.each(smuggled.filter((address) => !address.includes("\u0000")))(
    "never reaches the envelope, if it stands in the ledger all the same: %j",
    async (address) => {
      const mail = letter(1);
      await desk.queue(mail, letter(2));
      await desk.db
        .update(mails)
        .set({ address })
        .where(eq(mails.key, keyOf(mail)));
      await courierUntil(
        desk.depsFor({ port: relay.port, connections: 1 }),
        async () => (await tally(desk.db))["accepted"] === 2,
      );
      expect(await stateOf(desk.db, mail)).toMatchObject({ state: "rejected", reply: "not a mail address" });
      expect(desk.troubles).toMatchObject([{ is: "unreachable", address }]);
      expect(relay.recipients.toSorted()).toEqual(["preparer@nisc.example", letter(2).address]);
    },
  );
});

describe("what stands beside the address", () => {
  it.each([
    ["name", { name: "窓口\r\nBcc: e@x.example" }],
    ["name", { name: '窓口" <e@x.example>, "' }],
    ["subject", { subject: "件名\r\nBcc: e@x.example\r\n\r\n本文" }],
    ["text", { text: "本文\r\n.\r\nMAIL FROM:<a@x.example>\r\nRCPT TO:<e@x.example>\r\n" }],
  ])("adds no recipient and no header: %s", async (_, more) => {
    const mail = letter(1, more);
    await desk.queue(mail);
    await courierUntil(
      desk.depsFor({ port: relay.port }),
      async () => (await stateOf(desk.db, mail))?.state === "accepted",
    );
    expect(relay.recipients).toEqual([mail.address]);
    const [message = ""] = relay.messages;
    const head = message.slice(0, message.indexOf("\r\n\r\n"));
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head.match(/^To:/gim)).toHaveLength(1);
    expect(relay.taken).toHaveLength(1);
  });
});
