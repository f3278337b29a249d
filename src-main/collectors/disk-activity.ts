/** What the disks do: bytes and operations, and how much of the time they are busy. */

import { readdirSync } from 'node:fs';
import { sentences } from '../contract/text/message.ts';
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
  { en: 'Disk reads', de: 'Lesen vom Datenträger' },
  { en: 'Bytes read from this disk a second.', de: 'Von diesem Datenträger gelesene Bytes je Sekunde.' },
  'bytes_per_second',
);
const writeRate = gauge(
  'disk_activity_write_bytes_per_second',
  { en: 'Disk writes', de: 'Schreiben auf den Datenträger' },
  { en: 'Bytes written to this disk a second.', de: 'Auf diesen Datenträger geschriebene Bytes je Sekunde.' },
  'bytes_per_second',
);
const busy = gauge(
  'disk_activity_busy_ratio',
  { en: 'Disk busy', de: 'Datenträger beschäftigt' },
  {
    en: 'Share of the time with at least one request under way.',
    de: 'Anteil der Zeit, in der mindestens ein Zugriff im Gange war.',
  },
  'ratio',
);
const readBytes = counter(
  'disk_activity_read_bytes_total',
  { en: 'Bytes read', de: 'Gelesene Bytes' },
  {
    en: 'Bytes read from this disk since boot.',
    de: 'Von diesem Datenträger gelesene Bytes seit dem Start des Rechners.',
  },
  'bytes',
);
const writtenBytes = counter(
  'disk_activity_written_bytes_total',
  { en: 'Bytes written', de: 'Geschriebene Bytes' },
  {
    en: 'Bytes written to this disk since boot.',
    de: 'Auf diesen Datenträger geschriebene Bytes seit dem Start des Rechners.',
  },
  'bytes',
);
const reads = counter(
  'disk_activity_reads_total',
  { en: 'Read operations', de: 'Lesevorgänge' },
  {
    en: 'Reads completed by this disk since boot.',
    de: 'Abgeschlossene Lesevorgänge dieses Datenträgers seit dem Start des Rechners.',
  },
  'count',
);
const writes = counter(
  'disk_activity_writes_total',
  { en: 'Write operations', de: 'Schreibvorgänge' },
  {
    en: 'Writes completed by this disk since boot.',
    de: 'Abgeschlossene Schreibvorgänge dieses Datenträgers seit dem Start des Rechners.',
  },
  'count',
);

/** Disks are plugged in seldom. */
const relistEvery = 30;
/** Totals are for scrapers, which come every 15 s or so; the rates carry the seconds. */
const totalsEvery = 10;

const reasons = sentences('source.disk-activity', {
  'no-disks': { en: 'The system shows no disks', de: 'Das System zeigt keine Datenträger' },
});

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
    title: { en: 'Disk activity', de: 'Datenträgerzugriffe' },
    interval: isLinux ? 'fast' : 'slow',
    timeoutMs: 8_000,
    reasons,
    metrics: [readRate, writeRate, busy, readBytes, writtenBytes, reads, writes],
    collect(sink, { monotonic }) {
      const emit = (counters: readonly DiskCounters[]): void => {
        if (counters.length === 0) throw new NoData(reasons['no-disks']);
        for (const disk of counters) {
          const labels = { device: disk.device };
          const rate = (name: string, value: number | undefined): number | undefined => {
            if (value === undefined) return undefined;
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
      if (file !== undefined) return emit(readLinux(file));
      return readDiskTotals().then(emit);
    },
    close: () => file?.[Symbol.dispose](),
  };
}
