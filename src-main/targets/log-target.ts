/** A log file: lines that match, counted from where the last look stopped, over rotation and restart. */

import type { TargetFinding } from '../contract/targets.ts';
import { isGlob, maxFiles } from './log/find-logs.ts';
import { type LogReading, logFilesSchema } from './log/log-types.ts';
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
    en: 'Bytes of the log that were not searched: too many at once, a line without end, or gone before they were read.',
    de: 'Bytes des Protokolls, die nicht durchsucht wurden: zu viele auf einmal, eine Zeile ohne Ende, oder vor dem Lesen verschwunden.',
  },
  'bytes',
);
const waiting = targetGauge(
  'log_target_waiting_bytes',
  { en: 'Not read yet', de: 'Noch nicht gelesen' },
  {
    en: 'Bytes of the log that wait for the next look, because many came at once.',
    de: 'Bytes des Protokolls, die auf den nächsten Blick warten, weil viele auf einmal kamen.',
  },
  'bytes',
);
const unknownEnds = targetCounter(
  'log_target_unknown_ends_total',
  { en: 'Emptied without a copy', de: 'Ohne Kopie geleert' },
  {
    en: 'Times that the log was emptied or deleted without a copy: what was written since the look before is not known.',
    de: 'Wie oft das Protokoll ohne Kopie geleert oder gelöscht wurde: Was seit dem Blick davor geschrieben wurde, ist nicht bekannt.',
  },
  'count',
);

const timeoutMs = 10_000;

export const logTarget: TargetType<'log'> = {
  kind: 'log',
  metrics: [matched, lines, size, rotations, skipped, waiting, unknownEnds],
  interval: () => 'slow',
  timeoutMs: () => timeoutMs + 2_000,
  open({ id, path, encoding, patterns }, { probes, memory, databaseErrors }): Probe {
    const counts = patterns.map(() => 0);
    const totals = { lines: 0, rotations: 0, skippedBytes: 0, unknownEnds: 0 };
    let files = memory.get(id, 'files', logFilesSchema);
    const watching = patterns.some(({ isDatabaseError }) => isDatabaseError) ? databaseErrors.watch() : undefined;

    function take(reading: LogReading): void {
      files = [...reading.files];
      memory.set(id, 'files', files);
      for (const name of ['lines', 'rotations', 'skippedBytes', 'unknownEnds'] as const) totals[name] += reading[name];
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
            key: id,
            path,
            encoding,
            patterns: patterns.map(({ pattern, ignoreCase }) => ({ source: pattern, ignoreCase })),
          };
          reading = await probes.run(id, 'log', { ...question, ...(files && { files }) }, timeoutMs);
        } catch (error) {
          if (error instanceof ProbeTimedOut)
            return finding('unknown', 'timed-out', `Reading ${path} took too long: the disk does not answer`);
          const { message } = error as Error;
          return finding('down', 'unreadable', `${path} can't be read: ${message}`, [], { detail: message });
        }
        take(reading);
        const target = { target: id };
        for (const [index, { name }] of patterns.entries())
          if (reading.matches[index] !== null) sink.sample(matched, counts[index], { ...target, pattern: name });
        sink.sample(lines, totals.lines, target);
        if (reading.found > 0) sink.sample(size, reading.size, target);
        sink.sample(rotations, totals.rotations, target);
        sink.sample(skipped, totals.skippedBytes, target);
        sink.sample(waiting, reading.waitingBytes, target);
        sink.sample(unknownEnds, totals.unknownEnds, target);
        return describe(reading);
      },
      close: () => watching?.[Symbol.dispose](),
    };

    function describe(reading: LogReading): TargetFinding {
      const facts = [
        ...patterns.map(({ name }, index) => ({ name: 'matches', value: `${name}: ${counts[index]}` })),
        ...(isGlob(path) ? [{ name: 'log-files', value: String(reading.found) }] : []),
        ...(totals.skippedBytes > 0 ? [{ name: 'skipped-bytes', value: String(totals.skippedBytes) }] : []),
        ...(totals.unknownEnds > 0 ? [{ name: 'unknown-ends', value: String(totals.unknownEnds) }] : []),
      ];
      const [failure] = reading.unreadable;
      const isNothingReadable = reading.unreadable.length >= reading.found;
      if (reading.found === 0) return finding('down', 'missing', `There is no file ${path}`, facts);
      if (failure?.code === 'ENOTFILE' && isNothingReadable)
        return finding('down', 'not-a-file', `${path} is not an ordinary file`, facts);
      if (failure !== undefined && failure.code !== 'ENOTFILE')
        return finding(
          isNothingReadable ? 'down' : 'wrong',
          'unreadable',
          `${failure.path} can't be read: ${failure.message}`,
          facts,
          { detail: failure.message },
        );
      if (reading.leftOutFiles > 0)
        return finding('wrong', 'too-many-files', `${path} means ${reading.found} files; ${maxFiles} are read`, facts, {
          count: reading.found,
          limit: maxFiles,
        });
      const refusal = refusedPattern(patterns);
      if (refusal !== undefined) return finding('wrong', 'pattern-refused', refusal.message, facts, refusal.values);
      return finding('up', 'ok', `${path} is read as it grows`, facts);
    }
  },
};
