/** What the user added to be watched: databases, sites, ports. */
import type { ShippedRule } from './shipped-rule.ts';

export const serviceRules: readonly ShippedRule[] = [
  {
    id: 'service_down',
    title: { en: 'A service does not answer', de: 'Ein Dienst antwortet nicht' },
    metric: 'target_up',
    // A database that answers but is not as it should be has rules of its own, which say what is wrong.
    match: [{ label: 'kind', operator: 'not-equal', value: 'sqlite' }],
    direction: 'below',
    levels: { critical: { threshold: 1 } },
    holdSeconds: 20,
    // What is dead is slow, empty and late as well: one alert says it.
    inhibits: [{ rules: ['*'], equal: ['target'] }],
    advice: {
      en: 'Check that it runs and listens where it is expected.',
      de: 'Prüfen Sie, ob er läuft und wo erwartet lauscht.',
    },
  },
  {
    id: 'target_outdated',
    title: { en: 'A target is not checked any more', de: 'Ein Ziel wird nicht mehr geprüft' },
    metric: 'target_outdated',
    levels: { warning: { threshold: 0 } },
    holdSeconds: 30,
    advice: {
      en: 'Its check hangs or the machine is too busy: its state is not known. Restart the monitor if it stays so.',
      de: 'Seine Prüfung hängt, oder der Rechner ist überlastet: Der Zustand ist nicht bekannt. Bleibt es so, starten Sie den Monitor neu.',
    },
  },
  {
    id: 'certificate_expires',
    title: { en: 'A certificate runs out soon', de: 'Ein Zertifikat läuft bald ab' },
    metric: 'target_certificate_left_seconds',
    direction: 'below',
    // Authorities that issue for 90 days renew a month before the end: at two weeks, nobody did.
    levels: { warning: { threshold: 14 * 86_400 }, critical: { threshold: 3 * 86_400 } },
    holdSeconds: 0,
    advice: {
      en: 'Renew it, or see why its automatic renewal did not happen; then have the server load the new one.',
      de: 'Erneuern Sie es, oder sehen Sie nach, warum das automatische Erneuern ausblieb; dann muss der Server das neue laden.',
    },
  },
  {
    id: 'database_damaged',
    title: { en: 'A database is damaged', de: 'Eine Datenbank ist beschädigt' },
    metric: 'sqlite_target_quick_check_ok',
    direction: 'below',
    levels: { critical: { threshold: 1 } },
    holdSeconds: 0,
    inhibits: [{ rules: ['table_missing'], equal: ['target'] }],
    advice: {
      en: 'Open the doctor for this database: it backs the file up before it repairs anything.',
      de: 'Öffnen Sie den Doktor für diese Datenbank: Er sichert die Datei, bevor er etwas repariert.',
    },
  },
  {
    id: 'table_missing',
    title: { en: 'A table is missing', de: 'Eine Tabelle fehlt' },
    metric: 'sqlite_target_missing_tables',
    levels: { critical: { threshold: 0 } },
    holdSeconds: 0,
    advice: {
      en: 'Open the doctor for this database: it can create the table as its profile says.',
      de: 'Öffnen Sie den Doktor für diese Datenbank: Er kann die Tabelle nach ihrem Profil anlegen.',
    },
  },
  {
    id: 'column_missing',
    title: { en: 'A column is missing', de: 'Eine Spalte fehlt' },
    metric: 'sqlite_target_missing_columns',
    levels: { warning: { threshold: 0 } },
    holdSeconds: 0,
    advice: {
      en: 'Open the doctor for this database: it can add the column as its profile says.',
      de: 'Öffnen Sie den Doktor für diese Datenbank: Er kann die Spalte nach ihrem Profil ergänzen.',
    },
  },
  {
    id: 'database_unreachable',
    title: { en: 'A database cannot be read', de: 'Eine Datenbank ist nicht lesbar' },
    metric: 'target_problem',
    match: [
      { label: 'kind', value: 'sqlite' },
      {
        label: 'problem',
        operator: 'not-matches',
        value: 'missing-(table|column)|schema-drift|drifted|damaged|query-failed|header-only|starting|ok',
      },
    ],
    levels: { critical: { threshold: 0 } },
    noData: 'resolve',
    holdSeconds: 20,
    advice: {
      en: 'It may have been moved, be locked or be encrypted; the databases screen says which.',
      de: 'Vielleicht wurde sie verschoben, gesperrt oder verschlüsselt; die Ansicht „Datenbanken“ sagt, was es ist.',
    },
  },
  {
    id: 'wal_too_large',
    title: {
      en: 'The write-ahead log of a database is too large',
      de: 'Das Write-Ahead-Log einer Datenbank ist zu groß',
    },
    metric: 'sqlite_target_wal_bytes',
    levels: {
      warning: { threshold: 64e6, recoveryThreshold: 32e6 },
      critical: { threshold: 1e9, recoveryThreshold: 500e6 },
    },
    holdSeconds: 120,
    advice: {
      en: 'A reader may hold an old snapshot open, so that no checkpoint can finish; end it or restart the application.',
      de: 'Vielleicht hält ein Leser einen alten Stand offen; beenden Sie ihn oder starten Sie die Anwendung neu.',
    },
  },
];
