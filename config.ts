import { z } from "zod";

/** What the services run on. Everything comes from environment variables; nothing changes after the start. */
export interface Config {
  readonly mode: "embedded" | "production";
  readonly databaseUrl: string;
  /** `host:port` */
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly taskQueue: string;
  /** File of the bundled workflows (dev/bundle-workflows.ts); null to bundle them at every start. */
  readonly workflowBundle: string | null;
  /** Where auditors read the histories; null if there is no such place. */
  readonly temporalUiUrl: string | null;
  /** With `?tls=none` nothing is encrypted on the way, which is for a relay on the same machine or network. */
  readonly smtpUrl: string;
  /** Where a relay that lets nothing out shows what it has taken; null if mail is really sent. */
  readonly mailUiUrl: string | null;
  /** `名称 <address>` */
  readonly mailFrom: string;
  /** What people type into the browser; no slash at the end. */
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  readonly oidcIssuer: string;
  readonly oidcClientId: string;
  readonly oidcClientSecret: string;
  readonly sessionSecret: string;
  /** `<id>:<base64 of 32 bytes>`, newest first and divided by commas: codec/keys.ts. */
  readonly payloadKeys: string;
  /** Receives every signed head of the record by POST; null if nobody does. */
  readonly witnessUrl: string | null;
  /** S3-compatible storage for files: `https://KEY-ID:SECRET@host/bucket?region=…`; null to keep them in the database. */
  readonly filesUrl: string | null;
  /** Folder for what is neither a row nor a mail. */
  readonly stateDir: string;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace";
}

/** The environment does not describe a service that could start. The message names every variable to change. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Known to everybody, so good for a service that only this machine can reach and for nothing else. */
const EMBEDDED_SECRET = "known-to-everybody-embedded-mode-only";
const LOOPBACK = /^(localhost|::1|127(\.\d{1,3}){3})$/;

const text = z.string({ error: "is missing" });
const url = (protocol: RegExp, what: string) => z.url({ protocol, error: `is not ${what}`, abort: true });
const origin = (protocol: RegExp, what: string) =>
  url(protocol, what).transform((value) => value.replace(/\/+$/, ""));

/** Nothing that stands in a manual: long, of many characters, and not the embedded mode's. */
const ownSecret = (length: number) =>
  text
    .min(length, { error: `has fewer than ${length} characters`, abort: true })
    .refine((value) => value !== EMBEDDED_SECRET, "is the embedded mode's default, which everybody knows")
    .refine((value) => new Set(value).size >= 10, "repeats the same few characters");

const databaseUrl = url(/^postgres(ql)?$/, "a postgres:// address").meta({
  example: "postgres://nenrin:PASSWORD@db.example:5432/nenrin",
});
const hasOwnPassword = (value: string): boolean => {
  const { password } = new URL(value);
  return password !== "" && !["nenrin", "postgres", "password", "changeme"].includes(password);
};
const secretExample = { example: "the output of: openssl rand -base64 36" };

const PAYLOAD_KEYS =
  /^[a-z0-9][a-z0-9-]{0,31}:[A-Za-z0-9+/]{43}=(,[a-z0-9][a-z0-9-]{0,31}:[A-Za-z0-9+/]{43}=)*$/;
/** Payloads in the engine are read by whoever has these: made for this service, never a manual's. */
const payloadKeys = text
  .regex(PAYLOAD_KEYS, {
    error: "is not <id>:<base64 of 32 bytes>, newest first, divided by commas",
    abort: true,
  })
  .refine((value) => {
    const ids = value.split(",").map((key) => key.split(":")[0]);
    return new Set(ids).size === ids.length;
  }, "has two keys of one id")
  .refine(
    (value) =>
      value.split(",").every((key) => new Set(Buffer.from(key.split(":")[1] ?? "", "base64")).size >= 16),
    "repeats the same few bytes",
  )
  .meta({ example: "k1: and, without a space, the output of: openssl rand -base64 32" });

const namesBucket = (value: string): boolean => {
  const { username, password, pathname } = new URL(value);
  return username !== "" && password !== "" && /^\/[^/]+\/?$/.test(pathname);
};

const everywhere = {
  DATABASE_URL: databaseUrl,
  TEMPORAL_ADDRESS: text
    .regex(/^[^\s/]+:\d{1,5}$/, "is not host:port")
    .meta({ example: "temporal.example:7233" }),
  TEMPORAL_NAMESPACE: text.default("default").meta({ example: "default" }),
  TASK_QUEUE: text.default("nenrin").meta({ example: "nenrin" }),
  WORKFLOW_BUNDLE: text.optional().meta({ example: "/srv/nenrin/workflows.js" }),
  TEMPORAL_UI_URL: origin(/^https?$/, "a web address")
    .optional()
    .meta({ example: "https://temporal.example" }),
  SMTP_URL: url(/^smtps?$/, "an smtp:// or smtps:// address").meta({ example: "smtp://relay.example:587" }),
  MAIL_UI_URL: origin(/^https?$/, "a web address")
    .optional()
    .meta({ example: "http://127.0.0.1:8025" }),
  HOST: text.default("127.0.0.1").meta({ example: "0.0.0.0" }),
  PORT: z.coerce
    .number("is not a port")
    .int("is not a port")
    .min(1, "is not a port")
    .max(65_535, "is not a port")
    .default(8080)
    .meta({ example: "8080" }),
  PAYLOAD_KEYS: payloadKeys,
  WITNESS_URL: url(/^https?$/, "a web address")
    .optional()
    .meta({ example: "https://witness.example/nenrin" }),
  OIDC_CLIENT_ID: text.default("nenrin").meta({ example: "nenrin" }),
  FILES_URL: url(/^https?$/, "an https:// address")
    .refine(namesBucket, "has no key, secret or bucket")
    .optional()
    .meta({ example: "https://KEY-ID:SECRET@s3.example/nenrin-files?region=ap-northeast-1" }),
  STATE_DIR: text.default(".nenrin").meta({ example: "/var/lib/nenrin" }),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace"], { error: "is not a log level" })
    .default("info")
    .meta({ example: "info" }),
};

