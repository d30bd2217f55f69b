import type { ComponentChildren } from "preact";
import type { LineChange } from "../../domain/line-diff.ts";
import type { Sha256 } from "../../domain/ids.ts";

/** What an approver has before him, held against what was last approved or returned of the same thing. */
export interface Against {
  readonly hash: Sha256;
  readonly outcome: "approved" | "returned";
}

const againstNames: Readonly<Record<Against["outcome"], string>> = {
  approved: "前に承認された版",
  returned: "前に差し戻された版",
};

/** What it is held against, in words. @param isAgain the very version comes up anew after it was returned */
export const sinceText = (against: Against | null, isAgain: boolean): string => {
  if (against !== null) return `${againstNames[against.outcome]}からの変更`;
  return isAgain
    ? "差し戻された版と同じ内容で、改めて決裁に上げられています。"
    : "前に決裁を受けた版はありません。";
};

/** @param isAgain the very version comes up anew after it was returned */
export const Compared = ({
  against,
  isAgain,
  children,
}: {
  readonly against: Against | null;
  readonly isAgain: boolean;
  readonly children: ComponentChildren;
}) => (
  <section aria-labelledby="compared-heading">
    <h2 id="compared-heading">{against === null ? "前の版" : againstNames[against.outcome]}からの変更</h2>
    {against === null ? (
      <p>{sinceText(against, isAgain)}</p>
    ) : (
      <>
        <p>
          {againstNames[against.outcome]}　<span class="quiet">SHA-256</span> <code>{against.hash}</code>
        </p>
        {children}
      </>
    )}
  </section>
);

const Line = ({ change: { is, text } }: { readonly change: LineChange }) => {
  switch (is) {
    case "same":
      return <p class="prose quiet">{text}</p>;
    case "removed":
      return (
        <p class="prose">
          <span class="tag">削除</span> <del>{text}</del>
        </p>
      );
    case "added":
      return (
        <p class="prose">
          <span class="tag">追加</span> <ins>{text}</ins>
        </p>
      );
  }
};

/** Paragraph by paragraph; the words say what is new, not the colour. */
export const LineChanges = ({ changes }: { readonly changes: readonly LineChange[] }) =>
  changes.every(({ is }) => is === "same") ? (
    <p>違いはありません。</p>
  ) : (
    <div class="document">
      {changes.map((change, n) => (
        <Line key={`${n} ${change.text}`} change={change} />
      ))}
    </div>
  );
