/**
 * The shape of the store's file, step by step. To change it: one new file, one line here, one test from the version
 * before.
 */
import type { Database } from 'better-sqlite3';
import { timeSeries } from './001-time-series.ts';
import { alerts } from './002-alerts.ts';
import { segments } from './003-segments.ts';
import { marks } from './004-marks.ts';
import { costs } from './005-costs.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [timeSeries, alerts, segments, marks, costs];

export const newestVersion: number = migrations.length;

export const versionOf = (database: Database): number => database.pragma('user_version', { simple: true }) as number;

/** Brings the file up to date; each step is one transaction, so a kill between two leaves a whole older version. */
export function migrate(database: Database): void {
  const from = versionOf(database);
  for (const migration of migrations.slice(from)) {
    database.transaction(() => {
      database.exec(migration.sql);
      migration.run?.(database);
      database.pragma(`user_version = ${migration.version}`);
    })();
  }
}
