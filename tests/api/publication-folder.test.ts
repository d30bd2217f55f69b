import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { renderAll } from "../../activities/documents/publish.ts";
import { fetchPublication } from "../../cli/publication.ts";
import { storePublications } from "../../db/commands/publications.ts";
import { compileReport } from "../../domain/compile.ts";
import { instant } from "../../domain/time.ts";
import { startApiService, type ApiService } from "../support/api-service.ts";
import { reportPlan } from "../support/report-plan.ts";
import { settledRecord } from "../support/report-record.ts";
import { rehearsal } from "../support/screens-year.ts";

const NOW = instant("2015-06-26T10:00:00+09:00");
const record = settledRecord(reportPlan);
const version = record.planHash;

let api: ApiService;
let address: string;
let published: Awaited<ReturnType<typeof renderAll>>;
beforeAll(async () => {
  api = await startApiService();
  address = `${await api.app.listen({ host: "127.0.0.1", port: 0 })}/api/v1`;
  const facts = {
    sha256: version,
    classification: "機密性１情報",
    standing: "",
    changes: null,
    mark: null,
    createdAt: NOW,
  };
  published = await renderAll(compileReport(record), facts);
  await api.db.transaction((tx) =>
    storePublications(tx, { cycle: rehearsal, version, publishedAt: NOW, files: published }),
  );
});
afterAll(() => api.stop());

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nenrin-published-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the published folder", () => {
  it("holds every file byte for byte, and sha256sum finds nothing wrong with it", async () => {
    const names = await fetchPublication(
      { api: address, token: api.tokens.mic },
      { cycle: rehearsal, folder },
    );
    expect(names.toSorted()).toEqual(published.map(({ name }) => name).toSorted());
    expect((await readdir(folder)).toSorted()).toEqual(names.toSorted());
    for (const { name, bytes } of published)
      expect(Buffer.compare(await readFile(join(folder, name)), bytes)).toBe(0);
    const check = spawnSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], { cwd: folder });
    expect(check.status).toBe(0);
  });

  const byCommand = async (to: string, options: readonly string[]): Promise<unknown> => {
    const nenrin = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
    const asked = ["publication", "fetch", rehearsal, to, ...options];
    const [status]: unknown[] = await once(spawn(process.execPath, [nenrin, ...asked]), "close");
    return status;
  };

  it("comes by the command", async () => {
    const tokenFile = join(folder, "token");
    await writeFile(tokenFile, `${api.tokens.auditor}\n`, { mode: 0o600 });
    const to = join(folder, "to");
    expect(await byCommand(to, ["--api", address, "--token-file", tokenFile])).toBe(0);
    expect(await readdir(to)).toHaveLength(published.length);
  });

  it("comes by the command alone where a service of one's own runs", async () => {
    const people = [{ person: "nisc-preparer-1", role: "preparer", token: api.tokens.auditor }];
    await writeFile(join(folder, "addresses.json"), JSON.stringify({ api: address }));
    await writeFile(join(folder, "tokens.json"), JSON.stringify({ people }));
    const to = join(folder, "to");
    expect(await byCommand(to, ["--state", folder])).toBe(0);
    expect(await readdir(to)).toHaveLength(published.length);
  });

  it("is none of a cycle that has not published, nor for a stranger", async () => {
    const to = join(folder, "to");
    const ask = (token: string, cycle: string) =>
      fetchPublication({ api: address, token }, { cycle, folder: to });
    await expect(ask(api.tokens.mic, "2014-r99")).rejects.toThrow("公表の後に行ってください");
    await expect(ask("nobody", rehearsal)).rejects.toThrow("401");
    expect(await readdir(folder)).toEqual([]);
  });

  it("is not written where a file is not what its checksum says, or a name leads elsewhere", async () => {
    const bodies: Record<string, string> = {};
    const server = createServer((request, response) => {
      response.end(bodies[request.url?.split("/").at(-1) ?? ""] ?? "");
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const bound = server.address();
    const port = bound !== null && typeof bound === "object" ? bound.port : 0;
    const ask = () =>
      fetchPublication(
        { api: `http://127.0.0.1:${port}`, token: "t" },
        { cycle: "2014", folder: join(folder, "to") },
      );
    bodies["SHA256SUMS"] = `${"0".repeat(64)}  report.html\n`;
    await expect(ask()).rejects.toThrow("report.html のSHA-256が SHA256SUMS と合いません。");
    bodies["SHA256SUMS"] = `${"0".repeat(64)}  ../report.html\n`;
    await expect(ask()).rejects.toThrow("読めません");
    expect(await readdir(folder)).toEqual([]);
    server.close();
  });
});
