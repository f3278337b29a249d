/** Why a process was left alone, and what a command of the system said. */
import type { FailureText } from './failure-text.ts';

export const processFailures = {
  'command-failed': {
    en: '{program} failed.',
    de: '{program} ist fehlgeschlagen.',
    next: {
      en: 'Check that the program exists and may be run.',
      de: 'Prüfen Sie, ob es das Programm gibt und ob es gestartet werden darf.',
    },
  },
  'command-failed/signal': {
    en: 'The process {pid} could not be ended.',
    de: 'Der Prozess {pid} ließ sich nicht beenden.',
    next: { en: 'Check whose process it is.', de: 'Prüfen Sie, wem der Prozess gehört.' },
  },
  'process-gone': {
    en: 'This process has ended.',
    de: 'Dieser Prozess ist beendet.',
    next: { en: 'Reload the list.', de: 'Laden Sie die Liste neu.' },
  },
  'process-other': {
    en: 'Another process has this number by now; nothing was done to it.',
    de: 'Diese Nummer hat inzwischen ein anderer Prozess; mit ihm wurde nichts gemacht.',
    next: { en: 'Reload the list and look again.', de: 'Laden Sie die Liste neu und sehen Sie noch einmal nach.' },
  },
  'process-not-yours': {
    en: 'This process belongs to another user.',
    de: 'Dieser Prozess gehört einem anderen Benutzer.',
    next: {
      en: 'Its user, or an administrator, can end it.',
      de: 'Sein Benutzer oder ein Administrator kann ihn beenden.',
    },
  },
  'process-of-system': {
    en: 'This process belongs to the system; without it the session or the machine stops working.',
    de: 'Dieser Prozess gehört zum System; ohne ihn arbeitet die Sitzung oder der Rechner nicht weiter.',
    next: {
      en: 'Restart its service with the tools of the system.',
      de: 'Starten Sie seinen Dienst mit den Werkzeugen des Systems neu.',
    },
  },
  'process-of-monitor': {
    en: 'This process belongs to the monitor, or the monitor runs within it.',
    de: 'Dieser Prozess gehört zum Monitor, oder der Monitor läuft in ihm.',
    next: {
      en: 'Quit the monitor from its menu, or with Ctrl+C.',
      de: 'Beenden Sie den Monitor über sein Menü oder mit Strg+C.',
    },
  },
  'process-not-changed': {
    en: 'The system did not allow it.',
    de: 'Das System hat es nicht erlaubt.',
    next: { en: 'Try it with the tools of the system.', de: 'Versuchen Sie es mit den Werkzeugen des Systems.' },
  },
} as const satisfies Readonly<Record<string, FailureText>>;
