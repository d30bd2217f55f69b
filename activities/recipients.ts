import type { Tx } from "../db/client.ts";
import { addressees, type Addressee } from "../db/queries/directory.ts";
import { askedOrganisations } from "../domain/asking.ts";
import type { OrganisationId } from "../domain/ids.ts";
import type { ContactRole, Plan } from "../domain/plan.ts";
import type { MailOrder } from "./contract.ts";

type To = MailOrder["to"];

const organisationsOf = (to: To, plan: Plan): readonly OrganisationId[] => {
  if ("organisation" in to) return [to.organisation];
  return "everyOrganisation" in to ? askedOrganisations(plan) : [];
};

const contactsAt = (
  known: readonly Addressee[],
  organisations: readonly OrganisationId[],
  role: ContactRole,
): readonly Addressee[] =>
  known.filter(({ organisation, contact }) => contact.includes(role) && organisations.includes(organisation));

const matching = (to: To, known: readonly Addressee[], plan: Plan): readonly Addressee[] => {
  if ("person" in to) return known.filter(({ person }) => person === to.person);
  if ("staff" in to) return known.filter(({ staff }) => staff.includes(to.staff));
  const role = "organisation" in to ? to.contact : to.everyOrganisation;
  return contactsAt(known, organisationsOf(to, plan), role);
};

/** Whoever the orders are for and can be reached, per order; one look into the directory. */
export const recipientsOf = async (
  tx: Tx,
  orders: readonly MailOrder[],
  plan: Plan,
): Promise<readonly (readonly [MailOrder, readonly Addressee[]])[]> => {
  const known = await addressees(tx, {
    people: orders.flatMap(({ to }) => ("person" in to ? [to.person] : [])),
    organisations: [...new Set(orders.flatMap(({ to }) => organisationsOf(to, plan)))],
    staff: [...new Set(orders.flatMap(({ to }) => ("staff" in to ? [to.staff] : [])))],
  });
  return orders.map((order) => [order, matching(order.to, known, plan)]);
};
