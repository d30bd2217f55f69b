import type { Task } from "../../domain/agenda.ts";
import type { CycleKey } from "../../domain/ids.ts";
import { wareki, warekiTime } from "../../domain/wareki.ts";

/** What to do, in an official's words. */
export const taskText = (task: Task): string => {
  switch (task.do) {
    case "submit-policy":
      return "実施方針の案を提出してください。";
    case "approve-policy":
      return "実施方針の案を確認し、決裁してください。";
    case "decide-policy":
      return "実施方針の本部決定を記録してください。";
    case "open-requests":
      return "府省庁への照会を一括で開始してください。";
    case "answer":
      return `${warekiTime(task.dueAt)}までに、照会項目${task.items}件に回答してください。`;
    case "allocate":
      return `${warekiTime(task.dueAt)}までに回答する照会項目${task.items}件を、担当者に割り当ててください。`;
    case "prepare":
      return `${warekiTime(task.dueAt)}までに、割り当てられた照会項目${task.items}件の回答案を作成してください。`;
    case "sign-off":
      return `${warekiTime(task.dueAt)}までに、照会項目${task.items}件の回答案を確認し、確認済みとするか差し戻してください。`;
    case "submit":
      return `${warekiTime(task.dueAt)}までに、確認の済んだ照会項目${task.items}件の回答を事務局に提出してください。`;
    case "comment":
      return `${warekiTime(task.dueAt)}までに、原案への意見の有無を回答してください。`;
    case "review-answers":
      return `提出された回答${task.items}件を確認し、受領するか差し戻してください。`;
    case "answer-extensions":
      return `期限延長の申出${task.requests}件に、承認するかどうか回答してください。`;
    case "plan-surveys":
      return `補完調査${task.surveys}件の方法と期限を定めてください。`;
    case "conclude-surveys":
      return `補完調査${task.surveys}件の結果を記録してください。`;
    case "record-steps":
      return `${wareki(task.dueOn)}までに、補完調査${task.surveys}件の手順を行い、記録してください。`;
    case "decide-late-answers":
      return `調査中に届いた回答${task.items}件について、採用するか、採用せずに調査を続けるかを決めてください。`;
    case "write-evaluations":
      return `評価${task.evaluations}件を記入してください。`;
    case "approve-evaluations":
      return `評価${task.evaluations}件を確認し、承認してください。`;
    case "decide-analyses":
      return `${task.domains}分野について、分析の要否を決めてください。`;
    case "compile-report":
      return "記録から年次報告の原案を作成してください。";
    case "consult":
      return "原案を府省庁への意見照会に付してください。";
    case "submit-report":
      return "年次報告の版を決裁に上げてください。";
    case "approve-report":
      return "年次報告の版を確認し、決裁してください。";
    case "dispose-comments":
      return `意見${task.comments}件への対応（反映・一部反映・反映せず）を決めてください。`;
    case "decide-report":
      return "年次報告の本部決定を記録してください。";
    case "publish-report":
      return "決定された年次報告を公表してください。";
    case "carry-findings":
      return `残った課題${task.findings}件を次の計画へ引き継ぐか、理由を付して引き継がないこととしてください。`;
    case "write-next-plan":
      return "次年度の計画を作成し、決裁に回してください。";
    case "approve-next-plan":
      return "次年度の計画（案）と変更の一覧を確認し、決裁してください。";
    case "check-mails":
      return `送達不明のメール${task.mails}通について、届いているかを相手方に確かめてください。`;
  }
};

/** The screen on which it is done. */
export const taskPlace = (task: Task, cycle: CycleKey): string => {
  switch (task.do) {
    case "answer":
    case "allocate":
    case "prepare":
    case "sign-off":
    case "submit":
    case "comment":
      return `/requests/${task.request}`;
    case "review-answers":
    case "answer-extensions":
      return "#requests";
    case "submit-policy":
    case "approve-policy":
    case "decide-policy":
    case "open-requests":
    case "plan-surveys":
    case "conclude-surveys":
    case "record-steps":
    case "decide-late-answers":
    case "write-evaluations":
    case "approve-evaluations":
    case "decide-analyses":
    case "compile-report":
    case "consult":
    case "submit-report":
    case "approve-report":
    case "dispose-comments":
    case "decide-report":
    case "publish-report":
    case "carry-findings":
    case "write-next-plan":
    case "approve-next-plan":
    case "check-mails":
      return `/cycles/${cycle}/${screens[task.do]}`;
  }
};

const screens = {
  "submit-policy": "policy",
  "approve-policy": "policy",
  "decide-policy": "policy",
  "open-requests": "opening",
  "plan-surveys": "surveys",
  "conclude-surveys": "surveys",
  "record-steps": "surveys",
  "decide-late-answers": "surveys",
  "write-evaluations": "evaluations",
  "approve-evaluations": "evaluations",
  "decide-analyses": "evaluations",
  "compile-report": "report",
  consult: "report",
  "submit-report": "report",
  "approve-report": "report",
  "dispose-comments": "comments",
  "decide-report": "report",
  "publish-report": "report",
  "carry-findings": "findings",
  "write-next-plan": "findings",
  "approve-next-plan": "next-plan",
  "check-mails": "mails",
} as const;
