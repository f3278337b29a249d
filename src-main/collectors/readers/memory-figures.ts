/**
 * Memory in bytes, from /proc/meminfo on Linux, from vm_stat and sysctl on macOS, from the system's own calls
 * elsewhere.
 */

export interface MemoryFigures {
  readonly size: number;
  readonly available: number;
  readonly free?: number;
  /** File contents kept in memory, given back on demand. */
  readonly cached?: number;
  readonly swapSize?: number;
  readonly swapUsed?: number;
  readonly dirty?: number;
}

export function parseMeminfo(text: string): MemoryFigures | undefined {
  const field = (name: string): number | undefined => {
    const match = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text);
    return match === null ? undefined : Number(match[1]) * 1_024;
  };
  const size = field('MemTotal');
  const free = field('MemFree');
  // Kernels before 3.14 have no MemAvailable.
  const available = field('MemAvailable') ?? free;
  if (size === undefined || available === undefined) return undefined;
  const fileCache = field('Cached');
  // The others are corrections that old kernels and containers leave out; without the cache itself nothing is known.
  const cached =
    fileCache === undefined
      ? undefined
      : fileCache + (field('Buffers') ?? 0) + (field('SReclaimable') ?? 0) - (field('Shmem') ?? 0);
  const swapSize = field('SwapTotal');
  const swapFree = field('SwapFree');
  const dirty = field('Dirty');
  return {
    size,
    available,
    ...(free !== undefined && { free }),
    ...(cached !== undefined && { cached: Math.max(0, cached) }),
    ...(swapSize !== undefined && swapFree !== undefined && { swapSize, swapUsed: swapSize - swapFree }),
    ...(dirty !== undefined && { dirty }),
  };
}

/**
 * macOS: `vm_stat` counts pages by kind. Available is what the system gives without swapping: free, speculative,
 * inactive and purgeable pages; `os.freemem()` there counts only the first, which reads as nearly full at all times.
 */
export function parseVmStat(vmStat: string, size: number, swapUsage?: string): MemoryFigures | undefined {
  const pageSize = Number(/page size of (\d+) bytes/.exec(vmStat)?.[1]);
  if (!(pageSize > 0)) return undefined;
  const pages = (name: string): number | undefined => {
    const count = new RegExp(`^"?${name}"?:\\s+(\\d+)`, 'm').exec(vmStat)?.[1];
    return count === undefined ? undefined : Number(count);
  };
  const freePages = pages('Pages free');
  const inactive = pages('Pages inactive');
  if (freePages === undefined || inactive === undefined) return undefined;
  const fileBacked = pages('File-backed pages');
  // Systems before 10.9 have neither of the two kinds.
  const givable = inactive + (pages('Pages speculative') ?? 0) + (pages('Pages purgeable') ?? 0);
  const free = freePages * pageSize;
  const swap = (name: string): number | undefined => {
    const match = new RegExp(`${name} = ([\\d.,]+)M`).exec(swapUsage ?? '');
    return match === null ? undefined : Number((match[1] as string).replace(',', '.')) * 1_048_576;
  };
  const swapSize = swap('total');
  const swapUsed = swap('used');
  return {
    size,
    available: Math.min(size, free + givable * pageSize),
    free,
    ...(fileBacked !== undefined && { cached: fileBacked * pageSize }),
    ...(swapSize !== undefined && swapUsed !== undefined && { swapSize, swapUsed }),
  };
}
