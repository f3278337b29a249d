/**
 * Patterns of a log that can't be used: from a time when another matcher took them, or from a hand that wrote the
 * settings file.
 */
import type { Failure } from '../../contract/outcome.ts';
import type { LogTargetSettings } from '../../contract/settings/targets.ts';
import { compilePattern } from '../../platform/linear-pattern.ts';

/** The first one's reason; undefined where all can be used. */
export function refusedPattern(patterns: LogTargetSettings['patterns']): Failure | undefined {
  for (const { pattern, ignoreCase } of patterns) {
    const compiled = compilePattern(pattern, { ignoreCase });
    if (!compiled.ok) return compiled.failure;
  }
  return undefined;
}
