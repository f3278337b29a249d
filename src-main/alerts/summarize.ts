/** The English sentence of an alert, with its numbers. Other languages are made from the same fields by `notify/`. */
import { placesOf } from '../contract/alerts/alert-place.ts';
import type { Labels } from '../contract/metric.ts';
import { areNumbersUseful, formatQuantity } from '../contract/text/format-quantity.ts';

export interface SummaryInput {
  readonly title: string;
  readonly labels: Labels;
  readonly threshold: number;
  readonly unit: string;
  readonly direction: 'above' | 'below';
}

/** The sentence for each value: only that changes from tick to tick, and writing numbers is what costs. */
export function summarize({
  title,
  labels,
  threshold,
  unit,
  direction,
}: SummaryInput): (value: number | null) => string {
  const where = placesOf(labels);
  const place = where.length === 0 ? '' : ` (${where.join(', ')})`;
  if (!areNumbersUseful(unit, threshold)) return () => `${title}${place}.`;
  const limit = `limit ${direction} ${formatQuantity(threshold, unit)}`;
  return (value) => `${title}${place}: ${value === null ? 'no data' : formatQuantity(value, unit)}, ${limit}.`;
}
