import "@fastify/cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Language } from "../pages/language-choice.tsx";
import { LOCAL_PATH } from "../local-path.ts";
import { cookieAttributes } from "./session.ts";

const COOKIE = "nenrin-language";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

const Choice = z.object({
  to: z.enum(["ja", "en"]).catch("ja"),
  back: z.string().regex(LOCAL_PATH).catch("/"),
});

/** Japanese, unless the reader has chosen English: what his browser says it prefers is not asked. */
export const languageOf = ({ cookies }: FastifyRequest): Language => (cookies[COOKIE] === "en" ? "en" : "ja");

/** GET /language?to=en&back=/…: the choice is kept in the browser, and the same page shown again. It is anybody's. */
export const chooseLanguage = (app: FastifyInstance, publicUrl: string): void => {
  app.get("/language", async (request, reply: FastifyReply) => {
    const { to, back } = Choice.parse(request.query);
    reply.setCookie(COOKIE, to, { ...cookieAttributes(publicUrl), maxAge: YEAR_SECONDS });
    return reply.redirect(back, 303);
  });
};
