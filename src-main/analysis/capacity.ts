/**
 * When each volume will be full. A metric like any other, with an ordinary rule; asked of the history every ten
 * minutes.
 */
import type { VolumeCapacity } from '../contract/insights/insights-procedures.ts';
import type { MetricDescription } from '../contract/metric.ts';
import { dayMs, hourMs, minuteMs } from '../contract/shared/durations.ts';
import { sentences } from '../contract/text/message.ts';
import { foretellFillingFast } from '../insights/capacity/filling-fast.ts';
import { foretellRunOut, leastDays, type Usage } from '../insights/capacity/run-out.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { StoreReader } from '../store/store-types.ts';

const renewMs = 10 * minuteMs;
const pastDays = 28;
const common = { unit: 'seconds', kind: 'gauge', labels: ['volume'] } as const;

const full: MetricDescription = {
  name: 'forecast_disk_full_seconds',
  title: { en: 'Disk full in', de: 'Datenträger voll in' },
  help: {
    en: 'Time until this volume is full, as likely less as more; absent where it does not fill within a year or too little is known.',
    de: 'Zeit, bis dieses Laufwerk voll ist, ebenso wahrscheinlich kürzer wie länger; kein Wert, wo es sich binnen eines Jahres nicht füllt oder zu wenig bekannt ist.',
  },
  ...common,
};
const earliest: MetricDescription = {
  name: 'forecast_disk_full_earliest_seconds',
  title: { en: 'Disk full in, at the earliest', de: 'Datenträger voll frühestens in' },
  help: {
    en: 'In one of ten likely courses this volume is full before this time.',
    de: 'In einem von zehn wahrscheinlichen Verläufen ist dieses Laufwerk vor dieser Zeit voll.',
  },
  ...common,
};
const latest: MetricDescription = {
  name: 'forecast_disk_full_latest_seconds',
  title: { en: 'Disk full in, at the latest', de: 'Datenträger voll spätestens in' },
  help: {
    en: 'In nine of ten likely courses this volume is full before this time.',
    de: 'In neun von zehn wahrscheinlichen Verläufen ist dieses Laufwerk vor dieser Zeit voll.',
  },
  ...common,
};

const reasons = sentences('source.capacity', {
  'too-little-history': {
    en: 'Not enough history yet: {known} of {needed} days',
    de: 'Noch zu wenig Verlauf: {known} von {needed} Tagen',
  },
});

export interface CapacityAnalysis {
  readonly source: Source;
  /** As last worked out. */
  readonly volumes: () => readonly VolumeCapacity[];
}

export function analyseCapacity(reader: Pick<StoreReader, 'range'>): CapacityAnalysis {
  let volumes: readonly VolumeCapacity[] = [];
  let renewAt = Number.NEGATIVE_INFINITY;
  return {
    volumes: () => volumes,
    source: {
      id: 'capacity',
      title: { en: 'Capacity forecast', de: 'Kapazitätsvorhersage' },
      interval: 'lazy',
      timeoutMs: 10_000,
      reasons,
      metrics: [full, earliest, latest],
      async collect(sink, { at, monotonic, signal }) {
        if (monotonic >= renewAt) {
          volumes = await readVolumes(reader, at, signal);
          renewAt = monotonic + renewMs;
        }
        for (const { volume, state, medianSeconds, earliestSeconds, latestSeconds, at: madeAt } of volumes) {
          if (state !== 'runs-out' && state !== 'filling-fast') continue;
          const passed = Math.round((at - madeAt) / 1_000);
          const left = (seconds: number | null) => (seconds === null ? null : Math.max(0, seconds - passed));
          sink.sample(full, left(medianSeconds), { volume });
          sink.sample(earliest, left(earliestSeconds), { volume });
          sink.sample(latest, left(latestSeconds), { volume });
        }
        const known = Math.max(0, ...volumes.map(({ dayCount }) => dayCount));
        if (volumes.every(({ state }) => state === 'too-little-history'))
          throw new NoData(reasons['too-little-history'], { known, needed: leastDays });
      },
    },
  };
}

const metrics = ['disk_space_free_bytes', 'disk_space_size_bytes'];

async function readVolumes(
  reader: Pick<StoreReader, 'range'>,
  at: number,
  signal: AbortSignal,
): Promise<readonly VolumeCapacity[]> {
  const ask = async (from: number, columns: number) =>
    (await reader.range({ series: metrics, from, until: at, columns }, signal)).series;
  const past = await ask(at - pastDays * dayMs, pastDays * 24);
  const recent = await ask(at - 6 * hourMs, 72);
  return recent
    .filter(({ metric, at: times }) => metric === 'disk_space_size_bytes' && times.length > 0)
    .flatMap(({ labels, last }) => {
      const volume = labels.volume ?? '';
      const size = last[last.length - 1] as number;
      const free = (all: typeof past) =>
        all.find((one) => one.metric === 'disk_space_free_bytes' && one.labels.volume === volume);
      const [days, hours] = [free(past), free(recent)];
      const freeNow = hours?.last[hours.last.length - 1];
      if (days === undefined || hours === undefined || freeNow === undefined) return [];
      return [judgeVolume(volume, size, freeNow, usageOf(days, size), usageOf(hours, size), at)];
    });
}

/** Used is what is not free: blocks that only root may have are then used, which is right for when it is full. */
const usageOf = (free: { at: ArrayLike<number>; min: ArrayLike<number> }, size: number): Usage => ({
  at: Array.from(free.at),
  used: Array.from(free.min, (one) => size - one),
});

function judgeVolume(
  volume: string,
  sizeBytes: number,
  freeBytes: number,
  past: Usage,
  recent: Usage,
  at: number,
): VolumeCapacity {
  const answer = foretellRunOut(past, sizeBytes, at);
  const before = past.at.findLastIndex((time) => time < at - 6 * hourMs) + 1;
  const earlier = { at: past.at.slice(0, before), used: past.used.slice(0, before) };
  const fast = foretellFillingFast(recent, earlier, sizeBytes);
  const common = {
    ...{ volume, sizeBytes, freeBytes, leastDays, at },
    dayCount: answer.kind === 'runs-out' ? answer.runOut.dayCount : answer.dayCount,
    bytesPerDay:
      answer.kind === 'runs-out' ? answer.runOut.perDay : answer.kind === 'not-in-sight' ? answer.perDay : null,
  };
  if (fast !== null && (answer.kind !== 'runs-out' || fast < answer.runOut.median))
    return { ...common, state: 'filling-fast', medianSeconds: fast, earliestSeconds: null, latestSeconds: null };
  if (answer.kind !== 'runs-out')
    return { ...common, state: answer.kind, medianSeconds: null, earliestSeconds: null, latestSeconds: null };
  const { median, earliest: soonest, latest: last } = answer.runOut;
  return { ...common, state: 'runs-out', medianSeconds: median, earliestSeconds: soonest, latestSeconds: last };
}
