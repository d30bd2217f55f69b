import { organisationId } from "../../domain/ids.ts";
import type { Datum, Plan } from "../../domain/plan.ts";

/** Whom a small year asks: enough for every behaviour of a script to come up. */
const ASKED: readonly string[] = ["nisc", "npa", "mic", "mofa", "meti", "mod", "ipa"];
const MEASURES_KEPT = 12;
/** Who answers where none of them did. */
const fallback: Datum["owners"] = [{ organisation: organisationId("nisc"), basis: "inferred" }];

/** The first measures of a year and a few of its organisations: everything happens, on few things. */
export const smallYear = (plan: Plan): Plan => {
  const measures = plan.measures.filter((_, n) => n % Math.ceil(plan.measures.length / MEASURES_KEPT) === 0);
  const indicators = new Set(measures.flatMap((measure) => measure.indicators.map(({ key }) => key)));
  const data = plan.data.flatMap((datum) => {
    const kept = datum.indicators.filter((key) => indicators.has(key));
    const owners = datum.owners.filter(({ organisation }) => ASKED.includes(organisation));
    return kept.length === 0
      ? []
      : [{ ...datum, indicators: kept, owners: owners.length === 0 ? fallback : owners }];
  });
  return {
    ...plan,
    title: "平成26年度サイバーセキュリティ政策の評価等（小規模）",
    measures,
    data,
    areas: plan.areas
      .map((area) => ({
        ...area,
        domains: area.domains.filter((domain) =>
          measures.some((measure) => measure.area === area.number && measure.domain === domain.number),
        ),
      }))
      .filter((area) => measures.some((measure) => measure.area === area.number)),
    delegated: plan.delegated.filter(({ heading }) =>
      measures.some((measure) => measure.heading === heading),
    ),
    organisations: plan.organisations.filter(({ id }) => ASKED.includes(id)),
    people: plan.people.filter(({ organisation }) => ASKED.includes(organisation)),
  };
};
