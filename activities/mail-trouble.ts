import type { Tx } from "../db/client.ts";
import { appendAudit } from "../db/commands/audit.ts";
import { markUnreachable } from "../db/commands/people.ts";
import type { StuckMails } from "../db/commands/stuck-mail.ts";
import { addressees, personNamed } from "../db/queries/directory.ts";
import type { CycleKey, PersonId } from "../domain/ids.ts";
import type { StaffRole } from "../domain/plan.ts";
import type { Instant } from "../domain/time.ts";
import { addressedTo, nameOn, type WritingDesk } from "./addressing.ts";
import { letterOf } from "./letters/letter.ts";
import type { RecordDeps } from "./record.ts";
import type { MailTrouble, SettlingDeps } from "./settling.ts";
import type { StuckDeps } from "./stuck.ts";

export type TroubleDeps = Omit<RecordDeps, "db"> & {
  /** Wall clock. */
  readonly clock: () => Instant;
};

/** One line: it stands in the subject too. */
const detailOf = ({ is }: MailTrouble, whom: string): string => {
  switch (is) {
    case "unreachable":
      return `${whom}宛てのメールが届きません（不達）。連絡先を確認してください`;
    case "given-up":
      return `${whom}宛てのメールを72時間送れませんでした。別の方法で連絡してください`;
    case "uncertain":
      return `${whom}宛てのメールが届いたか確かめられません。相手に確認し、画面で結果を記録してください`;
    case "bounced":
      return `${whom}宛てのメールが、送信の後に不達となって戻りました。連絡先を確認してください`;
  }
};

/** What staff are told, and the screen that shows it. */
export interface Notice {
  readonly detail: string;
  readonly items: readonly string[];
  readonly occurrence: string;
  /** Path of the screen. */
  readonly path: string;
  readonly to: StaffRole;
}

const troubleNotice = (trouble: MailTrouble, whom: string): Notice => {
  const { is, key, attempt, subject, address, reply } = trouble;
  return {
    detail: detailOf(trouble, whom),
    items: [`件名　${subject}`, `宛先　${address}`, `相手側の応答　${reply}`],
    occurrence: `${is} ${key} ${attempt}`,
    path: `/mails/${key}`,
    to: "preparer",
  };
};

const stuckNotice = ({ cycle, one, many }: StuckMails, now: Instant): Notice => ({
  detail: `メール${many}通の送信が進んでいません。メールの送信設備について、運用担当に確認してください`,
  items: [],
  occurrence: `stuck ${one} ${now}`,
  path: `/cycles/${cycle}/mails`,
  to: "preparer",
});

export const deskOf = async (deps: TroubleDeps, tx: Tx, key: CycleKey): Promise<WritingDesk> => {
  const cycle = await deps.plans(tx, key);
  return { cycle, now: cycle.stepped ? cycle.now : deps.clock(), letterhead: deps.letterhead };
};

/** A notice to everybody who holds the post, in the caller's transaction. */
export const queueNotice = async (
  { outbox }: Pick<TroubleDeps, "outbox">,
  tx: Tx,
  { desk, notice }: { readonly desk: WritingDesk; readonly notice: Notice },
): Promise<void> => {
  const { occurrence, path, to, ...facts } = notice;
  const staff = await addressees(tx, { people: [], organisations: [], staff: [to] });
  await outbox.queueMails(
    tx,
    staff.map(({ contact: _contact, staff: _staff, ...addressee }) => ({
      ...addressee,
      ...letterOf({ ...addressedTo(desk, addressee, path), ...facts, kind: "notice" }),
      cycle: desk.cycle.cycle,
      letter: "notice",
      occurrence,
      request: null,
      rung: null,
      items: [],
      ics: null,
      at: desk.now,
    })),
    null,
  );
};

const tellSecretariat = async (deps: TroubleDeps, tx: Tx, trouble: MailTrouble): Promise<void> => {
  const desk = await deskOf(deps, tx, trouble.cycle);
  const name = (await personNamed(tx, trouble.person))?.name ?? trouble.person;
  const notice = troubleNotice(trouble, `${nameOn(desk, trouble.organisation)} ${name}様`);
  await queueNotice(deps, tx, { desk, notice });
};

const tellOfStuck = async (deps: TroubleDeps, tx: Tx, stuck: StuckMails): Promise<void> => {
  const desk = await deskOf(deps, tx, stuck.cycle);
  await queueNotice(deps, tx, { desk, notice: stuckNotice(stuck, deps.clock()) });
};

const recordUnreachable = async (
  deps: TroubleDeps,
  tx: Tx,
  whom: { readonly person: PersonId; readonly address: string },
): Promise<void> => {
  if (!(await markUnreachable(tx, whom))) return;
  await appendAudit(tx, {
    cycle: null,
    at: deps.clock(),
    actor: "courier",
    role: "machine",
    action: "directory.unreachable",
    object: `person ${whom.person}`,
    hash: null,
    reason: null,
    result: { reachable: false },
    act: null,
    workflow: null,
    run: null,
    activity: null,
  });
};

/** What becomes of a mail that did not arrive: 不達 is recorded, and the secretariat is told. */
export const mailTrouble = (
  deps: TroubleDeps,
): Pick<SettlingDeps & StuckDeps, "markUnreachable" | "tellSecretariat" | "tellOfStuck"> => ({
  markUnreachable: (tx, whom) => recordUnreachable(deps, tx, whom),
  tellSecretariat: (tx, trouble) => tellSecretariat(deps, tx, trouble),
  tellOfStuck: (tx, stuck) => tellOfStuck(deps, tx, stuck),
});
