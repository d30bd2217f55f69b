import type { z } from "zod";
import type { CycleKey } from "../domain/ids.ts";
import { stages, type Stage } from "../domain/cycle.ts";
import { answererOf } from "./cast.ts";
import type { Client } from "./client.ts";
import type { Caller } from "./signing-in.ts";
import type { Memory } from "./intention.ts";
import type { Cast, View } from "./view.ts";
import * as wire from "./wire.ts";

/** Looks at the year through the API, each person at what his post shows. */
export type Look = (memory: Memory) => Promise<View>;

interface Looking {
  readonly client: Client;
  readonly cast: Cast;
  readonly cycle: CycleKey;
}

const isFrom = (stage: Stage, first: Stage, last: Stage): boolean =>
  stages.indexOf(first) <= stages.indexOf(stage) && stages.indexOf(stage) <= stages.indexOf(last);

/** Every page of a list. */
export const pagesOf = async <Row>(
  read: (from: string | null) => Promise<{ readonly rows: readonly Row[]; readonly next: string | null }>,
): Promise<readonly Row[]> => {
  const all: Row[] = [];
  let from: string | null = null;
  for (;;) {
    const { rows, next }: Awaited<ReturnType<typeof read>> = await read(from);
    all.push(...rows);
    if (next === null) return all;
    from = next;
  }
};

/** What never changes under its name is read once. */
const readingOnce = <Value>(): ((name: string, read: () => Promise<Value>) => Promise<Value>) => {
  const known = new Map<string, Promise<Value>>();
  return (name, read) => {
    const value = known.get(name) ?? read();
    known.set(name, value);
    return value;
  };
};

export const makeLook = ({ client, cast, cycle }: Looking): Look => {
  const preparer: Caller = { person: cast.preparers[0], role: "preparer" };
  const base = `/cycles/${cycle}`;
  const requestOnce = readingOnce<wire.RequestReply>();
  const versionOnce = readingOnce<wire.VersionReply>();
  const read = <Schema extends z.ZodType>(path: string, schema: Schema) =>
    client.get(preparer, `${base}${path}`, schema);

  const requests = async () => {
    const listed = await pagesOf(async (from) => {
      const page = await read(`/requests?limit=500${from === null ? "" : `&cursor=${from}`}`, wire.requests);
      return { rows: page.requests, next: page.next };
    });
    return Promise.all(
      listed.map(({ id, revision, organisation }) =>
        requestOnce(`${id} r${revision}`, () =>
          client.get(
            { person: answererOf(cast.plan, organisation), role: "contact" },
            `/requests/${id}`,
            wire.request,
          ),
        ),
      ),
    );
  };
  const report = async () => {
    const found = await read("/report", wire.report);
    const last = found.versions.at(-1);
    const sections =
      last === undefined
        ? []
        : (await versionOnce(last.hash, () => read(`/report/versions/${last.hash}`, wire.version))).chapters;
    return { ...found, sections };
  };

  return async (memory) => {
    const found = await read("", wire.cycle);
    const { stage } = found;
    const [asked, surveys, evaluations, written, comments, findings] = await Promise.all([
      isFrom(stage, "collection", "finished") ? requests() : [],
      isFrom(stage, "collection", "collection") ? read("/surveys", wire.surveys) : { surveys: [] },
      isFrom(stage, "evaluation", "evaluation") ? read("/evaluations", wire.evaluations) : null,
      isFrom(stage, "drafting", "publication") ? report() : null,
      isFrom(stage, "consultation", "consultation") ? read("/comments", wire.comments) : { comments: [] },
      isFrom(stage, "carry-over", "carry-over") ? read("/findings", wire.findings) : { findings: [] },
    ]);
    return {
      cycle: found,
      now: found.now,
      requests: asked,
      surveys: surveys.surveys,
      evaluations,
      report: written,
      comments: comments.comments,
      findings: findings.findings,
      memory,
    };
  };
};
