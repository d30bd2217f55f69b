import type { ContentRef } from "../../domain/acts.ts";
import type { OrganisationId } from "../../domain/ids.ts";
import type { SurveyEnd, SurveyOpening } from "../../domain/request.ts";
import type { PlainDate } from "../../domain/time.ts";
import type { Tx } from "../client.ts";
import { surveys } from "../schema/survey.ts";
import type { Made } from "./records.ts";

export interface SurveyRow {
  readonly survey: string;
  readonly request: string;
  readonly organisation: OrganisationId;
  readonly opening: SurveyOpening;
  readonly dueOn: PlainDate;
  readonly method: ContentRef | null;
  readonly end: (SurveyEnd & { readonly content: ContentRef | null }) | null;
}

/** Why it was opened never changes; what has become of it since does. */
export const putSurvey = async (tx: Tx, { cycle, now }: Made, row: SurveyRow): Promise<void> => {
  const { survey, request, organisation, opening, dueOn, method, end } = row;
  const moved = {
    dueOn,
    method: method?.id ?? null,
    end: end === null ? null : endOf(end),
    result: end?.content?.id ?? null,
    endedAt: end === null ? null : now,
  };
  const { cause, why, items } = opening;
  await tx
    .insert(surveys)
    .values({
      id: survey,
      cycle,
      request,
      organisation,
      cause,
      why,
      items: [...items],
      openedAt: now,
      ...moved,
    })
    .onConflictDoUpdate({ target: surveys.id, set: moved });
};

const endOf = (end: SurveyEnd): SurveyEnd =>
  end.is === "found" ? { is: end.is } : { is: end.is, reason: end.reason };
