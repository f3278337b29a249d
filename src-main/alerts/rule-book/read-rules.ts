/**
 * Rules in force: the shipped ones, replaced or joined by the user's. A wrong rule is refused by name; the rest keeps
 * running.
 */
import type { OwnWords } from '../../contract/alerts/alert.ts';
import type { RefusedRule } from '../../contract/alerts/alert-procedures.ts';
import { type AlertRule, alertRuleSchema } from '../../contract/settings/alerts.ts';
import { shippedRules } from '../rules/index.ts';
import { ownWordsOf } from './own-words.ts';
import { refusedPattern } from './refused-pattern.ts';

export interface RulesInForce {
  /** Shipped ones first, in their order; those that are switched off included. */
  readonly rules: readonly (OwnWords & { readonly rule: AlertRule; readonly origin: 'shipped' | 'changed' | 'own' })[];
  readonly refused: readonly RefusedRule[];
}

export interface RuleSettings {
  readonly rules: readonly unknown[];
  readonly disabledRules: readonly string[];
}

export function readRules(settings: RuleSettings, shipped: readonly AlertRule[] = shippedRules): RulesInForce {
  const refused: RefusedRule[] = [];
  const own = new Map<string, AlertRule>();
  for (const [index, raw] of settings.rules.entries()) {
    const read = alertRuleSchema.safeParse(raw);
    const named = (raw as { id?: unknown } | null)?.id;
    const id = typeof named === 'string' ? named : `#${index + 1}`;
    const unusable = read.success ? refusedPattern(read.data) : undefined;
    if (unusable !== undefined) refused.push({ id, field: unusable.field, reason: unusable.failure.message });
    else if (read.success && own.has(read.data.id))
      refused.push({ id, field: 'id', reason: 'Another rule before it has the same id' });
    else if (read.success) own.set(read.data.id, read.data);
    else {
      const issue = read.error.issues[0];
      refused.push({ id, field: issue?.path.join('.') || 'rule', reason: issue?.message ?? 'unknown reason' });
    }
  }
  const off = new Set(settings.disabledRules);
  const switched = (rule: AlertRule): AlertRule => (off.has(rule.id) ? { ...rule, isEnabled: false } : rule);
  const shippedIds = new Set(shipped.map(({ id }) => id));
  return {
    rules: [
      ...shipped.map((rule) => {
        const changed = own.get(rule.id);
        if (changed === undefined) return { rule: switched(rule), origin: 'shipped' } as const;
        return { rule: switched(changed), origin: 'changed', ...ownWordsOf(changed) } as const;
      }),
      ...[...own.values()]
        .filter(({ id }) => !shippedIds.has(id))
        .map((rule) => ({ rule: switched(rule), origin: 'own' as const })),
    ],
    refused,
  };
}
