import { describe, expect, it } from "vitest";
import { actNames, type ActingRole } from "../../domain/acts.ts";
import { organisationId, personId } from "../../domain/ids.ts";
import {
  actions,
  embargoesSeenBy,
  judge,
  scopeOf,
  type Action,
  type Situation,
} from "../../domain/policy.ts";

const roles: readonly ActingRole[] = [
  "preparer",
  "approver",
  "recorder",
  "contact",
  "machine",
  "auditor",
  "admin",
];
const situations: readonly Situation[] = [
  "open",
  "own",
  "other",
  "embargoed",
  "contributed",
  "approved",
  "closed",
];

const whoMay = (action: Action, situation: Situation = "open"): readonly ActingRole[] =>
  roles.filter((role) => judge(role, action, situation) === "allowed");
const isAct = (action: Action): boolean => action.includes(".");
const actsOf = (role: ActingRole): readonly Action[] =>
  actions.filter((action) => isAct(action) && judge(role, action, "own") === "allowed");

describe("the authorisation table", () => {
  it("has a line for every act, and for each somebody who may do it", () => {
    expect(actions).toEqual(expect.arrayContaining([...actNames, "plan.store", "token.create"]));
    expect(actions.filter((action) => whoMay(action, "own").length === 0)).toEqual([]);
  });

  it("lets nobody prepare and approve in one post", () => {
    for (const action of actions.filter((name) => /\.(approve|return)/.test(name)))
      if (action !== "request.return") expect([action, ...whoMay(action)]).toEqual([action, "approver"]);
    for (const action of actions.filter((name) => /\.(edit|compile|evaluate|submit-policy)$/.test(name)))
      expect([action, ...whoMay(action)]).toEqual([action, "preparer"]);
  });

  it("leaves decisions to who records them, and nothing else to him", () => {
    expect(whoMay("cycle.decide-policy")).toEqual(["recorder"]);
    expect(whoMay("report.decide")).toEqual(["recorder"]);
    expect(actsOf("recorder").filter((name) => !/^(token|session)\./.test(name))).toEqual([
      "decision.correct",
      "cycle.decide-policy",
      "report.decide",
    ]);
  });

  it("lets the auditor read everything of everybody and do nothing but see to his own sessions and tokens", () => {
    const seesTo: readonly Action[] = ["session.revoke", "token.create", "token.revoke"];
    expect(actsOf("auditor").toSorted()).toEqual(seesTo);
    for (const action of actions.filter((name) => !seesTo.includes(name)))
      for (const situation of situations)
        expect([action, judge("auditor", action, situation)]).toEqual([
          action,
          isAct(action) ? "forbidden" : "allowed",
        ]);
  });

  it("shows the admin no content", () => {
    for (const view of ["request", "survey", "evaluations", "report", "version", "mail", "audit"] as const)
      expect([view, judge("admin", view, "open")]).toEqual([view, "forbidden"]);
    expect(actsOf("admin")).toEqual([
      "plan.store",
      "token.create",
      "token.revoke",
      "session.revoke",
      "post.ask",
      "post.confirm",
      "post.refuse",
      "post.revoke",
    ]);
  });

  it("gives a ministry what is its own, and hides that there is anything else", () => {
    for (const view of ["request", "survey", "mail"] as const) {
      expect(judge("contact", view, "own")).toBe("allowed");
      expect(judge("contact", view, "other")).toBe("hidden");
    }
    expect(actsOf("contact")).toEqual([
      "token.create",
      "token.revoke",
      "session.revoke",
      "draft.keep",
      "request.submit",
      "request.allocate",
      "request.prepare",
      "request.sign-off",
      "request.send-back",
      "file.store",
      "file.take-back",
      "request.ask-extension",
      "survey.plan",
      "survey.step",
      "survey.conclude",
    ]);
  });

  it("says no openly to an act on one's own request, and hides it on another's", () => {
    expect(judge("contact", "request.accept", "own")).toBe("forbidden");
    expect(judge("contact", "request.accept", "other")).toBe("hidden");
    expect(judge("contact", "cycle.evaluate", "open")).toBe("forbidden");
  });

  it("hides a draft of the report from who was not asked about it", () => {
    expect(judge("contact", "version", "own")).toBe("allowed");
    expect(judge("contact", "version", "open")).toBe("allowed");
    expect(judge("contact", "version", "embargoed")).toBe("hidden");
    expect(judge("preparer", "version", "embargoed")).toBe("allowed");
  });

  it("lets a machine answer for its organisation and decide nothing", () => {
    expect(actsOf("machine")).toEqual(["request.submit", "request.prepare", "file.store", "file.take-back"]);
  });

  it("lets an auditor's token read and take away, and nothing else", () => {
    for (const action of actions)
      expect([action, judge("auditor", action, "own", "token")]).toEqual([
        action,
        isAct(action) ? "forbidden" : "allowed",
      ]);
  });

  it("leaves no approval, decision or grant to a token, whoever holds it", () => {
    const judging =
      /\.(approve|return-|decide|grant|confirm|ask$)|^report\.return$|^decision\.|^post\.|^token\.create$/;
    const ofPeople = actions.filter((action) => judging.test(action));
    expect(ofPeople.length).toBeGreaterThan(14);
    for (const role of roles)
      for (const action of ofPeople)
        for (const situation of situations)
          expect(judge(role, action, situation, "token")).not.toBe("allowed");
  });

  it("lets nobody judge what he had a hand in, or move what is approved, or do anything to what has ended", () => {
    for (const action of ["cycle.approve-policy", "report.approve", "report.return"] as const)
      expect(judge("approver", action, "contributed")).toBe("barred");
    for (const action of ["report.edit", "report.compile", "report.submit"] as const)
      expect([judge("preparer", action, "approved"), judge("preparer", action, "open")]).toEqual([
        "barred",
        "allowed",
      ]);
    expect(judge("recorder", "report.decide", "approved")).toBe("allowed");
    for (const action of actNames)
      for (const role of roles) expect(judge(role, action, "closed")).not.toBe("allowed");
    expect(judge("contact", "request", "closed")).toBe("allowed");
    expect(judge("recorder", "decision.correct", "closed")).toBe("allowed");
  });

  it("keeps a person's acts to himself and the auditor", () => {
    expect(whoMay("act", "other")).toEqual(["auditor"]);
    expect(judge("preparer", "act", "other")).toBe("hidden");
  });
});

