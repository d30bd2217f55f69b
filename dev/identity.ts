import { generateKeyPair, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { Provider, type Configuration } from "oidc-provider";
import type { Plan } from "../domain/plan.ts";
import { memoryAdapter } from "./identity-memory.ts";
import { pickerGroups } from "./identity-people.ts";
import { pickerPage } from "./identity-page.tsx";
import { close, listen } from "./loopback.ts";

/** An OpenID Provider on loopback where whoever asks picks who to be. */
export interface Identity {
  readonly issuer: string;
  readonly stop: () => Promise<void>;
}

export interface IdentityOptions {
  /** Whose people can be picked; their ids are the subjects. */
  readonly plan: Plan;
  readonly port: number;
  readonly client: { readonly id: string; readonly secret: string; readonly redirectUri: string };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/** Who signs in with it proves nothing, so no service that others rely on, or even reach, may have it. */
const refuseForOthers = ({ environment, client }: IdentityOptions): void => {
  const found = ["NODE_ENV", "NENRIN_MODE"].find((name) => environment[name] === "production");
  if (found !== undefined)
    throw new Error(
      `The identity provider for development does not start with ${found}=production: anyone may be anyone there.`,
    );
  const { hostname } = new URL(client.redirectUri);
  if (!LOOPBACK.includes(hostname))
    throw new Error(
      `The identity provider for development does not start for ${hostname}: it is for a service on loopback alone.`,
    );
};

/** The person is asked at every sign-in: whoever tries the year out is many people in turn. */
const forgetWhoItWas = ({ headers }: IncomingMessage): void => {
  const kept = headers.cookie?.split("; ").filter((cookie) => !cookie.startsWith("_session"));
  if (kept !== undefined) headers.cookie = kept.join("; ");
};

const configurationOf = async ({ plan, client }: IdentityOptions): Promise<Configuration> => {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const people = new Map<string, string>(plan.people.map(({ id, name }) => [id, name]));
  return {
    adapter: memoryAdapter(),
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirectUri] }],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { Interaction: 3600, Session: 3600, Grant: 3600, AccessToken: 600, IdToken: 600 },
    renderError: (context, { error, error_description: description }) => {
      context.type = "text/plain";
      context.body = `${error}: ${description ?? ""}`;
    },
    findAccount: (_, id) =>
      people.has(id) ? { accountId: id, claims: () => ({ sub: id, name: people.get(id) }) } : undefined,
    // Nobody has to be asked whether Nenrin may know who he is.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: client.id,
        ...(oidc.session?.accountId === undefined ? {} : { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  };
};

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** GET shows who can be picked, POST takes the choice back to where the sign-in goes on. */
const interact = async (provider: Provider, plan: Plan, { request, response }: Exchange): Promise<void> => {
  await provider.interactionDetails(request, response);
  if (request.method === "POST") {
    const accountId = new URLSearchParams(await text(request)).get("person") ?? "";
    return provider.interactionFinished(request, response, { login: { accountId, remember: false } });
  }
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "cache-control": "no-store",
  });
  response.end(pickerPage(pickerGroups(plan), request.url ?? ""));
};

/** Listens on 127.0.0.1 only. Throws where the environment says that this is production, and for a service that is not on loopback. */
export const startIdentity = async (options: IdentityOptions): Promise<Identity> => {
  refuseForOthers(options);
  const { plan, port } = options;
  const configuration = await configurationOf(options);
  const server = createServer();
  const issuer = `http://127.0.0.1:${await listen(server, port)}`;
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on("request", (request, response) => {
    forgetWhoItWas(request);
    if (!request.url?.startsWith("/interaction/")) return void answer(request, response);
    interact(provider, plan, { request, response }).catch(() =>
      response
        .writeHead(400, { "content-type": "text/plain; charset=utf-8" })
        .end("サインインをやり直してください。"),
    );
  });
  return { issuer, stop: () => close(server) };
};
