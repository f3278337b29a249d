/** The rules that come with the app. To add one: an entry in a file here, or a file and a line below. */
import { type AlertRule, alertRuleSchema } from '../../contract/settings/alerts.ts';
import { applicationRules } from './applications.ts';
import { machineRules } from './machine.ts';
import { monitorRules } from './monitor.ts';
import { serviceRules } from './services.ts';

export const shippedRules: readonly AlertRule[] = [
  ...machineRules,
  ...applicationRules,
  ...serviceRules,
  ...monitorRules,
].map((rule) => alertRuleSchema.parse(rule));
