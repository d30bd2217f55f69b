import { describe, expect, it } from "vitest";
import { z } from "zod";
import { organisationId } from "../../domain/ids.ts";
import { instant } from "../../domain/time.ts";
import { withAttached } from "../../rehearsals/attaching.ts";
import type { Client } from "../../rehearsals/client.ts";
import type { Intention } from "../../rehearsals/intention.ts";
import { intentionsOf } from "../../rehearsals/people/everyone.ts";
import { rehearsedPlan } from "../../rehearsals/rehearsed-plan.ts";
import type { Cast } from "../../rehearsals/view.ts";
import type { ItemReply, RequestReply } from "../../rehearsals/wire.ts";
import { castWith, dataRequest, HASH, owed, remembered, submitted, viewAt } from "../support/scene.ts";

/** Ways of answering that take more than one step, or more than a text. */

const rehearsing = async (meti: string): Promise<Cast> => {
  const cast = await castWith(meti);
  return { ...cast, plan: rehearsedPlan(cast.plan, cast.script) };
};
const asking = (states: readonly ItemReply["state"][], data: readonly string[] = []): RequestReply => {
  const request = dataRequest(states);
  return { ...request, items: request.items.map((item, n) => ({ ...item, datum: data[n] ?? item.datum })) };
};
const intended = (cast: Cast, request: RequestReply, acts: Record<string, string> = {}) =>
  intentionsOf(
    viewAt("collection", "2015-04-08T12:00:00+09:00", { requests: [request], memory: remembered(acts) }),
    cast,
  );
const of = (intentions: readonly Intention[], key: string): Intention => {
  const found = intentions.find((one) => one.key === key);
  if (found === undefined) throw new Error(`no ${key} among ${intentions.map((one) => one.key).join(", ")}`);
  return found;
};
const answersIn = ({ body }: Intention) =>
  z.object({ answers: z.array(z.looseObject({ item: z.string(), says: z.string() })) }).parse(body).answers;
const says = (intention: Intention): readonly string[] => answersIn(intention).map((one) => one.says);

const DUE = "2015-04-17T17:00:00+09:00";
const CLOSE = "2015-05-01T17:00:00+09:00";
const provisional: ItemReply["state"] = { ...submitted, is: "provisional" };

describe("who has only a provisional value", () => {
  it("says so for some, and gives the final one after it has been dunned", async () => {
    const cast = await rehearsing("provisional");
    const first = of(intended(cast, asking([owed, owed, owed, owed, owed])), "data-meti answer 1");
    expect(new Set(says(first))).toEqual(new Set(["provisional", "value"]));
    const final = of(
      intended(cast, asking([provisional]), { "data-meti answer 1": "2015-04-08T11:00:00+09:00" }),
      "data-meti answer 2",
    );
    expect(says(final)).toEqual(["value"]);
    expect(final.at > DUE && final.at < CLOSE).toBe(true);
  });

  it("is taken at it where nothing more has come by the close", async () => {
    const left = intended(await rehearsing("provisional-left"), asking([provisional]));
    expect(left).toMatchObject([
      {
        key: "data-meti accept as final 1",
        role: "preparer",
        body: { items: [{ hash: HASH }], asFinal: true },
      },
    ]);
    expect(left[0]?.at).toBe("2015-05-07T15:00:00+09:00");
  });
});

describe("whose answer fails a check", () => {
  it("hands it in as it is, and then in the unit that is wanted", async () => {
    const cast = await rehearsing("mended");
    const first = of(intended(cast, asking([owed, owed], ["1-3-0-to-1", "1-1-1-a-1"])), "data-meti answer 1");
    expect(answersIn(first)).toMatchObject([{ unit: "部局", asIs: true }, { unit: "件" }]);
    const failing: ItemReply["state"] = { ...submitted, is: "failing" };
    const again = of(intended(cast, asking([failing], ["1-3-0-to-1"])), "data-meti answer 1");
    expect(answersIn(again)).toMatchObject([{ unit: "回" }]);
    expect(answersIn(again)[0]).not.toHaveProperty("asIs");
    expect(again.at > DUE && again.at < CLOSE).toBe(true);
  });

  it("explains what is unusual; everybody else stays within what is usual", async () => {
    const asked = asking([owed], ["1-4-0-ma-1"]);
    const explaining = await rehearsing("explaining");
    const [unusual] = answersIn(of(intended(explaining, asked), "data-meti answer 1"));
    expect(unusual).toMatchObject({ explanation: explaining.script.answers.explanation });
    expect(Number(unusual?.["number"])).toBeGreaterThan(100);
    for (const organisation of ["meti", "mic", "caa", "mof"]) {
      const of100 = { ...asked, organisation: organisationId(organisation) };
      const [usual] = answersIn(of(intended(await rehearsing("prompt"), of100), "data-meti answer 1"));
      if (usual?.["explanation"] === undefined) expect(Number(usual?.["number"] ?? 1)).toBeLessThan(101);
    }
  });
});