const mailFrom = text
  .regex(/^[^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>$/, "is not: name <address>")
  .meta({ example: "評価担当 <hyoka@nisc.example>" });

const embedded = z.object({
  ...everywhere,
  NENRIN_MODE: z.literal("embedded"),
  HOST: everywhere.HOST.refine((host) => LOOPBACK.test(host), "must be loopback in the embedded mode").meta({
    example: "127.0.0.1",
  }),
  MAIL_FROM: mailFrom.default("年次評価事務局 <jimukyoku@nisc.example>"),
  PUBLIC_URL: origin(/^https?$/, "a web address").meta({ example: "http://127.0.0.1:8080" }),
  OIDC_ISSUER: origin(/^https?$/, "a web address")
    .refine((issuer) => issuer.startsWith("https:") || LOOPBACK.test(new URL(issuer).hostname), {
      error: "is neither https:// nor on loopback",
    })
    .meta({ example: "http://127.0.0.1:9400" }),
  OIDC_CLIENT_SECRET: text.default(EMBEDDED_SECRET).meta(secretExample),
  SESSION_SECRET: text.default(EMBEDDED_SECRET).meta(secretExample),
});

const production = z.object({
  ...everywhere,
  NENRIN_MODE: z.literal("production"),
  DATABASE_URL: databaseUrl
    .refine(hasOwnPassword, "has no password or one that everybody knows")
    .meta({ example: "postgres://nenrin:PASSWORD@db.example:5432/nenrin" }),
  MAIL_FROM: mailFrom,
  PUBLIC_URL: origin(/^https$/, "an https:// address").meta({ example: "https://nenrin.example" }),
  OIDC_ISSUER: origin(/^https$/, "an https:// address").meta({
    example: "https://login.example/realms/nisc",
  }),
  OIDC_CLIENT_SECRET: ownSecret(16).meta(secretExample),
  SESSION_SECRET: ownSecret(32).meta(secretExample),
  WITNESS_URL: url(/^https$/, "an https:// address")
    .optional()
    .meta({ example: "https://witness.example/nenrin" }),
});

const environment = z.discriminatedUnion("NENRIN_MODE", [embedded, production], {
  error: "is neither embedded nor production",
});
type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable by name, and whether the production mode has no default for it. */
export const configVariables: readonly { readonly name: string; readonly required: boolean }[] =
  Object.entries(production.shape).map(([name, schema]) => ({
    name,
    required: name !== "NENRIN_MODE" && !schema.safeParse(undefined).success,
  }));

const MODE_EXAMPLE = "production";
const exampleOf = (mode: string | undefined, name: string): string => {
  const { shape } = mode === "embedded" ? embedded : production;
  const found = Object.entries(shape).find(([variable]) => variable === name);
  return String(found?.[1].meta()?.["example"] ?? MODE_EXAMPLE);
};

/** A variable set to nothing is a variable not set: so do Compose files write it. */
const given = (variables: Environment): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));

/** Reads the environment once. Without NENRIN_MODE it is the production mode. Throws ConfigError naming all that is wrong. */
export const readConfig = (variables: Environment = process.env): Config => {
  const raw: Environment = { NENRIN_MODE: "production", ...given(variables) };
  const parsed = environment.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      const what = raw[name] === undefined ? "is missing" : message;
      return `  ${name} ${what}. Example: ${exampleOf(raw["NENRIN_MODE"], name)}`;
    });
    throw new ConfigError(`The configuration is wrong:\n${[...new Set(problems)].join("\n")}`);
  }
  const read = parsed.data;
  return Object.freeze({
    mode: read.NENRIN_MODE,
    databaseUrl: read.DATABASE_URL,
    temporalAddress: read.TEMPORAL_ADDRESS,
    temporalNamespace: read.TEMPORAL_NAMESPACE,
    taskQueue: read.TASK_QUEUE,
    workflowBundle: read.WORKFLOW_BUNDLE ?? null,
    temporalUiUrl: read.TEMPORAL_UI_URL ?? null,
    smtpUrl: read.SMTP_URL,
    mailUiUrl: read.MAIL_UI_URL ?? null,
    mailFrom: read.MAIL_FROM,
    publicUrl: read.PUBLIC_URL,
    host: read.HOST,
    port: read.PORT,
    oidcIssuer: read.OIDC_ISSUER,
    oidcClientId: read.OIDC_CLIENT_ID,
    oidcClientSecret: read.OIDC_CLIENT_SECRET,
    sessionSecret: read.SESSION_SECRET,
    payloadKeys: read.PAYLOAD_KEYS,
    witnessUrl: read.WITNESS_URL ?? null,
    filesUrl: read.FILES_URL ?? null,
    stateDir: read.STATE_DIR,
    logLevel: read.LOG_LEVEL,
  });
};
