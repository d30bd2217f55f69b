import type { NewRequest } from "../db/commands/request.ts";
import { termOf } from "../domain/deadline.ts";
import type { IndicatorKey, OrganisationId, Sha256 } from "../domain/ids.ts";
import type { Plan, RequestKind } from "../domain/plan.ts";
import { dateOf, type Instant } from "../domain/time.ts";
import type { PlannedCycle } from "./plan-shelf.ts";
import { askedOrganisations } from "./recipients.ts";

/** A consultation's version and round. */
export interface Consulted {
  readonly hash: Sha256;
  readonly round: number;
}

interface Asked {
  readonly datum: string;
  readonly text: string;
  readonly indicators: readonly IndicatorKey[];
}
type AskedOf = ReadonlyMap<OrganisationId, readonly Asked[]>;

/** In the order of the plan. */
const byOwner = (asked: readonly { readonly owner: OrganisationId; readonly one: Asked }[]): AskedOf => {
  const all = new Map<OrganisationId, Asked[]>();
  for (const { owner, one } of asked) {
    const known = all.get(owner);
    if (known === undefined) all.set(owner, [one]);
    else known.push(one);
  }
  return all;
};

const askedOf = (plan: Plan, kind: RequestKind): AskedOf => {
  switch (kind) {
    case "data":
      return byOwner(
        plan.data.flatMap(({ key: datum, text, indicators, owners }) =>
          owners.map(({ organisation }) => ({ owner: organisation, one: { datum, text, indicators } })),
        ),
      );
    case "chapter":
      return byOwner(
        plan.chapters.map(({ key: datum, title: text, owner }) => ({
          owner,
          one: { datum, text, indicators: [] },
        })),
      );
    case "consultation": {
      const one = { datum: "opinion", text: "年次報告（案）への意見", indicators: [] };
      return byOwner(askedOrganisations(plan).map((owner) => ({ owner, one })));
    }
    case "survey":
      throw new Error("a survey opens by itself");
  }
};

/** `2014-data-meti`; of a later round of consultation `2014-consultation2-meti`. */
const kindWithRound = (kind: RequestKind, round: number): string => (round > 1 ? `${kind}${round}` : kind);

/** Everything the plan asks by requests of the kind, one request per organisation. */
export const newRequests = (
  { cycle, plan, rules }: PlannedCycle,
  {
    kind,
    now,
    consulted,
  }: { readonly kind: RequestKind; readonly now: Instant; readonly consulted: Consulted | null },
): readonly NewRequest[] => {
  const about = kind === "consultation" ? consulted : null;
  const round = about?.round ?? 0;
  const term = { term: plan.dates.requests[kind], openedOn: dateOf(now), rules };
  const { dueAt, closeAt } = termOf(term);
  return [...askedOf(plan, kind)].map(([organisation, asked]) => {
    const id = `${cycle}-${kindWithRound(kind, round)}-${organisation}`;
    return {
      id,
      cycle,
      kind,
      organisation,
      round,
      version: about?.hash ?? null,
      sentAt: now,
      dueAt,
      closeAt,
      items: asked.map((one) => ({
        ...one,
        id: `${id}/${one.datum}`,
        state: { is: "owed", until: closeAt },
      })),
    };
  });
};
