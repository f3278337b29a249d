/** What was found of a target. `header-only` names why in its variant. */
import { sentences } from '../text/message.ts';

export const targetWords = sentences('target', {
  'bad-redirect': { en: 'The address redirects to nowhere', de: 'Die Adresse leitet ins Leere weiter' },
  body: { en: 'The answer does not contain "{text}"', de: 'Die Antwort enthält nicht „{text}“' },
  certificate: { en: 'The certificate is not accepted', de: 'Das Zertifikat wird nicht angenommen' },
  'container-out-of-memory': {
    en: '{name} was ended for lack of memory',
    de: '{name} wurde aus Mangel an Speicher beendet',
  },
  'container-restarting': { en: '{name} starts again and again', de: '{name} startet immer wieder neu' },
  'container-stopped': {
    en: '{name} does not run; exit code {status}',
    de: '{name} läuft nicht; Exit-Code {status}',
  },
  'container-unhealthy': { en: '{name} is not healthy', de: '{name} ist nicht gesund' },
  cut: {
    en: 'More than {maxSeries} series; the rest is left out',
    de: 'Mehr als {maxSeries} Reihen; die übrigen bleiben weg',
  },
  damaged: { en: 'The database is damaged', de: 'Die Datenbank ist beschädigt' },
  empty: { en: 'The file is empty', de: 'Die Datei ist leer' },
  encrypted: {
    en: 'The database is encrypted, or damaged from the first byte on',
    de: 'Die Datenbank ist verschlüsselt, oder vom ersten Byte an beschädigt',
  },
  'engine-not-allowed': {
    en: 'This user may not use the engine at {path}. Add the user to the group "docker", or use rootless Podman.',
    de: 'Dieser Benutzer darf die Engine unter {path} nicht benutzen. Nehmen Sie ihn in die Gruppe „docker“ auf, oder verwenden Sie Podman ohne Root.',
  },
  failed: { en: 'It could not be checked', de: 'Die Prüfung war nicht möglich' },
  'forbidden-text': { en: 'The answer contains "{text}"', de: 'Die Antwort enthält „{text}“' },
  'header-only': { en: 'Only the header could be read', de: 'Nur der Dateikopf war zu lesen' },
  'header-only.being-changed': {
    en: 'Only the header could be read: a change is being written',
    de: 'Nur der Dateikopf war zu lesen: Gerade wird eine Änderung geschrieben',
  },
  'header-only.busy': {
    en: 'Only the header could be read: it is being written to, and a check would hold that up',
    de: 'Nur der Dateikopf war zu lesen: Es wird in sie geschrieben, und Nachsehen hielte das auf',
  },
  'header-only.closed': {
    en: 'Only the header could be read: no program has it open, and a check would leave files beside it',
    de: 'Nur der Dateikopf war zu lesen: Kein Programm hat sie offen, und Nachsehen ließe Dateien neben ihr zurück',
  },
  'header-only.exclusive': {
    en: 'Only the header could be read: its owner keeps it to itself or left a write-ahead log',
    de: 'Nur der Dateikopf war zu lesen: Ihr Besitzer hält sie für sich allein oder ließ ein Write-Ahead-Log zurück',
  },
  'in-repair': { en: 'The doctor is working on it', de: 'Der Doktor arbeitet gerade daran' },
  'json-missing': { en: 'The answer has nothing at {path}', de: 'Die Antwort hat nichts an der Stelle {path}' },
  'json-value': {
    en: 'The answer has {found} at {path}, not {value}',
    de: 'Die Antwort hat an der Stelle {path} {found} statt {value}',
  },
  locked: {
    en: 'Another program has locked the database',
    de: 'Ein anderes Programm hat die Datenbank gerade gesperrt',
  },
  missing: { en: 'The file is missing', de: 'Die Datei fehlt' },
  'missing-column': { en: '{names} is missing', de: '{names} fehlt' },
  'missing-table': { en: '{names} is missing', de: '{names} fehlt' },
  'no-container': { en: 'There is no container called {name}', de: 'Einen Container namens {name} gibt es nicht' },
  'no-engine': {
    en: 'The engine is not running: start Docker or the socket of Podman, or name its socket',
    de: 'Die Engine läuft nicht: Starten Sie Docker oder den Socket von Podman, oder nennen Sie ihren Socket',
  },
  'no-samples': { en: 'No readable metrics came', de: 'Es kamen keine lesbaren Messwerte' },
  'not-a-file': { en: 'This is not a regular file', de: 'Das ist keine gewöhnliche Datei' },
  'not-http': { en: 'The answer is not HTTP', de: 'Die Antwort ist kein HTTP' },
  'not-json': { en: 'The answer is not JSON', de: 'Die Antwort ist kein JSON' },
  'not-running': { en: 'The program is not running', de: 'Das Programm läuft nicht' },
  'not-sqlite': { en: 'This is not a SQLite database', de: 'Das ist keine SQLite-Datenbank' },
  'not-yet': { en: 'The processes have not been read yet', de: 'Die Prozesse wurden noch nicht gelesen' },
  ok: { en: 'OK', de: 'Alles in Ordnung' },
  'pattern-refused': { en: 'A pattern cannot be used', de: 'Ein Muster ist nicht verwendbar' },
  'query-failed': { en: 'The query failed', de: 'Die Abfrage ist fehlgeschlagen' },
  'no-tls': { en: 'It offers no TLS: {detail}', de: 'Kein TLS angeboten: {detail}' },
  outdated: {
    en: 'Not checked for {seconds} s, so its state is not known',
    de: 'Seit {seconds} s nicht geprüft, der Zustand ist daher nicht bekannt',
  },
  refused: { en: 'Nothing listens there', de: 'Dort lauscht nichts' },
  'schema-drift': { en: 'The schema is not the one first seen', de: 'Das Schema ist nicht mehr das zuerst gesehene' },
  'series-refused': {
    en: '{count} series have more or longer labels than are kept, and were refused',
    de: '{count} Reihen haben mehr oder längere Labels, als behalten werden, und wurden abgelehnt',
  },
  starting: { en: 'Not checked yet', de: 'Noch nicht geprüft' },
  status: { en: 'It answers with status {status}', de: 'Die Antwort hat den Status {status}' },
  'switched-off': { en: 'Not watched at the moment', de: 'Zurzeit nicht beobachtet' },
  'timed-out': { en: 'No answer in time', de: 'Keine Antwort in der gegebenen Zeit' },
  'too-few': {
    en: '{count} of at least {minCount} processes are running',
    de: '{count} von mindestens {minCount} Prozessen laufen',
  },
  'too-many-containers': {
    en: '{count} containers fit; {limit} of them are watched',
    de: '{count} Container passen; {limit} davon werden beobachtet',
  },
  'too-many-files': {
    en: '{count} files fit the path; {limit} of them are read',
    de: '{count} Dateien passen zum Pfad; {limit} davon werden gelesen',
  },
  'too-many-redirects': { en: 'The address redirects too often', de: 'Die Adresse leitet zu oft weiter' },
  'unknown-host': { en: 'There is no host of this name', de: 'Einen Rechner dieses Namens gibt es nicht' },
  unreachable: { en: 'Not reachable', de: 'Nicht erreichbar' },
  unreadable: { en: 'The file cannot be read', de: 'Die Datei ist nicht lesbar' },
});

export type TargetCode = keyof typeof targetWords;
