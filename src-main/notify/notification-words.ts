/** The words of notifications, mails and messages around what the rules and metrics bring themselves. */
import { sentences } from '../contract/text/message.ts';

export const notificationWords = sentences('notification', {
  fired: { en: 'Alert', de: 'Alarm' },
  resolved: { en: 'Resolved', de: 'Behoben' },
  reminder: { en: 'Still firing', de: 'Besteht weiter' },
  flapping: { en: 'Flapping', de: 'Kommt und geht' },
  acknowledged: { en: 'Acknowledged', de: 'Bestätigt' },
  unacknowledged: { en: 'No longer acknowledged', de: 'Nicht mehr bestätigt' },
  silenced: { en: 'Silenced', de: 'Stummgeschaltet' },
  'limit-above': { en: '{value}, limit {limit}', de: '{value}, Grenze {limit}' },
  'limit-below': { en: '{value}, should be at least {limit}', de: '{value}, sollte mindestens {limit} sein' },
  'no-value': { en: 'no data, limit {limit}', de: 'keine Daten, Grenze {limit}' },
  since: { en: 'since {at:dateTime}', de: 'seit {at:dateTime}' },
  lasted: { en: 'lasted {span:duration}', de: 'dauerte {span:duration}' },
  cause: { en: 'Cause: {statement}', de: 'Ursache: {statement}' },
  culprits: { en: 'Top processes: {list}', de: 'Größte Prozesse: {list}' },
  'several-firing': { en: '{count} {count|alert|alerts}', de: '{count} {count|Alarm|Alarme}' },
  'several-resolved': { en: '{count} resolved', de: '{count} behoben' },
  more: { en: 'and {count} more', de: 'und {count} weitere' },
  'on-machine': { en: '{title} on {machine}', de: '{title} auf {machine}' },
  advice: { en: 'What to do: {advice}', de: 'Was zu tun ist: {advice}' },
  runbook: { en: 'Runbook', de: 'Anleitung' },
  'open-dashboard': { en: 'Open the dashboard', de: 'Dashboard öffnen' },
  footer: { en: 'Sent by HAKGAL Monitor', de: 'Gesendet von HAKGAL Monitor' },
  'test-title': { en: 'Test from HAKGAL Monitor', de: 'Test von HAKGAL Monitor' },
  'test-body': {
    en: 'If you can read this, notifications will reach you here.',
    de: 'Wenn Sie dies lesen, kommen Benachrichtigungen hier an.',
  },
});
