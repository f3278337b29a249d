/**
 * Memory is short: programs wait for it or are moved to disk. Who grew within the recording comes before who is large.
 */
import {
  type Cause,
  type CauseFinder,
  type Evidence,
  type FinderContext,
  figure,
  spanOf,
  sureByLength,
} from '../cause.ts';
import type { ObservedProcess, Recording } from '../recording.ts';
import { findStretch, meanWithin, type Stretch } from '../stretch.ts';
import { blame, type Culprit } from '../who/blame.ts';
import { describe } from '../who/describe.ts';

const nearlyFullPercent = 92;
const fullPercent = 85;
const waitingRatio = 0.1;
/** Swap that grows by less a second is housekeeping. */
const swapBytesPerSecond = 2_000_000;
const minSeconds = 8;
/** A program with less of the growth did not fill the memory alone. */
const grewByShare = 0.4;
const largestShare = 0.35;

export const memoryFinder: CauseFinder = {
  kind: 'memory',
  find(context) {
    const { recording, lines } = context;
    const used = lines.one('system_memory_percent');
    if (used === undefined) return [];
    const waiting = lines.one('pressure_waiting_ratio', { resource: 'memory' })?.values ?? [];
    const swapping = changePerSecond(recording, lines.one('memory_swap_used_bytes')?.values ?? []);
    const isShort = used.values.map((value, index) => {
      if (value === undefined) return undefined;
      if (value >= nearlyFullPercent) return value;
      const isHurt = (waiting[index] ?? 0) >= waitingRatio || (swapping[index] ?? 0) >= swapBytesPerSecond;
      return value >= fullPercent && isHurt ? value : 0;
    });
    const stretch = findStretch(recording, isShort, (value) => value > 0, { minSeconds, dipSeconds: 10 });
    if (stretch === undefined) return [];
    const grown = growth(recording, stretch);
    const large = blame(recording, stretch, 'memory');
    const isGrown = grown !== undefined && grown.culprit.share >= grewByShare;
    const named = isGrown
      ? grown.culprit
      : large !== undefined && large.culprit.share >= largestShare
        ? large.culprit
        : undefined;
    const isHurting = mean(waiting, stretch) >= waitingRatio || mean(swapping, stretch) >= swapBytesPerSecond;
    const certainty = (isHurting ? 0.92 : 0.72) * (named === undefined ? 0.75 : isGrown ? 1 : 0.88);
    const percent = meanWithin(used.values, stretch) ?? stretch.mean;
    return [
      {
        kind: 'memory',
        name: named?.label ?? null,
        pid: named?.pid ?? null,
        confidence: sureByLength(stretch.seconds) * certainty,
        severity: isHurting ? 1 : 0.8,
        ...spanOf(recording, stretch),
        statement: statementOf(named, isGrown, percent),
        evidence: evidenceOf(context, stretch, percent, swapping, waiting),
        brings: ['disk', 'cpu', 'database', 'service', 'monitor'],
        isSlowness: true,
      } satisfies Cause,
    ];
  },
};

/** Who added memory from the recording's first table to the last of the stretch. */
function growth(recording: Recording, stretch: Stretch): { readonly culprit: Culprit } | undefined {
  const tables = recording
    .slice(0, stretch.until)
    .flatMap(({ processes }) => (processes === undefined ? [] : [processes]));
  const [first, last] = [tables[0], tables.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const before = new Map(first.map(({ pid, memoryBytes }) => [pid, memoryBytes ?? 0]));
  const added = last.map(
    (process): ObservedProcess => ({
      ...process,
      memoryBytes: Math.max(0, (process.memoryBytes ?? 0) - (before.get(process.pid) ?? 0)),
    }),
  );
  const at = recording[stretch.until - 1]?.at ?? 0;
  const found = blame([{ at, values: new Map(), processes: added }], { ...stretch, from: 0, until: 1 }, 'memory');
  // Some tens of megabytes come and go everywhere.
  return found !== undefined && found.culprit.used >= 100_000_000 ? found : undefined;
}

function statementOf(named: Culprit | undefined, isGrown: boolean, percent: number): Evidence {
  const full = figure(percent, 'percent');
  if (named === undefined)
    return {
      text: {
        en: 'Memory is {full} full, by many programs together',
        de: 'Der Speicher ist zu {full} voll, durch viele Programme zusammen',
      },
      values: { full },
    };
  const { who, values } = describe(named);
  const bytes = figure(named.used, 'bytes');
  return {
    text: isGrown
      ? {
          en: `${who.en} took {bytes} more memory, which is {full} full`,
          de: `${who.de} nahm {bytes} mehr Speicher, der nun zu {full} voll ist`,
        }
      : {
          en: `${who.en} holds {bytes} of the memory, which is {full} full`,
          de: `${who.de} hält {bytes} des Speichers, der zu {full} voll ist`,
        },
    values: { ...values, bytes, full },
  };
}

function evidenceOf(
  { lines }: FinderContext,
  stretch: Stretch,
  percent: number,
  swapping: readonly (number | undefined)[],
  waiting: readonly (number | undefined)[],
): readonly Evidence[] {
  const evidence: Evidence[] = [
    {
      text: { en: 'Memory {percent} full for {seconds}', de: 'Speicher zu {percent} voll seit {seconds}' },
      values: { percent: figure(percent, 'percent'), seconds: figure(stretch.seconds, 'seconds') },
    },
  ];
  const swapped = lines
    .one('memory_swap_used_bytes')
    ?.values.slice(0, stretch.until)
    .findLast((value) => value !== undefined);
  if (swapped !== undefined && mean(swapping, stretch) >= swapBytesPerSecond)
    evidence.push({
      text: { en: 'Memory is moved to disk: {bytes} in swap', de: 'Speicher wird ausgelagert: {bytes} im Swap' },
      values: { bytes: figure(swapped, 'bytes') },
    });
  const share = mean(waiting, stretch);
  if (share >= waitingRatio)
    evidence.push({
      text: {
        en: 'Tasks waited for memory {share} of the time',
        de: 'Aufgaben warteten {share} der Zeit auf Speicher',
      },
      values: { share: figure(share, 'ratio') },
    });
  return evidence;
}

/** A second's change, growing only; the value itself may come every few seconds. */
function changePerSecond(recording: Recording, values: readonly (number | undefined)[]): (number | undefined)[] {
  let before: { readonly index: number; readonly value: number } | undefined;
  let rate: number | undefined;
  return recording.map(({ at }, index) => {
    const value = values[index];
    if (value === undefined) return rate;
    const seconds = before === undefined ? 0 : (at - (recording[before.index]?.at ?? at)) / 1_000;
    rate = before === undefined || seconds <= 0 ? undefined : Math.max(0, (value - before.value) / seconds);
    before = { index, value };
    return rate;
  });
}

const mean = (values: readonly (number | undefined)[], stretch: Stretch): number => meanWithin(values, stretch) ?? 0;
