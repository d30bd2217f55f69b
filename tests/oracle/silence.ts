import { isOwed, secondAfter, standsStill, type Asked } from "./asked.ts";
import { followUp } from "./acts.ts";
import { openSurvey, type World } from "./world.ts";

/** What silence means: data are surveyed, a provisional value is none and waits for the secretariat, no opinion is none, a missing chapter waits for the secretariat. */
const close = (world: World, request: Asked, now: string): void => {
  const overdue = request.items.filter((item) => isOwed(item) && item.until < now);
  if (request.kind === "consultation" || request.kind === "survey")
    for (const item of overdue) item.is = "uncollected";
  if (request.kind !== "data") return;
  const [silent, uncorrected, failing] = (["owed", "returned", "failing"] as const).map((is) =>
    overdue.filter((item) => item.is === is),
  );
  openSurvey(world, request, silent ?? [], now);
  openSurvey(world, request, uncorrected ?? [], now);
  openSurvey(world, request, failing ?? [], now);
};

const nextClose = ({ requests }: World): string | undefined =>
  requests
    .filter((request) => !standsStill(request) && request.kind !== "chapter")
    .flatMap(({ items }) =>
      items
        .filter((item) => isOwed(item) && item.is !== "provisional")
        .map(({ until }) => secondAfter(until)),
    )
    .toSorted()[0];

/** A request that waited past its close for the secretariat closes when it waits no longer. */
export const passCloses = (world: World, from: string, until: string): void => {
  for (let next = nextClose(world); next !== undefined && next <= until; next = nextClose(world)) {
    const now = next > from ? next : from;
    for (const request of world.requests.filter((one) => !standsStill(one))) close(world, request, now);
    followUp(world, now);
  }
};
