import { createHash } from "node:crypto";
import { canonical, type Entry } from "../../audit/verify.mjs";
import { GENESIS } from "../../db/chain.ts";
import { addSeconds, epochMs, instant, type Instant } from "../../domain/time.ts";

export type Draw = (below: number) => number;

/** Mulberry32: the same seed, the same numbers. */
export const drawFrom = (seed: number): Draw => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

export const sha256 = (...parts: readonly (string | Uint8Array)[]): string =>
  parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest("hex");

export const CYCLE = "2014-r1";
export const START = instant("2026-11-25T09:00:00+09:00");
type Leaf = Record<string, unknown>;
const sealed = (words: unknown, salt: string) =>
  words === null ? null : { seal: sha256(Buffer.from(salt, "hex"), canonical(words)), said: { salt, words } };

/** Numbers, links and hashes of a chain; what each event says is given. */
export const chained = (given: readonly { readonly leaf: Leaf; readonly said: Entry["said"] }[]): Entry[] => {
  let prev: string = GENESIS;
  return given.map(({ leaf: said, said: words }, index) => {
    const leaf = { ...said, sequence: index + 1, prev };
    prev = sha256(canonical(leaf));
    return { leaf, said: words, self: prev };
  });
};

export interface Deed {
  readonly leaf: Leaf;
  readonly said: Entry["said"];
}
interface Told {
  readonly workflow: string;
  readonly action: string;
  readonly person: string | null;
  readonly role: string;
  readonly changes: readonly object[];
  readonly hash?: string | null;
}

type Sealed = ReturnType<typeof sealed>;
const sealsOf = ({ reason, result }: { readonly reason: Sealed; readonly result: Sealed }) => ({
  reasonSeal: reason?.seal ?? null,
  resultSeal: result?.seal ?? null,
});

/** As a leaf has it. */
const utc = (at: Instant): string => `${new Date(epochMs(at)).toISOString().slice(0, 19)}Z`;

export const deedOf = (
  draw: Draw,
  number: number,
  { workflow, action, person, role, changes, hash }: Told,
): Deed => {
  const salt = (): string => sha256(String(draw(2 ** 31)));
  const reason = sealed(person && `理由${draw(1000)}`, salt());
  const result = sealed({ changes, mails: draw(3) }, salt());
  return {
    leaf: {
      recordedAt: utc(addSeconds(START, number * 90)),
      cycle: CYCLE,
      at: utc(addSeconds(START, number * 86_400)),
      actor: person ?? "clock",
      role,
      action,
      object: `of ${workflow}`,
      hash: hash ?? null,
      ...sealsOf({ reason, result }),
      act: person === null ? null : `act-${number}`,
      workflow,
      run: `run-${workflow}`,
      activity: String(number),
    },
    said: { reason: reason?.said ?? null, result: result?.said ?? null },
  };
};

export const cycleFlow = `cycle-${CYCLE}`;
export const requestFlow = `request-${CYCLE}-data-meti`;
const POLICY = sha256("policy");

/** Every year opens, decides a policy and asks; how often is answered, and how much waits at the end, differs. */
export const deedsOf = (draw: Draw): Deed[] => {
  const person = (name: string): string => `nisc-${name}`;
  const content = { id: "c-1", hash: POLICY };
  const item = `${CYCLE}-data-meti/one`;
  const told: Told[] = [
    {
      workflow: cycleFlow,
      action: "cycle.open",
      person: person("preparer"),
      role: "preparer",
      hash: POLICY,
      changes: [{ write: "cycle", year: 2014, plan: POLICY, stepped: true }],
    },
    {
      workflow: cycleFlow,
      action: "cycle.submit-policy",
      person: person("preparer"),
      role: "preparer",
      hash: POLICY,
      changes: [{ write: "submission", subject: "policy", content, hash: POLICY }],
    },
    {
      workflow: cycleFlow,
      action: "cycle.approve-policy",
      person: person("approver"),
      role: "approver",
      hash: POLICY,
      changes: [
        { write: "approval", subject: "policy", hash: POLICY, outcome: "approved", standsInFor: null },
      ],
    },
    {
      workflow: cycleFlow,
      action: "cycle.decide-policy",
      person: person("recorder"),
      role: "recorder",
      hash: POLICY,
      changes: [
        {
          write: "decision",
          subject: "policy",
          hash: POLICY,
          outcome: "decided",
          meeting: "第1回",
          heldOn: "2015-02-10",
        },
        { write: "stage", stage: "underway" },
      ],
    },
    ...Array.from({ length: 2 + draw(6) }, (_, n): Told => ({
      workflow: requestFlow,
      action: "request.submit",
      person: "meti-window",
      role: "contact",
      hash: sha256(`answer ${n}`),
      changes: [
        { write: "item", item, state: { is: n % 2 === 0 ? "answered" : "returned" } },
        {
          write: "answer",
          answer: {
            item,
            says: "value",
            why: null,
            content: { id: `c-${n}`, hash: sha256(`answer ${n}`) },
            ...(n % 2 === 0 && { files: [sha256(`file ${n}`)] }),
          },
        },
      ],
    })),
    {
      workflow: requestFlow,
      action: "request.close",
      person: null,
      role: "machine",
      changes: [
        { write: "request", request: `${CYCLE}-data-meti`, is: "settled" },
        { write: "process", workflow: requestFlow, is: "closed" },
      ],
    },
  ];
  return told.map((one, index) => deedOf(draw, index + 1, one));
};

/** Wall clock. */
export const recordedAtOf = ({ leaf }: Entry): Instant => {
  const at = leaf["recordedAt"];
  if (typeof at !== "string") throw new Error("an entry without a time");
  return instant(at);
};
