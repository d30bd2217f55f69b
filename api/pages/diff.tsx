import type { VNode } from "preact";
import type { CycleKey, Sha256 } from "../../domain/ids.ts";
import { PagedChanges, type ChangesView } from "./changes.tsx";
import { Crumbs } from "./crumbs.tsx";
import { layout, type Frame } from "./layout.tsx";

interface Choice {
  readonly number: number;
  readonly hash: Sha256;
}
export interface DiffView {
  readonly frame: Frame;
  readonly cycle: CycleKey;
  /** Oldest first. */
  readonly versions: readonly Choice[];
  readonly from: Sha256 | null;
  readonly to: Sha256 | null;
  /** null before two are chosen. */
  readonly changes: ChangesView | null;
}

const Pick = ({
  name,
  label,
  versions,
  chosen,
}: {
  readonly name: "from" | "to";
  readonly label: string;
  readonly versions: readonly Choice[];
  readonly chosen: Sha256 | null;
}) => (
  <div class="field">
    <label class="field-label" for={`diff-${name}`}>
      {label}
    </label>
    <select id={`diff-${name}`} name={name}>
      {versions.map(({ number, hash }) => (
        <option key={number} value={hash} selected={hash === chosen}>
          第{number}版（{hash.slice(0, 12)}…）
        </option>
      ))}
    </select>
  </div>
);

/** GET /cycles/{cycle}/report/diff: any two versions side by side. */
export const diffPage = ({ frame, cycle, versions, from, to, changes }: DiffView): VNode =>
  layout(
    "版の新旧対照",
    frame,
    <>
      <Crumbs
        cycle={cycle}
        between={[{ href: `/cycles/${cycle}/report`, name: "年次報告" }]}
        here="版の新旧対照"
      />
      <h1>版の新旧対照</h1>
      {versions.length < 2 ? (
        <p>比べられる版は、まだありません。</p>
      ) : (
        <form class="act search" method="get" action={`/cycles/${cycle}/report/diff`} aria-label="比べる版">
          <Pick name="from" label="比べる前の版" versions={versions} chosen={from} />
          <Pick name="to" label="比べる後の版" versions={versions} chosen={to} />
          <p>
            <button class="button button-main" type="submit">
              比べる
            </button>
          </p>
        </form>
      )}
      {changes === null ? null : <PagedChanges changes={changes} />}
    </>,
  );
