import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Check, Expected, Plan } from "../../domain/plan.ts";
import { startApiYear, type ApiYear } from "../support/api-year.ts";

/** Every kind of answer through the API before real workflows, with checks that are data of the plan. */

const ID = "2014-r1-data-meti";
const base = "/cycles/2014-r1";
const preparer = "nisc-preparer-1 preparer";
const meti = "meti-officer contact";

const table: Expected = {
  is: "table",
  rows: ["a", "b", "all"].map((key) => ({ key, label: key })),
  columns: [{ key: "held", label: "開催" }],
};
const sum: Check = {
  key: "adds-up",
  level: "block",
  checks: "sum",
  along: "rows",
  total: "all",
  of: ["a", "b"],
};
const counted: Check = { key: "not-negative", level: "block", checks: "range", from: 0 };
const many: Check = { key: "many", level: "warn", checks: "range", to: 100 };

/** What the ministry is asked for, in the order of its items: a number, a table, and the rest as ever. */
const asksMuch = (plan: Plan): Plan => {
  const own = plan.data.filter(({ owners }) => owners.some(({ organisation }) => organisation === "meti"));
  const [first, second] = own;
  return {
    ...plan,
    data: plan.data.map((datum) => {
      if (datum === first) return { ...datum, checks: [counted, many] };
      return datum === second ? { ...datum, expects: table, checks: [sum] } : datum;
    }),
  };
};

let api: ApiYear;
let items: readonly string[];
beforeAll(async () => {
  api = await startApiYear(asksMuch);
  await openRequests();
  const asked: readonly { readonly id: string; readonly datum: string }[] = (await shown()).items;
  items = api.plan.data.flatMap(({ key }) => asked.find(({ datum }) => datum === key)?.id ?? []);
}, 600_000);
afterAll(() => api.stop(), 60_000);

