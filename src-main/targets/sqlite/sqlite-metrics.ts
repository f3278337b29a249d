/** What a watched database tells; the three names of CONTRACT §1 belong to the first with the knowledge base's profile. */
import type { MetricDescription } from '../../contract/metric.ts';
import { gauges } from '../../sampling/describe-metric.ts';
import { targetCounter, targetGauge } from '../target-metrics.ts';

const contractGauge = gauges();

export const factsTotal = contractGauge('facts_total', 'Facts', 'Facts in the knowledge base.', 'count');
export const databaseConnections = contractGauge(
  'database_connections',
  'Database connections',
  'Connections that programs hold to the knowledge base, where the system tells; the monitor keeps none.',
  'count',
);
export const walSizeBytes = contractGauge(
  'wal_size_bytes',
  'Write-ahead log',
  'Size of the write-ahead log of the knowledge base.',
  'bytes',
);

export const probeSeconds = targetGauge(
  'sqlite_target_probe_seconds',
  'Probe query',
  'Time that the probe query took.',
  'seconds',
);
export const lockWaitSeconds = targetGauge(
  'sqlite_target_lock_wait_seconds',
  'Lock wait',
  "How long the last look waited for another program's lock, or gave up after.",
  'seconds',
);
export const fileBytes = targetGauge(
  'sqlite_target_file_bytes',
  'Database size',
  'Size of the database file.',
  'bytes',
);
export const walBytes = targetGauge(
  'sqlite_target_wal_bytes',
  'Write-ahead log',
  'Size of the write-ahead log.',
  'bytes',
);
export const freeBytes = targetGauge(
  'sqlite_target_free_bytes',
  'Free pages',
  'Room in the file that nothing uses; a VACUUM gives it back.',
  'bytes',
);
export const pages = targetGauge(
  'sqlite_target_pages',
  'Pages',
  'Pages of the database, those in the write-ahead log counted.',
  'count',
);
export const rows = targetGauge('sqlite_target_rows', 'Rows', 'Rows of this table.', 'count', ['table']);
export const journalMode: MetricDescription = {
  ...targetGauge(
    'sqlite_target_journal_info',
    'Journal mode',
    'Journal mode of the database, in its label.',
    'boolean',
    ['mode'],
  ),
  isInfo: true,
};
export const missingTables = targetGauge(
  'sqlite_target_missing_tables',
  'Missing tables',
  'Tables of the profile that the database lacks.',
  'count',
);
export const missingColumns = targetGauge(
  'sqlite_target_missing_columns',
  'Missing columns',
  'Columns of the profile that the database lacks.',
  'count',
);
export const schemaDrifted = targetGauge(
  'sqlite_target_schema_drifted',
  'Schema drift',
  'Whether the schema differs from the first one seen.',
  'boolean',
);
export const quickCheckOk = targetGauge(
  'sqlite_target_quick_check_ok',
  'Quick check',
  'Whether the last check of the whole file found nothing (1) or damage (0); absent while unknown.',
  'boolean',
);
export const quickCheckAge = targetGauge(
  'sqlite_target_quick_check_age_seconds',
  'Age of the check',
  'Time since the last check that came to a verdict.',
  'seconds',
);
export const processes = targetGauge(
  'sqlite_target_processes',
  'Programs with it open',
  'Processes that have the database open, where the system tells.',
  'count',
);
export const connections = targetGauge(
  'sqlite_target_connections',
  'Connections',
  'Connections that programs hold to the database, where the system tells.',
  'count',
);
export const errors = targetCounter(
  'sqlite_target_errors_total',
  'Errors',
  'Errors met while looking at the database, by kind.',
  'count',
  ['error'],
);

export const sqliteMetrics: readonly MetricDescription[] = [
  factsTotal,
  databaseConnections,
  walSizeBytes,
  probeSeconds,
  lockWaitSeconds,
  fileBytes,
  walBytes,
  freeBytes,
  pages,
  rows,
  journalMode,
  missingTables,
  missingColumns,
  schemaDrifted,
  quickCheckOk,
  quickCheckAge,
  processes,
  connections,
  errors,
];
