import { z } from "zod";
import { postsOf } from "../../db/queries/directory.ts";
import { worksInside } from "../../db/queries/inner.ts";
import type { Actor, GivenAnswer } from "../../domain/acts.ts";
import { actRoute } from "../act-route.ts";
import type { Desk, Route } from "../acting.ts";
import { checkPost, requestOwnedBy } from "../posts.ts";
import { ProblemError } from "../problems.ts";
import { date, hash, id, person, reason } from "../schemas.ts";

interface Of {
  readonly desk: Desk;
  readonly workflow: string;
  readonly actor: Actor;
}
type Step = Parameters<typeof checkPost>[2]["name"];

/** The request, once it is sure that the step is the actor's. */
const stepOf = async ({ desk, workflow, actor }: Of, name: Step) => {
  const asked = await requestOwnedBy(desk.db, workflow);
  await checkPost(desk.db, asked, { person: actor.person, name });
  return asked;
};

const reviewed = z.array(z.strictObject({ item: id, hash })).max(1000);

const allocate = actRoute({
  url: "/requests/:id/allocation",
  name: "request.allocate",
  summary: "組織内で、照会項目を担当者に割り当てる",
  body: z.strictObject({
    items: z.array(id).max(1000),
    officer: person,
    dueOn: date.meta({ description: "組織内の期限。照会の期限までの開庁日" }),
  }),
  given: async (args, of) => {
    const { organisation } = await stepOf(of, "request.allocate");
    const posts = await postsOf(of.desk.db, { person: args.officer, organisation });
    if (!posts.includes("officer")) throw new ProblemError("unknown-officer");
    return { args };
  },
});

const signOff = actRoute({
  url: "/requests/:id/sign-off",
  name: "request.sign-off",
  summary: "組織内で、回答案を確認する",
  body: z.strictObject({ items: reviewed }),
  given: async (args, of) => {
    await stepOf(of, "request.sign-off");
    return { args };
  },
});

const sendBack = actRoute({
  url: "/requests/:id/send-back",
  name: "request.send-back",
  summary: "組織内で、回答案を担当者に差し戻す",
  body: z.strictObject({ items: reviewed, reason }),
  given: async ({ reason: why, ...args }, of) => {
    await stepOf(of, "request.send-back");
    return { args, reason: why };
  },
});

/** 窓口 names what was signed off, by its hash: its very answers are submitted. */
const submitSignedOff = actRoute({
  url: "/requests/:id/submission",
  name: "request.submit",
  summary: "組織内の確認が済んだ回答を提出する",
  body: z.strictObject({ items: reviewed }),
  given: async ({ items }, of) => {
    const { id: request, chain } = await stepOf(of, "request.submit");
    if (chain === null) throw new ProblemError("one-step");
    const works = new Map((await worksInside(of.desk.db, request)).map(({ item, work }) => [item, work]));
    const answers = items.map(({ item, hash: seen }): GivenAnswer => {
      const work = works.get(item);
      if (work?.is !== "signed-off") throw new ProblemError("not-signed-off");
      if (work.answer.content.hash !== seen) throw new ProblemError("other-version");
      return work.answer;
    });
    return { args: { answers } };
  },
});

/** 組織内の手順: allocated by 窓口, signed off or sent back by 確認者, submitted by 窓口. */
export const chainRoutes: readonly Route[] = [allocate, signOff, sendBack, submitSignedOff];
