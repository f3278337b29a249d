/**
 * GENERATED machine, minute by minute: two weeks to learn, one with planted incidents and with what is usual and looks
 * odd.
 */
import { repeatableRandom } from '../../../src-main/insights/capacity/random.ts';

export interface Incident {
  readonly name: string;
  /** Minute of the third week. */
  readonly minute: number;
  readonly series: string;
}

const day = 1_440;
export const learnMinutes = 14 * day;
export const incidents: readonly Incident[] = [
  { name: 'runaway process', minute: 0 * day + 500, series: 'system_cpu_percent' },
  { name: 'memory leak that jumps', minute: 1 * day + 300, series: 'system_memory_percent' },
  { name: 'deploy that slows queries', minute: 1 * day + 840, series: 'query_time_seconds' },
  { name: 'cache emptied', minute: 2 * day + 700, series: 'cache_hit_ratio' },
  { name: 'network flood', minute: 3 * day + 200, series: 'network_receive_bytes_per_second' },
  { name: 'throughput gone', minute: 3 * day + 660, series: 'queries_per_second' },
  { name: 'disk reads without end', minute: 4 * day + 100, series: 'disk_activity_read_bytes_per_second' },
  { name: 'processor hot', minute: 5 * day + 400, series: 'temperature_celsius' },
  { name: 'errors', minute: 5 * day + 900, series: 'query_error_ratio' },
  { name: 'connections pile up', minute: 6 * day + 600, series: 'database_connections' },
];
const lasting = 40;

/** Asleep in the night of the third week's day 2; rebooted at noon of day 4. */
export const isAway = (week3: number): boolean =>
  (week3 >= 2 * day + 60 && week3 < 2 * day + 240) || (week3 >= 4 * day + 720 && week3 < 4 * day + 724);

/** Values of one minute. */
export function makeMachine(seed: number): (minute: number) => Readonly<Record<string, number>> {
  const random = repeatableRandom(seed * 6_007);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let slow = 0;
  let served = 0;
  return (minute) => {
    const [ofDay, weekday] = [minute % day, Math.floor(minute / day) % 7];
    const week3 = minute - learnMinutes;
    const isOffice = weekday < 5 && ofDay >= 480 && ofDay < 1_080;
    const isBackup = ofDay >= 120 && ofDay < 150;
    const isCron = minute % 60 === 5;
    slow = 0.995 * slow + 0.1 * normal();
    const on = (series: string): boolean =>
      incidents.some((one) => one.series === series && week3 >= one.minute && week3 < one.minute + lasting);
    const load = (isOffice ? 22 : 4) + (isBackup ? 30 : 0) + (isCron ? 15 : 0) + 2 * slow;
    const rate = (isOffice ? 80 : 15) * Math.exp(0.1 * normal()) * (on('queries_per_second') ? 0.02 : 1);
    served += rate * 60;
    return {
      system_cpu_percent: Math.max(0.5, Math.min(100, load + 2 * normal() + (on('system_cpu_percent') ? 70 : 0))),
      system_memory_percent: 40 + (isOffice ? 8 : 0) + slow + 0.3 * normal() + (on('system_memory_percent') ? 35 : 0),
      query_time_seconds: 0.02 * Math.exp(0.15 * normal()) * (isBackup ? 2 : 1) * (on('query_time_seconds') ? 6 : 1),
      cache_hit_ratio: Math.min(1, 0.9 + 0.02 * normal() - (on('cache_hit_ratio') ? 0.6 : 0)),
      network_receive_bytes_per_second:
        (isOffice ? 6e5 : 1e5) * Math.exp(0.4 * normal()) + (on('network_receive_bytes_per_second') ? 5e7 : 0),
      queries_per_second: rate,
      queries_total: served,
      disk_activity_read_bytes_per_second:
        2e5 * Math.exp(0.6 * normal()) + (isBackup ? 4e7 : 0) + (on('disk_activity_read_bytes_per_second') ? 3e8 : 0),
      temperature_celsius: 45 + load / 3 + normal() + (on('temperature_celsius') ? 30 : 0),
      query_error_ratio: Math.max(0, 0.002 * normal()) + (on('query_error_ratio') ? 0.4 : 0),
      database_connections: Math.round(8 + (isOffice ? 12 : 0) + 2 * normal() + (on('database_connections') ? 90 : 0)),
      // A log that is cut once a day.
      disk_space_free_bytes: 2e11 - (((minute + 300) % day) / day) * 2e9,
    };
  };
}
