import type { explain as english } from '../en/explain.ts';

export const explain: Readonly<Record<keyof typeof english, string>> = {
  'explain.title': 'Was gerade los ist',
  'explain.evidence': 'Belege',
  'explain.also': 'Außerdem',
  'explain.ended': 'Davor',
  'explain.show': 'Anzeigen',
  'alert.cause': 'Ursache: {statement}',
  'explain.asOf': 'Stand: {time}',
  'processes.share': 'Anteil an der Maschine, {cores} Kerne',
  'processes.cores': '{cores} Kerne',
};
