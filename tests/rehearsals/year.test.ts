import { describe, expect, it } from "vitest";
import { organisationId, personId, sha256 } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { intentionsOf } from "../../rehearsals/people/everyone.ts";
import type { View } from "../../rehearsals/view.ts";
import { castWith, dataRequest, HASH, owed, remembered, viewAt } from "../support/scene.ts";

const prompt = () => castWith("prompt");
const first = (intentions: ReturnType<typeof intentionsOf>) => intentions[0];
const OTHER = sha256("b".repeat(64));

describe("the policy", () => {
  const steps = (...approvedAt: readonly (string | null)[]) =>
    ["nisc-counsellor", "nisc-deputy-director", "nisc-director"].map((person, n) => {
      const at = approvedAt[n];
      return { person: personId(person), approvedAt: at === null || at === undefined ? null : instant(at) };
    });
  const policyView = (now: string, policy: View["cycle"]["policy"], acts: Record<string, string>) => {
    const view = viewAt("policy", now, { memory: remembered(acts) });
    return { ...view, cycle: { ...view.cycle, policy } };
  };
  const SUBMITTED = { "policy submit 1": "2015-01-16T15:00:00+09:00" };

  it("is submitted, approved by the first and returned once by the second", async () => {
    const cast = await prompt();
    const blank = policyView("2015-01-13T09:00:00+09:00", { hash: null, steps: [] }, {});
    expect(intentionsOf(blank, cast)).toMatchObject([
      { key: "policy submit 1", at: "2015-01-16T15:00:00+09:00", role: "preparer" },
    ]);
    const sent = policyView("2015-01-16T15:00:00+09:00", { hash: HASH, steps: steps() }, SUBMITTED);
    expect(intentionsOf(sent, cast)).toMatchObject([
      { key: "policy approve 1", person: "nisc-counsellor", at: "2015-01-19T15:00:00+09:00" },
    ]);
    const once = { hash: HASH, steps: steps("2015-01-19T15:00:00+09:00") };
    expect(intentionsOf(policyView("2015-01-19T15:00:00+09:00", once, SUBMITTED), cast)).toMatchObject([
      { key: "policy return 1", person: "nisc-deputy-director", body: { hash: HASH, reason: /負担/ } },
    ]);
    const memory = { ...SUBMITTED, "policy return 1": "2015-01-20T15:00:00+09:00" };
    expect(
      intentionsOf(policyView("2015-01-20T15:00:00+09:00", blank.cycle.policy, memory), cast),
    ).toMatchObject([
      { key: "policy submit 2", at: "2015-01-21T15:00:00+09:00", body: { text: /重ねて照会しない/ } },
    ]);
    const again = { ...memory, "policy submit 2": "2015-01-21T15:00:00+09:00" };
    const passed = policyView(
      "2015-01-22T15:00:00+09:00",
      { hash: OTHER, steps: steps("2015-01-22T15:00:00+09:00") },
      again,
    );
    expect(first(intentionsOf(passed, cast))).toMatchObject({ path: "/cycles/2014-r1/policy/approval" });
  });

  it("is decided on the day of the meeting", async () => {
    const all = steps(...Array<string>(3).fill("2015-01-26T15:00:00+09:00"));
    const view = policyView(
      "2015-01-26T15:00:00+09:00",
      { hash: OTHER, steps: all },
      { "policy approve 1": "2015-01-26T15:00:00+09:00" },
    );
    expect(intentionsOf(view, await prompt())).toMatchObject([
      {
        at: "2015-02-10T15:00:00+09:00",
        role: "recorder",
        body: { heldOn: "2015-02-10", outcome: "decided" },
      },
    ]);
  });
});

