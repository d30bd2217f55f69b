import type { Tx } from "../db/client.ts";
import { appendAudit } from "../db/commands/audit.ts";
import { markUnreachable } from "../db/commands/people.ts";
import { addressees, personNamed } from "../db/queries/directory.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Instant } from "../domain/time.ts";
import { addressedTo, nameOn } from "./addressing.ts";
import { letterOf } from "./letters/letter.ts";
import type { RecordDeps } from "./record.ts";
import type { MailTrouble, SettlingDeps } from "./settling.ts";

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
  }
};

const noticeOf = (trouble: MailTrouble, whom: string) => {
  const { key, subject, address, reply } = trouble;
  const items = [`件名　${subject}`, `宛先　${address}`, `相手側の応答　${reply}`];
  return {
    kind: "notice" as const,
    detail: detailOf(trouble, whom),
    items,
    occurrence: `${trouble.is} ${key}`,
  };
};

const tellSecretariat = async (deps: TroubleDeps, tx: Tx, trouble: MailTrouble): Promise<void> => {
  const cycle = await deps.plans(tx, trouble.cycle);
  const desk = { cycle, now: cycle.stepped ? cycle.now : deps.clock(), letterhead: deps.letterhead };
  const name = (await personNamed(tx, trouble.person))?.name ?? trouble.person;
  const { occurrence, ...facts } = noticeOf(trouble, `${nameOn(desk, trouble.organisation)} ${name}様`);
  const staff = await addressees(tx, { people: [], organisations: [], staff: ["preparer"] });
  await deps.outbox.queueMails(
    tx,
    staff.map(({ contact: _contact, staff: _staff, ...addressee }) => ({
      ...addressee,
      ...letterOf({ ...addressedTo(desk, addressee, `/?cycle=${trouble.cycle}`), ...facts }),
      cycle: trouble.cycle,
      letter: facts.kind,
      occurrence,
      request: null,
      rung: null,
      items: [],
      ics: null,
      at: desk.now,
    })),
  );
};

const recordUnreachable = async (deps: TroubleDeps, tx: Tx, person: PersonId): Promise<void> => {
  if (!(await markUnreachable(tx, person))) return;
  await appendAudit(tx, {
    cycle: null,
    at: deps.clock(),
    actor: "courier",
    role: "machine",
    action: "directory.unreachable",
    object: `person ${person}`,
    hash: null,
    reason: null,
    result: { reachable: false },
    act: null,
    workflow: null,
    run: null,
  });
};

/** What becomes of a mail that did not arrive: 不達 is recorded, and the secretariat is told. */
export const mailTrouble = (
  deps: TroubleDeps,
): Pick<SettlingDeps, "markUnreachable" | "tellSecretariat"> => ({
  markUnreachable: (tx, person) => recordUnreachable(deps, tx, person),
  tellSecretariat: (tx, trouble) => tellSecretariat(deps, tx, trouble),
});
