import type { Fault } from "../support/smtp-faults.ts";

/** A fault of the server, and what must be true of the mail that met it. */
export interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly then: "accepted" | "tried again" | "rejected" | "uncertain";
  /** What the attempt's row says the server said. */
  readonly reply: RegExp;
  readonly dotLeft: boolean;
}
const say = (line: string) => ({ is: "say", line }) as const;
const reset = { is: "reset" } as const;
const hang = { is: "hang" } as const;

export const cases: readonly Case[] = [
  {
    name: "421 as its greeting",
    fault: { at: "connect", does: say("421 too busy") },
    then: "tried again",
    reply: /^421 too busy/,
    dotLeft: false,
  },
  {
    name: "554 as its greeting",
    fault: { at: "connect", does: say("554 no service") },
    then: "tried again",
    reply: /^554 no service/,
    dotLeft: false,
  },
  {
    name: "no greeting",
    fault: { at: "connect", does: hang },
    then: "tried again",
    reply: /Timeout|Greeting/,
    dotLeft: false,
  },
  {
    name: "a reset at EHLO",
    fault: { at: "EHLO", does: reset },
    then: "tried again",
    reply: /ECONNRESET|closed/,
    dotLeft: false,
  },
  {
    name: "a reset at MAIL FROM",
    fault: { at: "MAIL", does: reset },
    then: "tried again",
    reply: /ECONNRESET|closed/,
    dotLeft: false,
  },
  {
    name: "550 to our sender address",
    fault: { at: "MAIL", does: say("550 who are you") },
    then: "tried again",
    reply: /^550 who/,
    dotLeft: false,
  },
  {
    name: "451 at RCPT (greylisting)",
    fault: { at: "RCPT", does: say("451 4.7.1 later") },
    then: "tried again",
    reply: /^451/,
    dotLeft: false,
  },
  {
    name: "550 at RCPT",
    fault: { at: "RCPT", does: say("550 5.1.1 no such user") },
    then: "rejected",
    reply: /^550 5.1.1/,
    dotLeft: false,
  },
  {
    name: "452 at DATA",
    fault: { at: "DATA", does: say("452 4.3.1 disk full") },
    then: "tried again",
    reply: /^452/,
    dotLeft: false,
  },
  {
    name: "554 at DATA",
    fault: { at: "DATA", does: say("554 5.7.1 not you") },
    then: "rejected",
    reply: /^554/,
    dotLeft: false,
  },
  {
    name: "a reset in mid-body",
    fault: { at: "body", does: reset },
    then: "tried again",
    reply: /ECONNRESET|EPIPE|closed/,
    dotLeft: false,
  },
  {
    name: "550 after the dot",
    fault: { at: "dot", does: say("550 5.7.1 refused") },
    then: "rejected",
    reply: /^550/,
    dotLeft: true,
  },
  {
    name: "451 after the dot",
    fault: { at: "dot", does: say("451 4.3.0 try again") },
    then: "tried again",
    reply: /^451/,
    dotLeft: true,
  },
  {
    name: "421 after the dot",
    fault: { at: "dot", does: say("421 4.3.2 going down") },
    then: "tried again",
    reply: /^421/,
    dotLeft: true,
  },
  {
    name: "a reset after the dot, mail not taken",
    fault: { at: "dot", does: reset },
    then: "uncertain",
    reply: /ECONNRESET|closed/,
    dotLeft: true,
  },
  {
    name: "a reset after the dot, mail taken",
    fault: { at: "dot", does: reset, takes: true },
    then: "uncertain",
    reply: /ECONNRESET|closed/,
    dotLeft: true,
  },
  {
    name: "silence after the dot",
    fault: { at: "dot", does: hang, takes: true },
    then: "uncertain",
    reply: /Timeout/,
    dotLeft: true,
  },
  {
    name: "garbage after the dot",
    fault: { at: "dot", does: say("what?"), takes: true },
    then: "uncertain",
    reply: /what\?/,
    dotLeft: true,
  },
  {
    name: "garbage that begins with 2 after the dot",
    fault: { at: "dot", does: say("2much") },
    then: "uncertain",
    reply: /^2much/,
    dotLeft: true,
  },
  {
    name: "354 after the dot",
    fault: { at: "dot", does: say("354 more?") },
    then: "uncertain",
    reply: /^354/,
    dotLeft: true,
  },
  {
    name: "250 twice after the dot",
    fault: { at: "dot", does: say("250 Ok\r\n250 Ok"), takes: true },
    then: "accepted",
    reply: /^250/,
    dotLeft: true,
  },
  {
    name: "a byte at a time",
    fault: { at: "dot", does: { is: "crawl" } },
    then: "accepted",
    reply: /^250 2.0.0 Ok: queued as Q1/,
    dotLeft: true,
  },
];