describe("the scope of a list", () => {
  const actor = (role: ActingRole) => ({
    person: personId("somebody"),
    role,
    organisation: organisationId("meti"),
  });

  it.each([
    ["preparer", "requests", "everything"],
    ["contact", "requests", { organisation: "meti" }],
    ["machine", "surveys", { organisation: "meti" }],
    ["recorder", "requests", "nothing"],
    ["auditor", "mails", "everything"],
    ["admin", "mails", "nothing"],
  ] as const)("%s of %s: %j", (role, view, scope) => {
    expect(scopeOf(actor(role), view)).toEqual(scope);
  });
});

describe("an answer that is not out yet", () => {
  const actor = (role: ActingRole) => ({
    person: personId("somebody"),
    role,
    organisation: organisationId("meti"),
  });

  it.each([
    ["preparer", "all"],
    ["approver", "all"],
    ["auditor", "all"],
    ["contact", "meti"],
    ["machine", "meti"],
    ["recorder", "meti"],
    ["admin", "meti"],
  ] as const)("%s knows of: %s", (role, whose) => {
    expect(embargoesSeenBy(actor(role))).toBe(whose);
  });

  it("nobody knows of who has not said who he is", () => {
    expect(embargoesSeenBy(null)).toBeNull();
  });

  it("is hidden from another organisation, file and all", () => {
    for (const view of ["request", "file"] as const)
      expect([judge("contact", view, "embargoed"), judge("auditor", view, "embargoed")]).toEqual([
        "hidden",
        "allowed",
      ]);
  });
});
