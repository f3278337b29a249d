/** Thirty days of a plausible machine in a data directory, through the import a user has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runHeadless } from './headless.ts';

export const monthMs = 30 * 86_400_000;

const series = [
  'system_cpu_percent',
  'system_memory_percent',
  'disk_space_main_used_ratio',
  'network_receive_bytes_per_second{device="eth0"}',
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

/** Busy by day and quiet at night, a slow growth, and a little unrest that is the same at every run. */
function valuesAt(at: number, until: number): readonly string[] {
  const day = Math.sin(((at % 86_400_000) / 86_400_000) * 2 * Math.PI - Math.PI / 2);
  const unrest = Math.abs(Math.sin(at / 7_000) * Math.sin(at / 311_000));
  const age = 1 - (until - at) / monthMs;
  return [
    (22 + 14 * day + 30 * unrest).toFixed(1),
    (46 + 9 * day + 6 * age + 3 * unrest).toFixed(1),
    (0.58 + 0.09 * age + 0.002 * unrest).toFixed(4),
    Math.round((1.2 + day) * 400_000 * (0.3 + unrest)).toString(),
  ];
}
