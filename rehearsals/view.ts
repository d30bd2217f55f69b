import type { Stage } from "../domain/cycle.ts";
import type { OrganisationId, PersonId } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { Instant } from "../domain/time.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Diary } from "./diary.ts";
import type { Draw } from "./draw.ts";
import type { Memory } from "./intention.ts";
import type { OpinionBehaviour, Script } from "./script.ts";
import type {
  CommentReply,
  CycleReply,
  EvaluationsReply,
  FindingReply,
  ReportReply,
  RequestReply,
  SectionReply,
  SurveyReply,
} from "./wire.ts";

/** What the scripted people see when they look, and what they remember of their own acts. */
export interface View {
  readonly cycle: CycleReply;
  readonly now: Instant;
  readonly requests: readonly RequestReply[];
  readonly surveys: readonly SurveyReply[];
  /** Read only in the stage they belong to, else null. */
  readonly evaluations: EvaluationsReply | null;
  readonly report: (ReportReply & { readonly sections: readonly SectionReply[] }) | null;
  readonly comments: readonly CommentReply[];
  readonly findings: readonly FindingReply[];
  readonly memory: Memory;
}

/** When the cycle came to the stage last: for who does not remember what he did there, as another has played on. */
export const enteredAt = ({ cycle, now }: View, stage: Stage): Instant =>
  cycle.stages.findLast((entry) => entry.stage === stage)?.enteredAt ?? now;

/** Who the people are: the plan's, behaving as the script and the seed say. */
export interface Cast {
  readonly plan: Plan;
  readonly script: Script;
  readonly draw: Draw;
  readonly behaviours: ReadonlyMap<OrganisationId, Behaviour>;
  readonly opinions: ReadonlyMap<OrganisationId, OpinionBehaviour>;
  readonly ministries: Diary;
  readonly secretariat: Diary;
  readonly preparers: readonly [PersonId, ...PersonId[]];
  /** Who grants or refuses an extension. */
  readonly approver: PersonId;
  readonly recorder: PersonId;
}

/** An id without its cycle's key: `2014-r3-data-meti` → `data-meti`. */
export const withoutCycle = (id: string, cycle: string): string =>
  id.startsWith(`${cycle}-`) ? id.slice(cycle.length + 1) : id;
