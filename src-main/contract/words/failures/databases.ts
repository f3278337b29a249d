/** What stands in the way of work on a database: its file, its folder, its disk, and who else uses it. */
import type { FailureText } from './failure-text.ts';

const olderStay = { en: 'Examine it; older backups stay.', de: 'Untersuchen Sie sie; ältere Sicherungen bleiben.' };
const asOwner = {
  en: 'Run the repair as the owner of the database: sudo -u OWNER hakgal-monitor doctor repair FILE.',
  de: 'Starten Sie die Reparatur als Eigentümer der Datenbank: sudo -u EIGENTÜMER hakgal-monitor doctor repair DATEI.',
};
const restore = { en: 'Restore a backup.', de: 'Spielen Sie eine Sicherung ein.' };

export const databaseFailures = {
  'backup-not-sound': {
    en: 'The copy of {file} did not pass its check and was thrown away.',
    de: 'Die Kopie von {file} bestand ihre Prüfung nicht und wurde verworfen.',
    next: {
      en: 'Examine the database; older backups stay.',
      de: 'Untersuchen Sie die Datenbank; ältere Sicherungen bleiben.',
    },
  },
  'disk-error': {
    en: 'The disk could not be read or written.',
    de: 'Der Datenträger ließ sich nicht lesen oder beschreiben.',
    next: {
      en: 'Copy the database to another disk while that still works, and repair it there.',
      de: 'Kopieren Sie die Datenbank auf einen anderen, solange das noch geht, und reparieren Sie sie dort.',
    },
  },
  'disk-full': {
    en: 'The disk ran full.',
    de: 'Der Datenträger ist vollgelaufen.',
    next: {
      en: 'Free some space, then try again; the database was left as it was.',
      de: 'Schaffen Sie Platz und versuchen Sie es noch einmal; die Datenbank blieb, wie sie war.',
    },
  },
  'disk-full/backup': {
    en: '{folder} has no room for a backup of {file}.',
    de: 'In {folder} ist kein Platz für eine Sicherung von {file}.',
    next: { en: 'Free some space; older backups stay.', de: 'Schaffen Sie Platz; ältere Sicherungen bleiben.' },
  },
  'disk-full/repair': {
    en: '{folder} has room for {free:bytes} and the repair needs {needed:bytes}.',
    de: 'In {folder} ist Platz für {free:bytes}, die Reparatur braucht {needed:bytes}.',
    next: {
      en: 'Free some space there, then try again; nothing was changed.',
      de: 'Schaffen Sie dort Platz und versuchen Sie es noch einmal; nichts wurde geändert.',
    },
  },
  'disk-full/salvage': {
    en: 'There is no room for {file}.',
    de: 'Für {file} ist kein Platz.',
    next: { en: 'Free some space and try again.', de: 'Schaffen Sie Platz und versuchen Sie es noch einmal.' },
  },
  encrypted: {
    en: '{file} is encrypted; without its key nobody can tell whether it is damaged.',
    de: '{file} ist verschlüsselt; ohne den Schlüssel kann niemand sagen, ob sie beschädigt ist.',
    next: {
      en: 'Open it with the application that encrypted it.',
      de: 'Öffnen Sie sie mit der Anwendung, die sie verschlüsselt hat.',
    },
  },
  'encrypted/looks': {
    en: '{file} looks encrypted.',
    de: '{file} sieht verschlüsselt aus.',
    next: restore,
  },
  'folder-shared/owned': {
    en: 'Root does not repair in a folder in which others can exchange files: {folder} belongs to another user ({owner}).',
    de: 'Root repariert nicht in einem Ordner, in dem andere Dateien austauschen können: {folder} gehört einem anderen Benutzer ({owner}).',
    next: asOwner,
  },
  'folder-shared/writable': {
    en: 'Root does not repair in a folder in which others can exchange files: others can write to {folder}.',
    de: 'Root repariert nicht in einem Ordner, in dem andere Dateien austauschen können: In {folder} dürfen andere schreiben.',
    next: asOwner,
  },
  held: {
    en: '{file} is open in another program.',
    de: '{file} ist in einem anderen Programm geöffnet.',
    next: {
      en: 'Close that program or choose to wait until it lets go (--wait on the command line).',
      de: 'Beenden Sie es, oder lassen Sie warten, bis es sie freigibt (auf der Befehlszeile: --wait).',
    },
  },
  'held/by': {
    en: '{file} is open in {programs}.',
    de: '{file} ist geöffnet in {programs}.',
    next: {
      en: 'Close that program or choose to wait until it lets go (--wait on the command line).',
      de: 'Beenden Sie dieses Programm, oder lassen Sie warten, bis es die Datei freigibt (auf der Befehlszeile: --wait).',
    },
  },
  'held/exclusively': {
    en: 'Another program keeps the file to itself.',
    de: 'Ein anderes Programm hält die Datei für sich allein offen.',
    next: {
      en: 'Close that program, then try again.',
      de: 'Beenden Sie das Programm und versuchen Sie es noch einmal.',
    },
  },
  'holders-unknown': {
    en: 'Whether another program has {file} open cannot be told here.',
    de: 'Ob ein anderes Programm {file} geöffnet hat, lässt sich hier nicht feststellen.',
    next: {
      en: 'Move the database into a folder on this computer that only you may open, or run the doctor as administrator.',
      de: 'Legen Sie die Datenbank auf diesem Rechner in einen Ordner, den nur Sie öffnen dürfen, oder starten Sie den Doktor als Administrator.',
    },
  },
  'no-permission': {
    en: 'The system refused access.',
    de: 'Das System verweigert den Zugriff.',
    next: {
      en: 'Run as a user who may read and write the file and its folder.',
      de: 'Starten Sie als jemand, der die Datei und ihren Ordner lesen und beschreiben darf.',
    },
  },
  'no-permission/read': {
    en: '{file} may not be read.',
    de: '{file} darf nicht gelesen werden.',
    next: { en: 'Run as a user who may read the file.', de: 'Starten Sie als jemand, der die Datei lesen darf.' },
  },
  'not-a-file': {
    en: '{path} is no regular file.',
    de: '{path} ist keine gewöhnliche Datei.',
    next: {
      en: 'Choose the database file itself. If this took its place, move it away first.',
      de: 'Wählen Sie die Datei der Datenbank selbst. Wenn dies an ihre Stelle kam, schaffen Sie es erst beiseite.',
    },
  },
  'not-a-file/folder': {
    en: '{path} is a folder.',
    de: '{path} ist ein Ordner.',
    next: {
      en: 'Choose the database file itself. If this took its place, move it away first.',
      de: 'Wählen Sie die Datei der Datenbank selbst. Wenn dies an ihre Stelle kam, schaffen Sie es erst beiseite.',
    },
  },
  'not-backed-up': {
    en: '{file} could not be copied.',
    de: '{file} ließ sich nicht kopieren.',
    next: olderStay,
  },
  'not-backed-up/not-opened': {
    en: '{file} cannot be opened as a database.',
    de: '{file} lässt sich nicht als Datenbank öffnen.',
    next: olderStay,
  },
  'not-found': {
    en: 'There is no file {file}.',
    de: 'Eine Datei {file} gibt es nicht.',
    next: {
      en: 'Check the path; the file may have been moved or deleted.',
      de: 'Prüfen Sie den Pfad; vielleicht wurde die Datei verschoben oder gelöscht.',
    },
  },
  'not-found/link': {
    en: '{file} is a link to {target}, and there is no file.',
    de: '{file} ist eine Verknüpfung mit {target}, und dort gibt es keine Datei.',
    next: {
      en: 'Name {target} itself: nothing is written through a link.',
      de: 'Nennen Sie {target} selbst: Durch eine Verknüpfung hindurch wird nichts geschrieben.',
    },
  },
  'not-found/meanwhile': {
    en: 'A file went away meanwhile.',
    de: 'Eine Datei ist inzwischen verschwunden.',
    next: {
      en: 'Check whether the database was moved or deleted, then try again.',
      de: 'Prüfen Sie, ob die Datenbank verschoben oder gelöscht wurde, und versuchen Sie es noch einmal.',
    },
  },
  'not-healthy': {
    en: '{file} does not pass its checks, so its schema cannot be taken for the good one.',
    de: '{file} besteht ihre Prüfungen nicht; daher kann ihr Schema nicht als das gute gelten.',
    next: { en: 'Repair it first.', de: 'Reparieren Sie sie zuerst.' },
  },
  'not-readable': {
    en: '{file} cannot be read.',
    de: '{file} lässt sich nicht lesen.',
    next: {
      en: 'Check the disk and the permissions of the file, then try again.',
      de: 'Prüfen Sie den Datenträger und die Rechte der Datei und versuchen Sie es noch einmal.',
    },
  },
  'not-readable/no-file': {
    en: '{file} is no file that can be read.',
    de: '{file} ist keine Datei, die sich lesen lässt.',
    next: { en: 'Choose the database file itself.', de: 'Wählen Sie die Datei der Datenbank selbst.' },
  },
  'nothing-found': {
    en: '{file} holds no page of a SQLite database.',
    de: 'In {file} ist keine Seite einer SQLite-Datenbank zu finden.',
    next: restore,
  },
  'nothing-found/empty': { en: '{file} is empty.', de: '{file} ist leer.', next: restore },
  'read-only': {
    en: '{place} cannot be written.',
    de: '{place} lässt sich nicht beschreiben.',
    next: {
      en: 'Copy the database to a place that may be written, and repair it there.',
      de: 'Kopieren Sie die Datenbank an einen beschreibbaren Ort und reparieren Sie sie dort.',
    },
  },
  'target-exists': {
    en: '{file} exists already.',
    de: '{file} gibt es schon.',
    next: { en: 'Choose a path that is free.', de: 'Wählen Sie einen Pfad, der noch frei ist.' },
  },
} as const satisfies Readonly<Record<string, FailureText>>;
