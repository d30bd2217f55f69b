import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const folder = fileURLToPath(new URL("histories/", import.meta.url));

/** Of this checkout. */
export const currentVersion = (): string =>
  z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))).version;

const Named = z.object({ name: z.string() });
const Told = z.object({
  events: z
    .array(
      z.object({
        workflowExecutionStartedEventAttributes: z.object({ workflowType: Named }).optional(),
        workflowExecutionUpdateAcceptedEventAttributes: z
          .object({ acceptedRequest: z.object({ input: Named }) })
          .optional(),
      }),
    )
    .min(1),
});

/** A workflow's run as a release has written it. */
export interface StoredHistory {
  /** Of the release. */
  readonly version: string;
  readonly file: string;
  readonly workflowId: string;
  readonly type: string;
  /** Names of the Updates it has taken. */
  readonly updates: readonly string[];
  readonly bytes: number;
  /** As the file has it. */
  readonly history: unknown;
}

const read = (version: string, file: string): StoredHistory => {
  const text = readFileSync(`${folder}${version}/${file}`, "utf8");
  const history: unknown = JSON.parse(text);
  const { events } = Told.parse(history);
  return {
    version,
    file,
    // Runs of one workflow that continued as new are numbered: chase-2014-r1.2.json.
    workflowId: file.replace(/(\.\d+)?\.json$/, ""),
    type: events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name ?? "",
    updates: events.flatMap(
      ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
        accepted?.acceptedRequest.input.name ?? [],
    ),
    bytes: Buffer.byteLength(text),
    history,
  };
};

export const storedHistories = (): readonly StoredHistory[] =>
  readdirSync(folder)
    .toSorted()
    .flatMap((version) =>
      readdirSync(`${folder}${version}`)
        .toSorted()
        .map((file) => read(version, file)),
    );

const Payload = z.object({ data: z.base64() });

/** Everything written in a history, with what its payloads hold. */
export const writtenIn = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const payload = Payload.safeParse(value);
  const held = payload.success ? [Buffer.from(payload.data.data, "base64").toString()] : [];
  return [...held, ...Object.values(value).flatMap(writtenIn)];
};
