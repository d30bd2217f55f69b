import type { LintFinding } from "../domain/lint-finding.ts";
import type { RefusalCode } from "../domain/refusal.ts";

/** What goes wrong before a workflow is asked. */
export type DoorCode =
  | "malformed-body"
  | "unsupported-charset"
  | "unsupported-media-type"
  | "invalid-body"
  | "invalid-query"
  | "too-large"
  | "not-signed-in"
  | "cross-site"
  | "form-expired"
  | "forbidden"
  | "beyond-token"
  | "not-found"
  | "not-begun"
  | "disposed-of"
  | "key-missing"
  | "key-reused"
  | "in-flight"
  | "precondition-missing"
  | "stale"
  | "plan-blocked"
  | "unknown-plan"
  | "unknown-content"
  | "only-as-rehearsal"
  | "not-next-year"
  | "not-carried"
  | "nothing-to-wait-for"
  | "consultation-only"
  | "reopen-closed"
  | "already-asked"
  | "unknown-owner"
  | "checks-failed"
  | "checks-unexplained"
  | "no-form"
  | "not-your-post"
  | "unknown-officer"
  | "unknown-contact"
  | "letters-lost"
  | "too-confidential"
  | "evidence-refused"
  | "unknown-file"
  | "file-in-use"
  | "uploads-busy"
  | "file-refused"
  | "form-refused"
  | "form-stale"
  | "unknown-survey"
  | "engine-silent"
  | "internal";
export type ProblemCode = RefusalCode | DoorCode;

/** HTTP status, title, and what the reader does about it. */
type Row = readonly [status: number, title: string, detail: string];

