import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ParsedMail } from "mailparser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMailbox, type Mailbox } from "../../dev/mailbox.ts";
import { startChromium } from "../support/chromium.ts";
import { hostileTexts } from "../support/hostile-texts.ts";
import { courierUntil, letter, startMailDesk, type MailDesk } from "../support/mail-desk.ts";
import { startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

/** What people write gets into mails as text: in their names, subjects and bodies, sent and captured for real. */

const SMUGGLED = "thief@evil.example";
/** A line break in a subject would begin a header of its own, two of them the body. */
const subjectWith = (text: string): string =>
  `${text}\r\nBcc: ${SMUGGLED}\r\nContent-Type: text/html\r\n\r\n${text}`;

let database: ScratchDatabase;
let desk: MailDesk;
let mailbox: Mailbox;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), "nenrin-hostile-mails-"));
const captured: ParsedMail[] = [];

beforeAll(async () => {
  [database, mailbox, browser] = await Promise.all([
    startScratchDatabase(),
    startMailbox({ folder, smtpPort: 0, pagePort: 0 }),
    startChromium(),
  ]);
  desk = startMailDesk(database.url);
  const written = hostileTexts.map((text, n) =>
    letter(n, { name: text, subject: subjectWith(text), text: `${text}\n` }),
  );
  await desk.queue(...written);
  const port = Number(new URL(mailbox.smtpUrl).port);
  const all = () => mailbox.store.list().length === hostileTexts.length;
  await courierUntil(desk.depsFor({ port }), all, { patienceMs: 60_000 });
  for (const { id } of mailbox.store.list()) {
    const parsed = await mailbox.store.read(id);
    if (parsed !== null) captured.push(parsed);
  }
});
afterAll(async () => {
  await browser.close();
  await mailbox.stop();
  await desk.close();
  await database.stop();
  rmSync(folder, { recursive: true });
});

/** Spaces are all that a header's folding may change. */
const words = (text: string): string => text.replaceAll(/\s+/g, "");

describe("a captured mail", () => {
  it("is plain text that says what was written, in its body, subject and recipient's name", () => {
    expect(captured).toHaveLength(hostileTexts.length);
    const said = new Set(captured.map(({ text = "" }) => words(text)));
    const named = new Set(captured.map(({ subject = "" }) => words(subject)));
    const called = new Set(
      captured
        .flatMap(({ to }) => [to ?? []].flat().flatMap(({ value }) => value))
        .map(({ name }) => words(name)),
    );
    for (const text of hostileTexts) {
      expect(said).toContain(words(text));
      expect(named).toContain(words(subjectWith(text)));
      expect(called).toContain(words(text));
    }
    expect(captured.filter(({ html, attachments }) => html !== false || attachments.length > 0)).toEqual([]);
  });

  it("has the headers that it has to have, and none that were written into a subject or a name", () => {
    const expected = [
      "auto-submitted",
      "content-transfer-encoding",
      "content-type",
      "date",
      "from",
      "list",
      "message-id",
      "mime-version",
      "subject",
      "to",
      "x-auto-response-suppress",
      "x-nenrin-cycle",
    ];
    for (const { headers } of captured) {
      expect([...headers.keys()].toSorted()).toEqual(expected);
      expect(headers.get("content-type")).toMatchObject({ value: "text/plain" });
    }
  });

  it("goes to one person only, as the directory has him", () => {
    const recipients = mailbox.store.list().map((mail) => mail.recipients);
    expect(recipients.every((one) => one.length === 1)).toBe(true);
    expect(recipients.flat()).not.toContain(SMUGGLED);
    const addressed = captured.flatMap(({ to }) => [to ?? []].flat().flatMap(({ value }) => value));
    expect(addressed).toHaveLength(hostileTexts.length);
    expect(addressed.every(({ address }) => /^window@ministry\d+\.example$/.test(address ?? ""))).toBe(true);
  });
});

describe("the pages of captured mails", () => {
  const nothingRan = async (page: Page): Promise<void> => {
    expect(await page.evaluate("window.hit ?? 0")).toBe(0);
    expect(
      await page.locator("main :is(script, style, img, svg, iframe, object, math, form, input)").count(),
    ).toBe(0);
    expect(await page.locator("main [href^='javascript' i]").count()).toBe(0);
  };

  it("run nothing, also without the policy that would stop it", async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const listed: string[] = [];
    for (let address: string | null = mailbox.pageUrl; address !== null;) {
      await page.goto(address, { waitUntil: "networkidle" });
      await nothingRan(page);
      listed.push(
        ...(await page
          .locator("tbody a")
          .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""))),
      );
      const older = page.getByRole("link", { name: "これより前のメール" });
      address =
        (await older.count()) === 0
          ? null
          : new URL((await older.getAttribute("href")) ?? "", mailbox.pageUrl).href;
    }
    expect(listed).toHaveLength(hostileTexts.length);
    for (const address of listed) {
      await page.goto(new URL(address, mailbox.pageUrl).href);
      await nothingRan(page);
      expect(await page.locator("pre").count()).toBe(1);
    }
    expect(dialogs).toEqual([]);
  });
});
