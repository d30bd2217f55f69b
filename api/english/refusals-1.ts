import type { Phrases } from "./phrase.ts";

/** Why something is not to be had, and what to do. */
export const refusals1: Phrases = {
  この段階では行えません: "Not possible in this stage",
  "サイクルの現在の段階を確かめ、該当する段階になってから行ってください。":
    "Please see in which stage the cycle is, and do it in the stage it belongs to.",
  まだ行えません: "Not possible yet",
  "先に必要な手続（決裁、調査方法の登録、会議の開催など）を済ませてから行ってください。":
    "Please complete first what has to come before (an approval, a survey's method, the meeting …).",
  既に行われています: "Already done",
  "画面を開き直して、現在の状態を確かめてください。": "Please open the page anew and see how things stand.",
  受付は終わっています: "It is closed",
  "締切り後の提出や変更は、事務局に相談してください。":
    "To submit or change anything after the close, please ask the secretariat.",
  閉庁日は期限にできません: "A closed day cannot be a due date",
  "開庁日（土日祝日と年末年始を除く日）を期限にしてください。":
    "Please choose a business day (not a Saturday, Sunday, holiday or year-end closing day).",
  日付が前の期限より後になっていません: "The date is not after the present due date",
  "現在の期限及び本日より後の日付を指定してください。":
    "Please choose a date after the present due date and after today.",
  日付が現在の期限より前になっていません: "The date is not before the present due date",
  "現在の期限より前の開庁日を指定してください。": "Please choose a business day before the present due date.",
  繰上げの予告期間が足りません: "Too little notice for shortening",
  "本日から5開庁日以上先の日付を指定してください。":
    "Please choose a date at least 5 business days from today.",
  時刻を戻すことはできません: "Time cannot go back",
  "サイクルの現在より後の日時を指定してください。": "Please give a time after the cycle's present.",
  訓練のサイクルではありません: "Not a rehearsal",
  "日時を進められるのは訓練のサイクルだけです。": "Only the clock of a rehearsal can be stepped.",
  理由がありません: "No reason is given",
  "理由を書いて、もう一度送ってください。": "Please give a reason and send again.",
  修正の内容がありません: "It is not said what is amended",
  "反映又は一部反映とするときは、原案をどのように修正したか（change）を書いてください。":
    "If the comment is reflected, wholly or in part, please say how the draft was amended (change).",
  この照会では使えない回答です: "This answer does not fit the request",
  "照会の種類に合った回答（値・該当なしなど）を選んでください。":
    "Please choose an answer that fits the kind of request (value, nil …).",
  "この組織では組織内の割当て・確認を行いません": "This organisation has no allocation or sign-off inside",
  "回答は、照会の画面からそのまま提出してください。": "Please submit the answers on the page of the request.",
  あなたに割り当てられていない項目があります: "Some items are not allocated to you",
  "窓口の方に割当てを依頼してから、回答案を作成してください。":
    "Please ask the window to allocate them before you prepare answers.",
  確認を待つ回答案ではありません: "No prepared answer waits for sign-off",
  "画面を開き直し、担当者が作成した回答案を確かめてください。":
    "Please open the page anew and look at what the officer prepared.",
  組織内の確認が済んでいない回答です: "The answer has not been signed off",
  "確認者が確認した回答案だけを提出できます。確認を済ませてから、窓口の方が提出してください。":
    "Only answers that the confirmer signed off can be submitted. Please have them signed off; the window then submits them.",
  組織内の期限が照会の期限より後です: "The due date inside is after that of the request",
  "照会の期限までの開庁日を、組織内の期限にしてください。":
    "Please choose a business day up to the request's due date.",
  この操作は別の係の方が行います: "Somebody else does this",
  "割当てと提出は窓口、回答案の作成は担当者、確認と差戻しは確認者の方が行ってください。":
    "The window allocates and submits, the officer prepares, the confirmer signs off or returns.",
  割り当てられる担当者ではありません: "This is no officer who can be chosen",
  "同じ組織の担当者を選んでください。": "Please choose an officer of the same organisation.",
  "この組織の窓口・担当者・確認者ではありません": "Not a window, officer or confirmer of this organisation",
  "依頼した方を、照会先の組織の方から選んでください。":
    "Please choose who asked from among the organisation's people.",
  対象が一つもありません: "Nothing is chosen",
  "対象を一つ以上指定してください。": "Please choose at least one.",
  同じ対象が二度指定されています: "The same is named twice",
  "対象を一度ずつ指定してください。": "Please name each once.",
  この照会にない項目です: "Not an item of this request",
  "照会を開き直し、表示された項目を指定してください。":
    "Please open the request anew and choose from the items shown.",
  "計画にない施策・分野です": "No such measure or domain in the plan",
  "計画に載っている番号を指定してください。": "Please give a number of the plan.",
  この意見照会にない意見です: "Not a comment of this consultation",
  "意見の一覧を開き直し、表示された意見を指定してください。":
    "Please open the list of comments anew and choose from those shown.",
  一覧にない反映事項です: "Not a finding of the list",
  "次年度への反映事項の一覧を開き直し、表示されたものを指定してください。":
    "Please open the list of findings anew and choose from those shown.",
  この項目は既に確定しています: "This item is settled",
  "確定した項目は変更できません。訂正が必要な場合は事務局に相談してください。":
    "A settled item cannot be changed. If it has to be corrected, please ask the secretariat.",
  督促するものがありません: "There is nothing to remind of",
  "未回答又は差戻し中の項目がある照会だけを督促できます。画面を開き直して状態を確かめてください。":
    "A reminder can be sent only for requests with items owed or returned. Please open the page anew and see how things stand.",
  提出されていません: "It has not been submitted",
  "提出されたものだけを対象にできます。画面を開き直して状態を確かめてください。":
    "Only what was submitted can be chosen. Please open the page anew and see how things stand.",
  確定していません: "It is not settled",
  "確定した項目だけを再開できます。画面を開き直して状態を確かめてください。":
    "Only settled items can be reopened. Please open the page anew and see how things stand.",
  所管外と回答された項目ではありません: "Nobody answered that this is not theirs",
  "所管外と回答された項目だけを、ほかの府省庁に付け替えることができます。":
    "Only items answered with “Not ours” can be reassigned to another organisation.",
  ほかの府省庁に付け替えた項目です: "The item was reassigned to another organisation",
  "付け替えた先の府省庁が回答することになっているため、再開できません。元の府省庁に改めて求めるときは、付け替えた先から所管外の回答を受けて、元の府省庁に付け替えてください。":
    "It cannot be reopened, since the other organisation now answers. To ask the first one again, have the other answer “Not ours” and reassign the item back.",
  暫定値が含まれています: "There are provisional values",
  "確定値の提出を待つか、暫定値を確定値として受領することを明示してください。":
    "Please wait for the final values, or say that provisional ones are accepted as final.",
  照会が終わっているため再開できません: "The request has ended and cannot be reopened",
  "全ての項目が確定し、回答は評価に用いられています。「確定した回答の訂正」によってください。":
    "All items are settled and the answers are used in evaluations. Please use “Correction of a settled answer”.",
  その府省庁には既に照会しています: "That organisation has already been asked",
  "同じ事項を照会している府省庁です。所管外として受領してください。":
    "It is asked for the same. Please accept the answer “Not ours”.",
  その府省庁には照会できません: "That organisation cannot be asked",
  "計画の組織一覧にあり、窓口の定められた府省庁を指定してください。":
    "Please choose an organisation of the plan that has a window.",
  回答に直すべき点があります: "An answer has to be corrected",
  "errors に示す点を直して、もう一度提出してください。直せない場合は、不備のあるまま提出すること（asIs）もできます。":
    "Please correct what errors names and submit again. Where that is not possible it can be submitted as it is (asIs).",
  説明の必要な回答があります: "An answer needs an explanation",
  "errors に示す点を確かめ、誤りでなければ説明（explanation）を付けて、もう一度提出してください。":
    "Please look at what errors names. If it is no error, add an explanation and submit again.",
  対象の版が替わっています: "The version has been replaced",
  "画面を開き直し、最新の版を確かめてから行ってください。":
    "Please open the page anew and look at the newest version first.",
  決裁の順番ではありません: "It is not your turn to approve",
  "決裁は定められた順に行います。順番になると依頼のメールが届きます。":
    "Approvals are given in a fixed order. You are asked by mail when it is your turn.",
  作成に加わった方は承認できません: "A contributor cannot approve",
  "作成に加わっていない方に承認を依頼してください。": "Please ask somebody who did not contribute.",
  期限延長の申出に回答していません: "A request for an extension waits for an answer",
  "先の申出への回答を待ってください。": "Please wait for the answer to the first one.",
  期限延長の申出がありません: "No extension was asked for",
  "画面を開き直して、申出の状態を確かめてください。":
    "Please open the page anew and see how the request for an extension stands.",
  期限を停止しています: "The term is paused",
  "期限を再開してから行ってください。": "Please resume the term first.",
  期限は停止していません: "The term is not paused",
  "画面を開き直して、期限の状態を確かめてください。":
    "Please open the page anew and see how the term stands.",
  対応を決めていない意見があります: "Some comments have no disposition",
  "すべての意見への対応（反映・一部反映・反映せず）を決めてから行ってください。":
    "Please decide on the disposition of every comment first (reflected, in part, not).",
  扱いを決めていない反映事項があります: "Some findings are not decided",
  "すべての事項について、次年度に反映するか否かを決めてから行ってください。":
    "Please decide for every finding whether it is carried over.",
  評価の終わっていないものがあります: "Some evaluations are not finished",
  "開き直された評価を終え、年次報告を編纂し直してから決裁に回してください。":
    "Please finish the evaluations that were reopened, and compile the report anew before submitting it.",
  意見照会を行っていません: "There has been no consultation",
  "各府省庁への意見照会を済ませてから決裁に回してください。":
    "Please consult the organisations before submitting the report for approval.",
  計画にない調査方法です: "The plan has no such method",
  "計画に定める補完調査の方法から選んでください。": "Please choose one of the plan's survey methods.",
  この手順の番ではありません: "It is not the turn of this step",
  "画面を開き直し、次に行う手順を確かめてください。":
    "Please open the page anew and see which step comes next.",
  出典がありません: "There are no sources",
  "資料名と日付を一つ以上記録してください。": "Please record at least one document with its date.",
  終わっていない手順があります: "Some steps are not finished",
  "すべての手順を記録してから結果を記録してください。把握できない場合は、その旨を理由とともに記録できます。":
    "Please record all steps before the outcome. If it could not be measured, that can be recorded with its reason.",
  結果の質が選ばれていません: "No grade is chosen",
  "計画に定める結果の質から選んでください。": "Please choose one of the plan's grades.",
  調査中に届いた回答がありません: "No answer arrived during the survey",
  兼ねることのできない職務です: "These posts cannot be held together",
  "監査担当は他の職務を、起案・決裁・記録の各担当は互いの職務を兼ねられません。先に今の職務を解いてください。":
    "An auditor holds no other post, and preparer, approver and recorder exclude each other. Please revoke the present post first.",
  もう一人のシステム管理者の確認が必要です: "Another administrator has to confirm",
  "申請した方及び付与される方以外のシステム管理者に、確認を依頼してください。":
    "Please ask an administrator who neither asked nor gets the post.",
  本文を読めません: "The body cannot be read",
  "本文を正しいJSON（UTF-8、同じ名前の項目や制御文字U+0000を含まないもの）で送ってください。":
    "Please send the body as correct JSON (UTF-8, no name twice, no U+0000).",
  文字コードが違います: "The character encoding is wrong",
  "本文をUTF-8で送ってください。": "Please send the body in UTF-8.",
  本文の形式が違います: "The media type is wrong",
  "本文を Content-Type: application/json で送ってください。":
    "Please send the body with Content-Type: application/json.",
  記載内容に誤りがあります: "Something is filled in wrongly",
  "errors に示す項目を直して、もう一度送ってください。": "Please correct what errors names and send again.",
  指定に誤りがあります: "Something is specified wrongly",
  "errors に示す指定を直して、もう一度送ってください。": "Please correct what errors names and send again.",
  本文が大きすぎます: "The body is too large",
  "件数を分けて送ってください。": "Please send it in several parts.",
  サインインが必要です: "Please sign in",
  "サインインするか、有効な利用者トークンを Authorization: Bearer で送ってください。":
    "Please sign in, or send a valid API token as Authorization: Bearer.",
  別のサイトからの操作は受け付けません: "Requests from other sites are not accepted",
  "年輪の画面から操作してください。": "Please use the pages of Nenrin.",
  この画面からは送信できません: "This page cannot be sent",
  "サインインし直したか、画面が古くなっています。画面を開き直し、もう一度送信してください。":
    "You have signed in anew, or the page is out of date. Please open it anew and send again.",
  この役職では行えません: "Not possible in this role",
  "担当の役職の方に依頼するか、役職を選び直してください。":
    "Please ask somebody in that role, or choose another post.",
  このトークンの範囲を超えています: "Beyond the reach of this token",
  "トークンに許された操作、府省庁、年次サイクルを確かめてください。":
    "Please see which actions, organisations and cycles the token permits.",
  見つかりません: "Not found",
  "アドレスを確かめてください。閲覧できる範囲にない場合もこの表示になります。":
    "Please check the address. What you may not see looks the same.",
  その時点では始まっていません: "It had not begun at that time",
  "サイクルが始まった後の日時を指定してください。": "Please give a time after the cycle was opened.",
  その時点の状態は組み立てられません: "The state at that time cannot be put together",
  "監査記録の内容が保存期間の満了により処分されています。連鎖と封印は残っています。":
    "The content of the audit record was disposed of at the end of its retention. Chain and seals remain.",
  "Idempotency-Key がありません": "There is no Idempotency-Key",
  "操作ごとに異なる Idempotency-Key（1〜255文字の印字可能な英数字記号）を付けてください。":
    "Please send a different Idempotency-Key with every act (1–255 printable ASCII characters).",
  "Idempotency-Key が別の操作に使われています": "The Idempotency-Key was used for another act",
  "新しい操作には新しい Idempotency-Key を付けてください。":
    "Please use a new Idempotency-Key for a new act.",
  同じ操作を処理しています: "The same act is being carried out",
  "少し待ってから、同じ Idempotency-Key で結果を確かめてください。":
    "Please wait a little and see the result under the same Idempotency-Key.",
  "If-Match がありません": "There is no If-Match",
  "照会を開き直し、その ETag を If-Match に付けて送ってください。":
    "Please open the request anew and send its ETag as If-Match.",
  ほかの方が先に更新しています: "Somebody else was faster",
  "照会を開き直し、最新の内容を確かめてから送ってください。":
    "Please open the request anew and look at its newest content first.",
};
