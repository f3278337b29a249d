/** A log file: lines that match, counted from where the last look stopped, over rotation and restart. */
import { z } from 'zod';
import type { LogReading } from './log/read-log.ts';
import { refusedPattern } from './log/refused-pattern.ts';
import { ProbeTimedOut } from './probe-thread.ts';
import { targetCounter, targetGauge } from './target-metrics.ts';
import { finding, type Probe, type TargetType } from './target-type.ts';

const matched = targetCounter(
  'log_target_matches_total',
  { en: 'Matching lines', de: 'Passende Zeilen' },
  {
    en: 'Lines of the log that match this pattern, since the monitor started.',
    de: 'Zeilen des Protokolls, die zu diesem Muster passen, seit dem Start des Monitors.',
  },
  'count',
  ['pattern'],
);
const lines = targetCounter(
  'log_target_lines_total',
  { en: 'Lines', de: 'Zeilen' },
  {
    en: 'Lines written to the log since the monitor started.',
    de: 'Zeilen, die seit dem Start des Monitors in das Protokoll geschrieben wurden.',
  },
  'count',
);
const size = targetGauge(
  'log_target_size_bytes',
  { en: 'Size of the log', de: 'Größe des Protokolls' },
  { en: 'Size of the log file.', de: 'Größe der Protokolldatei.' },
  'bytes',
);
const rotations = targetCounter(
  'log_target_rotations_total',
  { en: 'Rotations', de: 'Wechsel der Datei' },
  {
    en: 'Times that the log was started again since the monitor started.',
    de: 'Wie oft das Protokoll seit dem Start des Monitors neu begonnen wurde.',
  },
  'count',
);
const skipped = targetCounter(
  'log_target_skipped_bytes_total',
  { en: 'Left out', de: 'Ausgelassen' },
  {
    en: 'Bytes of the log that were not looked at, because too many came at once.',
    de: 'Bytes des Protokolls, die nicht gelesen wurden, weil zu viele auf einmal kamen.',
  },
  'bytes',
);

const placeShape = z.object({ inode: z.number(), offset: z.number() });
const timeoutMs = 10_000;

export const logTarget: TargetType<'log'> = {
  kind: 'log',
  metrics: [matched, lines, size, rotations, skipped],
  interval: () => 'slow',
  timeoutMs: () => timeoutMs + 2_000,
  open({ id, path, patterns }, { probes, memory, databaseErrors }): Probe {
    const counts = patterns.map(() => 0);
    let lineCount = 0;
    let rotationCount = 0;
    let skippedBytes = 0;
    let from = memory.get(id, 'place', placeShape);
    const watching = patterns.some(({ isDatabaseError }) => isDatabaseError) ? databaseErrors.watch() : undefined;

    function take(reading: LogReading): void {
      from = reading.place;
      memory.set(id, 'place', from);
      lineCount += reading.lines;
      skippedBytes += reading.skippedBytes;
      if (reading.wasRotated) rotationCount += 1;
      for (const [index, count] of reading.matches.entries()) {
        if (count === null) continue;
        counts[index] = (counts[index] as number) + count;
        if (patterns[index]?.isDatabaseError) databaseErrors.add(count);
      }
    }

    return {
      async look(sink) {
        let reading: LogReading;
        try {
          const question = {
            path,
            patterns: patterns.map(({ pattern, ignoreCase }) => ({ source: pattern, ignoreCase })),
          };
          reading = await probes.run(id, 'log', { ...question, ...(from && { from }) }, timeoutMs);
        } catch (error) {
          if (error instanceof ProbeTimedOut)
            return finding('unknown', 'timed-out', `Reading ${path} took too long: the disk does not answer`);
          const { code, message } = error as Error & { code?: string };
          if (code === 'ENOENT') return finding('down', 'missing', `There is no file ${path}`);
          if (code === 'EISDIR' || code === 'ENOTFILE')
            return finding('down', 'not-a-file', `${path} is not an ordinary file`);
          return finding('down', 'unreadable', `${path} can't be read: ${message}`, [], { detail: message });
        }
        take(reading);
        const target = { target: id };
        for (const [index, { name }] of patterns.entries())
          if (reading.matches[index] !== null) sink.sample(matched, counts[index], { ...target, pattern: name });
        sink.sample(lines, lineCount, target);
        sink.sample(size, reading.size, target);
        sink.sample(rotations, rotationCount, target);
        sink.sample(skipped, skippedBytes, target);
        const facts = patterns.map(({ name }, index) => ({ name: 'matches', value: `${name}: ${counts[index]}` }));
        const refusal = refusedPattern(patterns);
        if (refusal !== undefined) return finding('wrong', 'pattern-refused', refusal.message, facts, refusal.values);
        return finding('up', 'ok', `${path} is read as it grows`, facts);
      },
      close: () => watching?.[Symbol.dispose](),
    };
  },
};
