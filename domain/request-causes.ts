import type { Instant } from "./time.ts";

/** What one event of the record did to a request: how it opened, or what was changed. */
export interface RecordedStep {
  readonly sequence: number;
  readonly opened: { readonly dueAt: Instant; readonly closeAt: Instant } | null;
  readonly changes: readonly RecordedChange[];
}
/** So much of a change as tells what it was about. */
interface RecordedChange {
  readonly write: string;
  readonly request?: string;
  readonly item?: string;
  readonly answer?: { readonly item: string };
  readonly dueAt?: Instant;
  readonly closeAt?: Instant;
  readonly asked?: object | null;
  readonly paused?: object | null;
}

/** Numbers of the events that made each fact of a request what it is; null where the record does not tell. */
export interface RequestCauses {
  readonly opened: number | null;
  readonly due: number | null;
  readonly close: number | null;
  /** 決着 or that it is open still. */
  readonly state: number | null;
  readonly asked: number | null;
  readonly paused: number | null;
  /** By item, of its state and of until when it is wanted. */
  readonly items: ReadonlyMap<string, number>;
  /** By item, of what is under way inside the organisation. */
  readonly inner: ReadonlyMap<string, number>;
  /** By item, of each version of its answer, the first one first. */
  readonly answers: ReadonlyMap<string, readonly number[]>;
}

type Last<Key extends keyof RecordedChange> = RecordedChange[Key];

/** The steps in the order of the record; those of another request among their changes are left out. */
export const causesOfRequest = (request: string, steps: readonly RecordedStep[]): RequestCauses => {
  const items = new Map<string, number>();
  const inner = new Map<string, number>();
  const answers = new Map<string, readonly number[]>();
  const facts = { opened: null, due: null, close: null, state: null, asked: null, paused: null };
  const causes: Record<keyof typeof facts, number | null> = { ...facts };
  let dueAt: Last<"dueAt">;
  let closeAt: Last<"closeAt">;
  let asked: Last<"asked"> = null;
  let paused: Last<"paused"> = null;

  const moveTerm = (sequence: number, term: RecordedChange): void => {
    if (term.dueAt !== dueAt) causes.due = sequence;
    if (term.closeAt !== closeAt) causes.close = sequence;
    if (asked == null && term.asked != null) causes.asked = sequence;
    if (paused == null && term.paused != null) causes.paused = sequence;
    ({ dueAt, closeAt, asked = null, paused = null } = term);
  };
  const change = (sequence: number, one: RecordedChange): void => {
    const about = one.answer?.item ?? one.item;
    if (about !== undefined && about.startsWith(`${request}/`)) {
      if (one.write === "item") items.set(about, sequence);
      if (one.write === "inner") inner.set(about, sequence);
      if (one.write === "answer") answers.set(about, [...(answers.get(about) ?? []), sequence]);
    }
    if (one.request !== request) return;
    if (one.write === "term") moveTerm(sequence, one);
    if (one.write === "request") causes.state = sequence;
  };

  for (const { sequence, opened, changes } of steps) {
    if (opened !== null) {
      ({ dueAt, closeAt } = opened);
      Object.assign(causes, { opened: sequence, due: sequence, close: sequence, state: sequence });
    }
    for (const one of changes) change(sequence, one);
  }
  return { ...causes, items, inner, answers };
};
