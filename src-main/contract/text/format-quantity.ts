/**
 * A value with its unit as a person reads it: `93 %`, `1.5 GB`, `0.31 s`. Pure, for notifications and summaries of any
 * language.
 */
import type { Unit } from '../metric.ts';

const bytePrefixes = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function formatQuantity(value: number | null, unit: Unit | string, locale = 'en'): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const number = (n: number, digits: number): string => formatter(locale, digits, Math.abs(n) >= 10_000).format(n);
  /** Three figures that matter. */
  const short = (n: number): string => {
    const size = Math.abs(n);
    return number(n, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.001 ? 4 : 6);
  };
  switch (unit) {
    case 'percent':
      return `${number(value, 1)} %`;
    case 'ratio':
      return `${number(value * 100, 1)} %`;
    case 'bytes':
    case 'bytes_per_second': {
      const size = Math.abs(value);
      const step = size < 1 ? 0 : Math.min(bytePrefixes.length - 1, Math.floor(Math.log10(size) / 3));
      return `${short(value / 1000 ** step)} ${bytePrefixes[step]}${unit === 'bytes' ? '' : '/s'}`;
    }
    case 'seconds':
      return Math.abs(value) >= 120 ? formatDuration(value * 1000) : `${short(value)} s`;
    case 'per_second':
      return `${short(value)}/s`;
    case 'celsius':
      return `${number(value, 1)} °C`;
    case 'hertz':
      return `${short(value / 1e6)} MHz`;
    case 'watts':
      return `${number(value, 1)} W`;
    case 'rpm':
      return `${number(value, 0)} rpm`;
    default:
      return short(value);
  }
}

/** Whether "value, limit" says more than "a table is missing": not for yes or no, nor where one is already too many. */
export const areNumbersUseful = (unit: Unit | string, limit: number | null): boolean =>
  unit !== 'boolean' && !(unit === 'count' && limit === 0);

/** Making one costs a hundred times what using it does. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, digits: number, useGrouping: boolean): Intl.NumberFormat {
  const key = `${locale}/${digits}/${useGrouping}`;
  let one = formatters.get(key);
  if (one === undefined) {
    one = new Intl.NumberFormat(locale, { maximumFractionDigits: digits, useGrouping });
    formatters.set(key, one);
  }
  return one;
}

/** `45 s`, `3 min`, `2 h 5 min`, `4 d 2 h`: the two largest parts. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}
