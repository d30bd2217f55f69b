import type { Instant } from "../../domain/time.ts";
import { lastDone, latest, nextKey, timesDone, type Intention } from "../intention.ts";
import { enteredAt, withoutCycle, type Cast, type View } from "../view.ts";
import { decisionAt, outcomeOf } from "./meeting.ts";

type Report = NonNullable<View["report"]>;
interface Desk {
  readonly view: View;
  readonly cast: Cast;
  readonly report: Report;
  readonly base: string;
}

/** 年次報告: compiled, edited, consulted on, disposed of, approved step by step, decided, published. */
export const reportIntentions = (view: View, cast: Cast): readonly Intention[] => {
  const { report } = view;
  if (report === null) return [];
  const desk: Desk = { view, cast, report, base: `/cycles/${view.cycle.cycle}/report` };
  switch (report.stage) {
    case "drafting":
      return report.round === 0 ? firstDraft(desk) : reviseAfterReturn(desk);
    case "consultation":
      return afterConsultation(desk);
    case "approval":
      return approve(desk);
    case "decision":
      return [decide(desk)];
    case "publication":
      return [publish(desk)];
    case "published":
      return [];
  }
};

interface Step {
  readonly at: Instant;
  readonly what: string;
  readonly path: string;
  readonly body: object;
}
const preparing = ({ view, cast, base }: Desk, { at, what, path, body }: Step): Intention => ({
  at,
  person: cast.preparers[0],
  role: "preparer",
  key: nextKey(view.memory, what),
  path: `${base}${path}`,
  body,
});

/** The overview is what a person writes; everything else comes from the record. */
const edit = (desk: Desk, { at, text, what }: { at: Instant; text: string; what: string }): Intention => {
  const [overview] = desk.report.sections;
  return preparing(desk, {
    at,
    what,
    path: "/edits",
    body: { section: overview?.key ?? "overview", text, againstSource: overview?.fingerprint ?? "" },
  });
};

interface Writing {
  /** Parts this time from the others, e.g. `report 1`. */
  readonly name: string;
  readonly at: Instant;
  readonly text: string;
  /** What the version is written for. */
  readonly goal: "consult" | "submit";
}

/** Edit what has been compiled, compile again, pass the version on. */
const write = (desk: Desk, { name, at, text, goal }: Writing): Intention => {
  const { memory } = desk.view;
  if (timesDone(memory, `${name} edit`) === 0) return edit(desk, { at, text, what: `${name} edit` });
  if (timesDone(memory, `${name} compile`) === 0)
    return preparing(desk, { at, what: `${name} compile`, path: "/versions", body: {} });
  return preparing(desk, {
    at,
    what: `report ${goal}`,
    path: goal === "consult" ? "/consultation" : "/submission",
    body: { hash: desk.report.versions.at(-1)?.hash },
  });
};

const firstDraft = (desk: Desk): readonly Intention[] => {
  const { view, cast } = desk;
  const { compiledAfterDays, edit: text } = cast.script.secretariat.report;
  const begun = enteredAt(view, "drafting");
  const at = cast.secretariat.after(begun, compiledAfterDays);
  return desk.report.versions.length === 0
    ? [preparing(desk, { at, what: "draft compile first", path: "/versions", body: {} })]
    : [write(desk, { name: "draft", at, text, goal: "consult" })];
};

/** When the last ministry answered or the time for it ran out; undefined while somebody may still answer. */
const answeredAt = ({ view, report }: Desk): Instant | undefined => {
  const asked = view.requests.filter(({ kind, round }) => kind === "consultation" && round === report.round);
  if (asked.length === 0 || asked.some(({ is }) => is === "open")) return undefined;
  return latest(
    ...asked.map(
      ({ id, closeAt }) => lastDone(view.memory, `${withoutCycle(id, view.cycle.cycle)} opinion`) ?? closeAt,
    ),
  );
};