describe("the evaluations", () => {
  const asked = [
    { kind: "output" as const, key: "1-1-1-ア", name: "" },
    { kind: "outcome" as const, key: "1-1", name: "" },
  ];
  const evaluations = (is: "drafted" | "approved" | "returned") =>
    asked.map(({ kind, key }) => ({ kind, key, is, content: "c", hash: HASH }));
  const evaluationView = (
    more: Partial<NonNullable<View["evaluations"]>>,
    acts: Record<string, string> = {},
  ) =>
    viewAt("evaluation", "2015-06-02T15:00:00+09:00", {
      evaluations: { asked, evaluations: [], analyses: [{ domain: "1-1" }], ...more },
      memory: remembered(acts),
    });

  it("are written by those who prepare, each domain's analysis decided", async () => {
    const intentions = intentionsOf(evaluationView({ analyses: [] }), await prompt());
    expect(intentions.map(({ key, role }) => `${role} ${key}`)).toEqual([
      "preparer analysis 1-1 1",
      "preparer evaluation outcome 1",
      "preparer evaluation output 1",
    ]);
    expect(new Set(intentions.map(({ person }) => person)).size).toBe(2);
  });

  it("are approved by another, the first few returned once", async () => {
    const cast = await castWith("prompt", (script) => ({
      ...script,
      approvals: {
        ...script.approvals,
        evaluations: { afterDays: 1, returnedOnce: { count: 1, reason: "根拠を明らかに" } },
      },
    }));
    const reviews = intentionsOf(evaluationView({ evaluations: evaluations("drafted") }), cast);
    expect(reviews.map(({ key, person }) => `${person} ${key}`)).toEqual([
      "nisc-counsellor evaluation approve 1",
      "nisc-counsellor evaluation return 1",
    ]);
    const after = evaluationView(
      { evaluations: evaluations("drafted") },
      { "evaluation return 1": "2015-06-02T15:00:00+09:00" },
    );
    expect(intentionsOf(after, cast).map(({ key }) => key)).toEqual(["evaluation approve 1"]);
    expect(intentionsOf(evaluationView({ evaluations: evaluations("approved") }), cast)).toEqual([]);
    expect(
      intentionsOf(evaluationView({ evaluations: evaluations("returned") }), cast).map(({ key }) => key),
    ).toEqual(["evaluation outcome 1", "evaluation output 1"]);
  });

  it("say 判断材料不足 where nothing could be had", async () => {
    const none = dataRequest([{ is: "uncollected" }], { is: "settled" });
    const view = { ...evaluationView({}), requests: [none] };
    const written = intentionsOf(view, await prompt()).find(({ key }) => key === "evaluation output 1");
    expect(written?.body).toMatchObject({ entries: [{ key: "1-1-1-ア", rating: "insufficient" }] });
  });
});

