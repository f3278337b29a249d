/** What the insights say: the procedures of contract/insights. */
import { implement } from '@orpc/server';
import type { Annotation } from '../contract/annotations.ts';
import type { Anomaly } from '../contract/insights/anomalies.ts';
import type { InsightReader } from '../contract/insights/insight-reader.ts';
import { type AnomalyEntry, insightsContract, type VolumeCapacity } from '../contract/insights/insights-procedures.ts';
import { minuteMs } from '../contract/shared/durations.ts';
import type { Clock } from '../platform/clock.ts';
import type { AlertRecords } from '../store/records/record-types.ts';

export interface InsightsDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly reader: InsightReader;
  readonly records: Pick<AlertRecords, 'annotations'>;
  readonly capacity: () => readonly VolumeCapacity[];
}

const togetherMs = 5 * minuteMs;
const mostTogether = 5;

export function insightsProcedures({ clock, reader, records, capacity }: InsightsDeps) {
  const os = implement(insightsContract);
  return os.router({
    insights: {
      anomalies: os.insights.anomalies.handler(async ({ input: { from, until, limit } }) => {
        const all = await reader.anomalies({ from, until });
        const changes = await records.annotations({ from: from - 10 * minuteMs, until: until + 2 * minuteMs });
        return all.slice(0, limit).map((one) => withCircumstances(one, all, changes));
      }),
      anomalyStatus: os.insights.anomalyStatus.handler(() => reader.anomalyStatus()),
      markExpected: os.insights.markExpected.handler(({ input }) => reader.markExpected(input.id)),
      forecast: os.insights.forecast.handler(({ input }) => reader.forecast({ ...input, at: clock.now() })),
      capacity: os.insights.capacity.handler(() => capacity()),
    },
  });
}

function withCircumstances(anomaly: Anomaly, all: readonly Anomaly[], changes: readonly Annotation[]): AnomalyEntry {
  const others = all
    .filter(({ series, from }) => series !== anomaly.series && Math.abs(from - anomaly.from) <= togetherMs)
    .toSorted(
      (a, b) => b.confidence - a.confidence || Math.abs(a.from - anomaly.from) - Math.abs(b.from - anomaly.from),
    );
  return {
    ...anomaly,
    together: [...new Set(others.map(({ series }) => series))].slice(0, mostTogether),
    changes: changes.filter(({ at }) => at >= anomaly.from - 10 * minuteMs && at <= anomaly.from + 2 * minuteMs),
  };
}
