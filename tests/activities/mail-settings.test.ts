import { describe, expect, it } from "vitest";
import { mailSettingsOf } from "../../activities/mail-settings.ts";

const settingsOf = (smtpUrl: string, mailFrom = "年次評価事務局 <jimukyoku@nisc.example>") =>
  mailSettingsOf({ smtpUrl, mailFrom, publicUrl: "https://nenrin.example" });

describe("the relay of SMTP_URL", () => {
  it.each([
    ["smtps://relay.example", { host: "relay.example", port: 465, tls: "implicit", credentials: null }],
    ["smtp://relay.example", { host: "relay.example", port: 25, tls: "starttls" }],
    ["smtp://relay.example:587", { port: 587, tls: "starttls" }],
    ["smtp://127.0.0.1:2525", { host: "127.0.0.1", port: 2525, tls: "none" }],
    ["smtp://[::1]:2525", { host: "::1", tls: "none" }],
    ["smtp://localhost:2525", { tls: "none" }],
    ["smtp://127.0.0.1.example:25", { tls: "starttls" }],
    ["smtp://mailpit:1025?tls=none", { host: "mailpit", port: 1025, tls: "none" }],
    ["smtps://relay.example?tls=none", { tls: "implicit" }],
    [
      "smtps://user%40nisc:p%2Fw%3Ad@relay.example",
      { credentials: { user: "user@nisc", pass: "p/w:d" }, host: "relay.example" },
    ],
  ])("%s is reached as it says", (url, expected) => {
    expect(settingsOf(url).smtp).toMatchObject(expected);
  });

  it("is greeted under the name people know us by", () => {
    expect(settingsOf("smtp://relay.example").smtp.ehloName).toBe("nenrin.example");
  });
});

describe("who writes", () => {
  it.each([
    ["評価担当 <hyoka@nisc.example>", { name: "評価担当", address: "hyoka@nisc.example" }, "nisc.example"],
    ["<hyoka@nisc.example>", { name: "", address: "hyoka@nisc.example" }, "nisc.example"],
  ])("%s", (mailFrom, from, domain) => {
    const { identity, smtp } = settingsOf("smtp://relay.example", mailFrom);
    expect(identity).toEqual({ from, domain });
    expect(smtp.bounceAddress).toBe(from.address);
  });
});
