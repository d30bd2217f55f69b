import { randomUUID } from "node:crypto";
import formbody from "@fastify/formbody";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { actById, actByKey } from "../db/queries/acts.ts";
import type { Actor } from "../domain/acts.ts";
import type { Action } from "../domain/policy.ts";
import type { About } from "./plugins/access.ts";
import { makeAttach, makeDoor, type Attach, type Call, type Door, type Refusal } from "./door.ts";
import { fieldsOf, type FieldMistake, type Fields } from "./form-fields.ts";
import { onForms } from "./form-words.ts";
import { wantedPage } from "./item-pages.ts";
import type { FormsView, Tried } from "./pages/form.tsx";
import { attachFirst, type Attached, type Attaching } from "./attaching.ts";
import { filesIn, filledIn, readMultipart, type Brings } from "./multipart.ts";
import { problemOf } from "./problems.ts";
import { openScreens, pageAccess, seatOf, type ScreenDeps } from "./screens.ts";
import type { Filled } from "./workbook/opening.ts";

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
export type Params = Readonly<Record<string, string>>;

/** One form of a screen: POST to the screen's address, `/` and its name. */
export interface ScreenForm {
  readonly name: string;
  /** What it does, as the authorisation table calls it; one of these, where the form says which. */
  readonly does: Action | readonly Action[];
  /** What it asks of the API, or what is wrong with its fields. */
  readonly call: (
    fields: Fields,
    params: Params,
    file: Filled | undefined,
  ) => Call | { readonly mistakes: readonly FieldMistake[] };
  /** What people type, as the call takes it, where that has to be looked up. */
  readonly reading?: (
    deps: ScreenDeps,
    params: Params,
    fields: Fields,
  ) => Promise<{ readonly fields: Fields; readonly mistakes: readonly FieldMistake[] }>;
  /** The field in which the API found a mistake, by its pointer; the last step of it where it is not said. */
  readonly fieldOf?: (pointer: string, fields: Fields) => string;
  /** The files it may bring along. */
  readonly brings?: Brings;
  /** What becomes of its files before it is sent. */
  readonly attaching?: (params: Params) => Attaching;
  /**
   * Where it leads: back to the screen, which says what was done; to a page to keep; out, where it ends the session.
   * `tells`: nowhere, since the screen shows now what the answer says and never again.
   */
  readonly leads: "back" | "to-receipt" | "out" | "tells";
}
export interface Screen {
  readonly url: string;
  /** What it shows, as the authorisation table calls it, and of what its address names. */
  readonly view: Action;
  readonly about: About;
  /** @param told what the API answered a form that `tells` */
  readonly show: (
    deps: ScreenDeps,
    exchange: Exchange,
    tried: Tried | null,
    told?: unknown,
  ) => Promise<FastifyReply>;
  readonly forms: readonly ScreenForm[];
}

const paramsOf = (raw: unknown): Params =>
  typeof raw === "object" && raw !== null
    ? Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, String(value)]))
    : {};

const lastStep = (pointer: string): string => pointer.slice(pointer.lastIndexOf("/") + 1);

const triedOf = (
  { name, fieldOf = lastStep }: ScreenForm,
  fields: Fields,
  problem: Refusal,
  mistakes: readonly FieldMistake[] = [],
): Tried => ({
  form: name,
  fields,
  ...problem,
  ...onForms[problem.code],
  mistakes: [
    ...mistakes,
    ...(problem.errors ?? []).map(({ pointer, message }) => ({ field: fieldOf(pointer, fields), message })),
    ...(problem.code === "reason-missing" ? [{ field: "reason", message: "理由を記入してください。" }] : []),
  ],
});

/** The screen's own address: where its form was sent, without the form's name. */
const backFrom = ({ url }: FastifyRequest): string => url.slice(0, url.lastIndexOf("/"));

interface Sending {
  readonly deps: ScreenDeps;
  readonly door: Door;
  readonly attach: Attach;
  readonly form: ScreenForm;
}
interface Filling {
  readonly request: FastifyRequest;
  readonly actor: Actor;
  readonly fields: Fields;
}

interface Sent {
  readonly act: string;
  readonly told: unknown;
}

/** Back to the page of the screen on which the form stood. */
const pageOf = (fields: Fields): string => {
  const page = wantedPage(fields["page"]?.[0]);
  return page === 1 ? "" : `&page=${page}`;
};

const leadOn = (
  { request, reply }: Exchange,
  { leads }: ScreenForm,
  { act, fields }: Pick<Sent, "act"> & { readonly fields: Fields },
): FastifyReply => {
  if (leads === "out") return reply.redirect("/signed-out", 303);
  const back = `${backFrom(request)}?done=${act}${pageOf(fields)}`;
  return reply.redirect(leads === "to-receipt" ? `/acts/${act}` : back, 303);
};

