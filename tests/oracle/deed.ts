import { z } from "zod";

/**
 * What a person has done to a request, a survey or the year: with the plan all that the oracle is told. Read from the
 * record's acts; ids come without the cycle's key.
 */
export interface Deed {
  readonly at: string;
  readonly actor: string;
  /** E.g. `request.submit`. */
  readonly action: string;
  /** E.g. `request data-meti`, `survey survey-meti-1`, `cycle`. */
  readonly object: string;
  readonly answers: readonly {
    readonly item: string;
    readonly says: string;
    readonly why: string | null;
    readonly failing: boolean;
  }[];
  /** What was accepted, returned or given up. */
  readonly items: readonly string[];
  /** The due date asked for, set or planned. */
  readonly dueOn: string | null;
  /** Whom the secretariat asks instead. */
  readonly to: string | null;
  /** To whom 窓口 allocates it. */
  readonly officer: string | null;
  /** How a survey ended. */
  readonly outcome: string | null;
  /** Which method was chosen for it, whom it asks, and how many questions. */
  readonly method: string | null;
  readonly asks: { readonly respondents: readonly string[]; readonly questions: number } | null;
}

const item = z.union([z.string(), z.looseObject({ item: z.string() }).transform((one) => one.item)]);
const stored = z.looseObject({
  name: z.string(),
  at: z.string(),
  actor: z.looseObject({ person: z.string() }),
  args: z.looseObject({
    answers: z
      .array(
        z.looseObject({
          item: z.string(),
          says: z.string(),
          why: z.string().nullable(),
          failing: z.array(z.string()).default([]),
        }),
      )
      .default([]),
    items: z.array(item).default([]),
    dueOn: z.string().nullable().default(null),
    to: z.string().nullable().default(null),
    officer: z.string().nullable().default(null),
    outcome: z.string().nullable().default(null),
    method: z.string().nullable().default(null),
    asks: z
      .object({ respondents: z.array(z.string()), questions: z.int() })
      .nullable()
      .default(null),
  }),
});

/** The part of an item's id that names what is asked: `2014-r1-data-meti/e-net-caravan` → `e-net-caravan`. */
const datumOf = (id: string): string => id.slice(id.indexOf("/") + 1);

/** @param workflow whose act it is, e.g. `request-2014-r1-data-meti` */
export const deedOf = (cycle: string, workflow: string, act: unknown): Deed => {
  const { name, at, actor, args } = stored.parse(act);
  const [owner = "", ...rest] = workflow.split("-");
  return {
    at,
    actor: actor.person,
    action: name,
    object: `${owner} ${rest.join("-").replace(cycle, "").replace(/^-/, "")}`.trim(),
    answers: args.answers.map(({ item: id, says, why, failing }) => ({
      item: datumOf(id),
      says,
      why,
      failing: failing.length > 0,
    })),
    items: args.items.map(datumOf),
    dueOn: args.dueOn,
    to: args.to,
    officer: args.officer,
    outcome: args.outcome,
    method: args.method,
    asks: args.asks,
  };
};
