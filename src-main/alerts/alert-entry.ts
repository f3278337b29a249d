/** One alert in the making or in force: its state, what the user did to it, and how it is shown and kept. */
import { z } from 'zod';
import { type ActiveAlert, type Culprit, type Severity, severities } from '../contract/alert.ts';
import { type Labels, metricOfKey } from '../contract/metric.ts';
import { alertRuleSchema } from '../contract/settings/alerts.ts';
import type { AlertState } from './alert-state.ts';
import { type CompiledLevel, compileRules, levelId } from './compile-rules.ts';
import type { CulpritTally } from './culprits.ts';
import { summarize } from './summarize.ts';

export interface AlertEntry {
  level: CompiledLevel;
  readonly series: string;
  readonly labels: Labels;
  readonly unit: string;
  state: AlertState;
  value: number | null;
  tally?: CulpritTally;
  /** From before a restart, until a tally of this run has something. */
  culprits: readonly Culprit[];
  acknowledged?: { readonly at: number; readonly by: string };
  /** When it was last told about. */
  remindedAt?: number;
  shown?: ActiveAlert;
  summaryFor?: (value: number | null) => string;
  /** Made once a life. */
  id?: { readonly since: number; readonly text: string };
  /** Place of its series in the level's table; checked before use. */
  index?: number;
}

export const entryKey = (entry: AlertEntry): string => `${entry.level.id}|${entry.series}`;

export function alertId(entry: AlertEntry): string {
  const { level, series, state } = entry;
  if (entry.id?.since !== state.since)
    entry.id = { since: state.since, text: `${level.rule.id}/${level.severity}/${series}@${state.since}` };
  return entry.id.text;
}

/** Why it may not be told at the moment. */
interface Muting {
  readonly inhibitedBy?: string | undefined;
  readonly silencedUntil?: number | undefined;
}

/** The alert as everyone sees it; the object shown before, where nothing about it has changed. */
export function showAlert(entry: AlertEntry, { inhibitedBy, silencedUntil }: Muting): ActiveAlert {
  const { level, series, labels, unit, state, value, acknowledged } = entry;
  const { rule, bounds } = level;
  const culprits = entry.tally?.culprits ?? [];
  if (culprits.length > 0) entry.culprits = culprits;
  entry.summaryFor ??= summarize({
    title: rule.title,
    labels,
    threshold: bounds.enter,
    unit,
    direction: bounds.direction,
  });
  const before = entry.shown;
  const isFiring = state.phase === 'firing';
  if (
    before !== undefined &&
    before.value === value &&
    before.since === state.since &&
    before.firedAt === state.firedAt &&
    before.acknowledged === acknowledged &&
    before.inhibitedBy === inhibitedBy &&
    before.silencedUntil === silencedUntil &&
    (before.isFlapping ?? false) === state.isFlapping &&
    (before.isWithoutData ?? false) === (state.withoutDataFrom !== undefined) &&
    sameCulprits(before.culprits, entry.culprits)
  )
    return before;
  entry.shown = {
    id: alertId(entry),
    rule: rule.id,
    title: rule.title,
    severity: level.severity,
    state: isFiring ? 'firing' : 'pending',
    summary: entry.summaryFor(value),
    labels,
    series,
    unit,
    value,
    threshold: bounds.enter,
    direction: bounds.direction,
    since: state.since,
    ...(state.firedAt !== undefined && { firedAt: state.firedAt }),
    ...(rule.culprits !== undefined && { resource: rule.culprits }),
    culprits: entry.culprits,
    ...(acknowledged !== undefined && { acknowledged }),
    ...(silencedUntil !== undefined && { silencedUntil }),
    ...(inhibitedBy !== undefined && { inhibitedBy }),
    ...(state.isFlapping && { isFlapping: true }),
    ...(state.withoutDataFrom !== undefined && { isWithoutData: true }),
    ...(rule.advice !== undefined && { advice: rule.advice }),
    ...(rule.runbook !== undefined && { runbook: rule.runbook }),
  };
  return entry.shown;
}

const sameCulprits = (a: readonly Culprit[], b: readonly Culprit[]): boolean =>
  a === b ||
  (a.length === b.length && a.every((one, index) => one.pid === b[index]?.pid && one.value === b[index]?.value));

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

/** An entry as it survives a restart. */
const savedEntrySchema = z.object({
  rule: z.string(),
  severity: z.enum(severities),
  series: z.string(),
  labels: z.record(z.string(), z.string()),
  unit: z.string(),
  value: z.number().nullable(),
  state: stateSchema,
  culprits: z.array(z.object({ name: z.string(), pid: z.number().optional(), value: z.number() })),
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
  const level = levelOf(levelId(rule, severity)) ?? standInLevel(rule, severity, metricOfKey(rest.series));
  return level === undefined ? undefined : ({ ...rest, level } as AlertEntry);
}

function standInLevel(id: string, severity: Severity, metric: string): CompiledLevel | undefined {
  const rule = alertRuleSchema.safeParse({ id, title: id, metric, levels: { [severity]: { enter: 0 } } });
  return rule.success ? compileRules([rule.data]).levels[0] : undefined;
}
