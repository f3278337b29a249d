/** What notifications, the tray and mails call the same thing. */
import type { ActiveAlert, Severity } from '../contract/alerts/alert.ts';
import { type Sentence, sentences } from '../contract/text/message.ts';
import type { Speaker } from './catalogue.ts';

export const alertWords = sentences('alert', {
  info: { en: 'Info', de: 'Hinweis' },
  warning: { en: 'Warning', de: 'Warnung' },
  critical: { en: 'Critical', de: 'Kritisch' },
  acknowledge: { en: 'Acknowledge', de: 'Bestätigen' },
  acknowledged: { en: 'Acknowledged', de: 'Bestätigt' },
  'snooze-hour': { en: 'Snooze 1 h', de: '1 h stummschalten' },
  show: { en: 'Show', de: 'Anzeigen' },
});

export const severityWord = (severity: Severity): Sentence<never> => alertWords[severity];

/** What the rule of an alert is called: the user's words, those of its file, or those that came with the alert. */
export const ruleTitle = ({ rule, title, hasOwnTitle }: ActiveAlert, speaker: Speaker): string =>
  hasOwnTitle ? title : (speaker.name(`rule.${rule}`) ?? title);
