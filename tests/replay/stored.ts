import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const folder = fileURLToPath(new URL("histories/", import.meta.url));

/** Of this checkout. */
export const currentVersion = (): string =>
  z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))).version;

const Attributes = z.looseObject({
  identity: z.string().optional(),
  workflowType: z.object({ name: z.string() }).optional(),
});
const Accepted = z.object({ acceptedRequest: z.object({ input: z.object({ name: z.string() }) }) });
const History = z.object({
  events: z
    .array(
      z.looseObject({
        workflowExecutionStartedEventAttributes: Attributes.optional(),
        workflowExecutionUpdateAcceptedEventAttributes: Accepted.optional(),
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
  /** As the file has it. */
  readonly text: string;
  readonly history: z.infer<typeof History>;
}

const read = (version: string, file: string): StoredHistory => {
  const text = readFileSync(`${folder}${version}/${file}`, "utf8");
  const history = History.parse(JSON.parse(text));
  const type = history.events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? "";
  // Runs of one workflow that continued as new are numbered: chase-2014-r1.2.json.
  const workflowId = file.replace(/(\.\d+)?\.json$/, "");
  return { version, file, workflowId, type, text, history };
};

export const storedHistories = (): readonly StoredHistory[] =>
  readdirSync(folder)
    .toSorted()
    .flatMap((version) =>
      readdirSync(`${folder}${version}`)
        .toSorted()
        .map((file) => read(version, file)),
    );

/** Names of the Updates a run has taken. */
export const updatesIn = ({ history }: StoredHistory): readonly string[] =>
  history.events.flatMap(
    ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
      accepted?.acceptedRequest.input.name ?? [],
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
