/** What watching 300 series every second costs, saving included. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readWatchFile, writeWatchFile } from '../../../src-main/analysis/watch-file.ts';
import { repeatableRandom } from '../../../src-main/insights/capacity/random.ts';
import { AnomalyWatch } from '../../../src-main/insights/watch/anomaly-watch.ts';
import type { BenchRow } from '../bench-row.ts';

const seriesCount = 300;
const seconds = 3_600;
const start = Date.UTC(2026, 2, 9);

export function costRows(): readonly BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-watch-'));
  const path = join(folder, 'state');
  try {
    const random = repeatableRandom(1);
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    collectGarbage();
    const before = process.memoryUsage();
    const watch = new AnomalyWatch(() => 0);
    const keys = Array.from({ length: seriesCount }, (_, index) => `figure_${index}`);
    for (const key of keys) watch.meet({ key, metric: key, labels: {} });
    const values = new Float64Array(seriesCount);
    const cpuBefore = process.cpuUsage();
    for (let second = 0; second < seconds; second++) {
      for (let index = 0; index < seriesCount; index++) values[index] = 50 + 10 * random();
      watch.addTick(start + second * 1_000, keys, values);
      if (second % 60 === 0) writeWatchFile(path, watch.state());
    }
    const cpu = process.cpuUsage(cpuBefore);
    const share = ((cpu.user + cpu.system) / 1e6 / seconds) * 100;
    collectGarbage();
    const after = process.memoryUsage();
    const grown = (after.heapUsed + after.external - before.heapUsed - before.external) / 1e6;
    const started = performance.now();
    const read = readWatchFile(path, start);
    const milliseconds = performance.now() - started;
    return [
      {
        what: `watch, ${seriesCount} series at 1 Hz, saved every minute, share of a core`,
        ours: `${share.toFixed(3)} %`,
        target: '<= 0.1 %',
        isMet: share <= 0.1,
      },
      {
        what: 'watch, heap grown',
        ours: `${grown.toFixed(1)} MB; file ${(statSync(path).size / 1e6).toFixed(2)} MB`,
        target: '<= 15 MB',
        isMet: grown <= 15,
      },
      {
        what: 'watch, state of a restart is read',
        ours: `${milliseconds.toFixed(0)} ms`,
        target: '<= 50 ms',
        isMet: read.kind === 'read' && watch.status().watchedSeries === seriesCount && milliseconds <= 50,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
