/** Why a repair did not succeed, or its result was not taken. */
import type { FailureText } from './failure-text.ts';

const report = { en: 'Please report this with a support bundle.', de: 'Bitte melden Sie das mit einer Diagnosedatei.' };

export const repairFailures = {
  'backup-changed': {
    en: 'The backup is no longer what was verified.',
    de: 'Die Sicherung ist nicht mehr die, die geprüft wurde.',
    next: { en: 'Choose another backup.', de: 'Wählen Sie eine andere Sicherung.' },
  },
  'column-not-added': {
    en: 'A column could not be added.',
    de: 'Eine Spalte ließ sich nicht hinzufügen.',
    next: { en: 'Check the profile of this database.', de: 'Prüfen Sie das Profil dieser Datenbank.' },
  },
  'full-text-not-rebuilt': {
    en: 'A full-text index could not be rebuilt.',
    de: 'Ein Volltextindex ließ sich nicht neu aufbauen.',
    next: {
      en: 'A full-text table without content of its own has to be filled by its application.',
      de: 'Eine Volltexttabelle ohne eigenen Inhalt muss ihre Anwendung füllen.',
    },
  },
  'header-not-restored': {
    en: 'The text encoding cannot be determined.',
    de: 'Die Kodierung der Texte lässt sich nicht feststellen.',
    next: { en: 'Let the rows be salvaged instead.', de: 'Lassen Sie stattdessen die Zeilen retten.' },
  },
  'index-not-rebuilt': {
    en: 'An index could not be rebuilt.',
    de: 'Ein Index ließ sich nicht neu aufbauen.',
    next: {
      en: 'Let the rows be salvaged; rows with the same key are then put aside.',
      de: 'Lassen Sie die Zeilen retten; Zeilen mit gleichem Schlüssel werden dann beiseitegelegt.',
    },
  },
  'needs-application': {
    en: 'This takes what only the application of the database has.',
    de: 'Dazu fehlt, was nur die Anwendung dieser Datenbank mitbringt.',
    next: {
      en: 'Leave this repair out, or let the application do it.',
      de: 'Lassen Sie diese Reparatur weg, oder überlassen Sie sie der Anwendung.',
    },
  },
  'no-backup': {
    en: 'There is no verified backup.',
    de: 'Es gibt keine geprüfte Sicherung.',
    next: { en: 'Choose another repair.', de: 'Wählen Sie eine andere Reparatur.' },
  },
  'no-backup/of-id': {
    en: 'There is no verified backup {backup} of {path}.',
    de: 'Von {path} gibt es keine geprüfte Sicherung {backup}.',
    next: { en: 'Choose another one.', de: 'Wählen Sie eine andere.' },
  },
  'not-rebuilt': {
    en: 'The tables could not be read to the end.',
    de: 'Die Tabellen ließen sich nicht bis zum Ende lesen.',
    next: { en: 'Let the rows be salvaged page by page.', de: 'Lassen Sie die Zeilen Seite für Seite retten.' },
  },
  'not-rebuilt/no-commit': {
    en: 'The log holds no whole commit.',
    de: 'Im Log steht keine vollständige Transaktion.',
    next: { en: 'Let the rows be salvaged page by page.', de: 'Lassen Sie die Zeilen Seite für Seite retten.' },
  },
  'nothing-helps': {
    en: 'No repair is known for this.',
    de: 'Dafür ist keine Reparatur bekannt.',
    next: {
      en: 'Restore a backup, if there is one, or take an earlier repair back.',
      de: 'Spielen Sie eine Sicherung ein, wenn es eine gibt, oder machen Sie eine frühere Reparatur rückgängig.',
    },
  },
  'nothing-helps/none-succeeded': {
    en: 'No repair succeeded.',
    de: 'Keine Reparatur ist gelungen.',
    next: {
      en: 'Restore a backup, if there is one, or take an earlier repair back.',
      de: 'Spielen Sie eine Sicherung ein, wenn es eine gibt, oder machen Sie eine frühere Reparatur rückgängig.',
    },
  },
  'object-not-created': {
    en: 'An index, a view or a trigger could not be created.',
    de: 'Ein Index, eine Sicht oder ein Trigger ließ sich nicht anlegen.',
    next: {
      en: 'Leave this repair out and try again.',
      de: 'Lassen Sie diese Reparatur weg und versuchen Sie es noch einmal.',
    },
  },
  'rows-changed': {
    en: '{table} had {before} rows and would have {after}. Nothing was replaced.',
    de: '{table} hatte {before} Zeilen und hätte dann {after}. Nichts wurde ersetzt.',
    next: report,
  },
  'table-lost': {
    en: '{table} would be gone. Nothing was replaced.',
    de: '{table} wäre nicht mehr da. Nichts wurde ersetzt.',
    next: report,
  },
  'table-not-created': {
    en: 'A table could not be created.',
    de: 'Eine Tabelle ließ sich nicht anlegen.',
    next: { en: 'Check the profile of this database.', de: 'Prüfen Sie das Profil dieser Datenbank.' },
  },
  'transformation-not-undone': {
    en: 'The file could not be put back into its own form.',
    de: 'Die Datei ließ sich nicht in ihre eigene Form zurückbringen.',
    next: {
      en: 'Get the file once more from where it came, without any conversion.',
      de: 'Holen Sie die Datei noch einmal von ihrer Quelle, ohne jede Umwandlung.',
    },
  },
  'verify-failed': {
    en: 'The repaired copy did not pass its check. Nothing was replaced.',
    de: 'Die reparierte Kopie bestand ihre Prüfung nicht. Nichts wurde ersetzt.',
    next: {
      en: 'Choose other repairs, or restore a backup.',
      de: 'Wählen Sie andere Reparaturen, oder spielen Sie eine Sicherung ein.',
    },
  },
  'verify-unknown': {
    en: 'A check of the repaired copy ({check}) could not finish. Nothing was replaced.',
    de: 'Eine Prüfung der reparierten Kopie ({check}) kam nicht zu Ende. Nichts wurde ersetzt.',
    next: {
      en: 'Free some memory and disk space, then try again.',
      de: 'Schaffen Sie Platz in Speicher und Datenträger und versuchen Sie es noch einmal.',
    },
  },
} as const satisfies Readonly<Record<string, FailureText>>;