const attached = (
  { door, attach, form }: Sending,
  { request, fields }: Filling,
): Promise<Attached> | Attached => {
  const attaching = form.attaching?.(paramsOf(request.params));
  if (attaching === undefined) return { fields, mistakes: [], said: null };
  return attachFirst({ door, attach }, attaching, { request, fields, files: filesIn(request) });
};

/** The call, or everything that is wrong with what was typed. */
const callOf = async (
  { deps, form }: Sending,
  { request, fields }: Pick<Filling, "request" | "fields">,
): Promise<ReturnType<ScreenForm["call"]>> => {
  const params = paramsOf(request.params);
  const file = form.brings === "form" ? await filledIn(request) : undefined;
  if (form.reading === undefined) return form.call(fields, params, file);
  const read = await form.reading(deps, params, fields);
  const call = form.call(read.fields, params, file);
  const mistakes = "mistakes" in call ? call.mistakes : [];
  return read.mistakes.length === 0 ? call : { mistakes: [...read.mistakes, ...mistakes] };
};

const send = async (sending: Sending, sent: Filling): Promise<Sent | Tried> => {
  const { deps, door, form } = sending;
  const { request, actor } = sent;
  const { fields, mistakes, said } = await attached(sending, sent);
  if (said !== null) return triedOf(form, fields, { ...said, code: "said", status: 200 });
  const call = await callOf(sending, { request, fields });
  if ("mistakes" in call || mistakes.length > 0) {
    const all = [...mistakes, ...("mistakes" in call ? call.mistakes : [])];
    return triedOf(form, fields, problemOf("invalid-body"), all);
  }
  const key = fields["key"]?.[0] ?? "";
  const answer = await door(request, call, key);
  if (answer.is !== "refused") return answer;
  // The second click of two: the first one's act is under way, and it is the same.
  const first = answer.problem.code === "in-flight" ? await actByKey(deps.db, { ...actor, key }) : undefined;
  return first === undefined ? triedOf(form, fields, answer.problem) : { act: first.id, told: null };
};

/**
 * Screens with forms: GET shows, POST does through the API's door and leads on by 303. Refused, it shows the screen
 * again with everything that was typed, and says what to mend.
 */
export const formScreens =
  (deps: ScreenDeps, screens: readonly Screen[]): FastifyPluginAsync =>
  async (app) => {
    if (!app.hasContentTypeParser("application/x-www-form-urlencoded")) await app.register(formbody);
    if (!app.hasContentTypeParser("multipart/form-data")) readMultipart(app);
    openScreens(app, deps);
    const [door, attach] = [makeDoor(app), makeAttach(app)];
    for (const { url, view, about, show, forms } of screens) {
      const shown = { config: pageAccess(view, about) };
      app.get(url, shown, (request, reply) => show(deps, { request, reply }, null));
      for (const form of forms) {
        // Where a refused form was shown, its address stands in the browser: opened anew, it is the screen.
        app.get(`${url}/${form.name}`, shown, (request, reply) => reply.redirect(backFrom(request), 303));
        const config = { brings: form.brings, ...pageAccess(form.does, about) };
        app.post(`${url}/${form.name}`, { config }, async (request, reply) => {
          const { reader: actor } = seatOf(request);
          const fields = fieldsOf(request.body);
          const sent = await send({ deps, door, attach, form }, { request, actor, fields });
          if ("form" in sent) return show(deps, { request, reply }, sent);
          if (form.leads === "tells") return show(deps, { request, reply }, null, sent.told);
          return leadOn({ request, reply }, form, { ...sent, fields });
        });
      }
    }
  };

const ACT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the forms of a screen start with: a key for this rendering, the last try, and what was just done. */
export const formsViewOf = async (
  { db }: ScreenDeps,
  {
    request,
    reader,
    tried,
  }: { readonly request: FastifyRequest; readonly reader: Actor; readonly tried: Tried | null },
): Promise<FormsView> => {
  const { done = "" } = paramsOf(request.query);
  const act = ACT_ID.test(done) ? await actById(db, done) : undefined;
  const own = act?.person === reader.person ? act : undefined;
  return {
    key: randomUUID(),
    tried,
    done:
      own === undefined
        ? null
        : {
            act: own.id,
            name: own.name,
            standing:
              own.standing.is === "refused"
                ? { is: "refused", ...problemOf(own.standing.refusal) }
                : own.standing,
          },
  };
};
