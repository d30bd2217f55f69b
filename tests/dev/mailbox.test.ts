import { mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { connect } from "node:net";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startMailbox, type Mailbox } from "../../dev/mailbox.ts";

let folder: string;
let mailbox: Mailbox;
const start = async (): Promise<void> => {
  mailbox = await startMailbox({ folder, smtpPort: 0, pagePort: 0 });
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "nenrin-mailbox-"));
  await start();
});
afterEach(async () => {
  await mailbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

const RAW = [
  "From: NISC <nenrin@nisc.example>",
  "To: window@meti.example",
  "Subject: <b>Reminder</b>",
  "Message-ID: <1@nisc.example>",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<script>alert(1)</script><p>Please answer.</p>",
  ".",
  "",
].join("\r\n");

const send = async (
  ...recipients: readonly [string, ...string[]]
): Promise<{ readonly accepted: readonly unknown[] }> => {
  const transport = createTransport(mailbox.smtpUrl);
  const envelope = { from: "bounce@nisc.example", to: [...recipients] };
  return transport.sendMail({ envelope, raw: RAW }).finally(() => transport.close());
};
const page = (path = ""): Promise<Response> => fetch(`${mailbox.pageUrl}${path}`);

describe("the mailbox", () => {
  it("keeps a mail as it came before it says so", async () => {
    expect((await send("window@meti.example", "staff@meti.example")).accepted).toHaveLength(2);
    expect(mailbox.store.list()).toMatchObject([
      {
        id: 1,
        recipients: ["window@meti.example", "staff@meti.example"],
        from: '"NISC" <nenrin@nisc.example>',
        subject: "<b>Reminder</b>",
        messageId: "<1@nisc.example>",
      },
    ]);
    expect(mailbox.store.raw(1)?.toString()).toBe(RAW);
  });

  it("goes on with what earlier starts have kept", async () => {
    await send("window@meti.example");
    await mailbox.stop();
    await start();
    await send("window@mext.example");
    expect(mailbox.store.list().map(({ id, recipients }) => [id, ...recipients])).toEqual([
      [1, "window@meti.example"],
      [2, "window@mext.example"],
    ]);
  });

  it("lists the newest first, and as data in the order of arrival", async () => {
    await send("window@meti.example");
    await send("window@mext.example");
    const list = await (await page()).text();
    expect(list.indexOf("mext.example")).toBeLessThan(list.indexOf("meti.example"));
    expect(await (await page(".json")).json()).toMatchObject({ mails: [{ id: 1 }, { id: 2 }] });
  });

  it("turns the page after a hundred", async () => {
    for (let count = 1; count <= 101; count += 1)
      await mailbox.store.keep(Buffer.from(RAW), [`window${count}@meti.example`]);
    const newest = await (await page()).text();
    expect(newest).toContain("window101@meti.example");
    expect(newest).not.toContain(">window1@meti.example<");
    const [, older = ""] = /href="\/dev\/mail(\?before=\d+)"/.exec(newest) ?? [];
    expect(await (await page(older)).text()).toContain(">window1@meti.example<");
  });

  it("shows a mail's text and none of its markup, and gives the original", async () => {
    await send("window@meti.example");
    const shown = await page("/1");
    const text = await shown.text();
    expect(text).toContain("Please answer.");
    expect(text).toContain("&lt;b>Reminder&lt;/b>");
    expect(text).not.toContain("<script>");
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    const original = await page("/1.eml");
    expect(original.headers.get("content-type")).toBe("message/rfc822");
    expect(await original.text()).toBe(RAW);
  });

  it.each(["/2", "/0", "/1.exe", "/..%2Findex.jsonl", "/1/../../../etc/passwd"])(
    "has nothing at %s",
    async (path) => {
      await send("window@meti.example");
      expect((await page(path)).status).toBe(404);
    },
  );

  it("can be reached on this machine only", async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    const reachable = (host: string, port: number): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = connect({ host, port }, () => resolve(true));
        socket.once("error", () => resolve(false));
        socket.once("close", () => socket.destroy());
        socket.once("connect", () => socket.end());
      });
    for (const url of [mailbox.smtpUrl, mailbox.pageUrl]) {
      const { hostname, port } = new URL(url);
      expect(hostname).toBe("127.0.0.1");
      for (const { address } of outside) expect(await reachable(address, Number(port))).toBe(false);
    }
  });
});
