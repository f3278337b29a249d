/** How much memory is in use, what could be given back, and how much lies in swap. */
import { freemem, totalmem } from 'node:os';
import type { MetricDescription } from '../contract/metric.ts';
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
  title: 'Memory',
  help: 'Share of the memory that is not available to programs, in percent.',
  unit: 'percent',
  kind: 'gauge',
  labels: [],
};
const size = gauge('memory_size_bytes', 'Memory installed', 'Memory of this machine that the system can use.', 'bytes');
const available = gauge(
  'memory_available_bytes',
  'Memory available',
  'Memory that programs can have without swapping.',
  'bytes',
);
const free = gauge('memory_free_bytes', 'Memory free', 'Memory that nothing uses at all.', 'bytes');
const cached = gauge(
  'memory_cached_bytes',
  'Memory as cache',
  'File contents kept in memory and given back on demand.',
  'bytes',
);
const dirty = gauge(
  'memory_dirty_bytes',
  'Memory to be written',
  'Changed file contents not yet written to disk.',
  'bytes',
);
const swapSize = gauge(
  'memory_swap_size_bytes',
  'Swap size',
  'Room that the system has for memory moved to disk.',
  'bytes',
);
const swapUsed = gauge('memory_swap_used_bytes', 'Swap used', 'Memory that was moved to disk.', 'bytes');

/** On Linux these change slowly and are told every fifth second: the store then keeps a fifth. */
const detailEvery = 5;

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
    title: 'Memory',
    beat: 'fast',
    timeoutMs: 5_000,
    metrics: [percent, size, available, free, cached, dirty, swapSize, swapUsed],
    collect(sink) {
      const run = runs++;
      const figures = read(run);
      if (figures === undefined)
        throw new NoData('no-memory-figures', 'The system has not told its memory yet, or not in a known form');
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
