/** A database is locked, slow, gone or damaged, or its log has grown out of hand. */

import type { Text } from '../../contract/text/text.ts';
import { type Cause, type CauseFinder, type Evidence, type FinderContext, figure, spanOf } from '../cause.ts';
import type { Line } from '../recording.ts';
import { findStretch, growthWithin, meanWithin, type Stretch, usualOutside } from '../stretch.ts';
import { downTargets } from './service.ts';

const slowQuerySeconds = 0.1;
const slowerTimes = 3;
const errorsPerSecond = 0.2;
const lockedProblems = new Set(['locked', 'busy', 'held']);
const longLogBytes = 256_000_000;

export const databaseFinder: CauseFinder = {
  kind: 'database',
  find: (context) => [...brokenDatabases(context), ...slowQueries(context)],
};

function brokenDatabases(context: FinderContext): readonly Cause[] {
  const { recording, lines } = context;
  const locked = lines.of('target_problem').flatMap((line) => {
    if (!lockedProblems.has(line.labels.problem ?? '')) return [];
    const stretch = findStretch(recording, line.values, (value) => value > 0, { minSeconds: 1, dipSeconds: 15 });
    return stretch === undefined ? [] : [{ target: line.labels.target ?? '', stretch }];
  });
  const down = downTargets(context).filter(
    ({ kind, target, problem }) =>
      kind === 'sqlite' && problem !== 'in-repair' && !locked.some((one) => one.target === target),
  );
  return [
    ...locked.map(({ target, stretch }) => broken(context, target, stretch, lockedStatement(target), 0.88)),
    ...down.map(({ target, stretch, problem }) =>
      broken(context, target, stretch, problemStatement(target, problem), 0.85),
    ),
  ];
}

function broken(
  { recording, lines }: FinderContext,
  target: string,
  stretch: Stretch,
  statement: Evidence,
  confidence: number,
): Cause {
  return {
    kind: 'database',
    name: target,
    pid: null,
    confidence: stretch.isOpen ? confidence : confidence * 0.85,
    severity: 0.9,
    ...spanOf(recording, stretch),
    statement,
    evidence: [...errorEvidence(lines.of('database_errors_total'), stretch), ...logEvidence(lines, target, stretch)],
    brings: ['service', 'database'],
    isSlowness: false,
  };
}

const lockedStatement = (target: string): Evidence => ({
  text: {
    en: 'The database {target} is locked by another program',
    de: 'Die Datenbank {target} ist von einem anderen Programm gesperrt',
  },
  values: { target },
});

const problems: Readonly<Record<string, Text>> = {
  missing: { en: 'The database {target} is missing', de: 'Die Datenbank {target} fehlt' },
  damaged: { en: 'The database {target} is damaged', de: 'Die Datenbank {target} ist beschädigt' },
  'missing-table': { en: 'The database {target} lacks a table', de: 'Der Datenbank {target} fehlt eine Tabelle' },
  'missing-column': { en: 'The database {target} lacks a column', de: 'Der Datenbank {target} fehlt eine Spalte' },
  'schema-drift': {
    en: 'The schema of the database {target} has changed',
    de: 'Das Schema der Datenbank {target} hat sich geändert',
  },
  'not-sqlite': { en: '{target} is not a SQLite database', de: '{target} ist keine SQLite-Datenbank' },
  unreadable: { en: 'The database {target} cannot be read', de: 'Die Datenbank {target} ist nicht lesbar' },
};
const anyProblem: Text = {
  en: 'The database {target} has a problem',
  de: 'Mit der Datenbank {target} stimmt etwas nicht',
};

const problemStatement = (target: string, problem: string | undefined): Evidence => ({
  text: problems[problem ?? ''] ?? anyProblem,
  values: { target },
});

/** What applications report comes without a database's name; the only one watched is it, else nobody is named. */
function slowQueries({ recording, lines }: FinderContext): readonly Cause[] {
  const watched = new Set(
    lines.of('target_up').flatMap(({ labels }) => (labels.kind === 'sqlite' ? [labels.target ?? ''] : [])),
  );
  const only = watched.size === 1 ? ([...watched][0] as string) : null;
  const candidates = [
    ...lines.of('query_time_seconds').map((line) => ({ line, name: only })),
    ...lines.of('query_time_p95_seconds').map((line) => ({ line, name: only })),
    ...lines.of('sqlite_target_probe_seconds').map((line) => ({ line, name: line.labels.target ?? only })),
  ];
  for (const { line, name } of candidates) {
    const stretch = findStretch(recording, line.values, (value) => value >= slowQuerySeconds, {
      minSeconds: 8,
      dipSeconds: 15,
    });
    if (stretch === undefined) continue;
    const usual = usualOutside(line.values, stretch);
    // Slow all along is how it is here, unless it is slow for anybody.
    if (usual !== undefined && stretch.mean < usual * slowerTimes) continue;
    if (usual === undefined && stretch.mean < 0.5) continue;
    return [slow(recording, lines, line, stretch, usual, name)];
  }
  return [];
}

function slow(
  recording: FinderContext['recording'],
  lines: FinderContext['lines'],
  line: Line,
  stretch: Stretch,
  usual: number | undefined,
  name: string | null,
): Cause {
  const now = figure(stretch.mean, 'seconds');
  const errors = errorEvidence(lines.of('database_errors_total'), stretch);
  const log = name === null ? [] : logEvidence(lines, name, stretch);
  return {
    kind: 'database',
    name,
    pid: null,
    confidence: Math.min(0.82, 0.62 + (errors.length > 0 ? 0.1 : 0) + (stretch.mean >= 0.5 ? 0.1 : 0)),
    severity: 0.7,
    ...spanOf(recording, stretch),
    statement:
      usual === undefined
        ? { text: { en: 'Queries take {now}', de: 'Abfragen dauern {now}' }, values: { now } }
        : {
            text: { en: 'Queries take {now}, usually {usual}', de: 'Abfragen dauern {now}, sonst {usual}' },
            values: { now, usual: figure(usual, 'seconds') },
          },
    evidence: [
      ...errors,
      ...log,
      { text: { en: 'Measured: {series}', de: 'Gemessen: {series}' }, values: { series: line.key } },
    ],
    brings: ['service'],
    isSlowness: true,
  };
}

function errorEvidence(counters: readonly Line[], stretch: Stretch): readonly Evidence[] {
  const rate = counters.reduce((sum, line) => sum + growthWithin(line, stretch), 0);
  return rate < errorsPerSecond
    ? []
    : [
        {
          text: { en: '{rate} database errors', de: '{rate} Datenbankfehler' },
          values: { rate: figure(rate, 'per_second') },
        },
      ];
}

function logEvidence(lines: FinderContext['lines'], target: string, stretch: Stretch): readonly Evidence[] {
  const log = lines.one('sqlite_target_wal_bytes', { target });
  const bytes = log && meanWithin(log.values, stretch);
  return bytes === undefined || bytes < longLogBytes
    ? []
    : [
        {
          text: { en: 'Its write-ahead log holds {bytes}', de: 'Ihr Write-Ahead-Log hält {bytes}' },
          values: { bytes: figure(bytes, 'bytes') },
        },
      ];
}
