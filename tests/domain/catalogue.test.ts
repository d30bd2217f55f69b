import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import {
  contactsOf,
  dataOfIndicator,
  datumOf,
  domainKey,
  domainsOf,
  indicatorOf,
  indicatorOwners,
  itemsOf,
  measureOf,
  measuresOfDomain,
  organisationName,
  owingOrganisations,
  personOf,
  secretariatLead,
  staffOf,
} from "../../domain/catalogue.ts";
import { indicatorKey, measureKey, organisationId, personId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { plainDate } from "../../domain/time.ts";
import { readPlan } from "../../plans/read-plan.ts";

let plan: Plan;
beforeAll(async () => {
  const read = await readPlan(fileURLToPath(new URL("../../plans/fy2014", import.meta.url)));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  plan = read.plan;
});

describe("the domains of a plan", () => {
  it("are the 13 of the 別添 and area 4, which has none, as a whole", () => {
    expect(domainsOf(plan).map(({ key }) => key)).toEqual(
      "1-1 1-2 1-3 1-4 1-5 1-6 2-1 2-2 2-3 2-4 3-1 3-2 3-3 4-0".split(" "),
    );
    expect(domainsOf(plan).at(-1)).toEqual({
      key: "4-0",
      area: 4,
      domain: null,
      areaName: "推進体制等",
      name: "推進体制等",
    });
  });

  it("hold every measure once, in the order of the plan", () => {
    expect(domainsOf(plan).flatMap(({ key }) => measuresOfDomain(plan, key))).toEqual(plan.measures);
  });

  it("have a key that each of their measures gives", () => {
    for (const { key } of domainsOf(plan))
      for (const measure of measuresOfDomain(plan, key)) expect(domainKey(measure)).toBe(key);
  });
});

describe("what is owed", () => {
  it("is every datum, by each of its owners", () => {
    const owed = owingOrganisations(plan).flatMap(({ id }) =>
      itemsOf(plan, id).map(({ key }) => `${id} ${key}`),
    );
    const expected = plan.data.flatMap(({ key, owners }) =>
      owners.map(({ organisation }) => `${organisation} ${key}`),
    );
    expect(owed.toSorted()).toEqual(expected.toSorted());
  });

  it("leaves out whoever owes nothing", () => {
    const without = {
      ...plan,
      data: plan.data.filter(({ owners }) => owners.every(({ organisation }) => organisation !== "npsc")),
    };
    expect(owingOrganisations(plan).map(({ id }) => id)).toContain("npsc");
    expect(owingOrganisations(without).map(({ id }) => id)).not.toContain("npsc");
  });
});

describe("the owners of an indicator", () => {
  it("are those of all data that serve it, each once", () => {
    expect(indicatorOwners(plan, indicatorKey("1-4-0-ケ/2"))).toEqual([
      { organisation: "meti", basis: "named" },
      { organisation: "mic", basis: "named" },
      { organisation: "mext", basis: "named" },
    ]);
    expect(dataOfIndicator(plan, indicatorKey("1-4-0-ケ/2")).map(({ key }) => key)).toEqual([
      "safety-classes",
      "e-net-caravan",
    ]);
  });

  it("are named where one datum names them, whatever another says", () => {
    const guessed = {
      ...plan,
      data: plan.data.map((datum) =>
        datum.key === "safety-classes"
          ? { ...datum, owners: [{ organisation: organisationId("mic"), basis: "inferred" as const }] }
          : datum,
      ),
    };
    expect(indicatorOwners(guessed, indicatorKey("1-4-0-ケ/2"))).toContainEqual({
      organisation: "mic",
      basis: "named",
    });
  });
});

describe("the name of an organisation", () => {
  const nisc = organisationId("nisc");
  it.each([
    ["2005-04-24", undefined],
    ["2005-04-25", "内閣官房情報セキュリティセンター"],
    ["2015-01-08", "内閣官房情報セキュリティセンター"],
    ["2015-01-09", "内閣官房内閣サイバーセキュリティセンター"],
    ["2025-06-30", "内閣官房内閣サイバーセキュリティセンター"],
    ["2025-07-01", "内閣官房国家サイバー統括室"],
  ])("on %s is %s", (day, name) => {
    expect(organisationName(plan, nisc, plainDate(day))).toBe(name);
  });
});

describe("looking up", () => {
  it("finds what the plan has", () => {
    expect(measureOf(plan, measureKey("4-0-0-ア"))?.name).toBe("NISCの機能強化");
    expect(indicatorOf(plan, indicatorKey("2-3-0-タ/1"))?.text).toMatch(/合格者数$/);
    expect(datumOf(plan, "tsubame")?.indicators).toEqual(["3-2-0-ケ/1"]);
    expect(personOf(plan, personId("meti-window"))?.organisation).toBe("meti");
    expect(contactsOf(plan, organisationId("npsc"), "confirmer").map(({ id }) => id)).toEqual([
      "npsc-window",
    ]);
    expect(staffOf(plan, "preparer").length).toBeGreaterThanOrEqual(2);
    expect(secretariatLead(plan)?.id).toBe("nisc-counsellor");
  });

  it("gives undefined for what it doesn't have", () => {
    expect(measureOf(plan, measureKey("4-0-0-イ"))).toBeUndefined();
    expect(indicatorOf(plan, indicatorKey("4-0-0-ア/2"))).toBeUndefined();
    expect(datumOf(plan, "nothing")).toBeUndefined();
    expect(personOf(plan, personId("nobody"))).toBeUndefined();
    expect(organisationName(plan, organisationId("nobody"), plainDate("2015-01-09"))).toBeUndefined();
    expect(secretariatLead({ ...plan, approvals: { ...plan.approvals, report: [] } })).toBeUndefined();
  });
});
