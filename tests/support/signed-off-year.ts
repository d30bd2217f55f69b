import { organisationId, personId } from "../../domain/ids.ts";
import type { ContactRole, LadderRung, Person, Plan } from "../../domain/plan.ts";
import { twoAgencies } from "./two-agencies.ts";

export const innerLadder: readonly LadderRung[] = [
  {
    name: "inner-remind-1",
    label: "リマインド",
    offsetBusinessDays: -1,
    to: ["officer"],
    cc: [],
    lead: false,
  },
  { name: "inner-dun-1", label: "督促", offsetBusinessDays: 1, to: ["officer"], cc: ["window"], lead: false },
];

const contact = (role: ContactRole, id = `agency-1-${role}`): Person => ({
  id: personId(id),
  name: `${role} ${id}`,
  title: "係長",
  organisation: organisationId("agency-1"),
  email: `${id}@agency-1.example`,
  reachable: true,
  contact: [role],
  staff: [],
});

/** Two ministries, of which the first allocates, prepares and signs off; the second answers in one step. */
export const signedOffYear = async (): Promise<Plan> => {
  const plan = await twoAgencies();
  return {
    ...plan,
    innerLadder,
    organisations: plan.organisations.map((one) =>
      one.id === organisationId("agency-1") ? { ...one, chain: "signed-off" as const } : one,
    ),
    people: [
      ...plan.people,
      contact("officer"),
      contact("officer", "agency-1-officer-2"),
      contact("confirmer"),
    ],
  };
};
