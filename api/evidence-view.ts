import type { StoredFile } from "../db/queries/files.ts";
import type { WrittenAnswer } from "../db/queries/request-history.ts";
import type { FileRef } from "../domain/file.ts";
import { heldLabels, labelText, type AnswerLabels } from "../domain/labels.ts";
import type { AttachedView, FileView } from "./pages/evidence.tsx";
import type { GivenVersion, ItemView } from "./pages/request-item.tsx";

/** 格付け and 添付 as the screens show them. */

type Written = WrittenAnswer["written"];

const fileView = (request: string, ref: FileRef): FileView => ({
  id: ref.id,
  hash: ref.hash,
  href: `/api/v1/requests/${encodeURIComponent(request)}/files/${ref.id}`,
  name: ref.name,
  version: ref.version,
  size: ref.size,
  label: labelText(ref),
});

const answered = (written: Written) => (written === null || "opinions" in written ? null : written);

export const evidenceOfVersion = (
  request: string,
  written: Written,
): Pick<GivenVersion, "label" | "files"> => {
  const answer = answered(written);
  return {
    label: answer === null ? null : labelText(heldLabels(answer)),
    files: (answer?.files ?? []).map((ref) => fileView(request, ref)),
  };
};

/** 格付け and files of an answer that stands: those very ones, all of them ticked. */
export const evidenceOfStanding = (
  request: string,
  answer: { readonly labels?: AnswerLabels; readonly files?: readonly FileRef[] },
): ItemView["evidence"] => ({
  labels: heldLabels(answer),
  attached: (answer.files ?? []).map((ref) => ({ ...fileView(request, ref), named: true, chosen: true })),
});

/** Ticked is what the newest answer names, and what was attached since; of a name only the newest version. */
const attachedView = (file: StoredFile, newest: boolean, named: ReadonlySet<string>): AttachedView => ({
  ...fileView(file.request, file.ref),
  named: file.named,
  chosen: newest && (named.has(file.ref.id) || !file.named),
});

export const evidenceOfItem = (
  files: readonly StoredFile[],
  item: string,
  written: Written,
): ItemView["evidence"] => {
  const answer = answered(written);
  const named = new Set((answer?.files ?? []).map(({ id }) => id));
  const own = files.filter((file) => file.item === item);
  const isNewest = (file: StoredFile): boolean =>
    own.find(({ ref }) => ref.name === file.ref.name)?.ref.id === file.ref.id;
  return {
    labels: heldLabels(answer ?? {}),
    attached: own.map((file) => attachedView(file, isNewest(file), named)),
  };
};
