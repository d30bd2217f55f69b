import type { VNode } from "preact";
import type { CycleKey } from "../../domain/ids.ts";
import type { ContactRole, StaffRole } from "../../domain/plan.ts";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";
import { planCrumb } from "./plan.tsx";
import { Table, type Column } from "./table.tsx";

export interface ContactRow {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly reachable: boolean;
  readonly contact: readonly ContactRole[];
  readonly staff: readonly StaffRole[];
}

const contactRoleNames: Readonly<Record<ContactRole, string>> = {
  window: "窓口",
  officer: "担当者",
  confirmer: "確認者",
};
const staffRoleNames: Readonly<Record<StaffRole, string>> = {
  preparer: "起案担当",
  approver: "決裁者",
  recorder: "記録者",
  auditor: "監査担当",
  admin: "システム管理者",
};

const columns: readonly Column<ContactRow>[] = [
  {
    name: "氏名",
    heads: true,
    cell: ({ name, title }) => (
      <>
        {name}
        <span class="radio-note">{title}</span>
      </>
    ),
  },
  { name: "組織", cell: ({ organisation }) => organisation },
  {
    name: "役割",
    cell: ({ contact, staff }) =>
      [...contact.map((role) => contactRoleNames[role]), ...staff.map((role) => staffRoleNames[role])].join(
        "、",
      ) || "なし",
  },
  {
    name: "メールアドレス",
    cell: ({ email, reachable }) => (
      <>
        {email}
        {reachable ? null : <span class="tag tag-late">不達</span>}
      </>
    ),
  },
];

/** GET /cycles/{cycle}/plan/contacts: who is written to, who signs off, who decides. */
export const contactsPage = ({
  frame,
  cycle,
  rows,
}: {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  readonly rows: readonly ContactRow[];
}): VNode =>
  layout(
    "連絡先",
    frame,
    <>
      <Crumbs cycle={cycle} between={planCrumb(cycle)} here="連絡先" />
      <h1>連絡先</h1>
      <Table
        caption={`連絡先の一覧（${rows.length}人）`}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
      />
    </>,
  );
