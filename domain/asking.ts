import type { ItemState } from "./answer.ts";
import { businessDaysBetween } from "./calendar.ts";
import { termOf, type TermRules } from "./deadline.ts";
import type { CycleKey, IndicatorKey, OrganisationId, Sha256 } from "./ids.ts";
import { justificationOf } from "./justification.ts";
import type { Plan, RequestKind } from "./plan.ts";
import type { SurveyOpening } from "./request.ts";
import { at, dateOf, type Instant } from "./time.ts";
import { withoutOwner } from "./unmeasurable.ts";

/** A consultation's version and round. */
export interface Consulted {
  readonly hash: Sha256;
  readonly round: number;
}

/** A request as it is sent, with everything it asks. */
export interface NewRequest {
  readonly id: string;
  readonly cycle: CycleKey;
  readonly kind: RequestKind;
  readonly organisation: OrganisationId;
  /** Where answers are signed off inside the organisation. */
  readonly chain?: "signed-off";
  readonly round: number;
  readonly version: Sha256 | null;
  readonly sentAt: Instant;
  readonly dueAt: Instant;
  readonly closeAt: Instant;
  readonly items: readonly {
    readonly id: string;
    readonly datum: string;
    readonly text: string;
    readonly indicators: readonly IndicatorKey[];
    readonly state: ItemState;
  }[];
}

interface Asked {
  readonly datum: string;
  readonly text: string;
  readonly indicators: readonly IndicatorKey[];
}
type AskedOf = ReadonlyMap<OrganisationId, readonly Asked[]>;

/** Every organisation the plan asks anything of, in its order. */
export const askedOrganisations = ({ data, chapters, organisations }: Plan): readonly OrganisationId[] => {
  const asked = new Set([
    ...data.flatMap(({ owners }) => owners.map(({ organisation }) => organisation)),
    ...chapters.map(({ owner }) => owner),
  ]);
  return organisations.map(({ id }) => id).filter((id) => asked.has(id));
};

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

const isSignedOffIn = ({ organisations }: Plan, organisation: OrganisationId): boolean =>
  organisations.find(({ id }) => id === organisation)?.chain === "signed-off";

/** A year's plan with the calendar facts its terms are computed from. */
export interface PlannedYear {
  readonly cycle: CycleKey;
  readonly plan: Plan;
  readonly rules: TermRules;
}

/** Everything the plan asks by requests of the kind, one request per organisation. */
export const newRequests = (
  { cycle, plan, rules }: PlannedYear,
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
      ...(isSignedOffIn(plan, organisation) && kind !== "consultation" && { chain: "signed-off" }),
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

/** Of the request under which data stand that there is no one to ask for. */
export const UNOWNED = "unowned";

/** A request that asks nobody, and the survey that takes its place from the first day on. */
export interface UnownedData {
  readonly request: NewRequest;
  readonly opening: SurveyOpening;
  readonly justification: string;
}

/**
 * Data that the plan names nobody for, as a request of the secretariat's own: nothing of it is owed, all of it is
 * surveyed. undefined where there are none.
 *
 * @throws RangeError where the plan has no secretariat; lint lets no such plan through
 */
export const unownedData = ({ cycle, plan, rules }: PlannedYear, now: Instant): UnownedData | undefined => {
  const data = withoutOwner(plan);
  if (data.length === 0) return undefined;
  const organisation = plan.organisations.find(({ kind }) => kind === "secretariat")?.id;
  if (organisation === undefined) throw new RangeError("the plan has no secretariat");
  const { dueAt, closeAt } = termOf({ term: plan.dates.requests.data, openedOn: dateOf(now), rules });
  const id = `${cycle}-data-${UNOWNED}`;
  const survey = `${cycle}-survey-${UNOWNED}-1`;
  const items = data.map(({ key: datum, text, indicators }) => ({
    id: `${id}/${datum}`,
    datum,
    text,
    indicators,
    state: { is: "surveying", until: closeAt, survey } as const,
  }));
  const term = { sentAt: now, dueAt, closeAt };
  return {
    request: { id, cycle, kind: "data", organisation, round: 0, version: null, ...term, items },
    opening: { survey, items: items.map((item) => item.id), cause: "no-owner", why: null },
    justification: justificationOf({
      organisation,
      now,
      cause: "no-owner",
      why: null,
      term,
      reminders: [],
      items: items.map(({ datum, indicators }) => ({ datum, indicators, answers: [], remarks: [] })),
      returnReason: null,
    }),
  };
};

/** The first close among data and chapters that are asked on fixed days; null where all is counted from the opening. */
export const collectionClosesAt = ({ dates: { requests, closingTime } }: Plan): Instant | null =>
  [requests.data, requests.chapter]
    .flatMap((term) => (term.is === "fixed" ? [at(term.closeOn, closingTime)] : []))
    .toSorted()[0] ?? null;

/** How long a survey may take that a request opened now comes to need, in business days. */
export const surveyBusinessDays = ({ plan, rules }: Omit<PlannedYear, "cycle">, now: Instant): number => {
  const openedOn = dateOf(now);
  const { dueAt } = termOf({ term: plan.dates.requests.survey, openedOn, rules });
  return businessDaysBetween(openedOn, dateOf(dueAt), rules.calendar);
};
