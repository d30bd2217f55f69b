import { z } from "zod";
import { fiscalYear } from "../domain/ids.ts";
import { plainDate } from "../domain/time.ts";
import { unmeasurableReason } from "./data-file.ts";
import {
  code,
  count,
  date,
  email,
  line,
  measure,
  organisation,
  paragraphs,
  person,
  time,
} from "./file-parts.ts";

const year = z
  .int()
  .min(1948)
  .max(2200)
  .describe("年度（西暦）。2014 は平成26年度")
  .transform((raw) => fiscalYear(raw));

const validNames = z
  .array(z.strictObject({ name: line, from: date, to: date.exactOptional() }))
  .min(1)
  .describe("名称と有効期間。to の日から次の名称になる");

const term = z
  .union([
    z.strictObject({ dueOn: date.describe("期限"), closeOn: date.describe("締切。以後は受け付けない") }),
    z.strictObject({ dueBusinessDays: count, closeBusinessDays: count }),
  ])
  .describe("dueOn・closeOn（日付）か、dueBusinessDays・closeBusinessDays（照会の日から数えた開庁日）")
  .transform((given) =>
    "dueOn" in given ? { is: "fixed" as const, ...given } : { is: "counted" as const, ...given },
  );

const contactRole = z.enum(["window", "officer", "confirmer"]);
const staffRole = z.enum(["preparer", "approver", "recorder", "auditor", "admin"]);

const rung = z.strictObject({
  name: code,
  label: line.describe("件名に出る呼び名。リマインド、督促、再督促、上申"),
  offsetBusinessDays: z.int().min(-60).max(60).describe("期限から数えた開庁日。期限前は負の数"),
  to: z.array(contactRole).min(1),
  cc: z.array(contactRole).default([]),
  lead: z.boolean().default(false).describe("true なら事務局の責任者にも送る（上申）"),
});
const ladder = z.array(rung);

const rating = z.strictObject({
  key: code,
  label: line,
  meaning: line,
  leaves: z
    .enum(["unfinished", "insufficient"])
    .exactOptional()
    .describe("次年度に引き継ぐ評価。unfinished＝取組の未了、insufficient＝判断材料の不足"),
});
const step = z.strictObject({
  title: line,
  person,
  deputy: z
    .strictObject({ person, from: date, to: date })
    .exactOptional()
    .describe("代決者。期間の両端を含む"),
});

const surveyMethod = z.strictObject({
  key: code,
  label: line,
  steps: z
    .array(
      z.strictObject({
        key: code,
        label: line,
        by: z
          .enum(["secretariat", "organisation"])
          .describe("行う者。secretariat＝事務局、organisation＝対象の組織"),
        dueBusinessDays: count.describe("前の手順（最初は方法を定めた日）から数えた開庁日"),
        records: line.describe("記録すること"),
        needs: z
          .enum(["replies", "sources"])
          .exactOptional()
          .describe("replies＝回答者に照会し、その回答を待つ。sources＝日付のある出典を一つ以上記録する"),
      }),
    )
    .min(1),
});
const surveyGrade = z.strictObject({ key: code, label: line, meaning: line });

export const planFile = z
  .strictObject({
    year,
    title: line,
    dates: z.strictObject({
      opensOn: date.describe("年次サイクルを始める日（実施方針の案の作成）"),
      policyDecisionOn: date.describe("実施方針の本部決定（予定日）"),
      collectionOn: date.describe("この日から照会を発出できる"),
      requests: z.strictObject({ data: term, survey: term, chapter: term, consultation: term }),
      reportDecisionOn: date.describe("年次報告の本部決定（予定日）"),
      closingTime: time.describe("期限・締切の時刻（日本時間）"),
      closedDays: z
        .enum(["next", "previous"])
        .describe("期限が閉庁日に当たるときに移す先。翌開庁日か前開庁日"),
    }),
    sendWindow: z.strictObject({ from: time, until: time }).describe("メールを送る時間帯（開庁日のみ）"),
    ladders: z.strictObject({ data: ladder, survey: ladder, chapter: ladder, consultation: ladder }),
    innerLadder: ladder
      .exactOptional()
      .describe("府省庁内の期限（窓口が割当てのときに定める）から数えた督促。chain の組織があれば必要"),
    scales: z.strictObject({ output: z.array(rating), outcome: z.array(rating) }),
    approvals: z.strictObject({ policy: z.array(step), report: z.array(step) }),
    chapters: z.array(z.strictObject({ key: code, title: line, basis: line, owner: organisation })),
    unmeasurableReasons: z.array(unmeasurableReason).describe("把握困難の理由。children で内訳を設けられる"),
    surveyMethods: z
      .array(surveyMethod)
      .min(1)
      .exactOptional()
      .describe("補完調査の方法。ここに加えれば、新しい方法として使える"),
    surveyGrades: z
      .array(surveyGrade)
      .min(1)
      .exactOptional()
      .describe("補完調査の結果の質。よいものから順に"),
    headquarters: validNames
      .exactOptional()
      .describe("決定を行う本部の名称と有効期間。決定の日に有効な名称を年次報告に記す"),
  })
  .meta({ id: "planFile", title: "plan.yaml：年度、日程、督促、評価の区分、決裁、他制度の評価" });

