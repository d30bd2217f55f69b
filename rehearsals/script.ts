import { basename, dirname } from "node:path";
import { z } from "zod";
import { code, line, organisation, paragraphs, time } from "../plans/file-parts.ts";
import { readYaml, type PlanProblem } from "../plans/read-yaml.ts";
import { answers, behaviour, days, range, share, weight } from "./behaviour.ts";

/** 台本: how the people of a rehearsal behave, as data an official can read and change. */

const opinionBehaviour = z.strictObject({
  key: code,
  label: line,
  weight,
  answers,
  comments: z
    .array(z.strictObject({ text: paragraphs, proposal: paragraphs.exactOptional() }))
    .default([])
    .describe("意見。なければ「意見なし」と回答する"),
});
export type OpinionBehaviour = z.output<typeof opinionBehaviour>;

/** A behaviour somebody is given has to stand in the list, each under a key of its own. */
const isWhole = ({
  behaviours,
  assigned,
}: {
  behaviours: readonly { key: string; weight: number }[];
  assigned: Readonly<Record<string, string>>;
}): boolean => {
  const keys = new Set(behaviours.map(({ key }) => key));
  return (
    keys.size === behaviours.length &&
    behaviours.some((one) => one.weight > 0) &&
    Object.values(assigned).every((key) => keys.has(key))
  );
};
const WHOLE =
  "key は重ならないように、assigned は behaviours にある key で書き、weight の一つは正の数にしてください";
const assigned = z
  .record(organisation, code)
  .default({})
  .describe("組織の略号: 振る舞い。書かなければ割合で決まる");

const approval = z.strictObject({
  afterDays: days.describe("前の段階から何開庁日後に決裁するか"),
  returnedOnce: z
    .strictObject({ atStep: z.int().min(1).describe("決裁の順で何番目の者か"), reason: paragraphs })
    .exactOptional()
    .describe("一度だけ差し戻す者。なければ誰も差し戻さない"),
});
const outcome = z
  .strictObject({
    outcome: z.enum(["decided", "decided-with-changes", "returned"]),
    reason: paragraphs.exactOptional(),
  })
  .refine(
    ({ outcome: is, reason }) => is === "decided" || reason !== undefined,
    "差戻し・修正の上の決定には理由を書いてください",
  );
const decision = z.strictObject({
  meeting: line,
  outcomes: z
    .array(outcome)
    .min(1)
    .refine((all) => all.at(-1)?.outcome !== "returned", "最後の会議では決定してください")
    .describe("会議ごとの結論。差し戻されたら次の会議で諮る"),
});

const ministries = z
  .strictObject({
    behaviours: z.array(behaviour).min(1),
    assigned,
    chapters: z.record(code, code).default({}),
    inside: z
      .strictObject({
        allocatedAfterDays: days.describe("照会又は差戻しから何開庁日後に、窓口が割り当てるか"),
        termDays: z.int().min(1).max(60).describe("組織内の期限までの開庁日。照会の期限までに縮める"),
        preparedAfterDueDays: days.describe("最初の回答案が、組織内の期限から何開庁日遅れるか"),
        reviewedAfterDays: days.describe("回答案から何開庁日後に、確認者が確認するか"),
        reason: paragraphs.describe("確認者が、最初の回答案の一つを差し戻す理由"),
        submittedAfterDays: days.describe("確認から何開庁日後に、窓口が提出するか"),
      })
      .describe("組織内の割当て・確認を経て回答する組織（計画の chain）の進め方"),
  })
  .refine(isWhole, WHOLE)
  .refine(
    ({ behaviours, chapters }) =>
      Object.values(chapters).every((given) => behaviours.some(({ key }) => key === given)),
    "chapters は behaviours にある key で書いてください",
  )
  .refine(
    ({ behaviours }) =>
      behaviours.every(
        ({ disclaiming }) =>
          disclaiming === undefined || behaviours.some(({ key }) => key === disclaiming.owner),
      ),
    "disclaiming の owner は behaviours にある key で書いてください",
  );

const changes = z
  .strictObject({
    unowned: z.array(code).default([]).describe("担当府省庁を外す照会事項。計画にないものは無視する"),
    redefined: z
      .record(code, line)
      .default({})
      .describe("定義に変更があったことにする照会事項と、その内容。計画にないものは無視する"),
    counted: z
      .record(code, line)
      .default({})
      .describe("単位を定め、それ以外は受け付けないことにする照会事項と、その単位。計画にないものは無視する"),
    usual: z
      .record(code, z.int().min(1))
      .default({})
      .describe("超える数値に説明を求めることにする照会事項と、その目安。計画にないものは無視する"),
  })
  .default({ unowned: [], redefined: {}, counted: {}, usual: {} })
  .describe("訓練のために計画に加える変更");

