import formbody from "@fastify/formbody";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { signInPersonOf, type SignInPerson } from "../../db/queries/sessions.ts";
import type { ActingRole } from "../../domain/acts.ts";
import { personId } from "../../domain/ids.ts";
import { addSeconds, type Instant } from "../../domain/time.ts";
import { sendPage } from "../html.ts";
import { LOCAL_PATH } from "../local-path.ts";
import { notSignedInPage, postPage, signedOutPage } from "../pages/sign-in.tsx";
import { isOurOwnPage, isSameToken, sentFormToken, type ActorOf } from "../plugins/actor.ts";
import { makeStepCookie } from "../plugins/sign-in-step.ts";
import type { Sessions } from "../plugins/session.ts";
import { newSecret } from "../secrets.ts";
import { makeSignInProvider, type ProviderSettings } from "../sign-in-provider.ts";

export interface SignInDeps {
  readonly db: Db;
  readonly sessions: Sessions;
  readonly actorOf: ActorOf;
  readonly settings: ProviderSettings & { readonly sessionSecret: string };
  /** Wall clock. */
  readonly clock: () => Instant;
}

/** To sign in, or to pick a post. */
const STEP_SECONDS = 600;

const REASONS = {
  late: "サインインの有効時間（10分）が過ぎたか、別の画面でやり直されています。",
  refused: "本人確認の結果を受け取れませんでした。",
  unreachable: "本人確認のシステムにつながりません。しばらくしてからお試しください。",
  foreign: "この画面からは送信できません。サインインからやり直してください。",
  unknown: "この職員は名簿に登録がありません。事務局にお問い合わせください。",
} as const;

const LeavingQuery = z.object({ to: z.string().regex(LOCAL_PATH).catch("/") });
const PostBody = z.object({ post: z.string() });

const notSignedIn = (reply: FastifyReply, status: number, reason: keyof typeof REASONS): FastifyReply =>
  sendPage(reply, notSignedInPage(REASONS[reason]), status);

/** The directory's person of a provider's subject; undefined also for a subject that can be nobody's id. */
const personOf = async (db: Db, subject: string): Promise<SignInPerson | undefined> => {
  const known = z.string().transform(personId).safeParse(subject);
  return known.success ? signInPersonOf(db, known.data) : undefined;
};

/** GET /sign-in → provider → GET /sign-in/callback → session, by way of a choice for who has several posts. */
export const signInRoutes = ({ db, sessions, settings, clock, actorOf }: SignInDeps): FastifyPluginAsync => {
  const provider = makeSignInProvider(settings);
  const step = makeStepCookie({ ...settings, clock });
  const inTime = (): Instant => addSeconds(clock(), STEP_SECONDS);

  const enter = async (
    exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    { person, role, to }: Pick<SignInPerson, "person"> & { readonly role: ActingRole; readonly to: string },
  ): Promise<FastifyReply> => {
    await sessions.begin(exchange, { person, role });
    step.clear(exchange.reply);
    return exchange.reply.redirect(to, 303);
  };

  return async (app) => {
    if (!app.hasContentTypeParser("application/x-www-form-urlencoded")) await app.register(formbody);

    app.get("/sign-in", async (request, reply) => {
      const { to } = LeavingQuery.parse(request.query);
      const leaving = await provider.leave().catch((error: unknown) => {
        request.log.error({ err: error }, "the identity provider cannot be asked");
        return null;
      });
      if (leaving === null) return notSignedIn(reply, 503, "unreachable");
      step.set(reply, { is: "leaving", ...leaving.checks, to, until: inTime() });
      return reply.redirect(leaving.address, 303);
    });

    app.get("/sign-in/callback", async (request, reply) => {
      const before = step.of(request);
      if (before?.is !== "leaving") return notSignedIn(reply, 400, "late");
      const subject = await provider
        .subjectOf({ url: request.url, checks: before })
        .catch((error: unknown) => {
          request.log.warn({ err: error }, "sign-in refused");
          return null;
        });
      step.clear(reply);
      if (subject === null) return notSignedIn(reply, 400, "refused");
      const found = await personOf(db, subject);
      const [role, ...others] = found?.posts ?? [];
      if (found === undefined || role === undefined) return notSignedIn(reply, 403, "unknown");
      const { person } = found;
      if (others.length === 0) return enter({ request, reply }, { person, role, to: before.to });
      const formToken = newSecret();
      step.set(reply, { is: "choosing", person, to: before.to, formToken, until: inTime() });
      return sendPage(reply, postPage(found), 200, formToken);
    });

    app.post("/sign-in/post", async (request, reply) => {
      const before = step.of(request);
      const chosen = PostBody.safeParse(request.body);
      if (before?.is !== "choosing" || !chosen.success) return notSignedIn(reply, 400, "late");
      const isOurs =
        isOurOwnPage(request, settings.publicUrl) && isSameToken(sentFormToken(request), before.formToken);
      if (!isOurs) return notSignedIn(reply, 403, "foreign");
      const found = await personOf(db, before.person);
      const role = found?.posts.find((post) => post === chosen.data.post);
      if (found === undefined || role === undefined) return notSignedIn(reply, 403, "unknown");
      return enter({ request, reply }, { person: found.person, role, to: before.to });
    });

    app.post("/account/post", async (request, reply) => {
      const actor = await actorOf(request);
      const chosen = PostBody.safeParse(request.body);
      const found = actor === null ? undefined : await personOf(db, actor.person);
      const role = found?.posts.find((post) => chosen.success && post === chosen.data.post);
      if (found === undefined || role === undefined) return notSignedIn(reply, 403, "unknown");
      return enter({ request, reply }, { person: found.person, role, to: "/" });
    });

    app.post("/sign-out", async (request, reply) => {
      // Who is signed in signs out by his own page alone; who is not, has nothing to lose by it.
      await actorOf(request);
      await sessions.end({ request, reply });
      return reply.redirect("/signed-out", 303);
    });
    app.get("/signed-out", (_request, reply) => sendPage(reply, signedOutPage()));
  };
};
