/** An entry as it survives a restart. What is read back has passed its schema. */
import { z } from 'zod';
import { type Severity, severities } from '../contract/alerts/alert.ts';
import { explainedCauseSchema } from '../contract/explanation/explanation.ts';
import { metricOfKey } from '../contract/metric.ts';
import { alertRuleSchema } from '../contract/settings/alerts.ts';
import type { AlertEntry } from './engine/alert-entry.ts';
import { type CompiledLevel, compileRules, levelId } from './engine/compile-rules.ts';

const stateSchema = z.object({
  phase: z.enum(['ok', 'pending', 'firing']),
  since: z.number(),
  heldFrom: z.number(),
  firedAt: z.number().optional(),
  clearFrom: z.number().optional(),
  coolUntil: z.number(),
  checkedAt: z.number(),
  withoutDataFrom: z.number().optional(),
  flap: z.object({ changes: z.number(), last: z.boolean(), at: z.number() }).optional(),
  isFlapping: z.boolean(),
});

const savedEntrySchema = z.object({
  rule: z.string(),
  severity: z.enum(severities),
  series: z.string(),
  labels: z.record(z.string(), z.string()),
  unit: z.string(),
  value: z.number().nullable(),
  state: stateSchema,
  culprits: z.array(
    z.object({
      name: z.string(),
      processes: z.number().optional(),
      pid: z.number().optional(),
      value: z.number(),
    }),
  ),
  cause: explainedCauseSchema.optional(),
  acknowledged: z.object({ at: z.number(), by: z.string() }).optional(),
  remindedAt: z.number().optional(),
});
export type SavedEntry = z.infer<typeof savedEntrySchema>;

export const saveEntry = (entry: AlertEntry): SavedEntry => ({
  rule: entry.level.rule.id,
  severity: entry.level.severity,
  series: entry.series,
  labels: entry.labels,
  unit: entry.unit,
  value: entry.value,
  state: entry.state,
  culprits: [...entry.culprits],
  ...(entry.cause !== undefined && { cause: entry.cause }),
  ...(entry.acknowledged !== undefined && { acknowledged: entry.acknowledged }),
  ...(entry.remindedAt !== undefined && { remindedAt: entry.remindedAt }),
});

/**
 * Undefined where it can't be read.
 * @param levelOf the level in force by its id; where its rule is gone, a stand-in makes the alert's end tellable
 */
export function readSavedEntry(
  saved: unknown,
  levelOf: (levelId: string) => CompiledLevel | undefined,
): AlertEntry | undefined {
  const read = savedEntrySchema.safeParse(saved);
  if (!read.success) return undefined;
  const { rule, severity, ...rest } = read.data;
  const metric = metricOfKey(rest.series);
  const inForce = levelOf(levelId(rule, severity));
  // A rule that now looks at another metric is another rule.
  const level = inForce?.rule.metric === metric ? inForce : standInLevel(rule, severity, metric);
  return level === undefined ? undefined : ({ ...rest, level } as AlertEntry);
}

function standInLevel(id: string, severity: Severity, metric: string): CompiledLevel | undefined {
  const rule = alertRuleSchema.safeParse({ id, title: id, metric, levels: { [severity]: { threshold: 0 } } });
  return rule.success ? compileRules([rule.data]).levels[0] : undefined;
}
