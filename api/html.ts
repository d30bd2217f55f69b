import type { FastifyReply } from "fastify";
import { h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { FormToken } from "./pages/post-form.tsx";
import { formTokenFor } from "./plugins/actor.ts";

/** Answers with a screen. What a screen shows is for its reader only. @param formToken of its forms; of the session, unless told */
export const sendPage = (
  reply: FastifyReply,
  page: VNode,
  status = 200,
  formToken: string | null = formTokenFor(reply.request),
): FastifyReply =>
  reply
    .code(status)
    .type("text/html; charset=utf-8")
    .send(`<!DOCTYPE html>${renderToString(h(FormToken.Provider, { value: formToken }, page))}`);
