import { z } from "zod";
import { actRoute } from "../act-route.ts";
import type { Route } from "../acting.ts";
import { date, nothing, reason } from "../schemas.ts";

const why = z.strictObject({ reason });

/** 期限: what moves a request's dates, or ends it before its time. */
export const termRoutes: readonly Route[] = [
  actRoute({
    url: "/requests/:id/extension",
    name: "request.ask-extension",
    summary: "期限の延長を申し出る",
    body: z.strictObject({ dueOn: date, reason }),
    given: ({ reason: given, ...args }) => ({ args, reason: given }),
  }),
  actRoute({
    url: "/requests/:id/extension/grant",
    name: "request.grant-extension",
    summary: "期限の延長を認める",
    body: nothing,
    given: () => ({ args: {} }),
  }),
  actRoute({
    url: "/requests/:id/extension/refusal",
    name: "request.refuse-extension",
    summary: "期限の延長を認めない",
    body: why,
    given: ({ reason: given }) => ({ args: {}, reason: given }),
  }),
  actRoute({
    url: "/requests/:id/pause",
    name: "request.pause",
    summary: "期限を停止する",
    body: why,
    given: ({ reason: given }) => ({ args: {}, reason: given }),
  }),
  actRoute({
    url: "/requests/:id/resume",
    name: "request.resume",
    summary: "停止した期限を再開する",
    body: nothing,
    given: () => ({ args: {} }),
  }),
  actRoute({
    url: "/requests/:id/shortening",
    name: "request.shorten",
    summary: "期限を繰り上げる（5開庁日以上前の予告を要する）",
    body: z.strictObject({ dueOn: date, reason }),
    given: ({ reason: given, ...args }) => ({ args, reason: given }),
  }),
  actRoute({
    url: "/requests/:id/reminder",
    name: "request.remind",
    summary: "督促のメールを送る（督促の段とは別に）",
    body: nothing,
    given: () => ({ args: {} }),
  }),
  actRoute({
    url: "/requests/:id/withdrawal",
    name: "request.withdraw",
    summary: "照会を取り下げる",
    body: why,
    given: ({ reason: given }) => ({ args: {}, reason: given }),
  }),
];
