import type { ContactRole, Organisation, Plan, StaffRole } from "../domain/plan.ts";
import type { PickerGroup } from "./identity-page.tsx";

const CONTACT: Readonly<Record<ContactRole, string>> = {
  window: "窓口",
  officer: "担当者",
  confirmer: "確認者",
};
const STAFF: Readonly<Record<StaffRole, string>> = {
  preparer: "起案担当",
  approver: "決裁者",
  recorder: "本部決定の記録者",
  auditor: "監査担当",
  admin: "システム管理者",
};

/** The name an organisation has now. */
const nameOf = ({ id, names }: Organisation): string => names.at(-1)?.name ?? id;

/** The plan's people by organisation, in the plan's order. */
export const pickerGroups = ({ organisations, people }: Plan): readonly PickerGroup[] =>
  organisations
    .map((organisation) => ({
      organisation: nameOf(organisation),
      people: people
        .filter((person) => person.organisation === organisation.id)
        .map(({ id, name, title, contact, staff }) => ({
          id,
          name,
          title,
          posts: [...staff.map((role) => STAFF[role]), ...contact.map((role) => CONTACT[role])],
        })),
    }))
    .filter((group) => group.people.length > 0);
