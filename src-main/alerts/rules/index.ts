/** The rules that come with the app. To add one: an entry in a file here, or a file and a line below. */
import { type AlertRule, alertRuleSchema } from '../../contract/settings/alerts.ts';
import { applicationRules } from './applications.ts';
import { costRules } from './cost.ts';
import { machineRules } from './machine.ts';
import { monitorRules } from './monitor.ts';
import { serviceRules } from './services.ts';
import type { ShippedRule } from './shipped-rule.ts';

export const ruleDescriptions: readonly ShippedRule[] = [
  ...machineRules,
  ...applicationRules,
  ...serviceRules,
  ...costRules,
  ...monitorRules,
];

/**
 * As rules of the user are, in English: what a window or a notification calls them in its language it asks the
 * catalogue.
 */
export const shippedRules: readonly AlertRule[] = ruleDescriptions.map((rule) =>
  alertRuleSchema.parse({ ...rule, title: rule.title.en, advice: rule.advice.en }),
);
