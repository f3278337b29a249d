/** The monitor about itself: a watcher that has gone blind must say so. */
import type { AlertRuleInput } from '../../contract/settings/alerts.ts';

export const monitorRules: readonly AlertRuleInput[] = [
  {
    id: 'source_failing',
    title: 'A source of measurements fails',
    metric: 'source_up',
    direction: 'below',
    levels: { warning: { enter: 1 } },
    holdSeconds: 60,
    advice: 'The reason is shown with the source under About.',
  },
  {
    id: 'store_failing',
    title: 'History is not being stored',
    metric: 'store_up',
    direction: 'below',
    levels: { critical: { enter: 1 } },
    holdSeconds: 30,
    advice: 'Free some space or make the data folder writable; the last ten minutes are kept in memory.',
  },
  {
    id: 'monitor_overloaded',
    title: 'The monitor cannot keep its beat',
    metric: 'ticks_late_total',
    window: { kind: 'rate', seconds: 60 },
    levels: { warning: { enter: 0.5, leave: 0.2 } },
    holdSeconds: 60,
    culprits: 'cpu',
    advice: 'The machine is very busy, or a source takes too long; see About.',
  },
];
