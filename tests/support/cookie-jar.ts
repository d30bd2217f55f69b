import { formTokenIn } from "./form-posting.ts";

/**
 * What a browser does between two pages: sends its cookies, keeps new ones, and with a form what the last page's forms
 * had hidden in them. Redirects are for the test to follow.
 */
export interface Browser {
  readonly get: (address: string) => Promise<Response>;
  readonly post: (address: string, fields: Readonly<Record<string, string>>) => Promise<Response>;
  /** Follows redirects until a page comes that is none. */
  readonly follow: (from: Response) => Promise<Response>;
  /** The `Set-Cookie` lines that came, by cookie name. */
  readonly setLines: ReadonlyMap<string, string>;
  readonly cookies: Map<string, string>;
}

const REDIRECTS = new Set([302, 303]);

/** All on one host, as loopback is: ports do not part cookies. */
export const openBrowser = (): Browser => {
  const cookies = new Map<string, string>();
  const setLines = new Map<string, string>();
  let formToken = "";
  const keep = (line: string): void => {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    setLines.set(name, line);
    if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  };
  const ask = async (address: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, "sec-fetch-site": "same-origin" };
    const response = await fetch(address, { ...init, redirect: "manual", headers });
    response.headers.getSetCookie().forEach(keep);
    if (response.headers.get("content-type")?.startsWith("text/html"))
      formToken = formTokenIn(await response.clone().text()) ?? formToken;
    return response;
  };
  const get = (address: string): Promise<Response> => ask(address, {});
  return {
    get,
    post: (address, fields) =>
      ask(address, { method: "POST", body: new URLSearchParams({ "form-token": formToken, ...fields }) }),
    follow: async (from) => {
      let response = from;
      while (REDIRECTS.has(response.status))
        response = await get(new URL(response.headers.get("location") ?? "", response.url).href);
      return response;
    },
    setLines,
    cookies,
  };
};
