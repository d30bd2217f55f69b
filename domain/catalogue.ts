import type { IndicatorKey, MeasureKey, OrganisationId, PersonId } from "./ids.ts";
import type {
  Chapter,
  ContactRole,
  Datum,
  Indicator,
  Measure,
  Organisation,
  Person,
  Plan,
  StaffRole,
} from "./plan.ts";
import type { PlainDate } from "./time.ts";

/** 分野 as one judges and analyses them: 13 in FY2014, and area 4 as a whole, which has none. */
export interface CatalogueDomain {
  /** `<area>-<domain or 0>`, e.g. `1-1`, `4-0`. */
  readonly key: string;
  readonly area: number;
  readonly domain: number | null;
  readonly areaName: string;
  /** The area's where it has no domain. */
  readonly name: string;
}

export const domainKey = ({ area, domain }: Pick<Measure, "area" | "domain">): string =>
  `${area}-${domain ?? 0}`;

/** In the order of the plan; an area's own measures come before its domains. */
export const domainsOf = (plan: Plan): readonly CatalogueDomain[] =>
  plan.areas.flatMap(({ number: area, name: areaName, domains }) => {
    const bare = plan.measures.some((measure) => measure.area === area && measure.domain === null);
    const whole = { key: domainKey({ area, domain: null }), area, domain: null, areaName, name: areaName };
    return [
      ...(bare || domains.length === 0 ? [whole] : []),
      ...domains.map(({ number: domain, name }) => ({
        key: domainKey({ area, domain }),
        area,
        domain,
        areaName,
        name,
      })),
    ];
  });

export const measuresOfDomain = (plan: Plan, key: string): readonly Measure[] =>
  plan.measures.filter((measure) => domainKey(measure) === key);

export const measureOf = (plan: Plan, key: MeasureKey): Measure | undefined =>
  plan.measures.find((measure) => measure.key === key);

/** The seed's own words; the evident completion of a cut-off name stands beside it, marked as such. */
export const measureName = ({ name, truncated, nameNote }: Measure): string =>
  truncated && nameNote !== undefined ? `${name}［原文のまま。「${nameNote}」の意］` : name;

export const indicatorsOf = (plan: Plan): readonly Indicator[] =>
  plan.measures.flatMap(({ indicators }) => indicators);

export const indicatorOf = (plan: Plan, key: IndicatorKey): Indicator | undefined =>
  indicatorsOf(plan).find((indicator) => indicator.key === key);

export const datumOf = (plan: Plan, key: string): Datum | undefined =>
  plan.data.find((datum) => datum.key === key);

export const dataOfIndicator = (plan: Plan, key: IndicatorKey): readonly Datum[] =>
  plan.data.filter(({ indicators }) => indicators.includes(key));

type Owner = Datum["owners"][number];

/** Who answers for an indicator, over all data that serve it. Named once is named. */
export const indicatorOwners = (plan: Plan, key: IndicatorKey): readonly Owner[] => {
  const all = dataOfIndicator(plan, key).flatMap(({ owners }) => owners);
  const named = new Set(all.filter(({ basis }) => basis === "named").map(({ organisation }) => organisation));
  return [...new Set(all.map(({ organisation }) => organisation))].map((organisation) => ({
    organisation,
    basis: named.has(organisation) ? "named" : "inferred",
  }));
};

/** What one organisation is asked for in its data request, in the order of the plan. */
export const itemsOf = (plan: Plan, organisation: OrganisationId): readonly Datum[] =>
  plan.data.filter(({ owners }) => owners.some((owner) => owner.organisation === organisation));

export const chaptersOf = (plan: Plan, organisation: OrganisationId): readonly Chapter[] =>
  plan.chapters.filter(({ owner }) => owner === organisation);

/** Every organisation that a data request goes to, in the order of the plan. */
export const owingOrganisations = (plan: Plan): readonly Organisation[] =>
  plan.organisations.filter(({ id }) => itemsOf(plan, id).length > 0);

const organisationOf = (plan: Plan, id: OrganisationId): Organisation | undefined =>
  plan.organisations.find((organisation) => organisation.id === id);

/** The name on the day; undefined where the plan knows none for it. */
export const organisationName = (plan: Plan, id: OrganisationId, on: PlainDate): string | undefined =>
  nameValidOn(organisationOf(plan, id)?.names ?? [], on);

const nameValidOn = (names: Organisation["names"], on: PlainDate): string | undefined =>
  names.find(({ from, to }) => from <= on && (to === undefined || on < to))?.name;

/** 本部 by the name it had on the day; undefined where the plan knows none for it. */
export const headquartersName = ({ headquarters = [] }: Plan, on: PlainDate): string | undefined =>
  nameValidOn(headquarters, on);

export const personOf = (plan: Plan, id: PersonId): Person | undefined =>
  plan.people.find((person) => person.id === id);

export const contactsOf = (plan: Plan, organisation: OrganisationId, role: ContactRole): readonly Person[] =>
  plan.people.filter((person) => person.organisation === organisation && person.contact.includes(role));

export const staffOf = (plan: Plan, role: StaffRole): readonly Person[] =>
  plan.people.filter(({ staff }) => staff.includes(role));

/** Who gets a 上申 beside the ministry's 確認者: the first approver of the report, who leads those that prepare it. */
export const secretariatLead = (plan: Plan): Person | undefined => {
  const [first] = plan.approvals.report;
  return first === undefined ? undefined : personOf(plan, first.person);
};
