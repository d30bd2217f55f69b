import type { FileRef } from "./file.ts";
import {
  heldLabels,
  labelsOf,
  storedLabels,
  type AnswerLabels,
  type Confidentiality,
  type Handling,
} from "./labels.ts";

/** 格付け and 添付 as an answer's content holds them. Absent where the default holds, or where there are none. */
export interface LabelsAndFiles {
  readonly labels?: AnswerLabels;
  readonly files?: readonly FileRef[];
}

/** What is said of them; whatever is not there is not said. */
export interface Said {
  readonly confidentiality?: Confidentiality;
  readonly handling?: readonly Handling[];
  readonly embargoed?: boolean;
  readonly files?: readonly FileRef[];
}

/**
 * However an answer comes in: what it leaves unsaid stays as the answer before it had it, so that nothing becomes public
 * and no file is lost by being left out. Before a first answer there is nothing, and the default holds.
 */
export const keptUnlessSaid = (
  before: LabelsAndFiles,
  { confidentiality, handling, embargoed, files }: Said,
): LabelsAndFiles => {
  const held = heldLabels(before);
  const labels = storedLabels(
    labelsOf(confidentiality ?? held.confidentiality, handling ?? held.handling ?? []),
    embargoed ?? held.embargoed === true,
  );
  const named = files ?? before.files ?? [];
  return { ...(labels !== undefined && { labels }), ...(named.length > 0 && { files: named }) };
};
