import type { LetterKind } from "../domain/plan.ts";

/** What each kind of letter is called in a list; a digest is called by its rung. */
export const letterNames: Readonly<Record<LetterKind, string>> = {
  inquiry: "照会",
  digest: "督促",
  reminder: "督促（個別）",
  receipt: "受領",
  returned: "差戻し",
  extension: "期限の変更",
  halted: "停止・取下げ",
  survey: "補完調査",
  consultation: "意見照会",
  disposition: "意見への対応",
  "approval-turn": "決裁依頼",
  "approval-returned": "決裁差戻し",
  decided: "本部決定",
  published: "公表",
  notice: "事務局への連絡",
};

/** Every character of East Asian scripts, and the full-width forms, takes two columns of a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

/** Rows in columns that stand under each other on a terminal. */
export const tableOf = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - widthOf(cell)))
      .join("  ")
      .trimEnd(),
  );
};
