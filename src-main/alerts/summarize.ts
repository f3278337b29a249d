/** The English sentence of an alert, with its numbers. Other languages are made from the same fields by `notify/`. */
import { areNumbersTelling, formatQuantity } from '../contract/format-quantity.ts';
import type { Labels } from '../contract/metric.ts';

export interface SummaryInput {
  readonly title: string;
  readonly labels: Labels;
  readonly value: number | null;
  readonly threshold: number;
  readonly unit: string;
  readonly direction: 'above' | 'below';
}

export function summarize({ title, labels, value, threshold, unit, direction }: SummaryInput): string {
  const where = Object.values(labels).filter((text) => text !== '');
  const place = where.length === 0 ? '' : ` (${where.join(', ')})`;
  if (!areNumbersTelling(unit, threshold)) return `${title}${place}.`;
  const now = value === null ? 'no data' : formatQuantity(value, unit);
  return `${title}${place}: ${now}, limit ${direction === 'above' ? 'above' : 'below'} ${formatQuantity(threshold, unit)}.`;
}
