/** "This rule would have fired N times": the rule run over the stored history, in the engine that runs it live. */

import type { PreviewAnswer, PreviewFiring } from '../../contract/alerts/alert-procedures.ts';
import type { Batch, Gap, Sample } from '../../contract/batch.ts';
import type { RangeAnswer, SeriesColumns } from '../../contract/history.ts';
import type { Series } from '../../contract/metric.ts';
import type { AlertRule } from '../../contract/settings/alerts.ts';
import { dayMs } from '../../contract/shared/durations.ts';
import { sameInEvery } from '../../contract/text/text.ts';
import type { StoreReader } from '../../store/store-types.ts';
import { compileRules } from '../engine/compile-rules.ts';
import { AlertEngine } from '../engine/evaluate-alerts.ts';

/** Steps times series that can be run through in well under a second. */
const maxSamples = 600_000;
const maxSteps = 60_000;
const columnsPerRead = 10_000;
/** What the store gives in one answer. */
const maxSeries = 200;
const shownFirings = 500;

export async function previewRule(
  rule: AlertRule,
  days: number,
  now: number,
  store: Pick<StoreReader, 'range' | 'listSeries'>,
): Promise<PreviewAnswer> {
  const from = Math.round(now - days * dayMs);
  const enabled: AlertRule = { ...rule, isEnabled: true };
  const selection = compileRules([enabled]).selections[0];
  const fitting = (await store.listSeries()).filter(
    ({ metric, labels, lastAt }) => metric === rule.metric && lastAt >= from && selection?.matches(labels),
  );
  const known = fitting.slice(0, maxSeries);
  // Nothing was measured before the first sample: looking there only makes the steps coarser.
  const begin = Math.max(from, Math.min(now, ...known.map(({ firstAt }) => firstAt)));
  const empty = { from, until: now, count: 0, firings: [], stepMs: 0 };
  if (known.length === 0 || begin >= now)
    return { ...empty, note: 'No history is stored for the series of this rule.' };
  const steps = Math.max(60, Math.min(maxSteps, Math.floor(maxSamples / known.length)));
  const stepMs = Math.max(1000, Math.ceil((now - begin) / steps / 1000) * 1000);
  const engine = new AlertEngine([enabled], { tickMs: stepMs });
  const firings = new Map<string, PreviewFiring>();
  const series = new Map<string, Series>();
  let count = 0;

  for (let at = begin; at < now; at += stepMs * columnsPerRead) {
    const until = Math.min(now, at + stepMs * columnsPerRead);
    const answer = await store.range({
      series: known.map(({ key }) => key),
      from: at,
      until,
      columns: Math.max(1, Math.ceil((until - at) / stepMs)),
    });
    for (const batch of toBatches(answer, rule, stepMs, series))
      for (const { kind, alert, at: when } of engine.evaluate(batch).transitions) {
        if (kind === 'fired') {
          count += 1;
          firings.set(alert.id, { series: alert.series, severity: alert.severity, firedAt: when, resolvedAt: null });
        } else if (kind === 'resolved') {
          const firing = firings.get(alert.id);
          if (firing !== undefined) firings.set(alert.id, { ...firing, resolvedAt: when });
        }
      }
  }
  const notes = [
    ...(stepMs > 1000 ? [`Looked at in steps of ${stepMs / 1000} s; what is shorter than that may be missing.`] : []),
    ...(fitting.length > known.length ? [`Looked at ${known.length} of ${fitting.length} series.`] : []),
  ];
  return {
    from,
    until: now,
    count,
    firings: [...firings.values()].slice(-shownFirings),
    stepMs,
    ...(notes.length > 0 && { note: notes.join(' ') }),
  };
}

/**
 * A batch each step, as the tick makes them: also where a slow source had nothing to say. None while nothing was
 * measured.
 */
function* toBatches(
  answer: RangeAnswer,
  rule: AlertRule,
  stepMs: number,
  known: Map<string, Series>,
): Generator<Batch> {
  const cursors = answer.series.map((column) => ({
    column,
    values: valuesOf(column, rule, answer.stepMs),
    next: 0,
    series: seriesOf(column, known),
  }));
  const silences = answer.gaps.filter(({ source }) => source === undefined);
  let gap = 0;
  let gaps: Gap[] = [];
  for (let at = answer.from; at < answer.until; at += stepMs) {
    const samples: Sample[] = [];
    for (const cursor of cursors)
      while ((cursor.column.at[cursor.next] ?? Number.POSITIVE_INFINITY) < at + stepMs) {
        samples.push({ series: cursor.series, value: cursor.values[cursor.next] as number });
        cursor.next += 1;
      }
    for (; (silences[gap]?.until ?? Number.POSITIVE_INFINITY) <= at; gap += 1) gaps.push(silences[gap] as Gap);
    const isSilent = (silences[gap]?.from ?? Number.POSITIVE_INFINITY) <= at;
    if (isSilent && samples.length === 0) continue;
    yield { at, samples, gaps };
    gaps = [];
  }
}

/**
 * Of a column of several samples: with a hold time no shorter than the column every sample must be beyond the level, so
 * the mildest one decides; without, any one does. Window functions take the column that is nearest to what they are
 * made from.
 */
function valuesOf(column: SeriesColumns, rule: AlertRule, stepMs: number): ArrayLike<number> {
  const { kind } = rule.window;
  const [mildest, gravest] = rule.direction === 'above' ? [column.min, column.max] : [column.max, column.min];
  if (kind === 'last') return rule.holdSeconds * 1000 >= stepMs ? mildest : gravest;
  if (kind === 'min') return column.min;
  if (kind === 'max') return column.max;
  if (kind === 'rate' || kind === 'absence') return column.last;
  return column.average;
}

function seriesOf({ key, metric, labels }: SeriesColumns, known: Map<string, Series>): Series {
  let series = known.get(key);
  if (series === undefined) {
    const description = {
      name: metric,
      title: sameInEvery(metric),
      help: sameInEvery(metric),
      unit: 'count',
      kind: 'gauge',
      labels: Object.keys(labels),
    } as const;
    series = { key, metric: description, labels };
    known.set(key, series);
  }
  return series;
}
