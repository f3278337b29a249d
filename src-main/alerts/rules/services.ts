/** What the user added to be watched: databases, sites, ports. */
import type { AlertRuleInput } from '../../contract/settings/alerts.ts';

export const serviceRules: readonly AlertRuleInput[] = [
  {
    id: 'service_down',
    title: 'A service does not answer',
    metric: 'target_up',
    // A database that answers but is not as it should be has rules of its own, which say what is wrong.
    match: [{ label: 'kind', is: 'not-equal', value: 'sqlite' }],
    direction: 'below',
    levels: { critical: { enter: 1 } },
    holdSeconds: 20,
    // What is dead is slow, empty and late as well: one alert says it.
    mutes: [{ rules: ['*'], equal: ['target'] }],
    advice: 'Check that it runs and listens where it is expected.',
  },
  {
    id: 'database_damaged',
    title: 'A database is damaged',
    metric: 'sqlite_target_quick_check_ok',
    direction: 'below',
    levels: { critical: { enter: 1 } },
    holdSeconds: 0,
    mutes: [{ rules: ['table_missing'], equal: ['target'] }],
    advice: 'Open the doctor for this database: it backs the file up before it repairs anything.',
  },
  {
    id: 'table_missing',
    title: 'A table is missing',
    metric: 'sqlite_target_missing_tables',
    levels: { critical: { enter: 0 } },
    holdSeconds: 0,
    advice: 'Open the doctor for this database: it can create the table as its profile says.',
  },
  {
    id: 'column_missing',
    title: 'A column is missing',
    metric: 'sqlite_target_missing_columns',
    levels: { warning: { enter: 0 } },
    holdSeconds: 0,
    advice: 'Open the doctor for this database: it can add the column as its profile says.',
  },
  {
    id: 'database_unreachable',
    title: 'A database cannot be read',
    metric: 'target_problem',
    match: [
      { label: 'kind', value: 'sqlite' },
      {
        label: 'problem',
        is: 'not-matches',
        value: 'missing-(table|column)|schema-drift|drifted|damaged|query-failed|header-only|starting|ok',
      },
    ],
    levels: { critical: { enter: 0 } },
    noData: 'resolve',
    holdSeconds: 20,
    advice: 'It may have been moved, be locked or be encrypted; the databases screen says which.',
  },
  {
    id: 'wal_too_large',
    title: 'The write-ahead log of a database is too large',
    metric: 'sqlite_target_wal_bytes',
    levels: { warning: { enter: 64e6, leave: 32e6 }, critical: { enter: 1e9, leave: 500e6 } },
    holdSeconds: 120,
    advice:
      'A reader may hold an old snapshot open, so that no checkpoint can finish; end it or restart the application.',
  },
];
