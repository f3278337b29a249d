/** The rules in force, by id: read anew when the settings change, asked by the engine and by whoever delivers. */
import type { AlertRule } from '../../contract/settings/alerts.ts';
import type { Logger } from '../../platform/logger.ts';
import { type RuleSettings, type RulesInForce, readRules } from './read-rules.ts';

export interface RuleBook {
  readonly inForce: RulesInForce;
  rule(id: string): AlertRule | undefined;
  replace(settings: RuleSettings): void;
}

/** A rule that cannot be used is logged by its name; the others hold. */
export function createRuleBook(settings: RuleSettings, logger: Pick<Logger, 'warn'>): RuleBook {
  const read = (
    from: RuleSettings,
  ): { readonly rules: RulesInForce; readonly byId: ReadonlyMap<string, AlertRule> } => {
    const rules = readRules(from);
    for (const { id, field, reason } of rules.refused)
      logger.warn('An alert rule was refused', { rule: id, field, reason });
    return { rules, byId: new Map(rules.rules.map(({ rule }) => [rule.id, rule])) };
  };
  let current = read(settings);
  return {
    get inForce() {
      return current.rules;
    },
    rule: (id) => current.byId.get(id),
    replace(next) {
      current = read(next);
    },
  };
}
