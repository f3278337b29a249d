/** The words of tray, menus and dialogs. */
import { screenTitles } from '../contract/screens.ts';
import { sentences } from '../contract/text/message.ts';

export const desktopWords = sentences('desktop', {
  open: { en: 'Open HAKGAL Monitor', de: 'HAKGAL Monitor öffnen' },
  'go-to': { en: 'Go to', de: 'Gehe zu' },
  'pause-hour': { en: 'Pause for 1 hour', de: '1 Stunde pausieren' },
  'paused-until': { en: 'Paused until {time}', de: 'Pausiert bis {time}' },
  resume: { en: 'Resume now', de: 'Jetzt fortsetzen' },
  'no-alerts': { en: 'No active alerts', de: 'Keine aktiven Alarme' },
  alerts: { en: '{count} active {count|alert|alerts}', de: '{count} {count|aktiver Alarm|aktive Alarme}' },
  repair: { en: 'Repair', de: 'Reparieren' },
  'repair-anyway': { en: 'Repair anyway', de: 'Trotzdem reparieren' },
  cancel: { en: 'Cancel', de: 'Abbrechen' },
  'minutes-left': { en: '{minutes} min left', de: 'noch {minutes} min' },
  'minute-left': { en: 'less than a minute left', de: 'noch weniger als eine Minute' },
  settings: { en: 'Settings …', de: 'Einstellungen …' },
  quit: { en: 'Quit', de: 'Beenden' },
  cpu: { en: 'CPU', de: 'CPU' },
  memory: { en: 'Memory', de: 'Speicher' },
  file: { en: 'File', de: 'Datei' },
  edit: { en: 'Edit', de: 'Bearbeiten' },
  view: { en: 'View', de: 'Ansicht' },
  window: { en: 'Window', de: 'Fenster' },
  'restart-to-update': {
    en: 'Restart to update to {version}',
    de: 'Neu starten und auf {version} aktualisieren',
  },
  'already-runs': {
    en: 'HAKGAL Monitor already runs without a window: {where}',
    de: 'HAKGAL Monitor läuft schon ohne Fenster: {where}',
  },
  'could-not-start': { en: 'HAKGAL Monitor could not start', de: 'HAKGAL Monitor konnte nicht starten' },
});

/** What the tray says of itself, by its state. */
export const stateWords = sentences('desktop.state', {
  fine: { en: 'Healthy', de: 'Alles in Ordnung' },
  warning: { en: 'Warning', de: 'Warnung' },
  critical: { en: 'Critical', de: 'Kritisch' },
  paused: { en: 'Paused', de: 'Pausiert' },
  'no-data': { en: 'No data yet', de: 'Noch keine Daten' },
});

/** Screens by their id. */
export const screenWords = sentences('screen', screenTitles);

/** What the doctor is doing, by the kind of his job. */
export const jobWords = sentences('desktop.job', {
  examine: { en: 'Examining {file}', de: 'Untersuche {file}' },
  plan: { en: 'Planning the repair of {file}', de: 'Plane die Reparatur von {file}' },
  repair: { en: 'Repairing {file}', de: 'Repariere {file}' },
  undo: { en: 'Undoing the repair of {file}', de: 'Mache die Reparatur von {file} rückgängig' },
  backup: { en: 'Backing up {file}', de: 'Sichere {file}' },
  restore: { en: 'Restoring {file}', de: 'Stelle {file} wieder her' },
});

export const jobWaitWords = sentences('desktop.job-wait', {
  held: { en: 'waits until other programs close it', de: 'wartet, bis andere Programme sie schließen' },
  confirm: { en: 'asks, because rows would be lost', de: 'fragt, weil Zeilen verloren gingen' },
});

/** Electron's own words for these are English everywhere. */
export const roleWords = sentences('desktop.role', {
  about: { en: 'About HAKGAL Monitor', de: 'Über HAKGAL Monitor' },
  hide: { en: 'Hide HAKGAL Monitor', de: 'HAKGAL Monitor ausblenden' },
  hideOthers: { en: 'Hide others', de: 'Andere ausblenden' },
  close: { en: 'Close window', de: 'Fenster schließen' },
  undo: { en: 'Undo', de: 'Rückgängig' },
  redo: { en: 'Redo', de: 'Wiederholen' },
  cut: { en: 'Cut', de: 'Ausschneiden' },
  copy: { en: 'Copy', de: 'Kopieren' },
  paste: { en: 'Paste', de: 'Einfügen' },
  selectAll: { en: 'Select all', de: 'Alles auswählen' },
  resetZoom: { en: 'Actual size', de: 'Originalgröße' },
  zoomIn: { en: 'Zoom in', de: 'Vergrößern' },
  zoomOut: { en: 'Zoom out', de: 'Verkleinern' },
  togglefullscreen: { en: 'Full screen', de: 'Vollbild' },
  minimize: { en: 'Minimise', de: 'Minimieren' },
});
