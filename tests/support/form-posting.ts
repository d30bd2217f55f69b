import type { FastifyInstance, InjectOptions } from "fastify";

/** What the hidden field of a page's forms says; undefined where nobody is signed in. */
export const formTokenIn = (html: string): string | undefined =>
  /<input type="hidden" name="form-token" value="([\w -]+)"/.exec(html)?.[1];

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = /^multipart\/form-data; ?boundary=(.+)$/;

/** The payload of a form with one field more, as a browser would have written it. */
const withField = (type: string, payload: InjectOptions["payload"], token: string) => {
  if (type === FORM) {
    const fields = new URLSearchParams(typeof payload === "string" ? payload : "");
    if (!fields.has("form-token")) fields.set("form-token", token);
    return fields.toString();
  }
  const boundary = MULTIPART.exec(type)?.[1];
  if (boundary === undefined || !Buffer.isBuffer(payload)) return payload;
  const part = `--${boundary}\r\nContent-Disposition: form-data; name="form-token"\r\n\r\n${token}\r\n`;
  return Buffer.concat([Buffer.from(part), payload]);
};

/**
 * The app as a browser has it: whoever posts a form has opened a page before, so that the form brings its page's token
 * along. Where a test gives one, its own is sent.
 */
export const asBrowsersDo = (app: FastifyInstance): FastifyInstance => {
  const inject = async (asked: InjectOptions) => {
    const type = String(asked.headers?.["content-type"] ?? "");
    const token =
      asked.method === "POST" && (type === FORM || MULTIPART.test(type))
        ? formTokenIn((await app.inject({ url: "/" })).body)
        : undefined;
    return app.inject(
      token === undefined ? asked : { ...asked, payload: withField(type, asked.payload, token) ?? "" },
    );
  };
  return new Proxy(app, {
    get: (target, name) => (name === "inject" ? inject : Reflect.get(target, name, target)),
  });
};
