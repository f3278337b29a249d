/** How full each volume is, in bytes and in files. */
import { statfs } from 'node:fs/promises';
import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { listVolumes, type Volume } from './readers/volumes.ts';
import { rounded } from './rounding.ts';

const perVolume = { kind: 'gauge', labels: ['volume'] } as const;
const mainUsed: MetricDescription = {
  name: 'disk_space_main_used_ratio',
  title: { en: 'Disk', de: 'Datenträger' },
  help: {
    en: 'Share of the main volume, the one with the user data, that is in use.',
    de: 'Belegter Anteil des Hauptlaufwerks, auf dem die Daten des Benutzers liegen.',
  },
  unit: 'ratio',
  kind: 'gauge',
  labels: [],
};
const used: MetricDescription = {
  name: 'disk_space_used_ratio',
  title: { en: 'Volume in use', de: 'Belegung des Laufwerks' },
  help: {
    en: 'Share of this volume that is in use, of what an ordinary user could have.',
    de: 'Belegter Anteil dieses Laufwerks, gemessen an dem, was gewöhnliche Benutzer haben können.',
  },
  unit: 'ratio',
  ...perVolume,
};
const size: MetricDescription = {
  name: 'disk_space_size_bytes',
  title: { en: 'Volume size', de: 'Größe des Laufwerks' },
  help: { en: 'Size of this volume.', de: 'Größe dieses Laufwerks.' },
  unit: 'bytes',
  ...perVolume,
};
const free: MetricDescription = {
  name: 'disk_space_free_bytes',
  title: { en: 'Volume free', de: 'Frei auf dem Laufwerk' },
  help: { en: 'Room on this volume for an ordinary user.', de: 'Platz auf diesem Laufwerk für gewöhnliche Benutzer.' },
  unit: 'bytes',
  ...perVolume,
};
const inodes: MetricDescription = {
  name: 'disk_space_inodes_used_ratio',
  title: { en: 'Inodes in use', de: 'Benutzte Inodes' },
  help: {
    en: 'Share of the files that this volume can hold that exist; without free ones nothing can be made even with room left.',
    de: 'Anteil der Dateien, die es schon gibt, an denen, die dieses Laufwerk fasst; ist keine mehr frei, lässt sich trotz Platz nichts anlegen.',
  },
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

/**
 * A device that does not answer keeps one of the system's four threads: it is not asked again before it has let go, so
 * that it costs one thread and its own figures.
 */
function spaceReader(): (path: string) => Promise<Space | undefined> {
  const waiting = new Set<string>();
  return async (path) => {
    if (waiting.has(path)) return undefined;
    waiting.add(path);
    try {
      return spaceOf(await statfs(path));
    } finally {
      waiting.delete(path);
    }
  };
}

/** Mounts change seldom; the list is read again every minute. */
const relistEvery = 6;

const reasons = sentences('source.disk-space', {
  'no-volume': {
    en: 'No volume of this machine reports its size',
    de: 'Kein Laufwerk dieses Rechners meldet seine Größe',
  },
});

export function diskSpaceCollector({ platform, dataDir, procRoot = '/proc' }: CollectorDeps): Source {
  let volumes: readonly Volume[] = [];
  let runs = 0;
  const askSpace = spaceReader();
  return {
    id: 'disk-space',
    title: { en: 'Disk space', de: 'Speicherplatz' },
    interval: 'slow',
    timeoutMs: 8_000,
    reasons,
    metrics: [mainUsed, used, size, free, inodes],
    async collect(sink) {
      if (runs++ % relistEvery === 0) volumes = await listVolumes(platform, procRoot);
      const main = await askSpace(dataDir);
      if (main !== undefined) sink.sample(mainUsed, rounded(main.usedRatio, 4));
      let told = 0;
      for (const { path } of volumes) {
        // A volume may go at any time, and drives are listed by guess on Windows.
        const space = await askSpace(path).catch(() => undefined);
        if (space === undefined) continue;
        told += 1;
        const labels = { volume: path };
        sink.sample(used, rounded(space.usedRatio, 4), labels);
        sink.sample(size, space.size, labels);
        sink.sample(free, space.free, labels);
        if (space.inodesUsedRatio !== undefined) sink.sample(inodes, rounded(space.inodesUsedRatio, 4), labels);
      }
      if (told === 0 && main === undefined) throw new NoData(reasons['no-volume']);
    },
  };
}
