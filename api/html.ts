import type { FastifyReply, FastifyRequest } from "fastify";
import { h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { englishPage } from "./english/page.ts";
import { phrases } from "./english/phrases.ts";
import { PageLanguage } from "./pages/language-choice.tsx";
import { FormToken } from "./pages/post-form.tsx";
import { formTokenFor } from "./plugins/actor.ts";
import { languageOf } from "./plugins/language.ts";

/*
 * The one place where screens become HTML, and so the one place where they become English: what is rendered is the
 * Japanese page, and who has chosen English gets it by way of `inEnglish`. Components know nothing of it; a Japanese
 * page is what it would be without it. Why so: docs/decisions/0005-english-beside-japanese.md.
 */
const inEnglish = englishPage(phrases);

/**
 * Where the other language leads back to. What answers a form has no address of its own; what says that there is nothing
 * says the same whatever was asked for.
 */
const addressOf = ({ method, url }: FastifyRequest, status: number): string | null => {
  if (method !== "GET") return null;
  return status < 400 ? url : "/";
};

/** Answers with a screen. What a screen shows is for its reader only. @param formToken of its forms; of the session, unless told */
export const sendPage = (
  reply: FastifyReply,
  page: VNode,
  status = 200,
  formToken: string | null = formTokenFor(reply.request),
): FastifyReply => {
  const language = languageOf(reply.request);
  const back = addressOf(reply.request, status);
  const value = back === null ? null : { language, back };
  const html = renderToString(
    h(PageLanguage.Provider, { value }, h(FormToken.Provider, { value: formToken }, page)),
  );
  return reply
    .code(status)
    .type("text/html; charset=utf-8")
    .send(`<!DOCTYPE html>${language === "en" ? inEnglish(html) : html}`);
};
