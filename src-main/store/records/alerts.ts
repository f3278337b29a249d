/** Alert states, transitions and silences as rows. Runs on the store thread, inside the caller's transaction. */

import type { Database } from 'better-sqlite3';
import type {
  AlertFigures,
  HistoryEntry,
  HistoryQuery,
  Silence,
  Transition,
} from '../../contract/alerts/alert-procedures.ts';
import { assertNever } from '../../contract/outcome.ts';
import { dayMs } from '../../contract/shared/durations.ts';
import { writeAnnotation } from './annotations.ts';
import { writeOutbox } from './outbox.ts';
import type { LoadedRecords, OutboxRow, RecordOperation } from './record-types.ts';

export function writeRecords(database: Database, operations: readonly RecordOperation[]): void {
  database.transaction(() => {
    for (const operation of operations) write(database, operation);
  })();
}

function write(database: Database, operation: RecordOperation): void {
  switch (operation.op) {
    case 'transition': {
      const { id, kind, at, alert } = operation.transition;
      database
        .prepare(
          `INSERT INTO alert_transitions (id, alert, rule, severity, kind, at, body)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        )
        .run(id, alert.id, alert.rule, alert.severity, kind, Math.round(at), JSON.stringify(operation.transition));
      return;
    }
    case 'state':
      if (operation.entry === null) database.prepare('DELETE FROM alert_states WHERE key = ?').run(operation.key);
      else
        database
          .prepare(
            'INSERT INTO alert_states (key, entry) VALUES (?, ?) ON CONFLICT DO UPDATE SET entry = excluded.entry',
          )
          .run(operation.key, JSON.stringify(operation.entry));
      return;
    case 'silence':
      database
        .prepare('INSERT OR REPLACE INTO silences (id, until, body) VALUES (?, ?, ?)')
        .run(operation.silence.id, Math.round(operation.silence.until), JSON.stringify(operation.silence));
      return;
    case 'unsilence':
      database.prepare('DELETE FROM silences WHERE id = ?').run(operation.id);
      return;
    case 'notification':
    case 'attempted':
    case 'log':
      writeOutbox(database, operation);
      return;
    case 'annotate':
      writeAnnotation(database, operation.annotation);
      return;
    default:
      assertNever(operation);
  }
}

export function loadRecords(database: Database): LoadedRecords {
  const texts = (sql: string): string[] => database.prepare(sql).pluck().all() as string[];
  return {
    states: texts('SELECT entry FROM alert_states').map((text) => JSON.parse(text) as unknown),
    silences: texts('SELECT body FROM silences').map((text) => JSON.parse(text) as Silence),
    // In the order in which they were written: the clock may have been set back in between.
    outbox: (
      database.prepare(`SELECT * FROM outbox WHERE state = 'queued' ORDER BY rowid`).all() as (Omit<
        OutboxRow,
        'items'
      > & {
        items: string;
      })[]
    ).map((row) => ({ ...row, items: JSON.parse(row.items) as Transition[] })),
    // Alerts that have fired and not resolved; the others' are of no use any more.
    told: database
      .prepare(
        `SELECT DISTINCT alert, channel FROM outbox_items WHERE alert NOT IN
           (SELECT alert FROM alert_transitions WHERE kind = 'resolved')`,
      )
      .all() as { alert: string; channel: string }[],
  };
}

export function readHistory(database: Database, query: HistoryQuery): HistoryEntry[] {
  const { from, until, rule, severity, limit } = query;
  const fired = database
    .prepare(
      `SELECT alert FROM alert_transitions WHERE kind = 'fired' AND at >= @from AND at < @until
         AND (@rule IS NULL OR rule = @rule) AND (@severity IS NULL OR severity = @severity)
       ORDER BY at DESC LIMIT @limit`,
    )
    .pluck()
    .all({ from, until, rule: rule ?? null, severity: severity ?? null, limit }) as string[];
  const ofAlert = database.prepare('SELECT body FROM alert_transitions WHERE alert = ? ORDER BY rowid').pluck();
  return fired.map((id) => {
    const transitions = (ofAlert.all(id) as string[]).map((body) => JSON.parse(body) as Transition);
    const first = transitions.find(({ kind }) => kind === 'fired') as Transition;
    return {
      alert: id,
      rule: first.alert.rule,
      severity: first.alert.severity,
      series: first.alert.series,
      since: first.alert.since,
      firedAt: first.at,
      resolvedAt: transitions.find(({ kind }) => kind === 'resolved')?.at ?? null,
      transitions,
    };
  });
}

export function readFigures(
  database: Database,
  { from, until }: { readonly from: number; readonly until: number },
): AlertFigures {
  const rows = database
    .prepare(
      `SELECT fired.rule AS rule, count(*) AS fired, sum(resolved.at - fired.at) AS total, count(resolved.at) AS resolved
         FROM alert_transitions AS fired
         LEFT JOIN alert_transitions AS resolved ON resolved.alert = fired.alert AND resolved.kind = 'resolved'
        WHERE fired.kind = 'fired' AND fired.at >= ? AND fired.at < ?
        GROUP BY fired.rule ORDER BY fired DESC, rule`,
    )
    .all(from, until) as { rule: string; fired: number; total: number | null; resolved: number }[];
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const resolved = sum((row) => row.resolved);
  const days = Math.max(1, (until - from) / dayMs);
  return {
    from,
    until,
    fired: sum((row) => row.fired),
    meanResolveMs: resolved === 0 ? null : sum((row) => row.total ?? 0) / resolved,
    rules: rows.map((row) => ({
      rule: row.rule,
      fired: row.fired,
      perDay: row.fired / days,
      meanResolveMs: row.resolved === 0 ? null : (row.total ?? 0) / row.resolved,
    })),
  };
}

/** Alerts that are not over keep all of theirs. */
export function pruneRecords(database: Database, before: number): number {
  const run = (sql: string): number => database.prepare(sql).run(before).changes;
  return database.transaction(
    () =>
      run(`DELETE FROM alert_transitions WHERE alert IN
             (SELECT alert FROM alert_transitions WHERE kind = 'resolved' AND at < ?)`) +
      run('DELETE FROM silences WHERE until < ?') +
      run('DELETE FROM delivery_log WHERE at < ?') +
      run('DELETE FROM marks WHERE at < ?') +
      run(`DELETE FROM outbox WHERE state <> 'queued' AND at < ?`) +
      database
        .prepare(
          `DELETE FROM outbox_items WHERE notice NOT IN (SELECT id FROM outbox)
             AND alert NOT IN (SELECT alert FROM alert_transitions)`,
        )
        .run().changes,
  )();
}