// prettier-ignore
const table: Readonly<Record<ProblemCode, Row>> = {
  "wrong-stage": [409, "この段階では行えません", "サイクルの現在の段階を確かめ、該当する段階になってから行ってください。"],
  "not-yet": [409, "まだ行えません", "先に必要な手続（決裁、調査方法の登録、会議の開催など）を済ませてから行ってください。"],
  "already-done": [409, "既に行われています", "画面を開き直して、現在の状態を確かめてください。"],
  "closed": [409, "受付は終わっています", "締切り後の提出や変更は、事務局に相談してください。"],
  "closed-day": [422, "閉庁日は期限にできません", "開庁日（土日祝日と年末年始を除く日）を期限にしてください。"],
  "not-later": [422, "日付が前の期限より後になっていません", "現在の期限及び本日より後の日付を指定してください。"],
  "not-earlier": [422, "日付が現在の期限より前になっていません", "現在の期限より前の開庁日を指定してください。"],
  "notice-too-short": [422, "繰上げの予告期間が足りません", "本日から5開庁日以上先の日付を指定してください。"],
  "not-forward": [422, "時刻を戻すことはできません", "サイクルの現在より後の日時を指定してください。"],
  "not-stepped": [409, "訓練のサイクルではありません", "日時を進められるのは訓練のサイクルだけです。"],
  "reason-missing": [422, "理由がありません", "理由を書いて、もう一度送ってください。"],
  "change-missing": [422, "修正の内容がありません", "反映又は一部反映とするときは、原案をどのように修正したか（change）を書いてください。"],
  "data-only": [422, "この照会では使えない回答です", "照会の種類に合った回答（値・該当なしなど）を選んでください。"],
  "one-step": [409, "この組織では組織内の割当て・確認を行いません", "回答は、照会の画面からそのまま提出してください。"],
  "not-allocated": [403, "あなたに割り当てられていない項目があります", "窓口の方に割当てを依頼してから、回答案を作成してください。"],
  "not-prepared": [409, "確認を待つ回答案ではありません", "画面を開き直し、担当者が作成した回答案を確かめてください。"],
  "not-signed-off": [409, "組織内の確認が済んでいない回答です", "確認者が確認した回答案だけを提出できます。確認を済ませてから、窓口の方が提出してください。"],
  "beyond-due": [422, "組織内の期限が照会の期限より後です", "照会の期限までの開庁日を、組織内の期限にしてください。"],
  "not-your-post": [403, "この操作は別の係の方が行います", "割当てと提出は窓口、回答案の作成は担当者、確認と差戻しは確認者の方が行ってください。"],
  "unknown-officer": [422, "割り当てられる担当者ではありません", "同じ組織の担当者を選んでください。"],
  "unknown-contact": [422, "この組織の窓口・担当者・確認者ではありません", "依頼した方を、照会先の組織の方から選んでください。"],
  "nothing-given": [422, "対象が一つもありません", "対象を一つ以上指定してください。"],
  "given-twice": [422, "同じ対象が二度指定されています", "対象を一度ずつ指定してください。"],
  "unknown-item": [422, "この照会にない項目です", "照会を開き直し、表示された項目を指定してください。"],
  "unknown-key": [422, "計画にない施策・分野です", "計画に載っている番号を指定してください。"],
  "unknown-comment": [422, "この意見照会にない意見です", "意見の一覧を開き直し、表示された意見を指定してください。"],
  "unknown-finding": [422, "一覧にない反映事項です", "次年度への反映事項の一覧を開き直し、表示されたものを指定してください。"],
  "already-settled": [409, "この項目は既に確定しています", "確定した項目は変更できません。訂正が必要な場合は事務局に相談してください。"],
  "nothing-owed": [409, "督促するものがありません", "未回答又は差戻し中の項目がある照会だけを督促できます。画面を開き直して状態を確かめてください。"],
  "not-submitted": [409, "提出されていません", "提出されたものだけを対象にできます。画面を開き直して状態を確かめてください。"],
  "not-settled": [409, "確定していません", "確定した項目だけを再開できます。画面を開き直して状態を確かめてください。"],
  "not-disclaimed": [409, "所管外と回答された項目ではありません", "所管外と回答された項目だけを、ほかの府省庁に付け替えることができます。"],
  "handed-on": [409, "ほかの府省庁に付け替えた項目です", "付け替えた先の府省庁が回答することになっているため、再開できません。元の府省庁に改めて求めるときは、付け替えた先から所管外の回答を受けて、元の府省庁に付け替えてください。"],
  "provisional": [409, "暫定値が含まれています", "確定値の提出を待つか、暫定値を確定値として受領することを明示してください。"],
  "reopen-closed": [409, "照会が終わっているため再開できません", "全ての項目が確定し、回答は評価に用いられています。「確定した回答の訂正」によってください。"],
  "already-asked": [409, "その府省庁には既に照会しています", "同じ事項を照会している府省庁です。所管外として受領してください。"],
  "unknown-owner": [422, "その府省庁には照会できません", "計画の組織一覧にあり、窓口の定められた府省庁を指定してください。"],
  "checks-failed": [422, "回答に直すべき点があります", "errors に示す点を直して、もう一度提出してください。直せない場合は、不備のあるまま提出すること（asIs）もできます。"],
  "checks-unexplained": [422, "説明の必要な回答があります", "errors に示す点を確かめ、誤りでなければ説明（explanation）を付けて、もう一度提出してください。"],
  "other-version": [409, "対象の版が替わっています", "画面を開き直し、最新の版を確かめてから行ってください。"],
  "not-your-turn": [409, "決裁の順番ではありません", "決裁は定められた順に行います。順番になると依頼のメールが届きます。"],
  "contributed": [403, "作成や代理入力に加わった方は行えません", "加わっていない方に依頼してください。"],
  "extension-pending": [409, "期限延長の申出に回答していません", "先の申出への回答を待ってください。"],
  "no-extension": [409, "期限延長の申出がありません", "画面を開き直して、申出の状態を確かめてください。"],
  "paused": [409, "期限を停止しています", "期限を再開してから行ってください。"],
  "not-paused": [409, "期限は停止していません", "画面を開き直して、期限の状態を確かめてください。"],
  "not-all-disposed": [409, "対応を決めていない意見があります", "すべての意見への対応（反映・一部反映・反映せず）を決めてから行ってください。"],
  "not-all-carried": [409, "扱いを決めていない反映事項があります", "すべての事項について、次年度に反映するか否かを決めてから行ってください。"],
  "not-all-evaluated": [409, "評価の終わっていないものがあります", "開き直された評価を終え、年次報告を編纂し直してから決裁に回してください。"],
  "consultation-missing": [409, "意見照会を行っていません", "各府省庁への意見照会を済ませてから決裁に回してください。"],
  "unknown-method": [422, "計画にない調査方法です", "計画に定める補完調査の方法から選んでください。"],
  "other-step": [409, "この手順の番ではありません", "画面を開き直し、次に行う手順を確かめてください。"],
  "source-missing": [422, "出典がありません", "資料名と日付を一つ以上記録してください。"],
  "steps-left": [409, "終わっていない手順があります", "すべての手順を記録してから結果を記録してください。把握できない場合は、その旨を理由とともに記録できます。"],
  "unknown-grade": [422, "結果の質が選ばれていません", "計画に定める結果の質から選んでください。"],
  "no-late-answer": [409, "調査中に届いた回答がありません", "画面を開き直して、現在の状態を確かめてください。"],
  "posts-clash": [409, "兼ねることのできない職務です", "監査担当は他の職務を、起案・決裁・記録の各担当は互いの職務を兼ねられません。先に今の職務を解いてください。"],
  "second-admin": [403, "もう一人のシステム管理者の確認が必要です", "申請した方及び付与される方以外のシステム管理者に、確認を依頼してください。"],
  "malformed-body": [400, "本文を読めません", "本文を正しいJSON（UTF-8、同じ名前の項目や制御文字U+0000を含まないもの）で送ってください。"],
  "unsupported-charset": [415, "文字コードが違います", "本文をUTF-8で送ってください。"],
  "unsupported-media-type": [415, "本文の形式が違います", "本文を Content-Type: application/json で送ってください。"],
  "invalid-body": [422, "記載内容に誤りがあります", "errors に示す項目を直して、もう一度送ってください。"],
  "invalid-query": [400, "指定に誤りがあります", "errors に示す指定を直して、もう一度送ってください。"],
  "too-large": [413, "本文が大きすぎます", "件数を分けて送ってください。"],
  "not-signed-in": [401, "サインインが必要です", "サインインするか、有効な利用者トークンを Authorization: Bearer で送ってください。"],
  "cross-site": [403, "別のサイトからの操作は受け付けません", "年輪の画面から操作してください。"],
  "form-expired": [403, "この画面からは送信できません", "サインインし直したか、画面が古くなっています。画面を開き直し、もう一度送信してください。"],
  "forbidden": [403, "この役職では行えません", "担当の役職の方に依頼するか、役職を選び直してください。"],
  "beyond-token": [403, "このトークンの範囲を超えています", "トークンに許された操作、府省庁、年次サイクルを確かめてください。"],
  "not-found": [404, "見つかりません", "アドレスを確かめてください。閲覧できる範囲にない場合もこの表示になります。"],
  "not-begun": [404, "その時点では始まっていません", "サイクルが始まった後の日時を指定してください。"],
  "disposed-of": [410, "その時点の状態は組み立てられません", "監査記録の内容が保存期間の満了により処分されています。連鎖と封印は残っています。"],
  "key-missing": [400, "Idempotency-Key がありません", "操作ごとに異なる Idempotency-Key（1〜255文字の印字可能な英数字記号）を付けてください。"],
  "key-reused": [422, "Idempotency-Key が別の操作に使われています", "新しい操作には新しい Idempotency-Key を付けてください。"],
  "in-flight": [409, "同じ操作を処理しています", "少し待ってから、同じ Idempotency-Key で結果を確かめてください。"],
  "precondition-missing": [428, "If-Match がありません", "照会を開き直し、その ETag を If-Match に付けて送ってください。"],
  "stale": [412, "ほかの方が先に更新しています", "照会を開き直し、最新の内容を確かめてから送ってください。"],
  "plan-blocked": [422, "計画に直すべき点があります", "findings の block の指摘をすべて直してから登録してください。"],
  "unknown-plan": [422, "その計画は登録されていません", "計画を登録し、そのハッシュを指定してください。"],
  "unknown-content": [422, "指定された文章が登録されていません", "一覧を開き直し、表示された番号とハッシュを指定してください。"],
  "only-as-rehearsal": [422, "日程が過ぎているため、訓練としてのみ開始できます", "訓練として開始するか、これからの日程の計画を登録してください。"],
  "not-next-year": [422, "次年度の計画ではありません", "この年次サイクルの翌年度の計画を登録し、そのハッシュを指定してください。"],
  "not-carried": [422, "次年度に反映するとした事項が計画にありません", "errors に示す事項を、計画の lineage の findings に書いてください。"],
  "nothing-to-wait-for": [409, "次に待つ期日がありません", "担当の方の操作を待っています。必要な操作を済ませてから進めてください。"],
  "consultation-only": [422, "意見照会だけに使える回答です", "意見（opinions）は意見照会への回答にだけ書いてください。"],
  "no-form": [409, "この照会に調査票はありません", "意見照会への意見は、照会の画面から提出してください。"],
  "letters-lost": [422, "この文字コードでは失われる文字があります", "errors に示す文字はWindows-31Jにありません。Excel又はUTF-8のCSVの調査票を取得してください。"],
  "too-confidential": [422, "機密性の高い情報は受け付けられません", "機密性３情報は、年輪に登録せず、秘密文書等の取扱いの規則に従い、事務局に直接連絡してください。公表できる範囲の内容に改めたものは、機密性１又は２として提出できます。"],
  "evidence-refused": [422, "このファイルは添付できません", "errors に示す理由を確かめ、直したファイルを添付してください。ファイルは保存されていません。"],
  "unknown-file": [422, "この項目に添付されていないファイルです", "この項目にファイルを添付し、示されたidとSHA-256を指定してください。"],
  "file-in-use": [409, "回答が示しているファイルです", "提出した回答のファイルは取り消せません。添付しない回答を、改めて提出してください。"],
  "uploads-busy": [503, "ファイルの受付が混み合っています", "何も保存されていません。少し待ってから、もう一度送ってください。"],
  "file-refused": [422, "このファイルは受け付けられません", "errors に示す理由を確かめ、取得した調査票に値だけを記入して、もう一度提出してください。"],
  "form-refused": [422, "調査票に直すべき点があります", "errors に示すシート・行・列を直して、もう一度提出してください。どの行も提出されていません。"],
  "form-stale": [412, "調査票が以前の版です", "照会が更新されています。調査票を取得し直し、記入した内容を移してから提出してください。"],
  "unknown-survey": [422, "統合できる補完調査ではありません", "同じ年次サイクルの、終わっていない別の補完調査を指定してください。"],
  "engine-silent": [503, "処理系が応答しません", "しばらく待ってからもう一度お試しください。続く場合は運用担当に連絡してください。"],
  "internal": [500, "処理中に障害が起きました", "もう一度お試しください。続く場合は運用担当に連絡してください。"],
};
export const problemCodes = Object.keys(table) as readonly ProblemCode[];

/** One mistake in what was sent. */
export interface Mistake {
  /**
   * RFC 6901, into the body; with a query, the parameter's name behind a slash; of a file sheet, row and column, as a
   * spreadsheet counts.
   */
  readonly pointer: string;
  readonly message: string;
}
/** RFC 9457, with the code as a member of its own and whatever helps to mend it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors?: readonly Mistake[];
  readonly findings?: readonly LintFinding[];
}
type Help = Pick<Problem, "errors" | "findings">;

export const problemOf = (code: ProblemCode, help: Help = {}): Problem => {
  const [status, title, detail] = table[code];
  return { type: `urn:nenrin:problem:${code}`, title, status, detail, code, ...help };
};

/** Ends a request at once; the error handler answers it as problem+json. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;
  constructor(code: ProblemCode, help: Help = {}) {
    super(code);
    this.problem = problemOf(code, help);
  }
}