const done = async (post: string, path: string, body: object) => {
  const reply = await api.post(post, path, body);
  if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.body}`);
  return reply.json();
};
const openRequests = async (): Promise<void> => {
  const { hash: plan } = await done(preparer, "/plans", api.plan);
  await done(preparer, "/cycles", { plan, rehearsal: true });
  const { hash } = await done(preparer, `${base}/policy`, { title: "実施方針", text: "次のとおり行う。" });
  for (const person of ["nisc-counsellor", "nisc-deputy-director", "nisc-director"])
    await done(`${person} approver`, `${base}/policy/approval`, { hash });
  const held = { outcome: "decided", meeting: "情報セキュリティ政策会議", heldOn: "2015-01-13" };
  await done("nisc-recorder recorder", `${base}/policy/decision`, { ...held, hash });
  await done(preparer, `${base}/advance`, {});
  await done(preparer, `${base}/requests`, {});
};
const shown = async (id = ID) => (await api.get(preparer, `/requests/${id}`)).json();
const itemOf = async (item: string | undefined) =>
  (await shown()).items.find(({ id }: { readonly id: string }) => id === item);
const submit = async (...answers: readonly object[]) => {
  const { revision } = await shown();
  return api.post(meti, `/requests/${ID}/answers`, { answers }, { ifMatch: `"r${revision}"` });
};
const hashOf = async (item: string | undefined): Promise<string> =>
  (await itemOf(item)).state.answer.content.hash;

describe("what the plan checks", () => {
  it("refuses all of it or nothing, and says at which answer why", async () => {
    const [number, cells] = items;
    const reply = await submit(
      { item: number, says: "value", number: -1, text: "" },
      { item: cells, says: "value", table: { a: { held: 1 }, b: { held: 2 }, all: { held: 4 } }, text: "" },
    );
    expect([reply.statusCode, reply.json().code]).toEqual([422, "checks-failed"]);
    expect(reply.json().errors.map(({ pointer }: { readonly pointer: string }) => pointer)).toEqual([
      "/answers/0/number",
      "/answers/1/table",
    ]);
    expect((await itemOf(number)).is).toBe("owed");
    expect((await itemOf(number)).answers).toEqual([]);
  });

  it("wants a warning explained, and keeps the explanation with the answer", async () => {
    const [item] = items;
    const silent = await submit({ item, says: "value", number: 101, text: "" });
    expect([silent.statusCode, silent.json().code]).toEqual([422, "checks-unexplained"]);
    expect(silent.json().errors[0].pointer).toBe("/answers/0/explanation");
    const given = { item, says: "value", number: 101, text: "", explanation: "対象を広げた。" };
    expect((await submit(given)).statusCode).toBe(200);
    expect((await itemOf(item)).answers[0].written).toMatchObject({
      number: 101,
      explained: { checks: ["many"], text: "対象を広げた。" },
    });
    expect((await itemOf(item)).is).toBe("submitted");
  });

  it("keeps what is handed in as it is, and no reviewer can take it", async () => {
    const item = items[1];
    const wrong = { a: { held: 1 }, b: { held: 2 }, all: { held: 4 } };
    expect((await submit({ item, says: "value", table: wrong, text: "", asIs: true })).statusCode).toBe(200);
    expect(await itemOf(item)).toMatchObject({ is: "failing", state: { checks: ["adds-up"] } });
    const reviewed = { items: [{ item, hash: await hashOf(item) }] };
    expect((await api.post(preparer, `/requests/${ID}/acceptance`, reviewed)).json().code).toBe(
      "not-submitted",
    );

    const right = { ...wrong, all: { held: 3 } };
    expect((await submit({ item, says: "value", table: right, text: "" })).statusCode).toBe(200);
    expect((await itemOf(item)).is).toBe("submitted");
  });

  it("lets nobody say two things at once", async () => {
    const item = items[2];
    const codes = [];
    for (const answer of [
      { item, says: "nil", number: 0, text: "" },
      { item, says: "value", text: "" },
      { item, says: "unmeasurable", why: "confidential", text: "" },
      { item, says: "not-applicable", owner: "meti", text: "" },
    ])
      codes.push((await submit(answer)).json().code);
    expect(codes).toEqual(Array.from({ length: 4 }, () => "checks-failed"));
    const forced = await submit({ item, says: "nil", number: 0, text: "", asIs: true });
    expect(forced.json().code).toBe("checks-failed");
  });
});

describe("a provisional value", () => {
  it("is accepted only as final", async () => {
    const item = items[2];
    expect((await submit({ item, says: "provisional", number: 3, text: "" })).statusCode).toBe(200);
    expect((await itemOf(item)).is).toBe("provisional");
    const reviewed = [{ item, hash: await hashOf(item) }];
    const plain = await api.post(preparer, `/requests/${ID}/acceptance`, { items: reviewed });
    expect([plain.statusCode, plain.json().code]).toEqual([409, "provisional"]);
    await done(preparer, `/requests/${ID}/acceptance`, { items: reviewed, asFinal: true });
    expect((await itemOf(item)).is).toBe("value");
  });
});

describe("what was settled", () => {
  it("is opened again, one item and no other", async () => {
    const [first, , third] = items;
    await done(preparer, `/requests/${ID}/acceptance`, {
      items: [{ item: first, hash: await hashOf(first) }],
    });
    await done(preparer, `/requests/${ID}/reopening`, { items: [third], reason: "確報が公表されたため。" });
    expect((await itemOf(third)).state).toMatchObject({ is: "returned", reason: "確報が公表されたため。" });
    expect((await itemOf(first)).is).toBe("value");
  });
});

describe("所管外", () => {
  it("is asked of the other ministry by a request of its own, which runs", async () => {
    const [, , , item] = items;
    expect((await submit({ item, says: "not-applicable", owner: "mod", text: "" })).statusCode).toBe(200);
    const { state } = await itemOf(item);
    expect(state.answer).toMatchObject({ says: "not-applicable", owner: "mod" });
    const reassigned = { items: [{ item, hash: await hashOf(item) }] };
    const to = async (organisation: string) =>
      (await api.post(preparer, `/requests/${ID}/reassignment`, { ...reassigned, to: organisation })).json()
        .code;
    expect(await to("nowhere")).toBe("unknown-owner");
    await done(preparer, `/requests/${ID}/reassignment`, { ...reassigned, to: "mod" });
    expect((await itemOf(item)).is).toBe("not-applicable");

    const opened = "2014-r1-data-mod-from-meti-1";
    const [asked] = (await shown(opened)).items;
    expect(asked).toMatchObject({ is: "owed", text: (await itemOf(item)).text });
    const answers = [{ item: asked.id, says: "nil", text: "" }];
    const sent = await api.post(
      "mod-officer contact",
      `/requests/${opened}/answers`,
      { answers },
      { ifMatch: "r1" },
    );
    expect(sent.statusCode).toBe(200);
  });
});
