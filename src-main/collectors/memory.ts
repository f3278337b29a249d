/** How much memory is in use, what could be given back, and how much lies in swap. */
import { freemem, totalmem } from 'node:os';
import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { runCommand } from '../platform/run-command.ts';
import { gauges } from '../sampling/describe-metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { HeldFile } from './readers/held-file.ts';
import { type MemoryFigures, parseMeminfo, parseVmStat } from './readers/memory-figures.ts';
import { rounded } from './rounding.ts';

const gauge = gauges();
const percent: MetricDescription = {
  name: 'system_memory_percent',
  title: { en: 'Memory', de: 'Speicher' },
  help: {
    en: 'Share of the memory that is not available to programs, in percent.',
    de: 'Anteil des Speichers, den Programme nicht mehr bekommen können, in Prozent.',
  },
  unit: 'percent',
  kind: 'gauge',
  labels: [],
};
const size = gauge(
  'memory_size_bytes',
  { en: 'Memory installed', de: 'Eingebauter Speicher' },
  {
    en: 'Memory of this machine that the system can use.',
    de: 'Speicher dieses Rechners, den das System nutzen kann.',
  },
  'bytes',
);
const available = gauge(
  'memory_available_bytes',
  { en: 'Memory available', de: 'Verfügbarer Speicher' },
  {
    en: 'Memory that programs can have without swapping.',
    de: 'Speicher, den Programme bekommen können, ohne dass etwas ausgelagert wird.',
  },
  'bytes',
);
const free = gauge(
  'memory_free_bytes',
  { en: 'Memory free', de: 'Freier Speicher' },
  { en: 'Memory that nothing uses at all.', de: 'Speicher, den gar nichts benutzt.' },
  'bytes',
);
const cached = gauge(
  'memory_cached_bytes',
  { en: 'Memory as cache', de: 'Speicher als Cache' },
  {
    en: 'File contents kept in memory and given back on demand.',
    de: 'Inhalte von Dateien im Speicher, die bei Bedarf weichen.',
  },
  'bytes',
);
const dirty = gauge(
  'memory_dirty_bytes',
  { en: 'Memory to be written', de: 'Noch zu schreibender Speicher' },
  {
    en: 'Changed file contents not yet written to disk.',
    de: 'Geänderte Inhalte von Dateien, die noch nicht auf dem Datenträger sind.',
  },
  'bytes',
);
const swapSize = gauge(
  'memory_swap_size_bytes',
  { en: 'Swap size', de: 'Auslagerung, Größe' },
  {
    en: 'Room that the system has for memory moved to disk.',
    de: 'Platz, den das System für ausgelagerten Speicher hat.',
  },
  'bytes',
);
const swapUsed = gauge(
  'memory_swap_used_bytes',
  { en: 'Swap used', de: 'Auslagerung, benutzt' },
  { en: 'Memory that was moved to disk.', de: 'Speicher, der ausgelagert ist.' },
  'bytes',
);

/** On Linux these change slowly and are told every fifth second: the store then keeps a fifth. */
const detailEvery = 5;

const reasons = sentences('source.memory', {
  'no-memory-figures': {
    en: 'The system has not reported its memory yet, or not in a known form',
    de: 'Das System hat seinen Speicher noch nicht gemeldet, oder in unbekannter Form',
  },
});

export function memoryCollector({ platform, procRoot = '/proc' }: CollectorDeps): Source {
  const file = platform === 'linux' ? new HeldFile(`${procRoot}/meminfo`, 4_096) : undefined;
  const macos = platform === 'darwin' ? new MacosMemory() : undefined;
  let runs = 0;
  const read = (run: number): MemoryFigures | undefined => {
    if (file !== undefined) return parseMeminfo(file.read());
    return macos === undefined ? { size: totalmem(), available: freemem() } : macos.read(run);
  };
  return {
    id: 'memory',
    title: { en: 'Memory', de: 'Speicher' },
    interval: 'fast',
    timeoutMs: 5_000,
    reasons,
    metrics: [percent, size, available, free, cached, dirty, swapSize, swapUsed],
    collect(sink) {
      const run = runs++;
      const figures = read(run);
      if (figures === undefined) throw new NoData(reasons['no-memory-figures']);
      sink.sample(percent, rounded((1 - figures.available / figures.size) * 100, 2));
      sink.sample(available, figures.available);
      if (run % detailEvery !== 0) return;
      sink.sample(size, figures.size);
      sink.sample(free, figures.free);
      sink.sample(cached, figures.cached);
      sink.sample(dirty, figures.dirty);
      sink.sample(swapSize, figures.swapSize);
      sink.sample(swapUsed, figures.swapUsed);
    },
    close: () => file?.[Symbol.dispose](),
  };
}

/**
 * On macOS the cheap call counts only memory that nothing uses at all. `vm_stat` tells the rest every tenth second; in
 * between, what could be given back is taken to stay as it was.
 */
class MacosMemory {
  #last: MemoryFigures | undefined;

  read(run: number): MemoryFigures | undefined {
    if (run % 10 === 0) void this.#refresh();
    if (this.#last === undefined) return undefined;
    const givable = this.#last.available - (this.#last.free ?? 0);
    const free = freemem();
    return { ...this.#last, free, available: Math.min(this.#last.size, free + givable) };
  }

  async #refresh(): Promise<void> {
    const [vmStat, swap] = await Promise.all([
      runCommand('/usr/bin/vm_stat', [], { timeoutMs: 5_000 }),
      runCommand('/usr/sbin/sysctl', ['-n', 'vm.swapusage'], { timeoutMs: 5_000 }),
    ]);
    if (vmStat.ok) this.#last = parseVmStat(vmStat.value, totalmem(), swap.ok ? swap.value : undefined);
  }
}
