/**
 * What a watched database tells; the three without a label, which dashboards rely on, belong to the first with the
 * knowledge base's profile.
 */
import type { MetricDescription } from '../../contract/metric.ts';
import { gauges } from '../../sampling/describe-metric.ts';
import { targetCounter, targetGauge } from '../target-metrics.ts';

const contractGauge = gauges();

export const factsTotal = contractGauge(
  'facts_total',
  { en: 'Facts', de: 'Fakten' },
  { en: 'Facts in the knowledge base.', de: 'Fakten in der Wissensbasis.' },
  'count',
);
export const databaseConnections = contractGauge(
  'database_connections',
  { en: 'Database connections', de: 'Datenbankverbindungen' },
  {
    en: 'Connections that programs hold to the knowledge base, where the system reports them; the monitor keeps none.',
    de: 'Verbindungen, die Programme zur Wissensbasis halten, soweit das System sie nennt; der Monitor hält keine.',
  },
  'count',
);
export const walSizeBytes = contractGauge(
  'wal_size_bytes',
  { en: 'Write-ahead log', de: 'Write-Ahead-Log' },
  { en: 'Size of the write-ahead log of the knowledge base.', de: 'Größe des Write-Ahead-Logs der Wissensbasis.' },
  'bytes',
);

export const probeSeconds = targetGauge(
  'sqlite_target_probe_seconds',
  { en: 'Probe query', de: 'Probeabfrage' },
  { en: 'Time that the probe query took.', de: 'Zeit, die die Probeabfrage brauchte.' },
  'seconds',
);
export const lockWaitSeconds = targetGauge(
  'sqlite_target_lock_wait_seconds',
  { en: 'Lock wait', de: 'Warten auf eine Sperre' },
  {
    en: "How long the last look waited for another program's lock, or gave up after.",
    de: 'Wie lange die letzte Prüfung auf die Sperre eines anderen Programms wartete, oder wonach sie aufgab.',
  },
  'seconds',
);
export const fileBytes = targetGauge(
  'sqlite_target_file_bytes',
  { en: 'Database size', de: 'Größe der Datenbank' },
  { en: 'Size of the database file.', de: 'Größe der Datenbankdatei.' },
  'bytes',
);
export const walBytes = targetGauge(
  'sqlite_target_wal_bytes',
  { en: 'Write-ahead log', de: 'Write-Ahead-Log' },
  { en: 'Size of the write-ahead log.', de: 'Größe des Write-Ahead-Logs.' },
  'bytes',
);
export const freeBytes = targetGauge(
  'sqlite_target_free_bytes',
  { en: 'Free pages', de: 'Freie Seiten' },
  {
    en: 'Room in the file that nothing uses; a VACUUM gives it back.',
    de: 'Platz in der Datei, den nichts benutzt; ein VACUUM gibt ihn zurück.',
  },
  'bytes',
);
export const pages = targetGauge(
  'sqlite_target_pages',
  { en: 'Pages', de: 'Seiten' },
  {
    en: 'Pages of the database, those in the write-ahead log counted.',
    de: 'Seiten der Datenbank, die im Write-Ahead-Log mitgezählt.',
  },
  'count',
);
export const rows = targetGauge(
  'sqlite_target_rows',
  { en: 'Rows', de: 'Zeilen' },
  { en: 'Rows of this table.', de: 'Zeilen dieser Tabelle.' },
  'count',
  ['table'],
);
export const journalMode: MetricDescription = {
  ...targetGauge(
    'sqlite_target_journal_info',
    { en: 'Journal mode', de: 'Journalmodus' },
    {
      en: 'Journal mode of the database, in its label.',
      de: 'Journalmodus der Datenbank; er steht in der Beschriftung.',
    },
    'boolean',
    ['mode'],
  ),
  isInfo: true,
};
export const missingTables = targetGauge(
  'sqlite_target_missing_tables',
  { en: 'Missing tables', de: 'Fehlende Tabellen' },
  { en: 'Tables of the profile that the database lacks.', de: 'Tabellen des Profils, die der Datenbank fehlen.' },
  'count',
);
export const missingColumns = targetGauge(
  'sqlite_target_missing_columns',
  { en: 'Missing columns', de: 'Fehlende Spalten' },
  { en: 'Columns of the profile that the database lacks.', de: 'Spalten des Profils, die der Datenbank fehlen.' },
  'count',
);
export const schemaDrifted: MetricDescription = {
  ...targetGauge(
    'sqlite_target_schema_drifted',
    { en: 'Schema drift', de: 'Abweichendes Schema' },
    { en: 'Whether the schema differs from the first one seen.', de: 'Ob das Schema vom zuerst gesehenen abweicht.' },
    'boolean',
  ),
  whenTrue: { en: 'Schema has changed', de: 'Schema hat sich geändert' },
};
export const quickCheckOk: MetricDescription = {
  ...targetGauge(
    'sqlite_target_quick_check_ok',
    { en: 'Quick check', de: 'Kurzprüfung' },
    {
      en: 'Whether the last check of the whole file found nothing (1) or damage (0); absent while unknown.',
      de: 'Ob die letzte Prüfung der ganzen Datei nichts fand (1) oder Schäden (0); kein Wert, solange das nicht bekannt ist.',
    },
    'boolean',
  ),
  whenFalse: { en: 'Quick check finds damage', de: 'Kurzprüfung findet Schäden' },
};
export const quickCheckAge = targetGauge(
  'sqlite_target_quick_check_age_seconds',
  { en: 'Age of the check', de: 'Alter der Prüfung' },
  { en: 'Time since the last check that came to a verdict.', de: 'Zeit seit der letzten Prüfung mit einem Ergebnis.' },
  'seconds',
);
export const processes = targetGauge(
  'sqlite_target_processes',
  { en: 'Programs with it open', de: 'Programme mit Zugriff' },
  {
    en: 'Processes that have the database open, where the system reports them.',
    de: 'Prozesse, die die Datenbank geöffnet haben, soweit das System sie nennt.',
  },
  'count',
);
export const connections = targetGauge(
  'sqlite_target_connections',
  { en: 'Connections', de: 'Verbindungen' },
  {
    en: 'Connections that programs hold to the database, where the system reports them.',
    de: 'Verbindungen, die Programme zur Datenbank halten, soweit das System sie nennt.',
  },
  'count',
);
export const errors = targetCounter(
  'sqlite_target_errors_total',
  { en: 'Errors', de: 'Fehler' },
  { en: 'Errors met while looking at the database, by kind.', de: 'Fehler beim Prüfen der Datenbank, nach Art.' },
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
