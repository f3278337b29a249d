/** A recorded file as a recording: a line a second, JSON. Every line passes its schema; the first bad one is named. */
import { z } from 'zod';
import { type Outcome, ok, wrongUse } from '../contract/outcome.ts';
import type { ObservedProcess, Recording, Second } from './recording.ts';

const number = z.number().nullish();

const processSchema = z.object({
  pid: z.number().int().nonnegative(),
  parent: z.number().int().nonnegative().nullish(),
  name: z.string().max(1_000),
  command: z.string().max(100_000).nullish(),
  cpu_cores: number,
  memory_bytes: number,
  disk_bytes_per_second: number,
});

const secondSchema = z.object({
  /** ms or seconds since the epoch, or ISO 8601. */
  at: z.union([z.number().positive(), z.string().max(40)]),
  values: z.record(z.string().max(2_000), z.number().nullable()).default({}),
  processes: z.array(processSchema).max(100_000).nullish(),
});

const maxSeconds = 100_000;
/** Seconds since the epoch stay below this until the year 5138; ms passed it in 1973. */
const secondsBelow = 1e11;

/** Blank lines are skipped; lines may come in any order. */
export function readRecording(text: string): Outcome<Recording> {
  const seconds: Second[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue;
    if (seconds.length === maxSeconds) return wrong(index, `more than ${maxSeconds} seconds`);
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch (error) {
      return wrong(index, (error as Error).message);
    }
    const parsed = secondSchema.safeParse(json);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return wrong(index, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a second'}`);
    }
    const at = timeOf(parsed.data.at);
    if (Number.isNaN(at)) return wrong(index, `at: "${parsed.data.at}" is no time`);
    seconds.push({ at, values: valuesOf(parsed.data.values), processes: parsed.data.processes?.map(processOf) });
  }
  if (seconds.length === 0) return wrongUse('The recording is empty.', 'It wants one line of JSON a second.');
  return ok(seconds.toSorted((a, b) => a.at - b.at));
}

const wrong = (index: number, why: string): Outcome<never> =>
  wrongUse(
    `Line ${index + 1} of the recording cannot be read: ${why}`,
    'It wants {"at", "values", "processes"} as JSON.',
  );

function timeOf(at: number | string): number {
  if (typeof at === 'string') return Date.parse(at);
  return at < secondsBelow ? at * 1_000 : at;
}

function valuesOf(values: Readonly<Record<string, number | null>>): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const [key, value] of Object.entries(values)) if (value !== null) known.set(key.replace(/^hakgal_/, ''), value);
  return known;
}

const processOf = (row: z.infer<typeof processSchema>): ObservedProcess => ({
  pid: row.pid,
  parent: row.parent ?? null,
  name: row.name,
  command: row.command ?? null,
  cpuCores: row.cpu_cores ?? null,
  memoryBytes: row.memory_bytes ?? null,
  diskBytesPerSecond: row.disk_bytes_per_second ?? null,
});
