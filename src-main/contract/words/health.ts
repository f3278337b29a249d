/** What takes points off the health score, besides alerts, which have titles of their own. */
import { sentences } from '../text/message.ts';

export const healthWords = sentences('health', {
  'source-failed': { en: 'A source is failing', de: 'Eine Quelle fällt aus' },
  'store-failing': { en: 'History is not being stored.', de: 'Der Verlauf wird nicht gespeichert.' },
});

export type HealthCode = keyof typeof healthWords;
