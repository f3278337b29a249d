/** What the disks do: bytes and operations, and how much of the time they are busy. */
import { readdirSync } from 'node:fs';
import { counters, gauges } from '../sampling/describe-metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { Rates } from './rates.ts';
import { type DiskCounters, parseDiskstats } from './readers/disk-counters.ts';
import { HeldFile } from './readers/held-file.ts';
import { readDiskTotals } from './readers/system-information.ts';
import { rounded } from './rounding.ts';

const gauge = gauges('device');
const counter = counters('device');
const readRate = gauge(
  'disk_activity_read_bytes_per_second',
  'Disk reads',
  'Bytes read from this disk a second.',
  'bytes_per_second',
);
const writeRate = gauge(
  'disk_activity_write_bytes_per_second',
  'Disk writes',
  'Bytes written to this disk a second.',
  'bytes_per_second',
);
const busy = gauge(
  'disk_activity_busy_ratio',
  'Disk busy',
  'Share of the time with at least one request under way.',
  'ratio',
);
const readBytes = counter(
  'disk_activity_read_bytes_total',
  'Bytes read',
  'Bytes read from this disk since boot.',
  'bytes',
);
const writtenBytes = counter(
  'disk_activity_written_bytes_total',
  'Bytes written',
  'Bytes written to this disk since boot.',
  'bytes',
);
const reads = counter(
  'disk_activity_reads_total',
  'Read operations',
  'Reads completed by this disk since boot.',
  'count',
);
const writes = counter(
  'disk_activity_writes_total',
  'Write operations',
  'Writes completed by this disk since boot.',
  'count',
);

/** Disks are plugged in seldom. */
const relistEvery = 30;
/** Totals are for scrapers, which come every 15 s or so; the rates carry the seconds. */
const totalsEvery = 10;

export function diskActivityCollector(deps: CollectorDeps): Source {
  const { platform, procRoot = '/proc', sysRoot = '/sys' } = deps;
  const isLinux = platform === 'linux';
  const file = isLinux ? new HeldFile(`${procRoot}/diskstats`) : undefined;
  const rates = new Rates();
  let disks = new Set<string>();
  let runs = 0;

  function readLinux(source: HeldFile): readonly DiskCounters[] {
    if (runs % relistEvery === 0) disks = new Set(readdirSync(`${sysRoot}/block`));
    return parseDiskstats(source.read(), (name) => disks.has(name));
  }

  return {
    id: 'disk-activity',
    title: 'Disk activity',
    beat: isLinux ? 'fast' : 'slow',
    timeoutMs: 8_000,
    metrics: [readRate, writeRate, busy, readBytes, writtenBytes, reads, writes],
    collect(sink, { monotonic }) {
      const tell = (counters: readonly DiskCounters[]): void => {
        if (counters.length === 0) throw new NoData('no-disks', 'The system shows no disks');
        for (const disk of counters) {
          const labels = { device: disk.device };
          const rate = (name: string, value: number): number | undefined => {
            const perSecond = rates.perSecond(`${disk.device} ${name}`, value, monotonic);
            return perSecond === undefined ? undefined : Math.round(perSecond);
          };
          sink.sample(readRate, rate('read', disk.readBytes), labels);
          sink.sample(writeRate, rate('write', disk.writtenBytes), labels);
          if (disk.busyMs !== undefined) {
            const busyMs = rates.perSecond(`${disk.device} busy`, disk.busyMs, monotonic);
            if (busyMs !== undefined) sink.sample(busy, rounded(Math.min(1, busyMs / 1_000), 3), labels);
          }
          if (isLinux && runs % totalsEvery !== 0) continue;
          sink.sample(readBytes, disk.readBytes, labels);
          sink.sample(writtenBytes, disk.writtenBytes, labels);
          sink.sample(reads, disk.reads, labels);
          sink.sample(writes, disk.writes, labels);
        }
        runs += 1;
      };
      if (file !== undefined) return tell(readLinux(file));
      return readDiskTotals().then(tell);
    },
    close: () => file?.[Symbol.dispose](),
  };
}
