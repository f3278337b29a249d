/**
 * Ticks with every collector for a while and prints how punctual it was; a process of its own, so that nothing else is
 * in its way.
 */
import { tmpdir, uptime } from 'node:os';
import { createCollectors } from '../../../src-main/collectors/index.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { createScheduler } from '../../../src-main/sampling/scheduler.ts';

const seconds = Number(process.argv[2]);
const late: number[] = [];
const causes: string[] = [];
const scheduler = createScheduler({
  clock: systemClock,
  sources: createCollectors({ clock: systemClock, platform: process.platform, dataDir: tmpdir() }),
  uptimeSeconds: uptime,
});
scheduler.start(({ gaps }) => {
  late.push(scheduler.tickStatistics().lastLateMs);
  for (const gap of gaps) causes.push(`${gap.cause}${gap.source === undefined ? '' : ` of ${gap.source}`}`);
});
await systemClock.sleep(seconds * 1_000 + 500);
const { ticks, missed } = scheduler.tickStatistics();
await scheduler.close();
// The first tick comes at once, wherever the second stands.
console.log(JSON.stringify({ ticks, missed, late: late.slice(1), causes }));
