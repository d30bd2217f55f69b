import { setTimeout } from "node:timers/promises";
import { isGrpcServiceError, type Client } from "@temporalio/client";
import type { WorkerDeploymentOptions } from "@temporalio/worker";

/** All workers of all releases: to the engine one Worker Deployment, whose versions are the releases. */
const DEPLOYMENT = "nenrin";

/** A year that runs goes on in whichever release is current: it does not end with the code that began it. */
export const deploymentOf = (release: string): WorkerDeploymentOptions => ({
  useWorkerVersioning: true,
  version: { deploymentName: DEPLOYMENT, buildId: release },
  defaultVersioningBehavior: "AUTO_UPGRADE",
});

/**
 * How a release stands to the one that is given the tasks. `current`: it is that one; `next`: it is newer, or there is
 * none; `former`: somebody has put another in its place, or an older one comes back.
 */
export type Place = "current" | "next" | "former";

/** `WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING` and `…_DRAINED` of Temporal's API: it was current and is no longer. */
const REPLACED: readonly unknown[] = [4, 5];
const [NOT_FOUND, FAILED_PRECONDITION] = [5, 9];
const POLLED_WITHIN_MS = 30_000;

const failedWith =
  (...codes: readonly number[]) =>
  (error: unknown): boolean =>
    isGrpcServiceError(error) && codes.includes(error.code);

const isNewer = (release: string, than: string): boolean =>
  release.localeCompare(than, "en", { numeric: true }) > 0;

const deployment = async ({ workflowService, options: { namespace } }: Client) => {
  try {
    const asked = { namespace, deploymentName: DEPLOYMENT };
    return (await workflowService.describeWorkerDeployment(asked)).workerDeploymentInfo ?? null;
  } catch (error) {
    if (failedWith(NOT_FOUND)(error)) return null;
    throw error;
  }
};

/** The release that is given the tasks; null where none is. */
export const currentRelease = async (client: Client): Promise<string | null> =>
  (await deployment(client))?.routingConfig?.currentDeploymentVersion?.buildId || null;

export const placeOf = async (client: Client, release: string): Promise<Place> => {
  const known = await deployment(client);
  const current = known?.routingConfig?.currentDeploymentVersion?.buildId;
  if (!current) return "next";
  if (current === release) return "current";
  const isReplaced = known?.versionSummaries?.some(
    ({ deploymentVersion, status }) => deploymentVersion?.buildId === release && REPLACED.includes(status),
  );
  return isNewer(release, current) && isReplaced !== true ? "next" : "former";
};

/**
 * From now on all tasks, of running workflows too, go to workers of that release. The engine has to have heard from
 * one: waits for it.
 * @throws Error where none asks for tasks within 30 s
 */
export const makeCurrent = async (client: Client, release: string): Promise<void> => {
  const { workflowService, options } = client;
  const { namespace, identity } = options;
  const asked = { namespace, identity, deploymentName: DEPLOYMENT, buildId: release };
  const isTooEarly = failedWith(NOT_FOUND, FAILED_PRECONDITION);
  for (const deadline = performance.now() + POLLED_WITHIN_MS; ; await setTimeout(100))
    try {
      await workflowService.setWorkerDeploymentCurrentVersion(asked);
      return;
    } catch (error) {
      if (!isTooEarly(error) || performance.now() > deadline) throw error;
    }
};
