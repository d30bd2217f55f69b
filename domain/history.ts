/** What a workflow's history tells, event by event, as plain data: payloads are read, references resolved. */
export type Happening =
  | {
      readonly is: "started";
      readonly summary: string | null;
      readonly input: unknown;
      readonly goesOn: boolean;
    }
  | { readonly is: "completed" }
  | { readonly is: "handed-on" }
  | {
      readonly is: "ended";
      readonly how: "failed" | "timed-out" | "terminated" | "cancelled";
      readonly why: string;
    }
  | { readonly is: "timer-started"; readonly timer: Timer }
  | { readonly is: "timer-fired"; readonly timer: Timer }
  | { readonly is: "timer-cancelled"; readonly timer: Timer }
  | { readonly is: "activity-scheduled"; readonly activity: Asked }
  | {
      readonly is: "activity-retried";
      readonly activity: Asked;
      readonly attempt: number;
      readonly why: string;
    }
  | { readonly is: "activity-completed"; readonly activity: Asked; readonly answer: unknown }
  | {
      readonly is: "activity-ended";
      readonly activity: Asked;
      readonly how: "failed" | "timed-out" | "cancelled";
      readonly why: string;
    }
  /** A short read or a look at our own database: done within the workflow's own task. */
  | { readonly is: "read"; readonly activity: Asked; readonly answer: unknown }
  | { readonly is: "update-accepted"; readonly update: Update }
  | {
      readonly is: "update-completed";
      readonly update: Update;
      readonly answer: unknown;
      readonly refused: string | null;
    }
  | { readonly is: "signalled"; readonly name: string; readonly told: unknown }
  | { readonly is: "signal-sent"; readonly name: string; readonly workflow: string }
  | { readonly is: "signal-lost"; readonly workflow: string }
  /** How the engine and its workers get on with each other: nobody need read it. */
  | { readonly is: "machine"; readonly type: string };

export interface Timer {
  readonly summary: string | null;
  readonly seconds: number;
}
/** An activity, as it was asked for. */
export interface Asked {
  readonly name: string;
  readonly summary: string | null;
  readonly input: unknown;
}
/** An Update; of an act its id is the act's. */
export interface Update {
  readonly id: string;
  readonly name: string;
  readonly told: unknown;
}

export interface HistoryEvent {
  /** 1, 2, 3 … in its run. */
  readonly id: number;
  /** Wall clock, UTC. */
  readonly time: string;
  readonly happening: Happening;
}
