import type { Refusal } from "./door.ts";

/** What callers of the API are told in its own terms, people at a form are told in theirs. */
export const onForms: Readonly<Partial<Record<string, Pick<Refusal, "title" | "detail">>>> = {
  "invalid-body": {
    title: "記載内容に誤りがあります",
    detail: "次の箇所を直して、もう一度送信してください。",
  },
  "key-reused": {
    title: "この画面からは既に送信しています",
    detail: "現在の状態を確かめてください。まだ必要であれば、下の内容でもう一度送信できます。",
  },
  stale: {
    title: "ほかの方が先に更新しています",
    detail:
      "あなたの入力はまだ送信されていませんが、全て下に残っています。新しい記録と見比べ、必要な箇所を直してから、もう一度送信してください。",
  },
  "checks-failed": {
    title: "回答に直すべき点があります",
    detail:
      "次の箇所を直して、もう一度送信してください。直せないときは、その事項の「不備のあるまま提出する」を選んで提出できます。",
  },
  "checks-unexplained": {
    title: "説明の必要な回答があります",
    detail: "次の箇所を確かめ、誤りでなければ説明を記入して、もう一度送信してください。",
  },
  "precondition-missing": {
    title: "画面が古くなっています",
    detail: "現在の状態を確かめてから、もう一度送信してください。",
  },
  "file-refused": {
    title: "この調査票は受け付けられません",
    detail:
      "どの項目も提出されていません。次の理由を確かめ、この画面から取得した調査票に値だけを記入して、もう一度提出してください。",
  },
  "form-refused": {
    title: "調査票に直すべき点があります",
    detail: "どの項目も提出されていません。調査票の次の行と列を直して、もう一度提出してください。",
  },
  "not-carried": {
    title: "次年度に反映するとした事項が計画にありません",
    detail: "次の事項を、計画の lineage の findings に書いて、もう一度送信してください。",
  },
};
