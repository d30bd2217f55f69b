import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterReport, gravest, readDeliveryStatus } from "../../domain/delivery-report.ts";

const KEY = "a".repeat(64);
const lines = (...all: readonly string[]): string => all.join("\r\n");

describe("a report", () => {
  it("of Postfix", () => {
    const text = lines(
      "Reporting-MTA: dns; mx.nisc.example",
      "X-Postfix-Queue-ID: 4XyZ",
      `Original-Envelope-Id: ${KEY}`,
      "Arrival-Date: Mon,  1 Jun 2026 10:00:00 +0900 (JST)",
      "",
      "Final-Recipient: rfc822; window@ministry1.example",
      "Original-Recipient: rfc822;window@ministry1.example",
      "Action: failed",
      "Status: 5.1.1",
      "Remote-MTA: dns; mx.ministry1.example",
      "Diagnostic-Code: smtp; 550 5.1.1 <window@ministry1.example>: Recipient address",
      "    rejected: User unknown",
    );
    expect(readDeliveryStatus(text)).toEqual({
      envelopeId: KEY,
      recipients: [
        {
          action: "failed",
          status: "5.1.1",
          recipient: "window@ministry1.example",
          diagnostic: "550 5.1.1 <window@ministry1.example>: Recipient address rejected: User unknown",
        },
      ],
    });
  });

  it("in other writings: bare line feeds, other cases, comments, brackets, no blank after the colon", () => {
    const text = `reporting-mta:dns;x\nORIGINAL-ENVELOPE-ID: <${KEY}>\n \nfinal-recipient:rfc822;a@b\naction: Delayed (will retry)\nstatus: 4.4.1 (no answer)`;
    expect(readDeliveryStatus(text)).toEqual({
      envelopeId: KEY,
      recipients: [{ action: "delayed", status: "4.4.1", recipient: "a@b", diagnostic: null }],
    });
  });

  it("of several places is judged by the gravest", () => {
    const block = (action: string) => lines("", "Final-Recipient: rfc822; a@b", `Action: ${action}`);
    const text = lines("Reporting-MTA: dns; x", block("delivered"), block("failed"), block("delayed"));
    expect(gravest(readDeliveryStatus(text))?.action).toBe("failed");
  });

  it.each([
    ["nothing", ""],
    ["no recipient", "Reporting-MTA: dns; x"],
    ["an action nobody knows", "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b\nAction: exploded"],
    ["no action", "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b\nStatus: 5.1.1"],
  ])("with %s says nothing", (_, text) => {
    expect(gravest(readDeliveryStatus(text))).toBeUndefined();
  });

  it("of any text is read, or says nothing", () => {
    const part = fc.constantFrom(
      "\n",
      "\r",
      " ",
      ":",
      ";",
      "<",
      "Action",
      "Status",
      "failed",
      "5.1",
      "\u0000",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 40 }), (parts) => {
        const said = gravest(readDeliveryStatus(parts.join("")));
        expect(said === undefined || said.action === "failed").toBe(true);
      }),
    );
  });
});

describe("what a report makes of a mail", () => {
  const becomes = (
    state: Parameters<typeof afterReport>[0]["state"],
    action: "failed" | "delayed",
    attempts = 1,
  ) => {
    const after = afterReport({ state, attempts }, action);
    return after.is === "noted" ? after.becomes : after.is;
  };
  it.each([
    ["accepted", "rejected", "accepted"],
    ["uncertain", "rejected", "accepted"],
    ["rejected", "rejected", "rejected"],
    ["sending", "wait", "wait"],
    ["queued", "wait", "wait"],
    ["cancelled", "not-sent", "not-sent"],
    ["captured", "not-sent", "not-sent"],
  ] as const)("that is %s: %s if it failed, %s if it is late", (state, failed, delayed) => {
    expect([becomes(state, "failed"), becomes(state, "delayed")]).toEqual([failed, delayed]);
  });

  it("that was never tried can't be a report's", () => {
    expect(becomes("queued", "failed", 0)).toBe("not-sent");
  });

  it("that nobody was sure of is certain once anybody reports on it", () => {
    for (const action of ["delivered", "relayed", "expanded"] as const)
      expect(afterReport({ state: "uncertain", attempts: 1 }, action)).toEqual({
        is: "noted",
        becomes: "accepted",
      });
  });
});
