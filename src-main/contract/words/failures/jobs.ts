/** Failures of the doctor's jobs: what is already at work, asked for, prepared, swapped or undone. */
import type { FailureText } from './failure-text.ts';

const atNextStart = {
  en: 'It is finished when the app starts next.',
  de: 'Es wird beim nächsten Start der App abgeschlossen.',
};
const closeAndTryAgain = {
  en: 'Close the programs that use it and try again.',
  de: 'Beenden Sie die Programme, die sie benutzen, und versuchen Sie es noch einmal.',
};

export const jobFailures = {
  busy: {
    en: 'Another job is at work on {file}.',
    de: 'An {file} arbeitet schon eine andere Aufgabe.',
    next: { en: 'Wait until it is done.', de: 'Warten Sie, bis sie fertig ist.' },
  },
  'busy/other-process': {
    en: 'Another process of this app ({pid}) is working on {file}.',
    de: 'An {file} arbeitet gerade ein anderer Prozess dieser App ({pid}).',
    next: {
      en: 'Wait until it is done, or end it there.',
      de: 'Warten Sie, bis er fertig ist, oder brechen Sie es dort ab.',
    },
  },
  'busy/some-process': {
    en: 'Another process of this app is working on {file}.',
    de: 'An {file} arbeitet gerade ein anderer Prozess dieser App.',
    next: { en: 'Try again in a moment.', de: 'Versuchen Sie es gleich noch einmal.' },
  },
  cancelled: {
    en: '{file} was left as it was.',
    de: '{file} blieb, wie sie war.',
    next: { en: 'Start again when you want it.', de: 'Beginnen Sie von Neuem, wann immer Sie wollen.' },
  },
  'cancelled/waiting': {
    en: '{file} was left as it was.',
    de: '{file} blieb, wie sie war.',
    next: {
      en: 'Start again when no program needs the file.',
      de: 'Beginnen Sie von Neuem, wenn kein Programm die Datei braucht.',
    },
  },
  'changed-meanwhile': {
    en: '{file} was changed by another program meanwhile; nothing was replaced.',
    de: '{file} wurde inzwischen von einem anderen Programm geändert; nichts wurde ersetzt.',
    next: {
      en: 'End the program that writes to it, then try again.',
      de: 'Beenden Sie das Programm, das in sie schreibt, und versuchen Sie es noch einmal.',
    },
  },
  'changed-since': {
    en: '{file} was changed after the repair; undoing it would lose those changes.',
    de: '{file} wurde seit der Reparatur geändert; das Rückgängigmachen verlöre diese Änderungen.',
    next: {
      en: 'Undo it anyway: what is there now is kept and can be brought back.',
      de: 'Machen Sie sie trotzdem rückgängig: Was jetzt da ist, wird aufgehoben und kann wiederkommen.',
    },
  },
  'copy-differs': {
    en: 'The copy of {file} does not read back as it was written.',
    de: 'Die Kopie von {file} liest sich nicht so, wie sie geschrieben wurde.',
    next: {
      en: 'Check the disk that holds the data directory; nothing was changed.',
      de: 'Prüfen Sie den Datenträger mit dem Datenordner; nichts wurde geändert.',
    },
  },
  'held-meanwhile': {
    en: 'A program opened {file} in the very moment of the undo and goes on with the newer state.',
    de: 'Ein Programm öffnete {file} im Augenblick des Rückgängigmachens und arbeitet mit dem neueren Stand weiter.',
    next: {
      en: 'Close that program and undo again.',
      de: 'Beenden Sie das Programm und machen Sie die Reparatur noch einmal rückgängig.',
    },
  },
  'no-such-job': {
    en: 'There is no job {job}.',
    de: 'Eine Aufgabe {job} gibt es nicht.',
    next: { en: 'Look at the list of jobs.', de: 'Sehen Sie in der Liste der Aufgaben nach.' },
  },
  'not-prepared': {
    en: 'The prepared repair is gone.',
    de: 'Die vorbereitete Reparatur ist nicht mehr da.',
    next: { en: 'Start the repair again.', de: 'Beginnen Sie die Reparatur von Neuem.' },
  },
  'not-prepared/undo': {
    en: 'The prepared undo is gone.',
    de: 'Das vorbereitete Rückgängigmachen ist nicht mehr da.',
    next: { en: 'Start the undo again.', de: 'Beginnen Sie das Rückgängigmachen von Neuem.' },
  },
  'nothing-asked': {
    en: 'This job waits for no answer.',
    de: 'Diese Aufgabe wartet auf keine Antwort.',
    next: { en: 'Look at the job again.', de: 'Sehen Sie sich die Aufgabe noch einmal an.' },
  },
  'nothing-to-undo': {
    en: 'No repair of {file} is kept.',
    de: 'Von {file} ist keine Reparatur aufgehoben.',
    next: {
      en: 'Repairs are kept as long as the settings say.',
      de: 'Reparaturen werden so lange aufgehoben, wie die Einstellungen sagen.',
    },
  },
  'originals-damaged': {
    en: 'The kept originals of {file} are not what they were; nothing was replaced.',
    de: 'Die aufgehobenen Originale von {file} sind nicht mehr, was sie waren; nichts wurde ersetzt.',
    next: {
      en: 'Check the disk that holds the data directory.',
      de: 'Prüfen Sie den Datenträger mit dem Datenordner.',
    },
  },
  'swap-refused': {
    en: '{file} could not be replaced.',
    de: '{file} ließ sich nicht ersetzen.',
    next: closeAndTryAgain,
  },
  'swap-refused/taken': {
    en: '{file} could not be replaced: a file has appeared there meanwhile.',
    de: '{file} ließ sich nicht ersetzen: Inzwischen liegt dort eine Datei.',
    next: closeAndTryAgain,
  },
  'swap-unfinished': {
    en: '{file} is whole, and replacing it is not finished.',
    de: '{file} ist heil, aber das Ersetzen ist nicht abgeschlossen.',
    next: atNextStart,
  },
  'swap-unfinished/opened': {
    en: '{file} is whole, and replacing it is not finished: a program has opened it.',
    de: '{file} ist heil, aber das Ersetzen ist nicht abgeschlossen: Ein Programm hat sie geöffnet.',
    next: atNextStart,
  },
  'swap-unfinished/changed': {
    en: '{file} is whole, and replacing it is not finished: a program has changed it.',
    de: '{file} ist heil, aber das Ersetzen ist nicht abgeschlossen: Ein Programm hat sie geändert.',
    next: atNextStart,
  },
  unexpected: {
    en: 'The job ended unexpectedly.',
    de: 'Das endete unerwartet.',
    next: {
      en: 'Try again; if it happens again, send a support bundle.',
      de: 'Versuchen Sie es noch einmal; geschieht es wieder, senden Sie eine Diagnosedatei.',
    },
  },
  'unknown-profile': {
    en: 'There is no profile "{profile}".',
    de: 'Es gibt kein Profil „{profile}“.',
    next: {
      en: 'Choose one of the profiles in the settings.',
      de: 'Wählen Sie eines der Profile in den Einstellungen.',
    },
  },
} as const satisfies Readonly<Record<string, FailureText>>;
