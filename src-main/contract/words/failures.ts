/** What an action could not do, by the kind of its failure, and what helps. Who says it may be more exact in English. */
import { sentences } from '../text/message.ts';
import type { Text } from '../text/text.ts';
import { processFailureNextWords, processFailureWords } from './process-failures.ts';

export const failureWords = sentences('failure', {
  'prices-refused': { en: 'The price list is refused: {detail}.', de: 'Die Preisliste wird abgelehnt: {detail}.' },
  ...processFailureWords,
  'backup-changed': {
    en: 'The backup is no longer what was verified.',
    de: 'Die Sicherung ist nicht mehr die, die geprüft wurde.',
  },
  'backup-not-sound': {
    en: 'The copy did not pass its check and was thrown away.',
    de: 'Die Kopie bestand ihre Prüfung nicht und wurde verworfen.',
  },
  busy: {
    en: 'Another job is at work on this database, here or in another monitor.',
    de: 'An dieser Datenbank ist schon etwas in Arbeit, hier oder in einem zweiten Monitor.',
  },
  cancelled: { en: 'The database was left as it was.', de: 'Die Datenbank blieb, wie sie war.' },
  'changed-meanwhile': {
    en: '{file} was changed by another program meanwhile; nothing was replaced.',
    de: '{file} wurde inzwischen von einem anderen Programm geändert; nichts wurde ersetzt.',
  },
  'changed-since': {
    en: 'The database was changed after the repair; undoing it would lose those changes.',
    de: 'Die Datenbank wurde seit der Reparatur geändert; das Rückgängigmachen verlöre diese Änderungen.',
  },
  'channel-refused': { en: 'The setting "{setting}" was refused.', de: 'Die Einstellung „{setting}“ wurde abgelehnt.' },
  'column-not-added': { en: 'A column could not be added.', de: 'Eine Spalte ließ sich nicht hinzufügen.' },
  'copy-differs': {
    en: 'The copy of the file does not read back as it was written.',
    de: 'Die Kopie der Datei liest sich nicht so, wie sie geschrieben wurde.',
  },
  damaged: { en: 'The copy of the history is not whole.', de: 'Die Kopie des Verlaufs ist nicht heil.' },
  'disk-error': {
    en: 'The disk could not be read or written.',
    de: 'Der Datenträger ließ sich nicht lesen oder beschreiben.',
  },
  'disk-full': { en: 'There is not enough room on the disk.', de: 'Auf dem Datenträger ist nicht genug Platz.' },
  encrypted: {
    en: 'The database is encrypted; without its key nobody can tell whether it is damaged.',
    de: 'Die Datenbank ist verschlüsselt; ohne ihren Schlüssel kann niemand sagen, ob sie beschädigt ist.',
  },
  'folder-shared': {
    en: 'Root does not repair in a folder in which others can exchange files.',
    de: 'Root repariert nicht in einem Ordner, in dem andere Dateien austauschen können.',
  },
  'full-text-not-rebuilt': {
    en: 'A full-text index could not be rebuilt.',
    de: 'Ein Volltextindex ließ sich nicht neu aufbauen.',
  },
  'header-not-restored': {
    en: 'The text encoding cannot be determined.',
    de: 'Die Kodierung der Texte lässt sich nicht feststellen.',
  },
  held: { en: 'Another program has the file open.', de: 'Ein anderes Programm hat die Datei geöffnet.' },
  'held-meanwhile': {
    en: 'A program opened the file in the very moment of the undo and goes on with the newer state.',
    de: 'Ein Programm öffnete die Datei im Augenblick des Rückgängigmachens und arbeitet mit dem neueren Stand weiter.',
  },
  'holders-unknown': {
    en: 'Whether another program has the file open cannot be determined here.',
    de: 'Ob ein anderes Programm die Datei geöffnet hat, lässt sich hier nicht feststellen.',
  },
  'index-not-rebuilt': { en: 'An index could not be rebuilt.', de: 'Ein Index ließ sich nicht neu aufbauen.' },
  'needs-application': {
    en: 'This takes what only the application of the database has.',
    de: 'Dazu fehlt, was nur die Anwendung dieser Datenbank mitbringt.',
  },
  'no-backup': { en: 'There is no verified backup.', de: 'Es gibt keine geprüfte Sicherung.' },
  'no-permission': { en: 'The system refuses access.', de: 'Das System verweigert den Zugriff.' },
  'no-room': {
    en: 'There is no room for a backup of the history.',
    de: 'Für eine Sicherung des Verlaufs ist kein Platz.',
  },
  'no-such-alert': { en: 'This alert is not active any more.', de: 'Dieser Alarm ist nicht mehr aktiv.' },
  'no-such-incident': { en: 'There is no such incident.', de: 'Diesen Vorfall gibt es nicht.' },
  'no-such-job': { en: 'This job is gone.', de: 'Diese Aufgabe gibt es nicht mehr.' },
  'no-such-rule': { en: 'There is no rule of yours called "{rule}".', de: 'Es gibt keine eigene Regel „{rule}“.' },
  'no-such-target': { en: 'This is not watched any more.', de: 'Das wird nicht mehr beobachtet.' },
  'not-a-file': { en: '{path} is not a regular file.', de: '{path} ist keine gewöhnliche Datei.' },
  'not-backed-up': { en: 'The database could not be copied.', de: 'Die Datenbank ließ sich nicht kopieren.' },
  'not-found': { en: 'The file does not exist.', de: 'Die Datei ist nicht da.' },
  'not-healthy': {
    en: 'The database does not pass its checks, so its schema cannot be taken for the good one.',
    de: 'Die Datenbank besteht ihre Prüfungen nicht; daher kann ihr Schema nicht als das gute gelten.',
  },
  'not-made': { en: 'The history could not be copied.', de: 'Der Verlauf ließ sich nicht kopieren.' },
  'not-prepared': { en: 'What was prepared is gone.', de: 'Was vorbereitet war, ist nicht mehr da.' },
  'not-readable': { en: 'The file cannot be read.', de: 'Die Datei lässt sich nicht lesen.' },
  'not-rebuilt': {
    en: 'The tables could not be read to the end.',
    de: 'Die Tabellen ließen sich nicht bis zum Ende lesen.',
  },
  'nothing-asked': { en: 'This job waits for no answer.', de: 'Diese Aufgabe wartet auf keine Antwort.' },
  'nothing-found': {
    en: 'The file holds nothing of a SQLite database.',
    de: 'In der Datei ist nichts von einer SQLite-Datenbank zu finden.',
  },
  'nothing-helps': {
    en: 'No repair is known for this, or none helped.',
    de: 'Dafür ist keine Reparatur bekannt, oder keine half.',
  },
  'nothing-to-undo': {
    en: 'No repair of this database is kept.',
    de: 'Von dieser Datenbank ist keine Reparatur aufgehoben.',
  },
  'object-not-created': {
    en: 'An index, a view or a trigger could not be created.',
    de: 'Ein Index, eine Sicht oder ein Trigger ließ sich nicht anlegen.',
  },
  'originals-damaged': {
    en: 'The kept originals are not what they were; nothing was replaced.',
    de: 'Die aufgehobenen Originale sind nicht mehr, was sie waren; nichts wurde ersetzt.',
  },
  'passphrase-needed': {
    en: 'The file is sealed with a passphrase.',
    de: 'Die Datei ist mit einer Passphrase verschlossen.',
  },
  'passphrase-wrong': {
    en: 'The passphrase does not open the file, or the file was changed.',
    de: 'Die Passphrase öffnet die Datei nicht, oder die Datei wurde verändert.',
  },
  'pattern-refused': { en: 'This pattern cannot be used.', de: 'Dieses Muster ist nicht verwendbar.' },
  'read-only': { en: '{place} cannot be written.', de: '{place} lässt sich nicht beschreiben.' },
  'rows-changed': {
    en: '{table} had {before} rows and would have {after}. Nothing was replaced.',
    de: '{table} hatte {before} Zeilen und hätte dann {after}. Nichts wurde ersetzt.',
  },
  'settings-not-json': { en: 'The text is not JSON.', de: 'Der Text ist kein JSON.' },
  'settings-not-written': {
    en: 'The settings could not be saved.',
    de: 'Die Einstellungen ließen sich nicht speichern.',
  },
  'settings-refused': {
    en: 'The setting "{setting}" was refused.',
    de: 'Die Einstellung „{setting}“ wurde abgelehnt.',
  },
  'statsd-port': {
    en: 'StatsD cannot listen on UDP port {port}.',
    de: 'Am UDP-Port {port} lassen sich keine StatsD-Meldungen annehmen.',
  },
  'still-hidden': {
    en: 'A part of an address or a header is hidden (•••) and is not known here.',
    de: 'Ein Teil einer Adresse oder eines Headers ist verborgen (•••) und hier nicht bekannt.',
  },
  'swap-refused': { en: 'The file could not be replaced.', de: 'Die Datei ließ sich nicht ersetzen.' },
  'swap-unfinished': {
    en: 'The file is whole, but replacing it is not finished.',
    de: 'Die Datei ist heil, aber das Ersetzen ist nicht abgeschlossen.',
  },
  'table-lost': {
    en: '{table} would be gone. Nothing was replaced.',
    de: '{table} wäre nicht mehr da. Nichts wurde ersetzt.',
  },
  'table-not-created': { en: 'A table could not be created.', de: 'Eine Tabelle ließ sich nicht anlegen.' },
  'transformation-not-undone': {
    en: 'The file could not be put back into its own form.',
    de: 'Die Datei ließ sich nicht in ihre eigene Form zurückbringen.',
  },
  unexpected: { en: 'The job ended unexpectedly.', de: 'Das endete unerwartet.' },
  'unknown-kind': { en: 'There are no channels of the kind "{kind}".', de: 'Es gibt keine Kanäle der Art „{kind}“.' },
  'unknown-profile': { en: 'There is no profile "{profile}".', de: 'Es gibt kein Profil „{profile}“.' },
  'verify-failed': {
    en: 'The repaired copy did not pass its check. Nothing was replaced.',
    de: 'Die reparierte Kopie bestand ihre Prüfung nicht. Nichts wurde ersetzt.',
  },
  'verify-unknown': {
    en: 'A check of the repaired copy could not finish. Nothing was replaced.',
    de: 'Eine Prüfung der reparierten Kopie kam nicht zu Ende. Nichts wurde ersetzt.',
  },
});

