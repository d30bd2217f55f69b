import type { Client } from "@temporalio/client";
import type { Logger } from "@temporalio/worker";
import type { Replayed } from "./open-histories.ts";
import { makeCurrent, placeOf } from "./release.ts";

/** Workflows that run could not go on in this release, which therefore takes no task. The message names them. */
class CannotGoOn extends Error {
  override readonly name = "CannotGoOn";
}

const SHOWN = 10;

const refusal = (release: string, { failed, replayed }: Replayed): string =>
  [
    `Release ${release} does not become current: ${failed.length} of ${replayed} open workflows could not go on in it.`,
    ...failed.slice(0, SHOWN).map(({ workflow, why }) => `  ${workflow}: ${why}`),
    "The release that is current stays so. Guard the change with patched(): docs/operator.md, Releases.",
  ].join("\n");

export interface Joining {
  readonly client: Client;
  readonly release: string;
  /** No other release is at work: then also one that comes back becomes current. */
  readonly isAlone: boolean;
  /** Does again, in this release, what open workflows have done. */
  readonly replay: () => Promise<Replayed>;
  readonly logger: Pick<Logger, "info" | "warn">;
}

/**
 * To be asked before the worker takes tasks; what it answers is to be done as soon as it asks for them. A release that
 * is the next becomes current by itself, if it can go on with what is open; one that another has replaced only waits,
 * until an operator makes it current again.
 * @throws CannotGoOn
 */
export const join = async ({
  client,
  release,
  isAlone,
  replay,
  logger,
}: Joining): Promise<() => Promise<void>> => {
  const place = await placeOf(client, release);
  if (place === "current") return async () => {};
  if (place === "former" && !isAlone) {
    logger.warn(`Release ${release} waits: another is current. Only an operator makes it current again.`);
    return async () => {};
  }
  const result = await replay();
  if (result.failed.length > 0) throw new CannotGoOn(refusal(release, result));
  logger.info(
    `Replayed ${result.replayed} of ${result.open} open workflows: release ${release} can go on with them.`,
  );
  return async () => {
    await makeCurrent(client, release);
    logger.info(`Release ${release} is current.`);
  };
};
