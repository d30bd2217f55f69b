import type { Phrases } from "./phrase.ts";

/** What is wrong with a plan. */
export const lint: Phrases = {
  "measures/ の領域": "areas of measures/",
  "measures/area-{n}.yaml の分野": "domains of measures/area-{n}.yaml",
  "measures/area-{n}.yaml の分野{n2}の節": "sections of domain {n2} of measures/area-{n}.yaml",
  "measures/ の施策": "measures of measures/",
  "measures/ の状況": "indicators of measures/",
  "照会事項（data.yaml、plan.yaml の chapters）": "items (data.yaml, chapters of plan.yaml)",
  "people.yaml の email": "email of people.yaml",
  "plan.yaml surveyMethods {key} の手順": "steps of plan.yaml surveyMethods {key}",
  "照会事項 {key} の担当": "owners of item {key}",
  "data.yaml {key} の checks": "checks of data.yaml {key}",
  "data.yaml {key} の expects": "expects of data.yaml {key}",
  "{key} が二度使われています。": "{key} is used twice.",
  "一方を別の番号・略号にするか、削除してください。": "Give one of them another number or id, or delete it.",
  "施策 {key}": "measure {key}",
  "見出し「{heading}」": "heading “{heading}”",
  "照会事項 {key}": "item {key}",
  "{to} がどこにも定められていません。": "{to} is defined nowhere.",
  "つづりを直すか、その項目を定めてください。": "Correct the spelling, or define it.",
  データの照会: "Request for data",
  他制度による評価の照会: "Chapter evaluated elsewhere",
  意見照会: "Consultation",
  "{path}（{date}）が {path2}（{date2}）より前です。": "{path} ({date}) is before {path2} ({date2}).",
  "日付の順を直してください。": "Please correct the order of dates.",
  "{word}の締切が期限より前です。": "{word}: the close is before the due date.",
  "closeBusinessDays を dueBusinessDays 以上にしてください。":
    "closeBusinessDays has to be at least dueBusinessDays.",
  "{date} は閉庁日（{reason}）です。": "{date} is a closed day ({reason}).",
  "期限と締切は開庁日にしてください。": "Due dates and closes have to be business days.",
  "{word}の期限まで{n}開庁日しかありません。": "{word}: only {n} business days up to the due date.",
  "回答に{n}開庁日以上をとることを検討してください。":
    "Consider giving at least {n} business days to answer.",
  "{name}（{n}）が前の {name2}（{n2}）より後になっていません。":
    "{name} ({n}) does not come after {name2} ({n2}).",
  "offsetBusinessDays が小さいものから順に並べてください。": "Put the smallest offsetBusinessDays first.",
  "{word}は期限の{n}開庁日後に締め切られ、{n2}開庁日後の{label}が送れません。":
    "{word} closes {n} business days after the due date, so that the {label} {n2} business days after it cannot be sent.",
  "締切を遅らせるか、督促の段を減らしてください。": "Close later, or drop rungs.",
  "送る時間帯（{from}から{until}まで）がありません。":
    "There are no hours for sending mail (from {from} to {until}).",
  "until を from より後にしてください。": "until has to be after from.",
  "{n}年の休日がありません。": "The holidays of {n} are missing.",
  "{n}年の国民の祝日・休日を、元日（{n2}-01-01）から書いてください。":
    "Write the holidays of {n}, from New Year's Day ({n2}-01-01) on.",
  "計を確かめられるのは、表（expects の table）だけです。":
    "Only sums of tables (expects: table) can be checked.",
  "{lost} という{text}は表にありません。": "The table has no {text} {lost}.",
  行: "row",
  列: "column",
  "計の行又は列を、足し合わせるものに含めています。":
    "The row or column of the sum is among those it adds up.",
  "{reserved} は、値の種類を確かめる検査の番号です。":
    "{reserved} is the id of the check of the kind of value.",
  "単位を確かめられるのは、数値を求めるときだけです。":
    "A unit can be checked only where a number is asked for.",
  "範囲を確かめられるのは、数値を求めるときだけです。":
    "A range can be checked only where a number is asked for.",
  "from も to もありません。": "There is neither from nor to.",
  "from が to を超えています。": "from is greater than to.",
  "前年度と比べられるのは、一つの数値を求めるときだけです。":
    "Only a single number can be compared with last year.",
  "data.yaml {key} の checks {key2}": "checks {key2} of data.yaml {key}",
  "検査を直すか、削除してください。": "Correct the check, or delete it.",
  "内訳（children）のある理由は選べないため、asks を書けません。":
    "A reason with children cannot be chosen itself, and so cannot have asks.",
  "asks を内訳の一つ一つに移してください。": "Move asks to each of the children.",
  窓口: "Window",
  確認者: "Confirmer",
  "{id} は組織内の確認を経て回答しますが、{word}（{role}）がいません。":
    "{id} answers by way of a sign-off, but has no {word} ({role}).",
  "people.yaml に{word}を加えるか、organisations.yaml の chain を消してください。":
    "Add a {word} to people.yaml, or delete chain in organisations.yaml.",
  "{id} は担当者であり、ただ一人の確認者です。自ら作成した回答案を確認できません。":
    "{id} is officer and the only confirmer, and cannot sign off what he prepared.",
  "別の人を確認者に加えるか、organisations.yaml の chain を消してください。":
    "Make somebody else a confirmer too, or delete chain in organisations.yaml.",
  "plan.yaml の innerLadder を書いてください。": "Please write innerLadder in plan.yaml.",
  "組織内の確認を経て回答する組織がありますが、組織内の期限の督促がありません。":
    "Some organisations answer by way of a sign-off, but there are no reminders for due dates inside.",
  "督促の名前 {name} が重なっています。": "The name {name} of a reminder is used twice.",
  "innerLadder には、ほかの督促と異なる名前を付けてください。":
    "Give the rungs of innerLadder names that no other reminder has.",
  "{{place}} はこの文面では使えません。": "{{place}} cannot be used in this text.",
  "使えるのは {text} です。": "Possible are {text}.",
  "本文に {{place}} がありません。": "The text lacks {{place}}.",
  "受け取る人に必要な内容です。本文に加えてください。": "The recipient needs it. Please add it to the text.",
  "状況 {key}": "indicator {key}",
  "照会事項も担当府省庁もありません。": "It has neither an item nor an owner.",
  "measures/ の owners か data.yaml に、少なくとも一つの組織を書いてください。":
    "Write at least one organisation into owners of measures/ or into data.yaml.",
  "照会事項 {key}（状況 {text}）": "item {key} (indicator {text})",
  "担当府省庁及び出典がないため、照会の開始とともに補完調査が始まります。":
    "It has neither an owner nor a source, so that a survey opens with the requests.",
  "担当が分かるときは owners に書いてください。補完調査は事務局の組織（kind: secretariat）が行います。":
    "If the owner is known write it into owners. Surveys are made by an organisation of the secretariat (kind: secretariat).",
  "どの状況にも用いられていない照会事項です。": "No indicator uses this item.",
  "measures/ の状況の data にこの番号を書くか、照会事項を削除してください。":
    "Write its key into data of an indicator in measures/, or delete the item.",
  "{nameof}に照会を送る窓口がありません。": "{nameof} has no window to send requests to.",
  "{nameof}の窓口がすべて不達です。": "All windows of {nameof} reject mail.",
  "届くメールアドレスをもつ窓口（contact: [window]）を people.yaml に加えてください。":
    "Add a window (contact: [window]) with a working mail address to people.yaml.",
  "{date} の名称がありません。": "It has no name on {date}.",
  "names の from と to を確かめ、その日に有効な名称を書いてください。":
    "Check from and to of names, and write the name valid on that day.",
  "{nameof}の照会事項{n}件のうち{n2}件は、所管から推定した担当です。":
    "Of the {n} items of {nameof}, {n2} are its own only by presumption.",
  "照会の前に先方に確かめ、確かめたものは named としてください。":
    "Ask them before the requests are sent, and mark what is confirmed as named.",
  "「{text}」を{nameof}に二度照会します。": "“{text}” is asked of {nameof} twice.",
  "data.yaml の一つの照会事項にまとめ、各状況の data にその番号を書いてください。":
    "Make it one item of data.yaml, and write its key into data of each indicator.",
  "府省庁の窓口・担当者・確認者": "the window, officer or confirmer of an organisation",
  案を作る者: "who prepares the draft",
  決裁する者: "who approves",
  本部決定を記録する者: "who records the headquarters' decision",
  "{word}（{role}）がいません。": "Missing: {word} ({role}).",
  "事務局の職員の staff に {role} を書いてください。":
    "Write {role} into staff of somebody of the secretariat.",
  "自ら作った案を決裁することになります。": "He would approve his own draft.",
  "自ら作った案の本部決定を記録することになります。":
    "He would record the headquarters' decision on his own draft.",
  "自ら決裁した案の本部決定を記録することになります。":
    "He would record the headquarters' decision on a draft he approved.",
  "一方の役割を別の人にしてください。": "Give one of the roles to somebody else.",
  "{word}と{word2}を兼ねています。{why}": "One person is {word} and {word2}. {why}",
  "監査担当が他の役割を兼ねています。": "The auditor has another role too.",
  "{id} は決裁する者（approver）ではありません。": "{id} is no approver.",
  "people.yaml のその人の staff に approver を書くか、決裁の段を別の人にしてください。":
    "Write approver into staff of that person in people.yaml, or give the step of approval to somebody else.",
  "代決者の期間の終わりが始まりより前です。": "The deputy's days end before they begin.",
  "deputy の from と to を直してください。": "Correct from and to of deputy.",
  "{person} が決裁の二つの段にいます。": "{person} stands in two steps of approval.",
  "段ごとに別の人を書いてください。": "Write different people for each step.",
  "決裁する段がありません。": "There is no step of approval.",
  "少なくとも一人の決裁者を書いてください。": "Write at least one approver.",
  "未了の施策を次年度に引き継ぐ評定がありません。":
    "No rating carries unfinished measures over into the next year.",
  "遅れを意味する評定に leaves: unfinished と書いてください。":
    "Write leaves: unfinished at the rating that means a delay.",
};