const secretariat = z.strictObject({
  draftsPolicyAfterDays: days,
  policy: z.strictObject({
    title: line,
    text: paragraphs,
    corrected: paragraphs,
    revisedAfterDays: days.describe("差戻しから何開庁日後に出し直すか"),
  }),
  opensRequestsAfterDays: days,
  returnReason: paragraphs,
  disclaimed: z
    .strictObject({
      insistedShare: share.describe(
        "同意せず、理由を付して差し戻す項目の割合。ほかは示された府省庁に付け替える",
      ),
      insistReason: paragraphs,
    })
    .describe("所管と考える府省庁を示した「所管外」への対応"),
  acceptsProvisional: z
    .strictObject({ daysAfterClose: days })
    .describe("締切を過ぎても暫定値のままの項目を、何開庁日後に確定値として受領するか"),
  extension: z
    .discriminatedUnion("is", [
      z.strictObject({ is: z.literal("granted"), afterDays: days.default(0) }),
      z.strictObject({ is: z.literal("refused"), afterDays: days.default(0), reason: paragraphs }),
    ])
    .describe("期限延長の申出への対応。afterDays は申出から何開庁日後に決めるか"),
  givesUpChapter: z.strictObject({ daysAfterClose: days, reason: paragraphs }),
  surveys: z.strictObject({
    plannedAfterDays: days,
    termDays: z.int().min(1).max(60),
    concludedAfterDays: range,
    impossibleShare: share,
    stepAfterDays: range.describe("前の手順から何開庁日後に次の手順を記録するか"),
    step: paragraphs.describe("手順の記録"),
    source: line.describe("出典の名称"),
    respondents: z.int().min(1).max(20).describe("質問票を何者に送るか"),
    questions: z.array(line).min(1),
    repliesAfterDays: range,
    silentShare: share.describe("質問票に回答しない者の割合"),
    reply: paragraphs,
    lateTakenShare: share.describe("調査中に届いた回答を採用する割合"),
    lateLeftReason: paragraphs,
    method: paragraphs,
    found: paragraphs,
    impossible: paragraphs,
    impossibleReason: paragraphs,
    limits: paragraphs,
  }),
  evaluations: z.strictObject({
    writtenAfterDays: days,
    output: paragraphs,
    outcome: paragraphs,
    corrected: paragraphs,
    analysisShare: share.describe("分析を要すると判断する分野の割合"),
    analysis: paragraphs,
    analysisNeeded: paragraphs,
    analysisNotNeeded: paragraphs,
  }),
  report: z.strictObject({
    compiledAfterDays: days,
    edit: paragraphs,
    disposedAfterDays: days,
    reflectedShare: share,
    reflected: paragraphs,
    notReflected: paragraphs,
    editAfterConsultation: paragraphs,
    editAfterReturn: paragraphs,
    revisedAfterDays: days.describe("差戻しから何開庁日後に出し直すか"),
    publishedAfterDays: days,
  }),
  carryOver: z.strictObject({ afterDays: days, droppedShare: share, droppedReason: paragraphs }),
});

const script = z.strictObject({
  title: line,
  plan: changes,
  hours: z
    .strictObject({ ministries: time, secretariat: time })
    .describe("開庁日に仕事をする時刻。府省庁の回答と、事務局・決裁者・記録者の処理"),
  ministries,
  opinions: z.strictObject({ behaviours: z.array(opinionBehaviour).min(1), assigned }).refine(isWhole, WHOLE),
  answers: z.strictObject({
    value: z.array(paragraphs).min(1).describe("回答の文。{number} に数が入る"),
    incomplete: paragraphs,
    nil: paragraphs,
    notApplicable: paragraphs,
    unmeasurable: paragraphs,
    explanation: paragraphs.describe("検査の指摘が誤りでないことの説明"),
    chapter: paragraphs,
  }),
  secretariat,
  approvals: z.strictObject({
    policy: approval,
    report: approval,
    evaluations: z.strictObject({
      afterDays: days,
      returnedOnce: z
        .strictObject({ count: z.int().min(1), reason: paragraphs })
        .exactOptional()
        .describe("一度だけ差し戻す評価の数"),
    }),
  }),
  decisions: z.strictObject({ policy: decision, report: decision }),
});
export type Script = z.output<typeof script>;

/** @returns the script, or everything that keeps it from being read, said to whoever edits it */
export const readScript = async (
  file: string,
): Promise<
  | { readonly ok: true; readonly script: Script }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] }
> => {
  const read = await readYaml({ folder: dirname(file), file: basename(file), schema: script });
  return read.ok ? { ok: true, script: read.value } : read;
};