export const organisationsFile = z
  .strictObject({
    organisations: z.array(
      z.strictObject({
        id: organisation,
        kind: z
          .enum(["secretariat", "ministry", "source"])
          .describe("secretariat＝事務局、ministry＝府省庁・部局、source＝出典となる機関"),
        names: validNames,
        chain: z
          .enum(["signed-off"])
          .exactOptional()
          .describe(
            "signed-off＝窓口が割り当て、担当者が作成し、確認者が確認したものを窓口が提出する。書かなければ一段階",
          ),
      }),
    ),
  })
  .meta({ id: "organisationsFile", title: "organisations.yaml：府省庁・部局" });

export const peopleFile = z
  .strictObject({
    people: z.array(
      z.strictObject({
        id: person,
        name: line,
        title: line,
        organisation,
        email,
        reachable: z.boolean().default(true).describe("不達と分かっている宛先は false"),
        contact: z
          .array(contactRole)
          .default([])
          .describe("window＝窓口、officer＝担当者、confirmer＝確認者"),
        staff: z.array(staffRole).default([]).describe("事務局での役割"),
      }),
    ),
  })
  .meta({ id: "peopleFile", title: "people.yaml：窓口・担当者・確認者と事務局の職員" });

const letter = z.strictObject({ subject: line, body: paragraphs });
export const lettersFile = z
  .strictObject({
    letters: z.strictObject({
      inquiry: letter.describe("照会"),
      digest: letter.describe("リマインド・督促・再督促・上申"),
      reminder: letter.describe("督促（個別に送るもの）"),
      receipt: letter.describe("受領"),
      entered: letter.describe("代理入力の通知"),
      inner: letter.describe("府省庁内の割当て・確認の依頼・差戻し・確認済み"),
      returned: letter.describe("差戻し"),
      extension: letter.describe("期限延長の承認・不承認、期限の繰上げ・再開"),
      halted: letter.describe("期限の停止、照会の取下げ"),
      survey: letter.describe("補完調査の開始"),
      consultation: letter.describe("意見照会"),
      disposition: letter.describe("意見への対応"),
      "approval-turn": letter.describe("決裁依頼"),
      "approval-returned": letter.describe("決裁の差戻し"),
      decided: letter.describe("本部決定"),
      published: letter.describe("公表"),
      notice: letter.describe("事務局への連絡（不達、補完調査の自動開始）"),
    }),
  })
  .meta({ id: "lettersFile", title: "letters.yaml：メールの文面" });

export const holidaysFile = z
  .strictObject({
    holidays: z
      .record(date, line)
      .transform((given) => Object.entries(given).map(([day, name]) => ({ date: plainDate(day), name }))),
  })
  .meta({ id: "holidaysFile", title: "holidays.yaml：国民の祝日・休日と臨時の閉庁日" });

const openCause = z.enum([
  "uncollected",
  "surveyed",
  "unfinished",
  "insufficient",
  "chapter-missing",
  "comment",
]);
export const carriedOverFile = z
  .strictObject({
    carriedOver: z.array(
      z.strictObject({
        origin: line.describe("状況・施策・分野・他制度の評価の番号。今年度の計画の番号で書く"),
        cause: openCause.describe(
          "uncollected＝未把握、surveyed＝補完調査、unfinished＝未了、insufficient＝判断材料不足、chapter-missing＝未掲載、comment＝意見",
        ),
        note: line,
        fromYear: year.describe("最初に残された年度（西暦）"),
      }),
    ),
  })
  .meta({ id: "carriedOverFile", title: "carried-over.yaml：前年度から引き継いだ事項" });

export const lineageFile = z
  .strictObject({
    lineage: z.array(
      z.strictObject({
        measure: measure.nullable().describe("今年度の施策の番号。これから書くもの、廃止したものは null"),
        from: z.array(measure).describe("前年度の施策の番号。新規は空"),
        change: z
          .enum(["continued", "modified", "new", "merged", "removed"])
          .describe("continued＝継続、modified＝見直し、new＝新規、merged＝統合、removed＝廃止"),
        findings: z.array(line).default([]).describe("前年度の反映事項の番号"),
        sources: z.array(line).default([]).describe("反映事項の根拠とした回答等の番号"),
        note: line.nullable().default(null).describe("見直しの内容、廃止の理由等"),
      }),
    ),
  })
  .meta({ id: "lineageFile", title: "lineage.yaml：前年度の施策との対照" });

export type PlanText = z.input<typeof planFile>;
export type LettersText = z.input<typeof lettersFile>;
