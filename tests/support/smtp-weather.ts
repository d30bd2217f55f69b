import { createHash } from "node:crypto";
import type { Dialogue, Fault, Misdeed, Moment, Mood } from "./smtp-faults.ts";

/** What befalls a mail: a fault an attempt, then no more. */
type Fate = readonly Fault[];

const say = (at: Moment, line: string, more: Pick<Fault, "takes"> = {}): Fault => ({
  at,
  does: { is: "say", line },
  ...more,
});
const one = (
  at: Moment,
  is: "reset" | "hang" | "drip" | "crawl",
  more: Pick<Fault, "takes"> = {},
): Fault => ({
  at,
  does: { is },
  ...more,
});
const taken = { takes: true } as const;
const greylisted = say("RCPT", "451 4.7.1 greylisted");

/** How often of 100 a mail has which fate; whoever is not named has none. */
const fates: readonly (readonly [number, Fate])[] = [
  [8, [greylisted, greylisted]],
  [3, [say("RCPT", "421 4.3.2 going down")]],
  [3, [say("RCPT", "450 4.2.1 busy"), say("DATA", "451 4.3.0 not now"), say("dot", "452 4.3.1 full")]],
  [3, [say("DATA", "421 4.3.2 going down")]],
  [3, [say("dot", "421 4.3.2 going down")]],
  [3, [say("dot", "451 4.3.0 not now"), one("body", "reset")]],
  [2, [say("RCPT", "550 5.1.1 unknown")]],
  [1, [say("DATA", "554 5.7.1 not you")]],
  [1, [greylisted, say("dot", "554 5.6.0 not this")]],
  [2, [one("RCPT", "reset"), one("DATA", "reset"), one("body", "reset")]],
  [2, [one("dot", "reset")]],
  [2, [one("dot", "reset", taken)]],
  [1, [one("RCPT", "hang"), one("DATA", "hang")]],
  [1, [one("dot", "hang")]],
  [1, [one("dot", "hang", taken)]],
  [2, [say("RCPT", "what?"), say("DATA", "what?")]],
  [1, [say("dot", "what?")]],
  [1, [say("dot", "2much", taken)]],
  [1, [one("DATA", "drip")]],
  [1, [one("dot", "drip", taken)]],
  [2, [one("RCPT", "crawl")]],
  [1, [one("DATA", "crawl")]],
  [2, [one("dot", "crawl")]],
];
const onConnection: Fate = [
  say("connect", "421 4.3.2 too busy"),
  say("connect", "554 5.3.2 no service"),
  one("connect", "reset"),
  one("connect", "crawl"),
  say("EHLO", "421 4.3.2 going down"),
  one("EHLO", "reset"),
];
const onSender: Fate = [
  say("MAIL", "421 4.3.2 going down"),
  say("MAIL", "451 4.3.0 not now"),
  say("MAIL", "550 5.7.1 who are you"),
  one("MAIL", "reset"),
];

export interface Weather {
  readonly mood: Mood;
  /** Every fault that was met, by where and what. */
  readonly met: ReadonlySet<string>;
  /** Every fault there is. */
  readonly all: ReadonlySet<string>;
  /** Whether the recipient is to be refused for good. */
  readonly refuses: (recipient: string) => boolean;
}

const nameOf = ({ at, does, takes }: Fault): string =>
  `${at}: ${does.is} ${does.is === "say" ? does.line : ""}${takes ? ", taken" : ""}`;
const isRefusal = (does: Misdeed): boolean => does.is === "say" && does.line.startsWith("5");

/** The same seed gives every mail the same fate, whoever sends it and when. `spares` is a recipient that has none. */
export const makeWeather = ({
  seed,
  spares,
}: {
  readonly seed: number;
  readonly spares: string;
}): Weather => {
  const chance = (...of: readonly (string | number)[]): number =>
    createHash("sha256")
      .update([seed, ...of].join(" "))
      .digest()
      .readUInt32BE() /
    2 ** 32;
  const pick = (from: Fate, drawn: number): Fault | undefined => from[Math.floor(drawn * from.length)];
  const fateOf = (recipient: string): Fate => {
    if (recipient === spares) return [];
    let left = 100 * chance("mail", recipient);
    return fates.find(([weight]) => (left -= weight) < 0)?.[1] ?? [];
  };
  const attempts = new Map<string, number>();
  const faultFor = (at: Moment, { connection, mail, recipient }: Dialogue): Fault | undefined => {
    if (at === "connect" || at === "EHLO") {
      const drawn = chance("connection", connection) / 0.04;
      return drawn < 1 ? pick(onConnection, drawn) : undefined;
    }
    if (at === "MAIL") {
      const drawn = chance("sender", connection, mail) / 0.03;
      return drawn < 1 ? pick(onSender, drawn) : undefined;
    }
    if (at === "RCPT") attempts.set(recipient, (attempts.get(recipient) ?? 0) + 1);
    return fateOf(recipient)[(attempts.get(recipient) ?? 1) - 1];
  };
  const met = new Set<string>();
  return {
    met,
    all: new Set([...fates.flatMap(([, fate]) => fate), ...onConnection, ...onSender].map(nameOf)),
    refuses: (recipient) => fateOf(recipient).some(({ does }) => isRefusal(does)),
    mood: (at, dialogue) => {
      const fault = faultFor(at, dialogue);
      if (fault?.at !== at) return undefined;
      met.add(nameOf(fault));
      return fault;
    },
  };
};
