import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";

const run = promisify(execFile);
const dev = fileURLToPath(new URL("../../dev/", import.meta.url));
const Exited = z.object({ code: z.int(), stdout: z.string(), stderr: z.string() });
const Listening = z.object({ port: z.int() });
const FILES = ["prestart.mjs", "locked-dependencies.mjs", "temporal-cli.mjs"];

let checkout = "";
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "nenrin-prestart-"));
  for (const file of FILES) cpSync(join(dev, file), join(checkout, "dev", file));
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

const write = (file: string, text: string, mode = 0o644): void => {
  mkdirSync(join(checkout, file, ".."), { recursive: true });
  writeFileSync(join(checkout, file), text, { mode });
};

/** What a program printed and how it ended. */
const ran = async (args: readonly string[], environment: Readonly<Record<string, string>>) => {
  const options = { cwd: checkout, env: { ...process.env, ...environment } };
  const { code, stdout, stderr } = await run(process.execPath, [...args], options).then(
    ({ stdout: out, stderr: err }) => ({ code: 0, stdout: out, stderr: err }),
    (error: unknown) => Exited.parse(error),
  );
  return { code, printed: stdout + stderr };
};

describe("the dependencies", () => {
  /** A package beside the checkout, so that npm needs no registry; `version` is of the locked one. */
  const lock = (version: string): void => {
    write("beside/package.json", JSON.stringify({ name: "beside", version }));
    const dependencies = { beside: "file:beside" };
    write("package.json", JSON.stringify({ name: "checkout", version: "1.0.0", dependencies }));
    const packages = {
      "": { name: "checkout", version: "1.0.0", dependencies },
      beside: { version },
      "node_modules/beside": { resolved: "beside", link: true },
      "node_modules/elsewhere": { version: "1.0.0", optional: true, os: ["none"] },
    };
    write(
      "package-lock.json",
      JSON.stringify({ name: "checkout", lockfileVersion: 3, requires: true, packages }),
    );
  };
  const prestart = () => ran(["dev/prestart.mjs"], { TEMPORAL_ADDRESS: "127.0.0.1:7233" });
  const installs = { code: 0, printed: expect.stringContaining("npm ci") };
  const isDone = { code: 0, printed: "" };

  it("are installed once: the next start finds them and says nothing", async () => {
    lock("1.0.0");
    expect(await prestart()).toMatchObject(installs);
    expect(existsSync(join(checkout, "node_modules/beside/package.json"))).toBe(true);
    expect(await prestart()).toEqual(isDone);
  });

  it("are installed again when others are locked, and when an installation was interrupted", async () => {
    lock("1.0.0");
    await prestart();
    lock("1.0.1");
    expect(await prestart()).toMatchObject(installs);
    expect(await prestart()).toEqual(isDone);
    rmSync(join(checkout, "node_modules/.package-lock.json"));
    expect(await prestart()).toMatchObject(installs);
  });

  it("stop the start with npm's own reason if they can't be installed", async () => {
    lock("1.0.0");
    write("package.json", JSON.stringify({ name: "checkout", dependencies: { other: "file:other" } }));
    const { code, printed } = await prestart();
    expect(code).toBe(1);
    expect(printed).toContain("npm ci failed");
    expect(printed).toMatch(/npm error.*other/);
  });
});

describe("the Temporal CLI", () => {
  let server: Server;
  let downloads = "";
  const answers = new Map<string, Buffer | string>();
  beforeEach(async () => {
    answers.clear();
    server = createServer((request, response) => {
      const answer = answers.get((request.url ?? "").split("?")[0] ?? "");
      response.writeHead(answer === undefined ? 503 : 200).end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    downloads = `http://127.0.0.1:${Listening.parse(server.address()).port}`;
    mkdirSync(join(checkout, "path"));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const getTemporal = (environment: Readonly<Record<string, string>> = {}) =>
    ran(
      [
        "--input-type=module",
        "--eval",
        `import { getTemporal } from "./dev/temporal-cli.mjs";
         const options = { checkout: process.cwd(), environment: process.env, downloads: ${JSON.stringify(downloads)} };
         await getTemporal(options).catch((error) => { console.error(error.message); process.exitCode = 1; });`,
      ],
      { PATH: join(checkout, "path"), TEMPORAL_ADDRESS: "", ...environment },
    );
  const program = () => readFileSync(join(checkout, ".nenrin/bin/temporal"), "utf8");

  it("is not needed where a server's address is given", async () => {
    expect(await getTemporal({ TEMPORAL_ADDRESS: "temporal.example:7233" })).toEqual({
      code: 0,
      printed: "",
    });
  });

  it.each(["path/temporal", ".nenrin/bin/temporal"])("is taken from %s", async (file) => {
    write(file, "#!/bin/sh\n", 0o755);
    expect(await getTemporal()).toEqual({ code: 0, printed: "" });
  });

  it("is downloaded the way the SDK does it", async () => {
    write("archive/temporal", "#!/bin/sh\necho downloaded\n", 0o755);
    await run("tar", ["-czf", "archive.tar.gz", "-C", "archive", "temporal"], { cwd: checkout });
    symlinkSync("/bin/tar", join(checkout, "path/tar"));
    symlinkSync("/bin/gzip", join(checkout, "path/gzip"));
    answers.set("/cli/v1.5.1", JSON.stringify({ archiveUrl: `${downloads}/a`, fileToExtract: "temporal" }));
    answers.set("/a", readFileSync(join(checkout, "archive.tar.gz")));
    expect(await getTemporal()).toMatchObject({ code: 0 });
    expect((await run(join(checkout, ".nenrin/bin/temporal"))).stdout).toBe("downloaded\n");
    expect(await getTemporal()).toEqual({ code: 0, printed: "" });
  });

  it("is compiled where it can't be downloaded, saying for how long", async () => {
    write("path/go", `#!/bin/sh\necho "#!/bin/sh" "$@" > "$GOBIN/temporal"\n`, 0o755);
    const { code, printed } = await getTemporal();
    expect(code).toBe(0);
    expect(printed).toContain("answers 503");
    expect(printed).toContain("4 to 7 minutes");
    expect(program()).toContain("install github.com/temporalio/cli/cmd/temporal@v1.5.1");
  });

  it("leaves nothing behind when it can't be compiled", async () => {
    write("path/go", `#!/bin/sh\necho half > "$GOBIN/temporal"\nexit 1\n`, 0o755);
    expect(await getTemporal()).toMatchObject({ code: 1 });
    expect(existsSync(join(checkout, ".nenrin/bin/temporal"))).toBe(false);
  });

  it("stops the start where there is no way to it, and names the three that would do", async () => {
    const { code, printed } = await getTemporal();
    expect(code).toBe(1);
    expect(printed).toMatch(/on PATH .*\n.*install Go .*\n.*TEMPORAL_ADDRESS/);
  });
});
