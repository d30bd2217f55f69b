import { Signer } from "@fastify/cookie";
import { Client, Connection } from "@temporalio/client";
import { eq } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildApp } from "../../api/app.ts";
import { cookieAttributes, cookieName, makeSessions } from "../../api/plugins/session.ts";
import { homeRoutes } from "../../api/routes/home.ts";
import { signInRoutes } from "../../api/routes/sign-in.ts";
import { closeDb, makeDb, type Db } from "../../db/client.ts";
import { people, sessions as sessionRows } from "../../db/schema/acts.ts";
import { startIdentity, type Identity } from "../../dev/identity.ts";
import { personId } from "../../domain/ids.ts";
import type { Plan } from "../../domain/plan.ts";
import { addSeconds, instant, type Instant } from "../../domain/time.ts";
import { readPlan } from "../../plans/read-plan.ts";
import { openBrowser, type Browser } from "../support/cookie-jar.ts";
import { freePort, startScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

const CLIENT = { id: "nenrin", secret: "only-in-this-test" };
const SESSION_SECRET = "a secret of this test and of nobody else";
const START = instant("2026-11-25T09:00:00+09:00");

let database: ScratchDatabase;
let db: Db;
let identity: Identity;
let app: FastifyInstance;
let web = "";
let now: Instant = START;
let browser: Browser;

const twoPosts = (plan: Plan): Plan => ({
  ...plan,
  people: plan.people.map((person) =>
    person.id === "nisc-window" ? { ...person, staff: ["preparer" as const] } : person,
  ),
});

const fy2014 = async (): Promise<Plan> => {
  const read = await readPlan("plans/fy2014");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return twoPosts(read.plan);
};

beforeAll(async () => {
  const plan = await fy2014();
  database = await startScratchDatabase();
  db = makeDb({ url: database.url, applicationName: "sign-in-test" });
  await db
    .insert(people)
    .values(
      plan.people.map((person) => ({ ...person, contact: [...person.contact], staff: [...person.staff] })),
    );
  const port = await freePort();
  web = `http://127.0.0.1:${port}`;
  identity = await startIdentity({
    plan,
    port: 0,
    client: { ...CLIENT, redirectUri: `${web}/sign-in/callback` },
    environment: {},
  });
  const clock = (): Instant => now;
  const sessions = makeSessions({ db, publicUrl: web, clock });
  const settings = {
    issuer: identity.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    publicUrl: web,
    sessionSecret: SESSION_SECRET,
  };
  app = await buildApp({
    db,
    // Signing in asks nothing of the engine.
    client: new Client({ connection: Connection.lazy({ address: "127.0.0.1:1" }) }),
    taskQueue: "none",
    publicUrl: web,
    clock,
    logger: false,
    sessionOf: sessions.of,
    beside: ({ actorOf, situations, desk: { stepping } }) => {
      const screens = { db, clock, actorOf, situations, openToAll: true };
      return [
        signInRoutes({ db, sessions, settings, clock, actorOf }),
        homeRoutes({ ...screens, stepping, histories: null, mailbox: null }),
      ];
    },
  });
  await app.listen({ port, host: "127.0.0.1" });
}, 60_000);
afterAll(async () => {
  await app.close();
  await identity.stop();
  await closeDb(db);
  await database.stop();
});
beforeEach(() => {
  now = START;
  browser = openBrowser();
});

/** From the provider's page on: who is picked there, and the page it ends on. */
const pick = async (person: string, from = "/sign-in"): Promise<Response> => {
  const picker = await browser.follow(await browser.get(`${web}${from}`));
  expect(await picker.text()).toContain("開発用");
  return browser.follow(await browser.post(picker.url, { person }));
};
/** Whom the API takes the browser for; null for nobody. */
const who = async (): Promise<unknown> => {
  const response = await browser.get(`${web}/api/v1/me`);
  return response.status === 401 ? null : response.json();
};
const session = (): string => browser.cookies.get("nenrin-session") ?? "";

describe("signing in", () => {
  it("makes the picked person the actor, in the one post he has", async () => {
    expect(await who()).toBeNull();
    expect((await pick("nisc-recorder", "/sign-in?to=/api/v1/me")).url).toBe(`${web}/api/v1/me`);
    expect(await who()).toMatchObject({
      person: "nisc-recorder",
      role: "recorder",
      organisation: "nisc",
    });
  });

  it("keeps of the session only a hash, and of the cookie nothing a page could read", async () => {
    await pick("nisc-recorder");
    expect(Buffer.from(session(), "base64url")).toHaveLength(32);
    expect(JSON.stringify(await db.select().from(sessionRows))).not.toContain(session());
    expect(browser.setLines.get("nenrin-session")).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it("begins a session of its own: the one before is over", async () => {
    await pick("nisc-recorder");
    const before = session();
    await pick("nisc-auditor");
    expect(session()).not.toBe(before);
    browser.cookies.set("nenrin-session", before);
    expect(await who()).toBeNull();
  });

  it("asks who has two posts which one it is to be", async () => {
    const choice = await pick("nisc-window", "/sign-in?to=/api/v1/me");
    expect(await choice.text()).toContain("職務の選択");
    expect(await who()).toBeNull();
    const entered = await browser.post(`${web}/sign-in/post`, { post: "contact" });
    expect(entered.headers.get("location")).toBe("/api/v1/me");
    expect(await who()).toMatchObject({ person: "nisc-window", role: "contact" });
  });

  it("gives nobody a post that is not his", async () => {
    await pick("nisc-window");
    expect((await browser.post(`${web}/sign-in/post`, { post: "admin" })).status).toBe(403);
    expect(await who()).toBeNull();
  });

  it("lets no other page pick a post", async () => {
    await pick("nisc-window");
    const forged = { post: "contact", "form-token": "x".repeat(43) };
    expect((await browser.post(`${web}/sign-in/post`, forged)).status).toBe(403);
    expect(await who()).toBeNull();
  });

  it("leads back to no other site", async () => {
    for (const to of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
      const { url } = await pick("nisc-recorder", `/sign-in?to=${encodeURIComponent(to)}`);
      expect(url).toBe(`${web}/`);
    }
  });

  it("is refused for whom the directory does not know", async () => {
    await db.delete(people).where(eq(people.id, personId("nisc-admin-2")));
    expect((await pick("nisc-admin-2")).status).toBe(403);
    expect(await who()).toBeNull();
  });
});

describe("an answer that does not fit the question", () => {
  /** The provider's answer to this browser, not yet delivered. */
  const answer = async (): Promise<URL> => {
    const picker = await browser.follow(await browser.get(`${web}/sign-in`));
    let response = await browser.post(picker.url, { person: "nisc-recorder" });
    for (;;) {
      const location = new URL(response.headers.get("location") ?? "", response.url);
      if (location.href.startsWith(web)) return location;
      response = await browser.get(location.href);
    }
  };

  it.each([
    ["another state", (url: URL) => url.searchParams.set("state", "x".repeat(43))],
    ["another issuer", (url: URL) => url.searchParams.set("iss", "https://evil.example")],
    ["a code nobody gave", (url: URL) => url.searchParams.set("code", "x".repeat(43))],
  ])("%s signs nobody in", async (_, forge) => {
    const url = await answer();
    forge(url);
    expect((await browser.get(url.href)).status).toBe(400);
    expect(session()).toBe("");
  });

  it("is worth nothing in another browser, after ten minutes, or a second time", async () => {
    const url = await answer();
    expect((await openBrowser().get(url.href)).status).toBe(400);
    now = addSeconds(START, 600);
    expect((await browser.get(url.href)).status).toBe(400);
    now = START;
    expect((await browser.get(url.href)).status).toBe(303);
    expect((await browser.get(url.href)).status).toBe(400);
  });

  it("signs nobody in where its token was made for another question", async () => {
    const url = await answer();
    const signer = new Signer(SESSION_SECRET);
    const { value } = signer.unsign(browser.cookies.get("nenrin-sign-in") ?? "");
    const step = JSON.parse(Buffer.from(value ?? "", "base64url").toString());
    const other = Buffer.from(JSON.stringify({ ...step, nonce: "x".repeat(43) })).toString("base64url");
    browser.cookies.set("nenrin-sign-in", signer.sign(other));
    expect((await browser.get(url.href)).status).toBe(400);
    expect(session()).toBe("");
  });

  it("is one whose step the browser wrote itself", async () => {
    const url = await answer();
    const step = browser.cookies.get("nenrin-sign-in") ?? "";
    browser.cookies.set("nenrin-sign-in", `${step.slice(0, -2)}xx`);
    expect((await browser.get(url.href)).status).toBe(400);
  });
});

describe("a session", () => {
  it("ends half an hour after its last use", async () => {
    await pick("nisc-recorder");
    now = addSeconds(now, 1799);
    expect(await who()).toMatchObject({ person: "nisc-recorder" });
    now = addSeconds(now, 1799);
    expect(await who()).toMatchObject({ person: "nisc-recorder" });
    now = addSeconds(now, 1800);
    expect(await who()).toBeNull();
  });

  it("ends half a day after its start, used or not", async () => {
    await pick("nisc-recorder");
    for (let minutes = 20; minutes < 720; minutes += 20) {
      now = addSeconds(START, minutes * 60);
      expect(await who()).toMatchObject({ person: "nisc-recorder" });
    }
    now = addSeconds(START, 43_200);
    expect(await who()).toBeNull();
  });

  it("ends with the sign-out, also for who copied the cookie", async () => {
    await pick("nisc-recorder");
    const copied = session();
    await browser.get(`${web}/`);
    expect((await browser.post(`${web}/sign-out`, {})).headers.get("location")).toBe("/signed-out");
    expect(session()).toBe("");
    browser.cookies.set("nenrin-session", copied);
    expect(await who()).toBeNull();
  });

  it("is not ended by a form of another page", async () => {
    await pick("nisc-recorder");
    const forged = await browser.post(`${web}/sign-out`, { "form-token": "x".repeat(43) });
    expect(forged.status).toBe(403);
    expect(await who()).toMatchObject({ person: "nisc-recorder" });
  });

  it("is another once its person takes up another of his posts, and the one before is over", async () => {
    await pick("nisc-window");
    await browser.post(`${web}/sign-in/post`, { post: "contact" });
    const before = session();
    await browser.get(`${web}/`);
    expect((await browser.post(`${web}/account/post`, { post: "admin" })).status).toBe(403);
    const forged = { post: "preparer", "form-token": "x".repeat(43) };
    expect((await browser.post(`${web}/account/post`, forged)).status).toBe(403);
    expect([session(), await who()]).toEqual([before, expect.objectContaining({ role: "contact" })]);
    await browser.get(`${web}/`);
    const switched = await browser.post(`${web}/account/post`, { post: "preparer" });
    expect([switched.status, switched.headers.get("location")]).toEqual([303, "/"]);
    expect(await who()).toMatchObject({ person: "nisc-window", role: "preparer" });
    expect(session()).not.toBe(before);
    browser.cookies.set("nenrin-session", before);
    expect(await who()).toBeNull();
  });

  it("ends with the post it was for", async () => {
    await pick("nisc-auditor");
    await db
      .update(people)
      .set({ staff: [] })
      .where(eq(people.id, personId("nisc-auditor")));
    expect(await who()).toBeNull();
  });

  it("lives behind a cookie that only this host can set, where the service is reached over https", () => {
    expect(cookieName("https://nenrin.example", "nenrin-session")).toBe("__Host-nenrin-session");
    expect(cookieAttributes("https://nenrin.example")).toMatchObject({ secure: true, path: "/" });
  });
});
