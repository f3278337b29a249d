/** Failures of settings, exported ones, prices, and the history's own backup. */
import type { FailureText } from './failure-text.ts';

export const settingsFailures = {
  'passphrase-needed': {
    en: 'The file is sealed with a passphrase.',
    de: 'Die Datei ist mit einer Passphrase verschlossen.',
    next: {
      en: 'Type the passphrase it was exported with.',
      de: 'Geben Sie die Passphrase ein, mit der sie exportiert wurde.',
    },
  },
  'passphrase-wrong': {
    en: 'The passphrase does not open the file, or the file was changed.',
    de: 'Die Passphrase öffnet die Datei nicht, oder die Datei wurde verändert.',
    next: { en: 'Type it once more.', de: 'Geben Sie sie noch einmal ein.' },
  },
  'prices-refused': {
    en: 'The price list is refused.',
    de: 'Die Preisliste wird abgelehnt.',
    next: {
      en: 'Correct it and import it again.',
      de: 'Berichtigen Sie sie und importieren Sie sie noch einmal.',
    },
  },
  'settings-not-json': {
    en: 'The text is not JSON.',
    de: 'Der Text ist kein JSON.',
    next: { en: 'Choose a file that this app exported.', de: 'Wählen Sie eine Datei, die diese App exportiert hat.' },
  },
  'settings-not-written': {
    en: 'The settings could not be written to {path}.',
    de: 'Die Einstellungen ließen sich nicht nach {path} schreiben.',
    next: {
      en: 'Free some space or make the folder writable, then save again; the settings in force have not changed.',
      de: 'Schaffen Sie Platz oder machen Sie den Ordner beschreibbar und speichern Sie noch einmal; die geltenden Einstellungen sind unverändert.',
    },
  },
  'settings-refused': {
    en: 'The setting {setting} was refused.',
    de: 'Die Einstellung {setting} wurde abgelehnt.',
    next: {
      en: 'Correct that value and save again; the settings in force have not changed.',
      de: 'Berichtigen Sie den Wert und speichern Sie noch einmal; die geltenden Einstellungen sind unverändert.',
    },
  },
  'still-hidden': {
    en: 'A part of an address or a header is hidden (•••) and is not known here.',
    de: 'Ein Teil einer Adresse oder eines Headers ist verborgen (•••) und hier nicht bekannt.',
    next: {
      en: 'Type it in anew and save again; the settings in force have not changed.',
      de: 'Geben Sie ihn neu ein und speichern Sie noch einmal; die geltenden Einstellungen sind unverändert.',
    },
  },

  damaged: {
    en: 'The copy of the history is not whole.',
    de: 'Die Kopie des Verlaufs ist nicht heil.',
    next: { en: 'The old backup is kept.', de: 'Die alte Sicherung bleibt.' },
  },
  'damaged/not-copied': {
    en: 'The history is damaged and cannot be copied.',
    de: 'Der Verlauf ist beschädigt und lässt sich nicht kopieren.',
    next: { en: 'The old backup is kept.', de: 'Die alte Sicherung bleibt.' },
  },
  'no-room': {
    en: 'There is no room for a backup of the history ({size:bytes}).',
    de: 'Für eine Sicherung des Verlaufs ist kein Platz ({size:bytes}).',
    next: { en: 'Free some disk space.', de: 'Schaffen Sie Platz auf dem Datenträger.' },
  },
  'not-made': {
    en: 'The history could not be copied.',
    de: 'Der Verlauf ließ sich nicht kopieren.',
    next: { en: 'It is tried again tomorrow.', de: 'Morgen wird es noch einmal versucht.' },
  },
} as const satisfies Readonly<Record<string, FailureText>>;
