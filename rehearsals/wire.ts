import { z } from "zod";
import { cycleKey, indicatorKey, organisationId, personId, sha256 } from "../domain/ids.ts";
import { stages } from "../domain/cycle.ts";
import { instant, plainDate } from "../domain/time.ts";

/** What a rehearsal reads of the API's replies; members it has no use for are left out. */

const hash = z.string().transform(sha256);
export const moment = z.string().transform(instant);
const date = z.string().transform(plainDate);
const organisation = z.string().transform(organisationId);
const person = z.string().transform(personId);
const stage = z.enum(stages);

export const opened = z.object({ cycle: z.string().transform(cycleKey) });
export const stored = z.object({ hash });
export const rest = z.object({ now: moment, wakesAt: moment.nullable() });

export const cycle = z.object({
  cycle: z.string().transform(cycleKey),
  stage,
  now: moment,
  plan: hash,
  nextPlan: hash.nullable(),
  stages: z.array(z.object({ stage, enteredAt: moment })),
  policy: z.object({
    hash: hash.nullable(),
    steps: z.array(z.object({ person, approvedAt: moment.nullable() })),
  }),
});
export type CycleReply = z.output<typeof cycle>;

/** Where an item stands, as far as people look at it. */
const itemState = z.object({
  is: z.enum([
    "owed",
    "submitted",
    "returned",
    "provisional",
    "failing",
    "surveying",
    "value",
    "nil",
    "not-applicable",
    "surveyed",
    "uncollected",
  ]),
  until: moment.optional(),
  answer: z.object({ content: z.object({ hash }) }).optional(),
  offered: z.object({ content: z.object({ hash }) }).optional(),
  left: z.boolean().optional(),
});
const requestSummary = z.object({
  id: z.string(),
  kind: z.enum(["data", "survey", "chapter", "consultation"]),
  organisation,
  is: z.enum(["open", "settled"]),
  chain: z.enum(["signed-off"]).nullable(),
  revision: z.int(),
});
export const request = requestSummary.extend({
  round: z.int(),
  sentAt: moment,
  dueAt: moment,
  closeAt: moment,
  asked: z.object({ dueOn: date }).nullable(),
  paused: z.object({ at: moment }).nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      datum: z.string(),
      indicators: z.array(z.string().transform(indicatorKey)),
      state: itemState,
      /** Newest first. */
      answers: z.array(
        z.object({
          says: z.string(),
          written: z
            .object({
              text: z.string().optional(),
              owner: z.string().transform(organisationId).optional(),
            })
            .nullable(),
        }),
      ),
      /** How far it has come inside its organisation, where answers are signed off there. */
      inside: z
        .object({
          work: z.object({
            is: z.enum(["allocated", "prepared", "sent-back", "signed-off"]),
            dueAt: moment,
            answer: z.object({ content: z.object({ hash }) }).optional(),
          }),
          written: z.object({ text: z.string().optional() }).nullable(),
        })
        .nullable(),
    }),
  ),
});
export type RequestReply = z.output<typeof request>;
export type ItemReply = RequestReply["items"][number];
export const requests = z.object({ requests: z.array(requestSummary), next: z.string().nullable() });

export const survey = z.object({
  id: z.string(),
  organisation,
  cause: z.enum([
    "said-unmeasurable",
    "silence",
    "not-corrected",
    "returned-twice",
    "failed-check",
    "not-comparable",
    "no-owner",
  ]),
  justification: z.string(),
  items: z.array(z.string()),
  openedAt: moment,
  dueOn: date,
  method: z.unknown(),
  protocol: z
    .object({
      method: z.string(),
      steps: z.array(
        z.object({
          key: z.string(),
          by: z.enum(["secretariat", "organisation"]),
          needs: z.enum(["replies", "sources"]).optional(),
          done: z.object({ at: moment }).nullable(),
        }),
      ),
      asked: z.array(z.object({ request: z.string(), organisation, settled: z.boolean() })),
    })
    .nullable(),
  end: z.object({ is: z.enum(["found", "impossible", "stopped", "merged"]) }).nullable(),
  endedAt: moment.nullable(),
});
export type SurveyReply = z.output<typeof survey>;
export const surveys = z.object({ surveys: z.array(survey) });

const evaluationKind = z.enum(["output", "outcome"]);
export const evaluations = z.object({
  asked: z.array(z.object({ kind: evaluationKind, key: z.string(), name: z.string() })),
  evaluations: z.array(
    z.object({
      kind: evaluationKind,
      key: z.string(),
      is: z.enum(["drafted", "approved", "returned"]),
      content: z.string(),
      hash,
    }),
  ),
  analyses: z.array(z.object({ domain: z.string() })),
});
export type EvaluationsReply = z.output<typeof evaluations>;

export const report = z.object({
  stage: z.enum(["drafting", "consultation", "approval", "decision", "publication", "published"]),
  versions: z.array(z.object({ number: z.int(), hash })),
  round: z.int(),
});
export type ReportReply = z.output<typeof report>;

export interface SectionReply {
  readonly key: string;
  readonly fingerprint: string;
  readonly sections: readonly SectionReply[];
}
const section: z.ZodType<SectionReply> = z.lazy(() =>
  z.object({ key: z.string(), fingerprint: z.string(), sections: z.array(section) }),
);
export const version = z.object({ chapters: z.array(section) });
export type VersionReply = z.output<typeof version>;

export const comments = z.object({
  comments: z.array(z.object({ id: z.string(), organisation, disposition: z.string().nullable() })),
});
export type CommentReply = z.output<typeof comments>["comments"][number];
export const findings = z.object({
  findings: z.array(z.object({ id: z.string(), into: z.enum(["next", "dropped"]).nullable() })),
});
export type FindingReply = z.output<typeof findings>["findings"][number];

export const mails = z.object({
  mails: z.array(
    z.object({
      key: hash,
      at: moment,
      person,
      organisation,
      letter: z.string(),
      rung: z.string().nullable(),
      items: z.array(z.string()),
    }),
  ),
  next: z.string().nullable(),
});
export type MailReply = z.output<typeof mails>["mails"][number];
export const audit = z.object({
  events: z.array(
    z.object({
      sequence: z.int(),
      at: moment,
      actor: z.string(),
      role: z.string(),
      action: z.string(),
      object: z.string(),
    }),
  ),
  next: z.string().nullable(),
});
export type AuditReply = z.output<typeof audit>["events"][number];
export const publications = z.object({
  publications: z.array(z.object({ name: z.string(), version: hash })),
});

export const problem = z.object({
  code: z.string().optional(),
  title: z.string(),
  detail: z.string().optional(),
});
export const act = z.object({ state: z.enum(["stored", "done", "refused"]) });
