import type { Db } from "../db/client.ts";
import { storeContent, type ContentBodies, type ContentKind } from "../db/content.ts";
import { cycles, decisions } from "../db/schema/cycle.ts";
import { analyses, evaluations } from "../db/schema/evaluation.ts";
import { items, requests } from "../db/schema/request.ts";
import { domainsOf, itemsOf, owingOrganisations } from "../domain/catalogue.ts";
import { personId, type CycleKey, type Sha256 } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { plainDate, type Instant } from "../domain/time.ts";

const BY = personId("nisc-preparer-1");
const TEXT =
  "関係機関との情報共有の枠組みを構築し、平成26年度中に全12回の会合を開催した。参加機関は、前年度から増加している。";

/** A year whose every item was answered in words and every judgement approved, as its rows. */
export const storeSettledYear = async (
  db: Db,
  { cycle, plan, at }: { readonly cycle: CycleKey; readonly plan: Plan; readonly at: Instant },
): Promise<void> => {
  const store = <Kind extends ContentKind>(kind: Kind, body: ContentBodies[Kind]) =>
    storeContent(db, { kind, body, storedBy: BY, storedAt: at });
  const { hash } = await store("plan", plan);
  const row = { key: cycle, year: plan.year, plan: hash, stepped: true, now: at, openedAt: at };
  await db.insert(cycles).values({ ...row, stage: "publication" });
  for (const { id: organisation } of owingOrganisations(plan)) {
    const request = `${cycle}-data-${organisation}`;
    const days = { sentAt: at, dueAt: at, closeAt: at };
    const asked = { id: request, cycle, kind: "data", organisation, round: 0, is: "settled" } as const;
    await db.insert(requests).values({ ...asked, ...days });
    for (const { key: datum, text, indicators } of itemsOf(plan, organisation)) {
      const id = `${request}/${datum}`;
      const content = await store("answer", { number: null, unit: null, text: `${TEXT}（${id}）` });
      const answer = { item: id, says: "value", why: null, content } as const;
      const state = { is: "value", answer } as const;
      await db
        .insert(items)
        .values({ id, request, datum, text, indicators: [...indicators], is: "value", state, dueAt: at });
    }
  }
  const judged = [
    ...plan.measures.map(({ key }) => ({ kind: "output" as const, key: String(key) })),
    ...domainsOf(plan).map(({ key }) => ({ kind: "outcome" as const, key })),
  ];
  for (const { kind, key } of judged) {
    const rating = plan.scales[kind][0]?.key ?? "";
    const { id, hash: of } = await store("evaluation", { rating, text: `${TEXT}（${key}）` });
    await db
      .insert(evaluations)
      .values({ cycle, kind, key, is: "approved", content: id, hash: of, by: BY, at });
  }
  await db
    .insert(analyses)
    .values(
      domainsOf(plan).map(({ key: domain }) => ({ cycle, domain, needed: false, reason: TEXT, by: BY, at })),
    );
};

export const decideVersion = async (
  db: Db,
  { cycle, hash, at }: { readonly cycle: CycleKey; readonly hash: Sha256; readonly at: Instant },
): Promise<void> => {
  const held = { meeting: "第2回会合", heldOn: plainDate("2015-06-25"), by: BY, at };
  await db.insert(decisions).values({ cycle, subject: "report", hash, outcome: "decided", ...held });
};
