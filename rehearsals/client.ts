import { createHash } from "node:crypto";
import { z } from "zod";
import { signIn, type Caller, type SignedIn } from "./signing-in.ts";
import { act, problem } from "./wire.ts";

/** The API has refused, or could not do, what a scripted person asked. */
class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  readonly status: number;
  readonly code: string | undefined;
  constructor(said: {
    readonly message: string;
    readonly status: number;
    readonly code: string | undefined;
  }) {
    super(said.message);
    this.status = said.status;
    this.code = said.code;
  }
}

export interface Posting {
  readonly path: string;
  /** Sent as JSON, unless it is a form. */
  readonly body: object;
  /** The same key is the same act, however often it is sent. */
  readonly idempotencyKey: string;
  readonly revision?: number | undefined;
}

/** The HTTP API as its callers know it. Paths are below `/api/v1`. */
export interface Client {
  /** @throws ApiRefusal for anything but 200 */
  readonly get: <Schema extends z.ZodType>(
    caller: Caller,
    path: string,
    schema: Schema,
  ) => Promise<z.output<Schema>>;
  /** Answers when the act is done. @throws ApiRefusal when it is refused */
  readonly post: <Schema extends z.ZodType>(
    caller: Caller,
    posting: Posting,
    schema: Schema,
  ) => Promise<z.output<Schema>>;
}

const postOf = ({ person, role }: Caller): string => `${person} ${role}`;

/** The same act of the same rehearsal has the same key, whoever runs it again. */
export const idempotencyKey = (seed: number, cycle: string, intention: string): string =>
  createHash("sha256").update(`${seed} ${cycle} ${intention}`).digest("hex");

const ACT_POLL_MS = 200;
const ACT_LIMIT_MS = 120_000;

const refusal = (what: string, status: number, body: unknown): ApiRefusal => {
  const said = problem.safeParse(body);
  const why = said.success ? [said.data.title, said.data.detail].filter(Boolean).join("　") : "";
  const code = said.success ? said.data.code : undefined;
  return new ApiRefusal({ message: `${what}: ${status} ${code ?? ""} ${why}`, status, code });
};

const parsed = <Schema extends z.ZodType>(what: string, schema: Schema, body: unknown): z.output<Schema> => {
  const read = schema.safeParse(body);
  if (!read.success)
    throw new Error(`${what}: the reply is not what it should be: ${z.prettifyError(read.error)}`);
  return read.data;
};

/** What only a person does who has signed in, whatever his token may do (domain/policy.ts). */
const IN_PERSON = /\/(analyses|sign-off|send-back)$/;
const isInPerson = ({ role }: Caller, { path }: Posting): boolean =>
  role === "approver" || role === "recorder" || IN_PERSON.test(path);

/** `api` is the address of `/api/v1`; `tokens` are everybody's, one for each post. */
export const makeClient = ({
  api,
  tokens,
}: {
  readonly api: string;
  readonly tokens: readonly (Caller & { readonly token: string })[];
}): Client => {
  const tokenOf = new Map(tokens.map((one) => [postOf(one), one.token]));
  const headersOf = (caller: Caller): Record<string, string> => {
    const token = tokenOf.get(postOf(caller));
    if (token === undefined) throw new Error(`no token for ${postOf(caller)}: is it another plan's service?`);
    return { authorization: `Bearer ${token}` };
  };
  const signedIn = new Map<string, SignedIn>();
  const sessionOf = async (caller: Caller): Promise<SignedIn> => {
    const session = signedIn.get(postOf(caller)) ?? (await signIn(api, caller));
    signedIn.set(postOf(caller), session);
    return session;
  };
  const asked = async (url: string, caller: Caller) => {
    const reply = await fetch(url, { headers: headersOf(caller) });
    const body: unknown = await reply.json();
    return { status: reply.status, body };
  };
  const settled = async (caller: Caller, location: string): Promise<void> => {
    const deadline = performance.now() + ACT_LIMIT_MS;
    const url = new URL(location, api).href;
    for (;;) {
      const { status, body } = await asked(url, caller);
      const { state } = parsed(location, act, body);
      if (state === "refused") throw refusal(location, status, body);
      if (state === "done") return;
      if (performance.now() > deadline) throw new Error(`${location}: stored, but not done in time`);
      await new Promise((resolve) => setTimeout(resolve, ACT_POLL_MS));
    }
  };
  return {
    get: async (caller, path, schema) => {
      const { status, body } = await asked(`${api}${path}`, caller);
      if (status !== 200) throw refusal(`GET ${path}`, status, body);
      return parsed(`GET ${path}`, schema, body);
    },
    post: async (caller, posting, schema) => {
      const what = `POST ${posting.path} by ${postOf(caller)}`;
      const inPerson = isInPerson(caller, posting);
      const send = async () =>
        fetch(`${api}${posting.path}`, {
          method: "POST",
          headers: {
            ...(inPerson ? await sessionOf(caller) : headersOf(caller)),
            ...(posting.body instanceof FormData ? {} : { "content-type": "application/json" }),
            "idempotency-key": posting.idempotencyKey,
            ...(posting.revision === undefined ? {} : { "if-match": `"r${posting.revision}"` }),
          },
          body: posting.body instanceof FormData ? posting.body : JSON.stringify(posting.body),
        });
      let reply = await send();
      if (inPerson && reply.status === 401) {
        // Half an hour went by: whoever comes back signs in again.
        signedIn.delete(postOf(caller));
        reply = await send();
      }
      if (reply.status === 202) {
        await settled(caller, reply.headers.get("location") ?? "");
        reply = await send();
      }
      const body: unknown = await reply.json();
      if (!reply.ok) throw refusal(what, reply.status, body);
      return parsed(what, schema, body);
    },
  };
};
