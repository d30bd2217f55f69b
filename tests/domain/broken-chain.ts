import { innerLadder } from "../support/signed-off-year.ts";
import type { Plan } from "../../domain/plan.ts";
import { withPerson, type Case } from "./plan-changes.ts";

/** 経済産業省 signs off inside. */
const signing = (plan: Plan): Plan => ({
  ...plan,
  innerLadder,
  organisations: plan.organisations.map((one) =>
    String(one.id) === "meti" ? { ...one, chain: "signed-off" as const } : one,
  ),
});

export const chains: readonly Case[] = [
  {
    what: "nobody to sign off where answers are",
    change: (plan) => withPerson(signing(plan), "meti-confirmer", { contact: [] }),
    code: "post-vacant",
    where: "people.yaml meti",
  },
  {
    what: "an officer who alone could sign off what he prepares",
    change: (plan) =>
      withPerson(withPerson(signing(plan), "meti-confirmer", { contact: [] }), "meti-officer", {
        contact: ["officer", "confirmer"],
      }),
    code: "role-conflict",
    where: "meti-officer",
  },
  {
    what: "an inner deadline that nobody is reminded of",
    change: (plan) => ({ ...signing(plan), innerLadder: [] }),
    code: "inner-ladder-missing",
    where: "innerLadder",
  },
  {
    what: "an inner rung with the name of another ladder's",
    change: (plan) => ({ ...signing(plan), innerLadder: plan.ladders.data.slice(0, 1) }),
    code: "duplicate-key",
    where: "innerLadder remind-10",
  },
];
