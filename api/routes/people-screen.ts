import { askedPostsOf, everybody, organisationNames } from "../../db/queries/asked-posts.ts";
import { judge } from "../../domain/policy.ts";
import { readForm } from "../form-fields.ts";
import { formsViewOf, type Screen, type ScreenForm } from "../form-screens.ts";
import { frameOf } from "../frame.ts";
import { sendPage } from "../html.ts";
import { peoplePage } from "../pages/people.tsx";
import { seatOf } from "../screens.ts";

const SHOWN = 100;

const show: Screen["show"] = async (deps, exchange, tried) => {
  const { request, reply } = exchange;
  const { reader } = seatOf(request);
  const { db } = deps;
  const [people, asked, offices] = await Promise.all([
    everybody(db),
    askedPostsOf(db, SHOWN),
    organisationNames(db),
  ]);
  const names = new Map(people.map(({ person, name }) => [person, name]));
  const nameOf = (person: (typeof people)[number]["person"]): string => names.get(person) ?? person;
  const officeOf = (id: (typeof people)[number]["organisation"]): string => offices.get(id) ?? id;
  const view = {
    frame: await frameOf(db, { reader, cycle: null, wall: deps.clock() }),
    forms: await formsViewOf(deps, { request, reader, tried }),
    holders: people
      .filter(({ staff }) => staff.length > 0)
      .map((person) => ({ ...person, organisation: officeOf(person.organisation) })),
    asked: asked.map((one) => ({
      ...one,
      name: nameOf(one.person),
      askedBy: nameOf(one.askedBy),
      endedBy: one.endedBy === null ? null : nameOf(one.endedBy),
    })),
    people: people.map(({ person, name, organisation }) => ({
      value: person,
      name: `${name}（${officeOf(organisation)}）`,
    })),
    mayGrant: judge(reader.role, "post.ask", "open") === "allowed",
  };
  return sendPage(reply, peoplePage(view), tried?.status ?? 200);
};

const inPath = (value: string): string => encodeURIComponent(value);

const forms: readonly ScreenForm[] = [
  {
    name: "ask",
    does: "post.ask",
    leads: "back",
    call: (fields) => {
      const form = readForm(fields);
      const person = form.picked("person", "付与する職員");
      const body = { post: form.picked("post", "職務"), reason: form.needed("reason", "理由") };
      return form.calling({ path: `/people/${inPath(person)}/posts`, body });
    },
  },
  {
    name: "answer",
    does: ["post.confirm", "post.refuse"],
    leads: "back",
    call: (fields) => {
      const form = readForm(fields);
      const id = form.picked("id", "申請");
      const how = form.picked("answer", "結果") === "confirmation" ? "confirmation" : "refusal";
      const body = { reason: form.needed("reason", "確認した内容又は取り下げる理由") };
      return form.calling({ path: `/asked-posts/${inPath(id)}/${how}`, body });
    },
  },
  {
    name: "revoke",
    does: "post.revoke",
    leads: "back",
    fieldOf: (pointer) => (pointer === "/post" ? "held" : pointer.slice(1)),
    call: (fields) => {
      const form = readForm(fields);
      const [person = "", post = ""] = form.picked("held", "職員と職務").split(" ");
      const body = { post, reason: form.needed("reason", "理由") };
      return form.calling({ path: `/people/${inPath(person)}/posts/revocation`, body });
    },
  },
  {
    name: "end",
    does: "session.revoke",
    leads: "back",
    call: (fields) => {
      const form = readForm(fields);
      const person = form.picked("person", "職員");
      return form.calling({ path: `/people/${inPath(person)}/sessions/revocation`, body: {} });
    },
  },
];

/** /people: where two admins give a post, and one takes it. */
export const peopleScreen: Screen = { url: "/people", view: "people", about: "nothing", show, forms };
