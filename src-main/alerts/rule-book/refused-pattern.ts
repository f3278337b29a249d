/** Whether a rule's patterns can be used; a rule may be older than the matcher, or written by hand. */
import type { Failure } from '../../contract/outcome.ts';
import type { AlertRule } from '../../contract/settings/alerts.ts';
import { compilePattern } from '../../platform/linear-pattern.ts';

/** The first that can't, with its field; undefined where all can. */
export function refusedPattern({
  match,
}: Pick<AlertRule, 'match'>): { readonly field: string; readonly failure: Failure } | undefined {
  for (const [index, { operator, value }] of match.entries()) {
    if (operator !== 'matches' && operator !== 'not-matches') continue;
    const compiled = compilePattern(value, { isWhole: true });
    if (!compiled.ok) return { field: `match.${index}.value`, failure: compiled.failure };
  }
  return undefined;
}