export const failureNextWords = sentences('failure-next', {
  'prices-refused': { en: 'Correct it and import it again.', de: 'Korrigieren und erneut importieren.' },
  ...processFailureNextWords,
  'backup-changed': { en: 'Choose another backup.', de: 'Wählen Sie eine andere Sicherung.' },
  'backup-not-sound': {
    en: 'Examine the database; older backups stay.',
    de: 'Untersuchen Sie die Datenbank; ältere Sicherungen bleiben.',
  },
  busy: { en: 'Wait until it is done.', de: 'Warten Sie, bis es fertig ist.' },
  cancelled: {
    en: 'Start again when no program needs the file.',
    de: 'Beginnen Sie von Neuem, wenn kein Programm die Datei braucht.',
  },
  'changed-meanwhile': {
    en: 'End the program that writes to it, then try again.',
    de: 'Beenden Sie das Programm, das in sie schreibt, und versuchen Sie es noch einmal.',
  },
  'changed-since': {
    en: 'Undo it anyway: what is there now is kept and can be brought back.',
    de: 'Machen Sie sie trotzdem rückgängig: Was jetzt da ist, wird aufgehoben und kann wiederkommen.',
  },
  'channel-refused': {
    en: 'Correct that value and save again.',
    de: 'Berichtigen Sie den Wert und speichern Sie noch einmal.',
  },
  'column-not-added': { en: 'Check the profile of this database.', de: 'Prüfen Sie das Profil dieser Datenbank.' },
  'copy-differs': {
    en: 'Check the disk that holds the data directory; nothing was changed.',
    de: 'Prüfen Sie den Datenträger mit dem Datenordner; nichts wurde geändert.',
  },
  damaged: { en: 'The old backup is kept.', de: 'Die alte Sicherung bleibt.' },
  'disk-error': {
    en: 'Copy the database to another disk while that still works, and repair it there.',
    de: 'Kopieren Sie die Datenbank auf einen anderen, solange das noch geht, und reparieren Sie sie dort.',
  },
  'disk-full': {
    en: 'Free some space, then try again; the database was left as it was.',
    de: 'Schaffen Sie Platz und versuchen Sie es noch einmal; die Datenbank blieb, wie sie war.',
  },
  encrypted: {
    en: 'Open it with the application that encrypted it.',
    de: 'Öffnen Sie sie mit der Anwendung, die sie verschlüsselt hat.',
  },
  'folder-shared': {
    en: 'Run the repair as the owner of the database.',
    de: 'Starten Sie die Reparatur als Eigentümer der Datenbank.',
  },
  'full-text-not-rebuilt': {
    en: 'A full-text table without content of its own has to be filled by its application.',
    de: 'Eine Volltexttabelle ohne eigenen Inhalt muss ihre Anwendung füllen.',
  },
  'header-not-restored': { en: 'Let the rows be salvaged instead.', de: 'Lassen Sie stattdessen die Zeilen retten.' },
  held: {
    en: 'Close that program, or choose to wait until it lets go.',
    de: 'Beenden Sie es, oder lassen Sie warten, bis es sie freigibt.',
  },
  'held-meanwhile': {
    en: 'Close that program and undo again.',
    de: 'Beenden Sie das Programm und machen Sie die Reparatur noch einmal rückgängig.',
  },
  'holders-unknown': {
    en: 'Move the database into a folder on this computer that only you may open, or run as administrator.',
    de: 'Legen Sie die Datenbank auf diesem Rechner in einen Ordner, den nur Sie öffnen dürfen, oder starten Sie als Administrator.',
  },
  'index-not-rebuilt': {
    en: 'Let the rows be salvaged; rows with the same key are then put aside.',
    de: 'Lassen Sie die Zeilen retten; Zeilen mit gleichem Schlüssel werden dann beiseitegelegt.',
  },
  'needs-application': {
    en: 'Leave this repair out, or let the application do it.',
    de: 'Lassen Sie diese Reparatur weg, oder überlassen Sie sie der Anwendung.',
  },
  'no-backup': { en: 'Choose another repair.', de: 'Wählen Sie eine andere Reparatur.' },
  'no-permission': {
    en: 'Run as a user who may read and write the file and its folder.',
    de: 'Starten Sie als jemand, der die Datei und ihren Ordner lesen und beschreiben darf.',
  },
  'no-room': { en: 'Free some disk space.', de: 'Schaffen Sie Platz.' },
  'no-such-alert': { en: 'Look it up in the history.', de: 'Er steht im Verlauf der Alarme.' },
  'no-such-incident': { en: 'Look at the history of alerts.', de: 'Sehen Sie im Verlauf der Alarme nach.' },
  'no-such-job': { en: 'Reload the screen.', de: 'Laden Sie die Ansicht neu.' },
  'no-such-rule': { en: 'A shipped rule can be switched off.', de: 'Eine mitgelieferte Regel lässt sich ausschalten.' },
  'no-such-target': { en: 'Reload the screen.', de: 'Laden Sie die Ansicht neu.' },
  'not-a-file': {
    en: 'Choose the database file itself. If this took its place, move it away first.',
    de: 'Wählen Sie die Datei der Datenbank selbst. Wenn dies an ihre Stelle kam, schaffen Sie es erst beiseite.',
  },
  'not-backed-up': { en: 'Examine it; older backups stay.', de: 'Untersuchen Sie sie; ältere Sicherungen bleiben.' },
  'not-found': {
    en: 'Check whether it was moved or deleted.',
    de: 'Prüfen Sie, ob sie verschoben oder gelöscht wurde.',
  },
  'not-healthy': { en: 'Repair it first.', de: 'Reparieren Sie sie zuerst.' },
  'not-made': { en: 'It is tried again tomorrow.', de: 'Morgen wird es noch einmal versucht.' },
  'not-prepared': { en: 'Start again.', de: 'Beginnen Sie von Neuem.' },
  'not-readable': {
    en: 'Check the disk and the permissions of the file.',
    de: 'Prüfen Sie den Datenträger und die Rechte der Datei.',
  },
  'not-rebuilt': { en: 'Let the rows be salvaged page by page.', de: 'Lassen Sie die Zeilen Seite für Seite retten.' },
  'nothing-asked': { en: 'Look at the job again.', de: 'Sehen Sie sich die Aufgabe noch einmal an.' },
  'nothing-found': { en: 'Restore a backup.', de: 'Spielen Sie eine Sicherung ein.' },
  'nothing-helps': {
    en: 'Restore a backup, if there is one, or undo an earlier repair.',
    de: 'Spielen Sie eine Sicherung ein, wenn es eine gibt, oder machen Sie eine frühere Reparatur rückgängig.',
  },
  'nothing-to-undo': {
    en: 'Repairs are kept as long as the settings say.',
    de: 'Reparaturen werden so lange aufgehoben, wie die Einstellungen sagen.',
  },
  'object-not-created': {
    en: 'Leave this repair out and try again.',
    de: 'Lassen Sie diese Reparatur weg und versuchen Sie es noch einmal.',
  },
  'originals-damaged': {
    en: 'Check the disk that holds the data directory.',
    de: 'Prüfen Sie den Datenträger mit dem Datenordner.',
  },
  'passphrase-needed': {
    en: 'Type the passphrase it was exported with.',
    de: 'Geben Sie die Passphrase ein, mit der sie exportiert wurde.',
  },
  'passphrase-wrong': { en: 'Type it once more.', de: 'Geben Sie sie noch einmal ein.' },
  'pattern-refused': {
    en: 'Write it without that; alternatives with | and two patterns in place of one often say the same.',
    de: 'Schreiben Sie es ohne das; Alternativen mit | oder zwei Muster statt einem sagen oft dasselbe.',
  },
  'read-only': {
    en: 'Copy the database to a place that may be written, and repair it there.',
    de: 'Kopieren Sie die Datenbank an einen beschreibbaren Ort und reparieren Sie sie dort.',
  },
  'rows-changed': {
    en: 'Please report this with a support bundle.',
    de: 'Bitte melden Sie das mit einer Diagnosedatei.',
  },
  'settings-not-json': {
    en: 'Choose a file that this app exported.',
    de: 'Wählen Sie eine Datei, die diese App exportiert hat.',
  },
  'settings-not-written': {
    en: 'Free some space or make the folder writable; the settings in force have not changed.',
    de: 'Schaffen Sie Platz oder machen Sie den Ordner beschreibbar; es gilt weiter, was galt.',
  },
  'settings-refused': {
    en: 'Correct that value and save again; the settings in force have not changed.',
    de: 'Berichtigen Sie den Wert und speichern Sie noch einmal; es gilt weiter, was galt.',
  },
  'statsd-port': {
    en: 'Choose another port in the settings.',
    de: 'Wählen Sie in den Einstellungen einen anderen Port.',
  },
  'still-hidden': {
    en: 'Type it in anew and save again; the settings in force have not changed.',
    de: 'Geben Sie ihn neu ein und speichern Sie noch einmal; die geltenden Einstellungen sind unverändert.',
  },
  'swap-refused': {
    en: 'Close the programs that use it and try again.',
    de: 'Beenden Sie die Programme, die sie benutzen, und versuchen Sie es noch einmal.',
  },
  'swap-unfinished': {
    en: 'It is finished when the app starts next.',
    de: 'Es wird beim nächsten Start der App abgeschlossen.',
  },
  'table-lost': {
    en: 'Please report this with a support bundle.',
    de: 'Bitte melden Sie das mit einer Diagnosedatei.',
  },
  'table-not-created': { en: 'Check the profile of this database.', de: 'Prüfen Sie das Profil dieser Datenbank.' },
  'transformation-not-undone': {
    en: 'Get the file once more from where it came, without any conversion.',
    de: 'Holen Sie die Datei noch einmal von ihrer Quelle, ohne jede Umwandlung.',
  },
  unexpected: {
    en: 'Try again; if it happens again, send a support bundle.',
    de: 'Versuchen Sie es noch einmal; geschieht es wieder, senden Sie eine Diagnosedatei.',
  },
  'unknown-kind': { en: 'Choose one of the list.', de: 'Wählen Sie eine aus der Liste.' },
  'unknown-profile': {
    en: 'Choose one of the profiles in the settings.',
    de: 'Wählen Sie eines der Profile in den Einstellungen.',
  },
  'verify-failed': {
    en: 'Choose other repairs, or restore a backup.',
    de: 'Wählen Sie andere Reparaturen, oder spielen Sie eine Sicherung ein.',
  },
  'verify-unknown': {
    en: 'Free some memory and disk space, then try again.',
    de: 'Schaffen Sie Platz in Speicher und Datenträger und versuchen Sie es noch einmal.',
  },
} satisfies Record<FailureKind, Text>);

export type FailureKind = keyof typeof failureWords;
/** These are answers to programs and the command line, which speak English. */
export type UnseenFailureKind =
  | 'broken-off'
  | 'command-failed'
  | 'not-gzip'
  | 'target-exists'
  | 'too-large'
  | 'wrong-use';