describe("who says that something is another's affair", () => {
  const data = ["datum-1", "datum-2", "datum-3", "datum-4", "datum-5", "datum-6"];

  it("names an organisation that answers, and is asked nothing of it yet", async () => {
    const cast = await rehearsing("disclaiming");
    const first = of(intended(cast, asking(data.map(() => owed))), "data-meti answer 1");
    const owners = answersIn(first).flatMap((one) => (one.says === "not-applicable" ? [one["owner"]] : []));
    expect(owners.length).toBeGreaterThan(0);
    for (const owner of owners)
      expect(cast.behaviours.get(organisationId(String(owner)))?.key).toBe("prompt");
  });

  const disclaimed = (): RequestReply => {
    const request = asking(data.map(() => submitted));
    const owner = organisationId("mlit");
    const answers = [{ says: "not-applicable", written: { text: "所管外", owner } }];
    return { ...request, items: request.items.map((item) => ({ ...item, answers })) };
  };

  it("is followed in most, and asked once more for at least one", async () => {
    const cast = await rehearsing("disclaiming");
    const desk = intended(cast, disclaimed());
    const items = z.object({ items: z.array(z.looseObject({ item: z.string() })) });
    const handed = of(desk, "data-meti reassign mlit 1");
    const insisted = of(desk, "data-meti return 1");
    expect(handed).toMatchObject({ path: "/requests/2014-r1-data-meti/reassignment", body: { to: "mlit" } });
    const [given, back] = [items.parse(handed.body).items, items.parse(insisted.body).items];
    expect(given.length).toBeGreaterThan(0);
    expect(back.length).toBeGreaterThan(0);
    expect([...given, ...back].map(({ item }) => item).toSorted()).toEqual(
      disclaimed().items.map(({ id }) => id),
    );
    for (const one of back)
      expect(one).toMatchObject({ reason: cast.script.secretariat.disclaimed.insistReason });
    expect(desk.map(({ key }) => key)).not.toContain("data-meti accept 1");
  });

  it("answers what is insisted on", async () => {
    const returned: ItemReply["state"] = { ...submitted, is: "returned" };
    const acts = { "data-meti return 1": "2015-04-08T15:00:00+09:00" };
    const again = of(
      intended(await rehearsing("disclaiming"), asking([returned]), acts),
      "data-meti answer 1",
    );
    expect(says(again)).toEqual(["value"]);
  });

  it("is agreed with where it names nobody", async () => {
    const request = asking([submitted]);
    const answers = [{ says: "not-applicable", written: { text: "所管外" } }];
    const silent = { ...request, items: request.items.map((item) => ({ ...item, answers })) };
    expect(intended(await rehearsing("prompt"), silent).map(({ key }) => key)).toEqual([
      "data-meti accept 1",
    ]);
  });
});

describe("who attaches files", () => {
  it("names them with the data some of them are for", async () => {
    const { attached } = of(
      intended(await rehearsing("attaching"), asking([owed, owed, owed, owed, owed, owed])),
      "data-meti answer 1",
    );
    expect(attached?.path).toBe("/requests/2014-r1-data-meti/files");
    expect(attached?.files.length).toBeGreaterThan(0);
    expect(attached?.files.length).toBeLessThan(6);
  });

  it("sends a chapter as text and files", async () => {
    const chapter = asking([{ ...owed, until: instant("2015-05-29T17:00:00+09:00") }], ["common-standards"]);
    const request: RequestReply = { ...chapter, id: "2014-r1-chapter-meti", kind: "chapter" };
    const intention = of(intended(await rehearsing("silent"), request), "chapter-meti answer 1");
    expect(intention.attached?.files.map(({ confidentiality }) => confidentiality)).toEqual([1, 2]);
    expect(says(intention)).toEqual(["value"]);
  });

  it("stores each before the answer, which then names it", async () => {
    const posted: { path: string; body: object; idempotencyKey: string }[] = [];
    const client: Pick<Client, "post"> = {
      post: (_, posting, schema) => {
        posted.push(posting);
        return Promise.resolve(schema.parse({ file: `f${posted.length}`, sha256: HASH }));
      },
    };
    const [plain] = intended(await rehearsing("prompt"), asking([owed, owed]));
    if (plain === undefined) throw new Error("nobody answers");
    const [one, other] = answersIn(plain);
    const files = ["甲.csv", "乙.csv"].map((name) => {
      return { item: one?.item ?? "", name, confidentiality: 1 as const, text: "区分,件数\n" };
    });
    const intention = { ...plain, attached: { path: "/requests/x/files", files } };
    const body = await withAttached(client, intention, (key) => `k ${key}`);
    expect(posted.map(({ path }) => path)).toEqual(["/requests/x/files", "/requests/x/files"]);
    expect(new Set(posted.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
    expect(body).toMatchObject({ answers: [{ files: [{ file: "f1" }, { file: "f2" }] }, other] });
    expect(await withAttached(client, plain, String)).toBe(plain.body);
  });
});
