/** The watch over a generated machine: what it finds of what was planted, and what it says without cause. */
import { AnomalyWatch } from '../../../src-main/insights/watch/anomaly-watch.ts';
import type { BenchRow } from '../bench-row.ts';
import { incidents, isAway, learnMinutes, makeMachine } from './generated-week.ts';

const minuteMs = 60_000;
const day = 1_440;
const start = Date.UTC(2026, 2, 9);
const machines = 4;

export function watchRows(): readonly BenchRow[] {
  let [found, notices, anomalies, seriesCount] = [0, 0, 0, 0];
  const missed = new Set<string>();
  for (let seed = 1; seed <= machines; seed++) {
    const valuesAt = makeMachine(seed);
    // The clocks go forward in the third week.
    const watch = new AnomalyWatch((at) => (at >= start + (learnMinutes + 3 * day) * minuteMs ? 2 : 1) * 3_600_000);
    for (let minute = 0; minute < learnMinutes + 7 * day; minute++) {
      const values = valuesAt(minute);
      if (isAway(minute - learnMinutes)) continue;
      const keys = Object.keys(values);
      if (minute === 0) for (const key of keys) watch.meet({ key, metric: key, labels: {} });
      watch.addTick(start + minute * minuteMs, keys, Object.values(values));
      if (watch.status().isNotable && minute >= learnMinutes) notices += 1 / 10;
    }
    seriesCount = watch.status().watchedSeries;
    const all = watch.anomalies(start + learnMinutes * minuteMs, start + (learnMinutes + 7 * day) * minuteMs);
    for (const incident of incidents) {
      const at = start + (learnMinutes + incident.minute) * minuteMs;
      // A minute is judged when it is over.
      if (
        all.some(({ series, from }) => series === incident.series && from >= at && from + minuteMs <= at + 2 * minuteMs)
      )
        found++;
      else missed.add(incident.name);
    }
    anomalies += all.filter(
      ({ from }) =>
        !incidents.some(({ minute }) => {
          const after = (from - start) / minuteMs - learnMinutes - minute;
          return after >= 0 && after < 60;
        }),
    ).length;
  }
  const share = (100 * found) / (incidents.length * machines);
  const [falseDay, noticesDay] = [anomalies / (machines * 7 * seriesCount), notices / (machines * 7)];
  return [
    {
      what: `anomalies, ${machines} generated weeks, planted incidents found within 2 min`,
      ours: `${share.toFixed(0)} %`,
      target: '>= 90 %',
      isMet: share >= 90,
      note: missed.size === 0 ? 'none was missed' : `missed at least once: ${[...missed].join(', ')}`,
    },
    {
      what: 'anomalies, generated weeks, listed without cause, a series and day',
      ours: falseDay.toFixed(2),
      target: '<= 0.2',
      isMet: falseDay <= 0.2,
    },
    {
      what: 'anomalies, generated weeks, notifications a day, with and without cause',
      ours: noticesDay.toFixed(2),
      target: '<= 1',
      isMet: noticesDay <= 1,
    },
  ];
}
