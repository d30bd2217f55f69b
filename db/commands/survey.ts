import type { ContentRef } from "../../domain/acts.ts";
import type { OrganisationId } from "../../domain/ids.ts";
import type { SurveyEnd, SurveyOpening } from "../../domain/request.ts";
import { responsible, type SurveyProtocol } from "../../domain/survey.ts";
import type { PlainDate } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { surveys } from "../schema/survey.ts";
import type { Made } from "./records.ts";

export interface SurveyRow {
  readonly survey: string;
  readonly request: string;
  readonly organisation: OrganisationId;
  readonly opening: SurveyOpening;
  readonly justification: string;
  readonly dueOn: PlainDate;
  readonly method: ContentRef | null;
  readonly protocol: SurveyProtocol | null;
  readonly scope: ContentRef | null;
  readonly end: (SurveyEnd & { readonly content: ContentRef | null }) | null;
}

/** Why it was opened never changes; what it stands for and what has become of it since does. */
export const putSurvey = async (tx: Tx, { cycle, now }: Made, row: SurveyRow): Promise<void> => {
  const { survey, request, organisation, opening, justification, dueOn, method, protocol, scope, end } = row;
  const { cause, why, items } = opening;
  const moved = {
    items: [...items],
    dueOn,
    isSecretariats: responsible(row) === "secretariat",
    method: method?.id ?? null,
    protocol,
    scope: scope?.id ?? null,
    end: end === null ? null : endOf(end),
    result: end?.content?.id ?? null,
    endedAt: end === null ? null : now,
  };
  await tx
    .insert(surveys)
    .values({ id: survey, cycle, request, organisation, cause, why, justification, openedAt: now, ...moved })
    .onConflictDoUpdate({ target: surveys.id, set: moved });
};

const endOf = (end: SurveyEnd): SurveyEnd => {
  switch (end.is) {
    case "found":
      return { is: end.is };
    case "impossible":
    case "stopped":
      return { is: end.is, reason: end.reason };
    case "merged":
      return { is: end.is, into: end.into, reason: end.reason };
  }
};
