import type { ReportRecord } from "./report-record.ts";

/**
 * 公表前: what a report is compiled from, without the answers that are not out yet. They are in none of its lists, counts
 * and sources; of an indicator that has no other answer nothing is said. The secretariat judges on the whole record.
 */
export const withoutEmbargoed = (record: ReportRecord): ReportRecord => {
  const held = record.items.filter(({ embargoed }) => embargoed === true);
  if (held.length === 0) return record;
  const asked = new Set(held.map(({ datum, organisation }) => `${datum}@${organisation}`));
  const sources = new Set(
    held.flatMap(({ outcome }) => ("contentId" in outcome ? [`answer:${outcome.contentId}`] : [])),
  );
  return {
    ...record,
    items: record.items.filter(({ embargoed }) => embargoed !== true),
    analyses: record.analyses.map(({ inputs, ...analysis }) => ({
      ...analysis,
      ...(inputs !== undefined && { inputs: inputs.filter(({ source }) => !sources.has(source)) }),
    })),
    plan: {
      ...record.plan,
      data: record.plan.data.map((datum) => ({
        ...datum,
        owners: datum.owners.filter(({ organisation }) => !asked.has(`${datum.key}@${organisation}`)),
      })),
    },
  };
};
