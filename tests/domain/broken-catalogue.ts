import { organisationId } from "../../domain/ids.ts";
import type { OpenCause } from "../../domain/plan.ts";
import { plainDate } from "../../domain/time.ts";
import {
  withCarried,
  withDatum,
  withLadder,
  withoutOrganisation,
  withPerson,
  type Case,
} from "./plan-changes.ts";

export const owing: readonly Case[] = [
  {
    what: "an organisation that owes data and whose window is not reached",
    change: (plan) => withPerson(plan, "meti-window", { reachable: false }),
    code: "no-reachable-contact",
    where: "meti",
  },
  {
    what: "an organisation that owes data and has people, but no window",
    change: (plan) => withPerson(plan, "ipa-window", { contact: ["officer"] }),
    code: "no-reachable-contact",
    where: "ipa",
  },
  {
    what: "an organisation that owes only a chapter and has no contact",
    change: (plan) => ({
      ...plan,
      organisations: [
        ...plan.organisations,
        {
          id: organisationId("bureau"),
          kind: "ministry",
          names: [{ name: "局", from: plainDate("2001-01-06") }],
        },
      ],
      chapters: plan.chapters.map((chapter) => ({ ...chapter, owner: organisationId("bureau") })),
    }),
    code: "no-reachable-contact",
    where: "bureau",
  },
  {
    what: "an indicator without owner, where there is no secretariat to survey it",
    change: (plan) => ({
      ...withDatum(plan, "4-0-0-a-1", { owners: [] }),
      organisations: plan.organisations.map((one) =>
        one.kind === "secretariat" ? { ...one, kind: "ministry" } : one,
      ),
    }),
    code: "indicator-without-owner",
    where: "4-0-0-ア/1",
  },
  {
    what: "an indicator that no datum serves",
    change: (plan) => ({ ...plan, data: plan.data.filter(({ key }) => key !== "4-0-0-a-1") }),
    code: "indicator-without-owner",
    where: "4-0-0-ア/1",
  },
  {
    what: "a datum that serves no indicator",
    change: (plan) => withDatum(plan, "tsubame", { indicators: [] }),
    code: "datum-without-indicator",
    where: "tsubame",
  },
  {
    what: "an organisation without a name at the end of the year",
    change: (plan) => ({
      ...plan,
      organisations: plan.organisations.map((organisation) =>
        organisation.id === "caa"
          ? {
              ...organisation,
              names: organisation.names.map((name) => ({ ...name, to: plainDate("2015-06-25") })),
            }
          : organisation,
      ),
    }),
    code: "no-name-on-date",
    where: "caa",
  },
];

/** A key of another kind is as unknown as none. */
const carriedFromNowhere: readonly (readonly [OpenCause, string])[] = [
  ["uncollected", "1-1-1-ア/9"],
  ["uncollected", "1-1-1-ア"],
  ["surveyed", "9-1-0-ア/1"],
  ["unfinished", "1-1-1-ア/1"],
  ["insufficient", "9-9"],
  ["chapter-missing", "1-1"],
];

export const references: readonly Case[] = [
  {
    what: "an unknown owner",
    change: (plan) => withoutOrganisation(plan, "npsc"),
    code: "unknown-reference",
    where: "1-5-0-ka-1",
  },
  {
    what: "people of an unknown organisation",
    change: (plan) => withPerson(plan, "meti-officer", { organisation: organisationId("miti") }),
    code: "unknown-reference",
    where: "meti-officer",
  },
  {
    what: "an unknown approver",
    change: (plan) => ({ ...plan, people: plan.people.filter(({ id }) => id !== "nisc-director") }),
    code: "unknown-reference",
    where: "approvals.report センター長",
  },
  {
    what: "an unknown deputy",
    change: (plan) => ({ ...plan, people: plan.people.filter(({ id }) => id !== "nisc-councillor") }),
    code: "unknown-reference",
    where: "approvals.policy 副センター長",
  },
  {
    what: "a heading left to an unknown chapter",
    change: (plan) => ({ ...plan, chapters: plan.chapters.slice(0, 1) }),
    code: "unknown-reference",
    where: "リスクマネジメント",
  },
  {
    what: "a chapter owned by nobody known",
    change: (plan) => ({
      ...plan,
      chapters: plan.chapters.map((chapter) => ({ ...chapter, owner: organisationId("nobody") })),
    }),
    code: "unknown-reference",
    where: "chapters common-standards",
  },
  {
    what: "a datum for an unknown indicator",
    change: (plan) => ({ ...plan, measures: plan.measures.slice(1) }),
    code: "unknown-reference",
    where: "1-1-1-a-1",
  },
  {
    what: "a measure in an unknown section",
    change: (plan) => ({
      ...plan,
      areas: plan.areas.map((area) => ({
        ...area,
        domains: area.domains.map((domain) => ({ ...domain, sections: [] })),
      })),
    }),
    code: "unknown-reference",
    where: "施策 1-1-3-ア",
  },
  ...carriedFromNowhere.map(([cause, origin]): Case => ({
    what: `${origin}, which this year does not have, carried over as ${cause}`,
    change: (plan) => withCarried(plan, { cause, origin }),
    code: "unknown-reference",
    where: `carried-over.yaml ${cause}`,
  })),
];

const first = <Value>(values: readonly Value[]): readonly Value[] => [...values.slice(0, 1), ...values];
export const doubled: readonly Case[] = [
  {
    what: "a measure twice",
    change: (plan) => ({ ...plan, measures: first(plan.measures) }),
    code: "duplicate-key",
    where: "1-1-1-ア",
  },
  {
    what: "a datum twice",
    change: (plan) => ({ ...plan, data: first(plan.data) }),
    code: "duplicate-key",
    where: "1-1-1-a-1",
  },
  {
    what: "a chapter with a datum's key",
    change: (plan) => ({
      ...plan,
      chapters: plan.chapters.map((chapter) => ({ ...chapter, key: "tsubame" })),
    }),
    code: "duplicate-key",
    where: "tsubame",
  },
  {
    what: "an organisation twice",
    change: (plan) => ({ ...plan, organisations: first(plan.organisations) }),
    code: "duplicate-key",
    where: "nisc",
  },
  {
    what: "a person twice",
    change: (plan) => ({ ...plan, people: first(plan.people) }),
    code: "duplicate-key",
    where: "nisc-preparer-1",
  },
  {
    what: "two people with one address",
    change: (plan) => withPerson(plan, "meti-officer", { email: "Madoguchi@METI.example" }),
    code: "duplicate-key",
    where: "madoguchi@meti.example",
  },
  {
    what: "an area twice",
    change: (plan) => ({ ...plan, areas: first(plan.areas) }),
    code: "duplicate-key",
    where: "領域 1",
  },
  {
    what: "a rung's name twice",
    change: (plan) => withLadder(plan, first),
    code: "duplicate-key",
    where: "ladders.data remind-10",
  },
  {
    what: "a rating twice",
    change: (plan) => ({ ...plan, scales: { ...plan.scales, outcome: first(plan.scales.outcome) } }),
    code: "duplicate-key",
    where: "scales.outcome reached",
  },
  {
    what: "a holiday twice",
    change: (plan) => ({ ...plan, holidays: first(plan.holidays) }),
    code: "duplicate-key",
    where: "2014-01-01",
  },
  {
    what: "the same thing carried over twice",
    change: (plan) =>
      withCarried(
        plan,
        { cause: "unfinished", origin: "1-1-1-ア" },
        { cause: "unfinished", origin: "1-1-1-ア" },
      ),
    code: "duplicate-key",
    where: "carried-over.yaml unfinished 1-1-1-ア",
  },
];
