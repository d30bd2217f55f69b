import { describe, expect, it } from "vitest";
import { ConfigError, configVariables, readConfig } from "../../config.ts";

type Variables = Readonly<Record<string, string | undefined>>;

const production: Variables = {
  DATABASE_URL: "postgres://nenrin:b7Qw0z-Yk2@db.example:5432/nenrin",
  TEMPORAL_ADDRESS: "temporal.example:7233",
  SMTP_URL: "smtps://relay.example:465",
  MAIL_FROM: "評価担当 <hyoka@nisc.example>",
  PUBLIC_URL: "https://nenrin.example/",
  OIDC_ISSUER: "https://login.example/realms/nisc",
  OIDC_CLIENT_SECRET: "Zk3vQ9-mPx7tR2wB",
  SESSION_SECRET: "q8Wn2-Lx5Vt9-Ry4Kb7-Hd1Ms6-Pz3Cf0",
  PAYLOAD_KEYS: "k2:mTq4cXo0wR8Zl1vYb7sJ2nKdE5uHf9gA3pLxVtCiQ6Y=",
};
const embedded: Variables = {
  NENRIN_MODE: "embedded",
  DATABASE_URL: "postgres://nenrin:nenrin@127.0.0.1:5433/nenrin",
  TEMPORAL_ADDRESS: "127.0.0.1:7233",
  SMTP_URL: "smtp://127.0.0.1:2525",
  PUBLIC_URL: "http://127.0.0.1:8080",
  OIDC_ISSUER: "http://127.0.0.1:9400",
  PAYLOAD_KEYS: "k1:mTq4cXo0wR8Zl1vYb7sJ2nKdE5uHf9gA3pLxVtCiQ6Y=",
};

/** The lines of the refusal, one a variable; none if the configuration is accepted. */
const refusedLines = (variables: Variables): readonly string[] => {
  try {
    readConfig(variables);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split("\n").slice(1);
  }
};
const defaultSecret = readConfig(embedded).sessionSecret;

describe("the configuration", () => {
  it("is a frozen object of all settings", () => {
    const config = readConfig(production);
    expect(config).toMatchObject({ mode: "production", publicUrl: "https://nenrin.example", port: 8080 });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.keys(config)).toHaveLength(configVariables.length);
  });

  it("takes a variable that is set to nothing as not set", () => {
    expect(readConfig({ ...production, PORT: "", TEMPORAL_UI_URL: "" })).toMatchObject({
      port: 8080,
      temporalUiUrl: null,
    });
  });

  it("is refused with every variable that is missing, not only the first", () => {
    const named = refusedLines({}).map((line) => line.trim().split(" ")[0]);
    const required = configVariables.filter((variable) => variable.required).map(({ name }) => name);
    expect(new Set(named)).toEqual(new Set(required));
  });

  it.each([
    ["DATABASE_URL", "mysql://db", "is not a postgres:// address"],
    ["TEMPORAL_ADDRESS", "http://temporal:7233", "is not host:port"],
    ["SMTP_URL", "relay.example", "is not an smtp:// or smtps:// address"],
    ["MAIL_FROM", "評価担当", "is not: name <address>"],
    ["MAIL_FROM", "a\r\nBcc: x@y.example <a@b.example>", "is not: name <address>"],
    ["PORT", "80a", "is not a port"],
    ["PORT", "65536", "is not a port"],
    ["FILES_URL", "s3://bucket", "is not an https:// address"],
    ["FILES_URL", "https://s3.example/bucket", "has no key, secret or bucket"],
    ["LOG_LEVEL", "loud", "is not a log level"],
    ["PUBLIC_URL", "http://nenrin.example", "is not an https:// address"],
    ["OIDC_ISSUER", "http://login.example", "is not an https:// address"],
    ["WITNESS_URL", "http://witness.example", "is not an https:// address"],
    ["NENRIN_MODE", "test", "is neither embedded nor production"],
  ])("is refused for %s=%j, which %s, with an example that would do", (name, value, what) => {
    const [line, ...others] = refusedLines({ ...production, [name]: value });
    expect(others).toEqual([]);
    const [, said, example] = /^ {2}(.*)\. Example: (.*)$/.exec(line ?? "") ?? [];
    expect(said).toBe(`${name} ${what}`);
    expect(refusedLines({ ...production, [name]: example })).toEqual([]);
  });
});

describe("a secret that others know", () => {
  it("is good enough for the embedded mode", () => {
    expect(readConfig(embedded)).toMatchObject({ sessionSecret: defaultSecret, mode: "embedded" });
  });

  it.each([
    ["SESSION_SECRET", defaultSecret, "is the embedded mode's default, which everybody knows"],
    ["OIDC_CLIENT_SECRET", defaultSecret, "is the embedded mode's default, which everybody knows"],
    ["SESSION_SECRET", "q8Wn2-Lx5Vt9-Ry4Kb7-Hd1Ms6-Pz3C", "has fewer than 32 characters"],
    ["OIDC_CLIENT_SECRET", "Zk3vQ9-mPx7tR2w", "has fewer than 16 characters"],
    ["SESSION_SECRET", "secret".repeat(10), "repeats the same few characters"],
    [
      "DATABASE_URL",
      "postgres://nenrin:nenrin@db.example/nenrin",
      "has no password or one that everybody knows",
    ],
    ["PAYLOAD_KEYS", "k1:c2VjcmV0", "is not <id>:<base64 of 32 bytes>, newest first, divided by commas"],
    ["PAYLOAD_KEYS", `k1:${Buffer.alloc(32, "key").toString("base64")}`, "repeats the same few bytes"],
    ["PAYLOAD_KEYS", `${production["PAYLOAD_KEYS"]},${production["PAYLOAD_KEYS"]}`, "has two keys of one id"],
    ["DATABASE_URL", "postgres://nenrin@db.example/nenrin", "has no password or one that everybody knows"],
  ])("is refused in production: %s=%s", (name, value, what) => {
    expect(refusedLines({ ...production, [name]: value })).toEqual([
      expect.stringContaining(`${name} ${what}. Example: `),
    ]);
  });

  it("never lets the embedded mode be reached from other machines", () => {
    expect(refusedLines({ ...embedded, HOST: "0.0.0.0" })).toEqual([
      "  HOST must be loopback in the embedded mode. Example: 127.0.0.1",
    ]);
  });

  it("is told to no identity provider over an open line", () => {
    expect(refusedLines({ ...embedded, OIDC_ISSUER: "http://login.example" })).toEqual([
      "  OIDC_ISSUER is neither https:// nor on loopback. Example: http://127.0.0.1:9400",
    ]);
  });

  it("is not shown by the refusal", () => {
    expect(refusedLines({ ...production, SESSION_SECRET: "hunter2" }).join()).not.toContain("hunter2");
  });
});