/** Every comment is disposed of, worked in, and the new version submitted. */
const afterConsultation = (desk: Desk): readonly Intention[] => {
  const { view, cast } = desk;
  const { disposedAfterDays, editAfterConsultation } = cast.script.secretariat.report;
  const answered = answeredAt(desk);
  if (answered === undefined) return [];
  const at = cast.secretariat.after(answered, disposedAfterDays);
  const open = view.comments.filter(({ disposition }) => disposition === null);
  return open.length > 0
    ? open.map((comment) => dispose(desk, at, comment))
    : [write(desk, { name: "revision 1", at, text: editAfterConsultation, goal: "submit" })];
};

/** Of the comments that are taken up, so many are taken up in part. */
const PARTLY = 0.6;

const dispose = (desk: Desk, at: Instant, { id, organisation }: View["comments"][number]): Intention => {
  const { reflectedShare, reflected, notReflected, editAfterConsultation } =
    desk.cast.script.secretariat.report;
  const name = `${organisation} comment ${id.split("/").at(-1)}`;
  const drawn = desk.cast.draw(name);
  const isReflected = drawn < reflectedShare;
  return preparing(desk, {
    at,
    what: name,
    path: "/dispositions",
    body: {
      comments: [id],
      ...(isReflected
        ? {
            disposition: drawn < reflectedShare * PARTLY ? "partly-reflected" : "reflected",
            change: editAfterConsultation,
            reason: reflected,
          }
        : { disposition: "not-reflected", reason: notReflected, nextYear: true }),
    },
  });
};

const reviseAfterReturn = (desk: Desk): readonly Intention[] => {
  const { view, cast } = desk;
  const { revisedAfterDays, editAfterReturn } = cast.script.secretariat.report;
  const returned = latest(lastDone(view.memory, "report return"), lastDone(view.memory, "report decide"));
  return [
    write(desk, {
      name: `revision ${timesDone(view.memory, "report submit") + 1}`,
      at: cast.secretariat.after(returned ?? enteredAt(view, "drafting"), revisedAfterDays),
      text: editAfterReturn,
      goal: "submit",
    }),
  ];
};

/** The steps of the ladder approve one after another, each within the days the script gives him. */
const approve = (desk: Desk): readonly Intention[] => {
  const { view, cast, report, base } = desk;
  const { memory } = view;
  const { afterDays, returnedOnce } = cast.script.approvals.report;
  const round = timesDone(memory, "report submit");
  const passed = timesDone(memory, `report ${round} approve`);
  const step = cast.plan.approvals.report[passed];
  if (step === undefined) return [];
  const returned =
    returnedOnce?.atStep === passed + 1 && timesDone(memory, "report return") === 0 ? returnedOnce : null;
  const before = latest(lastDone(memory, "report submit"), lastDone(memory, `report ${round} approve`));
  const hash = report.versions.at(-1)?.hash;
  return [
    {
      at: cast.secretariat.after(before ?? enteredAt(view, "approval"), afterDays),
      person: step.person,
      role: "approver",
      key: nextKey(memory, returned === null ? `report ${round} approve` : "report return"),
      path: `${base}/${returned === null ? "approval" : "return"}`,
      body: returned === null ? { hash } : { hash, reason: returned.reason },
    },
  ];
};

const decide = ({ view, cast, report, base }: Desk): Intention => {
  const round = timesDone(view.memory, "report submit");
  const at = decisionAt({
    diary: cast.secretariat,
    plannedOn: cast.plan.dates.reportDecisionOn,
    approvedAt: lastDone(view.memory, `report ${round} approve`) ?? enteredAt(view, "decision"),
  });
  const held = timesDone(view.memory, "report decide");
  return {
    at,
    person: cast.recorder,
    role: "recorder",
    key: nextKey(view.memory, "report decide"),
    path: `${base}/decision`,
    body: {
      hash: report.versions.at(-1)?.hash,
      ...outcomeOf({ decision: cast.script.decisions.report, held, at }),
    },
  };
};

const publish = (desk: Desk): Intention => {
  const { view, cast, report } = desk;
  const decided = lastDone(view.memory, "report decide") ?? enteredAt(view, "publication");
  return preparing(desk, {
    at: cast.secretariat.after(decided, cast.script.secretariat.report.publishedAfterDays),
    what: "report publish",
    path: "/publication",
    body: { hash: report.versions.at(-1)?.hash },
  });
};
