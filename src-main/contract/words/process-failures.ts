/** Why a process was left alone; part of the words of failures. */

export const processFailureWords = {
  'process-gone': { en: 'This process has ended.', de: 'Dieser Prozess ist beendet.' },
  'process-other': {
    en: 'Another process has this number by now; nothing was done to it.',
    de: 'Diese Nummer hat inzwischen ein anderer Prozess; mit ihm wurde nichts gemacht.',
  },
  'process-not-yours': {
    en: 'This process belongs to another user.',
    de: 'Dieser Prozess gehört einem anderen Benutzer.',
  },
  'process-of-system': {
    en: 'This process belongs to the system; without it the session or the machine stops working.',
    de: 'Dieser Prozess gehört zum System; ohne ihn arbeitet die Sitzung oder der Rechner nicht weiter.',
  },
  'process-of-monitor': {
    en: 'This process belongs to the monitor, or the monitor runs within it.',
    de: 'Dieser Prozess gehört zum Monitor, oder der Monitor läuft in ihm.',
  },
  'process-not-changed': {
    en: 'The system did not allow it.',
    de: 'Das System hat es nicht erlaubt.',
  },
} as const;

export const processFailureNextWords = {
  'process-gone': { en: 'Reload the list.', de: 'Laden Sie die Liste neu.' },
  'process-other': {
    en: 'Reload the list and look again.',
    de: 'Laden Sie die Liste neu und sehen Sie noch einmal nach.',
  },
  'process-not-yours': {
    en: 'Its user, or an administrator, can end it.',
    de: 'Sein Benutzer oder ein Administrator kann ihn beenden.',
  },
  'process-of-system': {
    en: 'Restart its service with the tools of the system.',
    de: 'Starten Sie seinen Dienst mit den Werkzeugen des Systems neu.',
  },
  'process-of-monitor': {
    en: 'Quit the monitor from its menu, or with Ctrl+C.',
    de: 'Beenden Sie den Monitor über sein Menü oder mit Strg+C.',
  },
  'process-not-changed': {
    en: 'Try it with the tools of the system.',
    de: 'Versuchen Sie es mit den Werkzeugen des Systems.',
  },
} as const;
