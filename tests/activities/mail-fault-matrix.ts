import type { Misdeed, Moment } from "../support/smtp-faults.ts";
import type { Case } from "./mail-fault-cases.ts";

/** Every way to misbehave at every verb. What must follow is written down here, not computed. */
type Verb = Exclude<Moment, "body" | "replied">;
const verbs: readonly Verb[] = ["connect", "EHLO", "MAIL", "RCPT", "DATA", "dot"];
type Then = Case["then"];
type Column = Readonly<Record<Verb, Then>>;

/** Whoever does not know EHLO is greeted with HELO (RFC 5321 section 3.2). */
const AGAIN = "tried again";
const later: Column = {
  connect: AGAIN,
  EHLO: "accepted",
  MAIL: AGAIN,
  RCPT: AGAIN,
  DATA: AGAIN,
  dot: AGAIN,
};
const never: Column = { ...later, RCPT: "rejected", DATA: "rejected", dot: "rejected" };
const closing: Column = { ...later, EHLO: AGAIN };
const nothing: Column = { ...closing, dot: "uncertain" };
const garbled: Column = { ...nothing, EHLO: "accepted" };
const slow: Column = {
  connect: "accepted",
  EHLO: "accepted",
  MAIL: "accepted",
  RCPT: "accepted",
  DATA: "accepted",
  dot: "accepted",
};

const say = (line: string): Misdeed => ({ is: "say", line });
const rows: readonly (readonly [string, Misdeed, Column])[] = [
  ["421", say("421 4.3.2 going down"), closing],
  ["450", say("450 4.2.1 mailbox busy"), later],
  ["451", say("451 4.7.1 greylisted, come back"), later],
  ["550", say("550 5.7.1 refused"), never],
  ["552 of two lines", say("552-5.2.2 too much\r\n552 5.2.2 of it"), never],
  ["garbage", say("what?"), garbled],
  ["nothing at all", { is: "hang" }, nothing],
  ["a byte now and then, for ever", { is: "drip" }, nothing],
  ["a reset", { is: "reset" }, nothing],
  ["its duty, a byte at a time", { is: "crawl" }, slow],
];

/** An attempt that went well says nothing of what was put right before. */
const replyTo = (then: Then, does: Misdeed): RegExp => {
  if (then === "accepted") return /^250 2\.0\.0 Ok: queued as Q1/;
  if (does.is === "say") return new RegExp(`^${does.line.slice(0, 3).replaceAll("?", "\\?")}`);
  return does.is === "reset" ? /ECONNRESET|closed|EPIPE/ : /Timeout|Greeting/;
};

export const matrix: readonly Case[] = rows.flatMap(([name, does, column]) =>
  verbs.map((at) => ({
    name: `${name} at ${at}`,
    fault: { at, does },
    then: column[at],
    reply: replyTo(column[at], does),
    dotLeft: at === "dot",
  })),
);
