/** What the user should know that is not an alert. */
import { sentences } from '../text/message.ts';

export const appNotificationWords = sentences('app-notification', {
  'repair-kept-newer': {
    en: 'A repair of {file} was cut short, and another program has written to the file since. What it wrote is kept.',
    de: 'Eine Reparatur von {file} wurde unterbrochen, und seither hat ein anderes Programm in die Datei geschrieben. Was es schrieb, bleibt.',
  },
  'settings-damaged': {
    en: 'The settings file is damaged; the defaults are in force. A copy lies at {aside}.',
    de: 'Die Datei mit den Einstellungen ist beschädigt; es gelten die Vorgaben. Eine Kopie liegt unter {aside}.',
  },
  'settings-newer': {
    en: 'The settings come from a newer version; the defaults are in force. A copy lies at {aside}.',
    de: 'Die Einstellungen stammen von einer neueren Version; es gelten die Vorgaben. Eine Kopie liegt unter {aside}.',
  },
  'settings-refused': {
    en: 'Some settings were refused, and the defaults of their area are in force; a copy lies at {aside}.',
    de: 'Einige Einstellungen wurden abgelehnt, für ihren Bereich gelten die Vorgaben; eine Kopie liegt unter {aside}.',
  },
  'settings-unreadable': {
    en: 'The settings file cannot be read; the defaults are in force.',
    de: 'Die Datei mit den Einstellungen ist nicht lesbar; es gelten die Vorgaben.',
  },
  'store-fresh': {
    en: 'The history was damaged, and nothing of it could be read; a new one begins. The damaged file lies at {aside}.',
    de: 'Der Verlauf war beschädigt, und nichts davon war zu lesen; ein neuer beginnt. Die beschädigte Datei liegt unter {aside}.',
  },
  'store-in-memory': {
    en: 'History cannot be stored and lasts until the app ends. What is there already was not touched.',
    de: 'Der Verlauf lässt sich nicht speichern und währt nur, bis die App endet. Was schon da ist, blieb unberührt.',
  },
  'store-open': {
    en: 'The history file vanished while the monitor ran; it was written again from what was still open.',
    de: 'Die Datei mit dem Verlauf verschwand im laufenden Betrieb; aus dem, was noch offen war, wurde sie neu geschrieben.',
  },
  'store-restored-from-backup': {
    en: 'The history was damaged; the last verified backup took its place. The damaged file lies at {aside}.',
    de: 'Der Verlauf war beschädigt; an seine Stelle kam die letzte geprüfte Sicherung. Die beschädigte Datei liegt unter {aside}.',
  },
  'store-salvaged': {
    en: 'The history was damaged and was read as far as possible. The damaged file lies at {aside}.',
    de: 'Der Verlauf war beschädigt und wurde gelesen, so weit es ging. Die beschädigte Datei liegt unter {aside}.',
  },
  'watch-damaged': {
    en: 'What was learned of the usual could not be read and is learned anew from the history. It lies at {aside}.',
    de: 'Was über das Übliche gelernt war, war nicht lesbar und wird aus dem Verlauf neu gelernt. Es liegt unter {aside}.',
  },
});

/** What to do about it; some need nothing done. */
export const appNotificationNextWords = sentences('app-notification-next', {
  'repair-kept-newer': { en: 'Examine the database again.', de: 'Untersuchen Sie die Datenbank noch einmal.' },
  'settings-damaged': {
    en: 'Check the settings and save them again.',
    de: 'Sehen Sie die Einstellungen durch und speichern Sie sie.',
  },
  'settings-newer': {
    en: 'Check the settings and save them again.',
    de: 'Sehen Sie die Einstellungen durch und speichern Sie sie.',
  },
  'settings-refused': {
    en: 'Check the settings and save them again.',
    de: 'Sehen Sie die Einstellungen durch und speichern Sie sie.',
  },
  'settings-unreadable': {
    en: 'Make the file readable and start again.',
    de: 'Machen Sie die Datei lesbar und starten Sie noch einmal.',
  },
});

export type NotificationKind = keyof typeof appNotificationWords;
