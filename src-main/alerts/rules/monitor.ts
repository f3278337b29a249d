/** The monitor about itself: a watcher that has gone blind must say so. */
import type { ShippedRule } from './shipped-rule.ts';

export const monitorRules: readonly ShippedRule[] = [
  {
    id: 'source_failing',
    title: { en: 'A data source is failing', de: 'Eine Datenquelle ist ausgefallen' },
    formerTitles: ['A source of measurements fails'],
    metric: 'source_up',
    direction: 'below',
    levels: { warning: { threshold: 1 } },
    holdSeconds: 60,
    advice: {
      en: 'The reason is shown with the source under About.',
      de: 'Der Grund steht bei der Quelle unter „Info“.',
    },
  },
  {
    id: 'store_failing',
    title: { en: 'History is not being stored', de: 'Der Verlauf wird nicht gespeichert' },
    metric: 'store_up',
    direction: 'below',
    levels: { critical: { threshold: 1 } },
    holdSeconds: 30,
    advice: {
      en: 'Free some space or make the data folder writable; the last ten minutes are kept in memory.',
      de: 'Schaffen Sie Platz oder machen Sie den Datenordner beschreibbar; zehn Minuten bleiben im Speicher.',
    },
  },
  {
    id: 'monitor_overloaded',
    title: { en: 'The monitor is falling behind', de: 'Der Monitor kommt mit dem Messen nicht nach' },
    formerTitles: ['The monitor cannot keep its beat'],
    metric: 'ticks_late_total',
    window: { kind: 'rate', seconds: 60 },
    levels: { warning: { threshold: 0.5, recoveryThreshold: 0.2 } },
    holdSeconds: 60,
    culprits: 'cpu',
    advice: {
      en: 'The machine is very busy, or a source takes too long; see About.',
      de: 'Der Rechner ist sehr beschäftigt, oder eine Quelle braucht zu lange; siehe „Info“.',
    },
  },
];
