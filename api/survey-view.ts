import type { Db } from "../db/client.ts";
import { contentsOf } from "../db/queries/content.ts";
import { askedItems } from "../db/queries/items.ts";
import { itemStatesOf } from "../db/queries/item-states.ts";
import { surveysOf, type SurveyRecord } from "../db/queries/surveys.ts";
import { reasonLabel } from "../domain/reasons.ts";
import type { Plan } from "../domain/plan.ts";
import type { Instant } from "../domain/time.ts";
import type { Around } from "./around.ts";
import { deedCauses, factWays } from "./causes.ts";
import { nameOf } from "./frame.ts";
import type { SurveyView } from "./pages/survey.tsx";
import type { LateAnswer } from "./pages/survey-late.tsx";
import { causeNames } from "./pages/survey-words.ts";
import { itemStateNames } from "./pages/words.ts";

type Items = Pick<SurveyView, "items" | "late">;

const valueText = (number: number | null, unit: string | null): string | null =>
  number === null ? null : `${number} ${unit ?? ""}`.trim();

const itemsIn = async (db: Db, { items }: SurveyRecord): Promise<Items> => {
  const asked = await askedItems(db, items);
  const states = await itemStatesOf(db, items);
  const offered = items.flatMap((item) => {
    const state = states.get(item);
    if (state === undefined || !("offered" in state) || state.offered === undefined) return [];
    return [
      {
        item,
        answer: state.offered,
        left: !("left" in state) ? state.is === "surveyed" : state.left === true,
      },
    ];
  });
  const texts = await contentsOf(
    db,
    "answer",
    offered.map(({ answer }) => answer.content.id),
  );
  return {
    items: items.flatMap((id) => {
      const text = asked.get(id)?.text;
      const state = states.get(id);
      return text === undefined || state === undefined ? [] : [{ id, text, state: itemStateNames[state.is] }];
    }),
    late: offered.map(({ item, answer, left }): LateAnswer => {
      const body = texts.get(answer.content.id)?.body;
      return {
        item,
        hash: answer.content.hash,
        asked: asked.get(item)?.text ?? item,
        says: answer.says,
        value: body === undefined ? null : valueText(body.number, body.unit),
        text: body?.text ?? "",
        left,
      };
    }),
  };
};

const protocolOf = (
  { protocol, steps, dueOn, end }: SurveyRecord,
  organisationName: (id: string) => string,
  causeAt: (at: Instant) => string | null,
): SurveyView["protocol"] => {
  if (protocol === null) return null;
  const current = end === null ? protocol.steps.find(({ done }) => done === null)?.key : undefined;
  return {
    label: protocol.label,
    steps: protocol.steps.map(({ key, label, by, records, needs, done }) => ({
      key,
      label,
      by,
      records,
      needsSources: needs === "sources",
      waitsForReplies: needs === "replies",
      dueOn: key === current ? dueOn : null,
      done: done === null ? null : { at: done.at, written: steps[key] ?? null, caused: causeAt(done.at) },
    })),
    asked: protocol.asked.map(({ request, organisation, settled }) => ({
      request,
      organisation: organisationName(organisation),
      settled,
    })),
  };
};

const resultOf = ({ result }: SurveyRecord, { surveyGrades = [] }: Plan): SurveyView["result"] => {
  if (result === null) return null;
  const grade = surveyGrades.find(({ key }) => key === result.grade);
  return {
    text: result.text,
    limits: result.limits,
    value: result.value === undefined ? null : valueText(result.value.number, result.value.unit),
    grade: grade === undefined ? (result.grade ?? null) : `${grade.label}（${grade.meaning}）`,
    references: result.references ?? [],
  };
};

const stepsText = (steps: readonly { readonly label: string }[]): string =>
  steps.map(({ label }) => label).join(" → ");

/** What a survey's screen shows to whoever reads it, with the choices its forms offer. */
export const surveyViewOf = async (db: Db, survey: SurveyRecord, around: Around): Promise<SurveyView> => {
  const { plan, now, frame, forms, may } = around;
  const named = (id: string): string => {
    const organisation = plan.organisations.find((one) => one.id === id)?.id;
    return organisation === undefined ? id : nameOf(plan, organisation, now);
  };
  const causeOf = await deedCauses(db, around);
  const ways = await factWays(db, "survey", { cycle: survey.cycle, reader: around.reader });
  const mayManage = may("survey.stop");
  const others = mayManage ? await surveysOf(db, { cycle: survey.cycle }) : [];
  const { surveyMethods = [], surveyGrades = [] } = plan;
  const reachable = new Set(
    plan.people
      .filter(({ contact, reachable: can }) => can && contact.includes("window"))
      .map(({ organisation }) => organisation),
  );
  return {
    frame,
    forms,
    now,
    id: survey.id,
    cycle: survey.cycle,
    request: survey.request,
    organisation: named(survey.organisation),
    cause: survey.cause,
    why: reasonLabel(plan.unmeasurableReasons, survey.why),
    justification: survey.justification,
    openedAt: survey.openedAt,
    caused: {
      opened: ways.began(survey.id),
      state: ways.state(survey.id),
      due: ways.dated(survey.id),
    },
    dueOn: survey.dueOn,
    responsible: survey.isSecretariats ? "secretariat" : "organisation",
    scoped: survey.scope,
    ...(await itemsIn(db, survey)),
    method: survey.method?.text ?? null,
    resultOn: survey.protocol?.resultOn ?? survey.dueOn,
    protocol: protocolOf(survey, named, (at) =>
      causeOf(["survey.step"], { at, object: `survey ${survey.id}` }),
    ),
    end: survey.end,
    result: resultOf(survey, plan),
    methods: surveyMethods.map(({ key, label, steps }) => ({
      value: key,
      name: label,
      note: stepsText(steps),
    })),
    respondents: plan.organisations
      .filter(({ id }) => reachable.has(id))
      .map(({ id }) => ({ value: id, name: named(id) })),
    grades: surveyGrades.map(({ key, label, meaning }) => ({ value: key, name: `${label}　${meaning}` })),
    others: others
      .filter(({ id, end }) => id !== survey.id && end === null)
      .map(({ id, organisation, cause, items }) => ({
        value: id,
        name: `${named(organisation)}　${causeNames[cause]}　${items.length}件（${id}）`,
      })),
    mayWork: survey.end === null && may("survey.plan"),
    mayManage,
  };
};