describe("the report", () => {
  const sections = [{ key: "overview", fingerprint: "f0", sections: [] }];
  const draft = { stage: "drafting" as const, versions: [], round: 0, sections: [] };
  const DONE = "2015-06-05T15:00:00+09:00";
  const reporting = (report: View["report"], acts: readonly string[] = [], more: Partial<View> = {}) =>
    viewAt("drafting", DONE, {
      report,
      memory: remembered(Object.fromEntries(acts.map((key) => [key, DONE]))),
      ...more,
    });
  const written = { ...draft, versions: [{ number: 1, hash: HASH }], sections };

  it.each([
    ["compiled first", draft, [], "draft compile first 1"],
    ["then edited", written, ["draft compile first 1"], "draft edit 1"],
    ["compiled again", written, ["draft compile first 1", "draft edit 1"], "draft compile 1"],
    [
      "and consulted on",
      written,
      ["draft compile first 1", "draft edit 1", "draft compile 1"],
      "report consult 1",
    ],
    [
      "edited again after a return",
      { ...written, round: 1 },
      ["report submit 1", "report return 1"],
      "revision 2 edit 1",
    ],
  ])("is %s", async (_, report, acts, key) => {
    expect(intentionsOf(reporting(report, acts), await prompt()).map((one) => one.key)).toEqual([key]);
  });

  it("is written against what the editor has read", async () => {
    const [edit] = intentionsOf(reporting(written, ["draft compile first 1"]), await prompt());
    expect(edit?.body).toMatchObject({ section: "overview", againstSource: "f0" });
  });

  const consultation = (organisation: string, is: "owed" | "nil" | "value" | "uncollected") =>
    dataRequest([{ is, ...(is === "owed" ? { until: instant("2015-06-19T17:00:00+09:00") } : {}) }], {
      id: `2014-r1-consultation-${organisation}`,
      kind: "consultation",
      organisation: organisationId(organisation),
      round: 1,
      is: is === "owed" ? "open" : "settled",
      sentAt: instant(DONE),
      dueAt: instant("2015-06-17T17:00:00+09:00"),
      closeAt: instant("2015-06-19T17:00:00+09:00"),
    });

  it("gets comments, 意見なし, or nothing", async () => {
    const view = viewAt("consultation", DONE, {
      requests: ["meti", "mic", "mext"].map((one) => consultation(one, "owed")),
      report: { ...written, stage: "consultation", round: 1 },
    });
    const opinions = intentionsOf(view, await prompt());
    expect(opinions.map(({ key }) => key).toSorted()).toEqual([
      "consultation-meti opinion 1",
      "consultation-mic opinion 1",
    ]);
    expect(opinions.find(({ key }) => key.includes("meti"))?.body).toMatchObject({
      answers: [{ says: "value", opinions: [{ section: /^measure-/ }, {}] }],
    });
    expect(opinions.find(({ key }) => key.includes("mic"))?.body).toMatchObject({
      answers: [{ says: "nil" }],
    });
  });

  it("has every comment disposed of once all have answered, then is submitted anew", async () => {
    const comments = ["1", "2"].map((n) => ({
      id: `0b9c/${n}`,
      organisation: organisationId("meti"),
      disposition: null,
    }));
    const view = viewAt("consultation", "2015-06-19T17:00:00+09:00", {
      requests: [consultation("meti", "value"), consultation("mext", "uncollected")],
      report: { ...written, stage: "consultation", round: 1 },
      comments,
      memory: remembered({ "consultation-meti opinion 1": "2015-06-12T11:00:00+09:00" }),
    });
    const cast = await prompt();
    expect(intentionsOf(view, cast)).toMatchObject([
      { key: "meti comment 1 1", at: "2015-06-22T15:00:00+09:00" },
      { key: "meti comment 2 1", at: "2015-06-22T15:00:00+09:00" },
    ]);
    const disposed = comments.map((one) => ({ ...one, disposition: "reflected" }));
    expect(intentionsOf({ ...view, comments: disposed }, cast)).toMatchObject([
      { key: "revision 1 edit 1", at: "2015-06-22T15:00:00+09:00" },
    ]);
  });

  it.each([
    [["report submit 1"], "report 1 approve 1", "nisc-counsellor"],
    [["report submit 1", "report 1 approve 1"], "report return 1", "nisc-deputy-director"],
    [
      ["report submit 1", "report 1 approve 1", "report return 1", "report submit 2", "report 2 approve 1"],
      "report 2 approve 2",
      "nisc-deputy-director",
    ],
  ])("is approved in order and returned once: %j", async (acts, key, person) => {
    const view = reporting({ ...written, stage: "approval", round: 1 }, acts);
    expect(intentionsOf(view, await prompt())).toMatchObject([{ key, person, role: "approver" }]);
  });

  it.each([
    ["2015-06-23T15:00:00+09:00", "2015-06-25T15:00:00+09:00"],
    ["2015-06-26T15:00:00+09:00", "2015-06-29T15:00:00+09:00"],
  ])("approved at %s, is decided at %s", async (approvedAt, at) => {
    const memory = remembered({ "report submit 1": DONE, "report 1 approve 1": approvedAt });
    const view = reporting({ ...written, stage: "decision", round: 1 }, [], { memory });
    expect(intentionsOf(view, await prompt())).toMatchObject([
      { key: "report decide 1", at, role: "recorder", body: { heldOn: at.slice(0, 10) } },
    ]);
  });

  it("returned by the meeting, is decided at the next", async () => {
    const cast = await castWith("prompt", (script) => ({
      ...script,
      decisions: {
        ...script.decisions,
        report: {
          meeting: "本部",
          outcomes: [{ outcome: "returned", reason: "再検討" }, { outcome: "decided" }],
        },
      },
    }));
    const deciding = { ...written, stage: "decision" as const, round: 1 };
    expect(intentionsOf(reporting(deciding, ["report submit 1"]), cast)[0]?.body).toMatchObject({
      outcome: "returned",
      reason: "再検討",
    });
    expect(
      intentionsOf(reporting(deciding, ["report submit 1", "report decide 1", "report submit 2"]), cast)[0]
        ?.body,
    ).toMatchObject({ outcome: "decided" });
  });
});

describe("the carry-over", () => {
  const ids = Array.from({ length: 20 }, (_, n) => `unmeasured:1-1-1-ア/${n + 1}`);
  const carrying = (into: "next" | null) =>
    viewAt("carry-over", "2015-06-30T15:00:00+09:00", { findings: ids.map((id) => ({ id, into })) });

  it("takes each finding over or drops it with a reason, then writes the plan", async () => {
    const cast = await prompt();
    const acts = intentionsOf(carrying(null), cast);
    expect(acts.map(({ key }) => key)).toEqual(["carry 1", "drop 1"]);
    expect(acts[1]?.body).toMatchObject({ into: "dropped", reason: /対象としない/ });
    for (const id of ids)
      expect(acts.filter(({ body }) => JSON.stringify(body).includes(`"${id}"`))).toHaveLength(1);
    const all = carrying("next");
    expect(intentionsOf(all, cast)).toMatchObject([{ path: "/cycles/2014-r1/next-plan" }]);
    const written = { ...all, cycle: { ...all.cycle, nextPlan: HASH } };
    expect(intentionsOf(written, cast)).toMatchObject([
      { path: "/cycles/2014-r1/next-plan/approval", role: "approver", body: { hash: HASH } },
    ]);
  });
});

it("leaves nothing to do once the year is over", async () => {
  const view = viewAt("carry-over", "2015-07-01T15:00:00+09:00", {
    requests: [dataRequest([owed], { is: "settled" })],
  });
  expect(intentionsOf({ ...view, cycle: { ...view.cycle, stage: "finished" } }, await prompt())).toEqual([]);
});
