/** Thirty days of a plausible machine in a data directory, through the import a user has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runHeadless } from './headless.ts';

export const monthMs = 30 * 86_400_000;

const series = [
  'system_cpu_percent',
  'system_memory_percent',
  'disk_space_main_used_ratio',
  'network_receive_bytes_per_second{interface="eth0"}',
];

export interface Month {
  readonly stepMs: number;
  /** End of the last day, ms since the epoch. */
  readonly until: number;
  /** Nothing was measured in here: the machine was off. */
  readonly off?: { readonly from: number; readonly until: number };
}

export async function importMonth(dataDir: string, { stepMs, until, off }: Month): Promise<void> {
  const path = join(dataDir, 'month.csv');
  const rows = [['time', ...series.map((key) => `"${key.replaceAll('"', '""')}"`)].join(',')];
  for (let at = until - monthMs; at < until; at += stepMs) {
    if (off !== undefined && at >= off.from && at < off.until) continue;
    rows.push([new Date(at).toISOString(), ...valuesAt(at, until)].join(','));
  }
  writeFileSync(path, `${rows.join('\n')}\n`);
  const { code, stderr } = await runHeadless(['import', path, '--data-dir', dataDir]);
  if (code !== 0) throw new Error(`The import ended with ${code}: ${stderr}`);
}

/** Busy on working days and quiet at night, now and then a long task, a slow growth; the same at every run. */
function valuesAt(at: number, until: number): readonly string[] {
  const hour = (at / 3_600_000) % 24;
  const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
  const work = Math.max(0, Math.sin(((hour - 7) / 12) * Math.PI)) * (isWeekend ? 0.2 : 1);
  const task = chance(Math.floor(at / 5_400_000)) > 0.9 ? 1 : 0;
  const [minute, hourly] = [chance(Math.floor(at / 60_000)), chance(Math.floor(at / 3_600_000))];
  const age = 1 - (until - at) / monthMs;
  return [
    (4 + 28 * work * (0.5 + hourly) + 35 * task * minute + 9 * minute).toFixed(1),
    (41 + 13 * work + 7 * hourly + 6 * task + minute).toFixed(1),
    (0.58 + 0.07 * age + 0.012 * ((at / 86_400_000) % 1) + 0.002 * task).toFixed(4),
    Math.round(20_000 + 900_000 * work * hourly * minute + 3_000_000 * task * minute).toString(),
  ];
}

/** 0–1, unrelated from one number to the next. */
function chance(number: number): number {
  const mixed = Math.sin(number * 12.9898) * 43_758.5453;
  return mixed - Math.floor(mixed);
}
