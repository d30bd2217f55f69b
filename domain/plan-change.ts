import { calendarOf, rollBy } from "./calendar.ts";
import type { OrganisationId, PersonId } from "./ids.ts";
import type { ContactRole, LadderRung, Person, Plan, RequestKind, RequestTerm } from "./plan.ts";
import type { PlainDate, PlainTime } from "./time.ts";
import { monthAndDay } from "./wareki.ts";

/** Somebody new of an organisation; of one the plan knows already the id is enough. */
export type Newcomer = Pick<Person, "id"> & Partial<Pick<Person, "name" | "title" | "email">>;

/** One thing in which a year's plan is to be different. */
export type PlanChange =
  | { readonly is: "holiday-added"; readonly date: PlainDate; readonly name: string }
  | { readonly is: "holiday-removed"; readonly date: PlainDate }
  | { readonly is: "ladder"; readonly kind: RequestKind; readonly rungs: readonly LadderRung[] }
  | { readonly is: "send-window"; readonly from: PlainTime; readonly until: PlainTime }
  | {
      readonly is: "contact";
      readonly organisation: OrganisationId;
      readonly role: ContactRole;
      /** Who had the role and has it no more; null where nobody leaves. */
      readonly leaves: PersonId | null;
      /** Who has it from now on; null where nobody comes. */
      readonly comes: Newcomer | null;
    };

/** Why a plan can't be changed so: what of the change is wrong, said to who asked for it. */
export interface Unfit {
  readonly unfit: string;
  readonly message: string;
}

const unfit = (member: string, message: string): Unfit => ({ unfit: member, message });
export const isUnfit = (value: object): value is Unfit => "unfit" in value;

/** A date that was fixed on the day moves as the plan says of closed days; what has been told already stays. */
const rolledTerm = (given: RequestTerm, date: PlainDate, roll: (on: PlainDate) => PlainDate): RequestTerm => {
  if (given.is === "counted") return given;
  const moved = (on: PlainDate) => (on === date ? roll(on) : on);
  return { ...given, dueOn: moved(given.dueOn), closeOn: moved(given.closeOn) };
};

const withHoliday = (plan: Plan, date: PlainDate, name: string): Plan | Unfit => {
  if (plan.holidays.some((known) => known.date === date)) return unfit("date", "既に閉庁日です。");
  const holidays = [...plan.holidays, { date, name }].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const calendar = calendarOf(holidays);
  const roll = (on: PlainDate) => rollBy(on, plan.dates.closedDays, calendar);
  const { data, survey, chapter, consultation } = plan.dates.requests;
  const requests = {
    data: rolledTerm(data, date, roll),
    survey: rolledTerm(survey, date, roll),
    chapter: rolledTerm(chapter, date, roll),
    consultation: rolledTerm(consultation, date, roll),
  };
  return { ...plan, holidays, dates: { ...plan.dates, requests } };
};

const withoutHoliday = (plan: Plan, date: PlainDate): Plan | Unfit => {
  const holidays = plan.holidays.filter((known) => known.date !== date);
  if (holidays.length === plan.holidays.length) return unfit("date", "計画の休日にない日です。");
  return { ...plan, holidays };
};

type ContactChange = PlanChange & { readonly is: "contact" };

const newPerson = ({ organisation, role }: ContactChange, comes: Newcomer): Person | Unfit => {
  const { id, name, title, email } = comes;
  if (name === undefined || title === undefined || email === undefined)
    return unfit(
      "comes",
      "計画にない人です。氏名（name）、職名（title）、メールアドレス（email）も書いてください。",
    );
  return { id, name, title, organisation, email, reachable: true, contact: [role], staff: [] };
};

const withNewcomer = (people: readonly Person[], change: ContactChange): readonly Person[] | Unfit => {
  const { comes, role, organisation } = change;
  if (comes === null) return people;
  const known = people.find(({ id }) => id === comes.id);
  if (known === undefined) {
    const person = newPerson(change, comes);
    return isUnfit(person) ? person : [...people, person];
  }
  if (known.organisation !== organisation) return unfit("comes", "別の組織の人です。");
  const contact = [...new Set([...known.contact, role])];
  return people.map((person) => (person.id === comes.id ? { ...person, ...comes, contact } : person));
};

/** Whoever is left without any post keeps none of the plan's lines. */
const withoutLeaver = (people: readonly Person[], change: ContactChange): readonly Person[] | Unfit => {
  const { leaves, role, organisation } = change;
  if (leaves === null) return people;
  const known = people.find(({ id }) => id === leaves);
  if (known?.organisation !== organisation || !known.contact.includes(role))
    return unfit("leaves", "その組織でその役割を持つ人ではありません。");
  const contact = known.contact.filter((one) => one !== role);
  if (contact.length === 0 && known.staff.length === 0) return people.filter(({ id }) => id !== leaves);
  return people.map((person) => (person.id === leaves ? { ...person, contact } : person));
};

const withContact = (plan: Plan, change: ContactChange): Plan | Unfit => {
  if (change.leaves === null && change.comes === null)
    return unfit("comes", "加わる人（comes）か外れる人（leaves）を指定してください。");
  if (plan.organisations.every(({ id }) => id !== change.organisation))
    return unfit("organisation", "計画にない組織です。");
  const left = withoutLeaver(plan.people, change);
  const people = isUnfit(left) ? left : withNewcomer(left, change);
  return isUnfit(people) ? people : { ...plan, people };
};

/** The plan as it then is; whether it can be gone by, lint says. */
export const changedPlan = (plan: Plan, change: PlanChange): Plan | Unfit => {
  switch (change.is) {
    case "holiday-added":
      return withHoliday(plan, change.date, change.name);
    case "holiday-removed":
      return withoutHoliday(plan, change.date);
    case "ladder":
      return { ...plan, ladders: { ...plan.ladders, [change.kind]: change.rungs } };
    case "send-window":
      return { ...plan, sendWindow: { from: change.from, until: change.until } };
    case "contact":
      return withContact(plan, change);
  }
};

/** What an amendment says where whoever makes it gives no reason of his own. */
export const reasonFor = (change: PlanChange): string => {
  switch (change.is) {
    case "holiday-added":
      return `${monthAndDay(change.date)}を閉庁日（${change.name}）とするため。`;
    case "holiday-removed":
      return `${monthAndDay(change.date)}を開庁日とするため。`;
    case "ladder":
      return "督促の段を改めるため。";
    case "send-window":
      return `メールを送る時間帯を${change.from}から${change.until}までとするため。`;
    case "contact":
      return "府省庁等の担当者の変更を反映するため。";
  }
};
