/** What a new rule begins with, and ids from titles. Pure. */
import type { AlertRuleInput } from '@contract/settings/alerts.ts';

export const newRule: AlertRuleInput = {
  id: '',
  title: '',
  metric: 'system_cpu_percent',
  levels: { warning: { threshold: 80 } },
  holdSeconds: 60,
};

/** `CPU too high` to `cpu_too_high`: an id that the contract accepts. */
export const ruleIdOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60);
