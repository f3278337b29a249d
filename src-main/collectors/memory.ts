/** How much memory is in use, what could be given back, and how much lies in swap. */
import { freemem, totalmem } from 'node:os';
import type { MetricDescription } from '../contract/metric.ts';
import type { Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { HeldFile } from './readers/held-file.ts';
import { type MemoryFigures, parseMeminfo } from './readers/memory-figures.ts';
import { rounded } from './rounding.ts';

const bytes = (name: string, title: string, help: string): MetricDescription => ({
  name,
  title,
  help,
  unit: 'bytes',
  kind: 'gauge',
  labels: [],
});
const percent: MetricDescription = {
  name: 'system_memory_percent',
  title: 'Memory',
  help: 'Share of the memory that is not available to programs, in percent.',
  unit: 'percent',
  kind: 'gauge',
  labels: [],
};
const size = bytes('memory_size_bytes', 'Memory installed', 'Memory of this machine that the system can use.');
const available = bytes(
  'memory_available_bytes',
  'Memory available',
  'Memory that programs can have without swapping.',
);
const free = bytes('memory_free_bytes', 'Memory free', 'Memory that nothing uses at all.');
const cached = bytes(
  'memory_cached_bytes',
  'Memory as cache',
  'File contents kept in memory and given back on demand.',
);
const dirty = bytes('memory_dirty_bytes', 'Memory to be written', 'Changed file contents not yet written to disk.');
const swapSize = bytes('memory_swap_size_bytes', 'Swap size', 'Room that the system has for memory moved to disk.');
const swapUsed = bytes('memory_swap_used_bytes', 'Swap used', 'Memory that was moved to disk.');

/** On Linux these change slowly and are told every fifth second: the store then keeps a fifth. */
const detailEvery = 5;

/** macOS overrides the figures by `vm_stat` from its slow reader; see `system-memory.ts`. */
export function memoryCollector({ platform, procRoot = '/proc' }: CollectorDeps): Source {
  const file = platform === 'linux' ? new HeldFile(`${procRoot}/meminfo`, 4_096) : undefined;
  let runs = 0;
  return {
    id: 'memory',
    title: 'Memory',
    beat: 'fast',
    timeoutMs: 5_000,
    metrics: [percent, size, available, free, cached, dirty, swapSize, swapUsed],
    collect(sink) {
      const figures: MemoryFigures | undefined =
        file === undefined ? { size: totalmem(), available: freemem() } : parseMeminfo(file.read());
      if (figures === undefined) throw new Error('The system does not tell its memory in a known form');
      sink.sample(percent, rounded((1 - figures.available / figures.size) * 100, 2));
      sink.sample(available, figures.available);
      if (runs++ % detailEvery !== 0) return;
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
