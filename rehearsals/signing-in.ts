import type { ActingRole } from "../domain/acts.ts";
import type { PersonId } from "../domain/ids.ts";

/** Somebody in one of his posts. */
export interface Caller {
  readonly person: PersonId;
  readonly role: ActingRole;
}

/** What a signed-in person's browser sends along with a change. */
export type SignedIn = Readonly<Record<"cookie" | "sec-fetch-site" | "x-form-token", string>>;

const REDIRECTS = new Set([302, 303]);
const REDIRECTS_MOST = 20;
const formTokenIn = (html: string): string =>
  /<input type="hidden" name="form-token" value="([\w-]+)"/.exec(html)?.[1] ?? "";

interface Page {
  readonly url: string;
  readonly html: string;
}

/** So much of a browser as signing in takes: it keeps cookies and follows where it is led. */
const openBrowser = () => {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const ask = async (url: string, fields?: Readonly<Record<string, string>>): Promise<Page> => {
    let reply = await send(url, fields);
    for (let led = 0; REDIRECTS.has(reply.status) && led < REDIRECTS_MOST; led += 1)
      reply = await send(new URL(reply.headers.get("location") ?? "", reply.url).href);
    const html = await reply.text();
    if (!reply.ok) throw new Error(`${reply.url}: ${reply.status} while signing in`);
    return { url: reply.url, html };
  };
  const send = async (url: string, fields?: Readonly<Record<string, string>>): Promise<Response> => {
    const headers = { cookie: cookie(), "sec-fetch-site": "same-origin" };
    const form = fields && { method: "POST", body: new URLSearchParams(fields) };
    const reply = await fetch(url, { redirect: "manual", headers, ...form });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return reply;
  };
  return { ask, cookie };
};

/**
 * Signs in at the screens as the person would, by way of the embedded provider, where one picks who to be: approvals
 * and decisions are nothing a token does. @param web address of the service
 */
export const signIn = async (web: string, { person, role }: Caller): Promise<SignedIn> => {
  const browser = openBrowser();
  const account = new URL("/account", web).href;
  const picker = await browser.ask(new URL("/sign-in?to=/account", web).href);
  const entered = await browser.ask(picker.url, { person });
  const page =
    entered.url === account
      ? entered
      : await browser.ask(new URL("/sign-in/post", web).href, {
          post: role,
          "form-token": formTokenIn(entered.html),
        });
  const token = formTokenIn(page.html);
  if (page.url !== account || token === "") throw new Error(`${person} could not sign in as ${role}`);
  return { cookie: browser.cookie(), "sec-fetch-site": "same-origin", "x-form-token": token };
};
