/** How full each volume is, in bytes and in files. */
import { statfs } from 'node:fs/promises';
import type { MetricDescription } from '../contract/metric.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { listVolumes, type Volume } from './readers/volumes.ts';
import { rounded } from './rounding.ts';

const perVolume = { kind: 'gauge', labels: ['volume'] } as const;
const mainUsed: MetricDescription = {
  name: 'disk_space_main_used_ratio',
  title: 'Disk',
  help: 'Share of the main volume, the one with the user data, that is in use.',
  unit: 'ratio',
  kind: 'gauge',
  labels: [],
};
const used: MetricDescription = {
  name: 'disk_space_used_ratio',
  title: 'Volume in use',
  help: 'Share of this volume that is in use, of what an ordinary user could have.',
  unit: 'ratio',
  ...perVolume,
};
const size: MetricDescription = {
  name: 'disk_space_size_bytes',
  title: 'Volume size',
  help: 'Size of this volume.',
  unit: 'bytes',
  ...perVolume,
};
const free: MetricDescription = {
  name: 'disk_space_free_bytes',
  title: 'Volume free',
  help: 'Room on this volume for an ordinary user.',
  unit: 'bytes',
  ...perVolume,
};
const inodes: MetricDescription = {
  name: 'disk_space_inodes_used_ratio',
  title: 'Inodes in use',
  help: 'Share of the files that this volume can hold that exist; without free ones nothing can be made even with room left.',
  unit: 'ratio',
  ...perVolume,
};

interface Space {
  readonly size: number;
  readonly free: number;
  readonly usedRatio: number;
  readonly inodesUsedRatio?: number;
}

/** As `df` counts: blocks reserved for root are neither used nor free. */
export function spaceOf(f: {
  bsize: number;
  blocks: number;
  bfree: number;
  bavail: number;
  files: number;
  ffree: number;
}): Space | undefined {
  const usedBlocks = f.blocks - f.bfree;
  const reachable = usedBlocks + f.bavail;
  if (f.blocks === 0 || reachable === 0) return undefined;
  return {
    size: f.blocks * f.bsize,
    free: f.bavail * f.bsize,
    usedRatio: usedBlocks / reachable,
    ...(f.files > 0 && f.ffree >= 0 && f.ffree <= f.files && { inodesUsedRatio: 1 - f.ffree / f.files }),
  };
}

/** Mounts change seldom; the list is read again every minute. */
const relistEvery = 6;

export function diskSpaceCollector({ platform, dataDir, procRoot = '/proc' }: CollectorDeps): Source {
  let volumes: readonly Volume[] = [];
  let runs = 0;
  return {
    id: 'disk-space',
    title: 'Disk space',
    beat: 'slow',
    timeoutMs: 8_000,
    metrics: [mainUsed, used, size, free, inodes],
    async collect(sink) {
      if (runs++ % relistEvery === 0) volumes = await listVolumes(platform, procRoot);
      const main = spaceOf(await statfs(dataDir));
      if (main !== undefined) sink.sample(mainUsed, rounded(main.usedRatio, 4));
      let told = 0;
      for (const { path } of volumes) {
        // A volume may go at any time, and drives are listed by guess on Windows.
        const space = await statfs(path).then(spaceOf, () => undefined);
        if (space === undefined) continue;
        told += 1;
        const labels = { volume: path };
        sink.sample(used, rounded(space.usedRatio, 4), labels);
        sink.sample(size, space.size, labels);
        sink.sample(free, space.free, labels);
        if (space.inodesUsedRatio !== undefined) sink.sample(inodes, rounded(space.inodesUsedRatio, 4), labels);
      }
      if (told === 0 && main === undefined) throw new NoData('no-volume', 'No volume of this machine tells its size');
    },
  };
}
