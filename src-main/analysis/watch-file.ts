/**
 * What the watch has learned, as a file: a line with a checksum, then JSON. Written aside and renamed. One that is
 * damaged is set aside and said; the series are then learned anew from the history.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { WatchState } from '../insights/watch/anomaly-watch.ts';

const version = 1;

/** The checksum vouches for the numbers; the outline says that this version wrote them. */
const outline = z.object({
  version: z.literal(version),
  series: z.record(z.string(), z.unknown()),
  anomalies: z.array(z.unknown()),
  total: z.number(),
  notableAt: z.number().nullable(),
});

export type ReadWatch =
  | { readonly kind: 'read'; readonly state: WatchState }
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly aside: string };

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @param now ms since the epoch, for the name of what is set aside */
export function readWatchFile(path: string, now: number): ReadWatch {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' };
    return setAside(path, now);
  }
  try {
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    if (text.slice(0, end) !== checksum(body)) return setAside(path, now);
    return { kind: 'read', state: outline.parse(JSON.parse(body)) as unknown as WatchState };
  } catch {
    return setAside(path, now);
  }
}

function setAside(path: string, now: number): ReadWatch {
  const aside = `${path}.${new Date(now).toISOString().replaceAll(':', '-')}.damaged`;
  try {
    renameSync(path, aside);
  } catch {
    // What can't be moved is written over with the next minute.
    return { kind: 'damaged', aside: path };
  }
  return { kind: 'damaged', aside };
}

/** Six digits are more than any of it is worth, and a third of the bytes. */
const brief = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;

/** @throws where the disk refuses */
export function writeWatchFile(path: string, state: WatchState): void {
  const body = JSON.stringify({ version, ...state }, brief);
  writeFileSync(`${path}.new`, `${checksum(body)}\n${body}`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
