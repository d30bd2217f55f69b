import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startIdentity, type Identity } from "../../dev/identity.ts";
import { openBrowser } from "../support/cookie-jar.ts";
import { fy2014 } from "../support/scene.ts";

const CLIENT = { id: "nenrin", secret: "only-in-this-test" };
const WEB = "http://127.0.0.1:8080";
const browser = openBrowser();
let identity: Identity;
beforeAll(async () => {
  const client = { ...CLIENT, redirectUri: `${WEB}/sign-in/callback` };
  identity = await startIdentity({ plan: await fy2014(), port: 0, client, environment: {} });
});
afterAll(() => identity.stop());

describe("the identity provider for development", () => {
  it.each(["NODE_ENV", "NENRIN_MODE"])("does not start with %s=production", async (name) => {
    const plan = await fy2014();
    const client = { ...CLIENT, redirectUri: `${WEB}/sign-in/callback` };
    await expect(
      startIdentity({ plan, port: 0, client, environment: { [name]: "production" } }),
    ).rejects.toThrow(`${name}=production`);
  });

  it.each(["https://nenrin.example", "http://192.0.2.7:8080", "http://0.0.0.0:8080"])(
    "does not start for a service at %s",
    async (address) => {
      const client = { ...CLIENT, redirectUri: `${address}/sign-in/callback` };
      const starting = startIdentity({ plan: await fy2014(), port: 0, client, environment: {} });
      await expect(starting).rejects.toThrow(new URL(address).hostname);
    },
  );

  it("gives no code without a proof key, and none to another address", async () => {
    const ask = new URL(`${identity.issuer}/auth`);
    const asked = { client_id: CLIENT.id, response_type: "code", scope: "openid" };
    ask.search = new URLSearchParams({ ...asked, redirect_uri: `${WEB}/sign-in/callback` }).toString();
    expect((await browser.get(ask.href)).headers.get("location")).toContain("error=invalid_request");
    ask.search = new URLSearchParams({ ...asked, redirect_uri: "http://evil.example/" }).toString();
    expect((await browser.get(ask.href)).status).toBe(400);
  });
});
