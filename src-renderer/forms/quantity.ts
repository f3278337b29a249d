/** Quantities as people write them: `5 min`, `1 h 30 min`, `80 %`, `2 GiB`. What is stored keeps its unit. Pure. */
import type { FieldUnit } from '@contract/forms/field-meta.ts';
import type { Unit } from '@contract/metric.ts';

/** `metric` is resolved by the form to the unit of the metric. */
export type QuantityUnit = Exclude<FieldUnit, 'metric'> | Unit;

interface Step {
  /** How much of what is stored one of these is. */
  readonly factor: number;
  readonly symbol: string;
  /** Also understood. */
  readonly others?: readonly string[];
}

const seconds = { millisecond: 0.001, second: 1, minute: 60, hour: 3_600, day: 86_400 } as const;
type TimeUnit = keyof typeof seconds;
const timeUnits: readonly TimeUnit[] = ['day', 'hour', 'minute', 'second', 'millisecond'];
const storedTime: Partial<Record<QuantityUnit, TimeUnit>> = {
  milliseconds: 'millisecond',
  seconds: 'second',
  minutes: 'minute',
  hours: 'hour',
  days: 'day',
};
/** Alike in every language; days have their word. */
const symbols: Partial<Record<TimeUnit, string>> = { hour: 'h', minute: 'min', second: 's', millisecond: 'ms' };

const decimalBytes = (suffix = ''): Step[] =>
  ['B', 'kB', 'MB', 'GB', 'TB'].flatMap((symbol, power) => {
    const binary = power === 0 ? [] : [{ factor: 1024 ** power, symbol: `${symbol[0]?.toUpperCase()}iB${suffix}` }];
    return [{ factor: 1000 ** power, symbol: `${symbol}${suffix}` }, ...binary];
  });

/** The first is what a number alone means. */
const steps: Partial<Record<QuantityUnit, readonly Step[]>> = {
  bytes: decimalBytes(),
  bytes_per_second: decimalBytes('/s'),
  // Megabytes of 1,048,576 bytes: whoever types MB or GB here means these.
  megabytes: [
    { factor: 1, symbol: 'MiB', others: ['MB', 'M'] },
    { factor: 1024, symbol: 'GiB', others: ['GB', 'G'] },
    { factor: 1024 ** 2, symbol: 'TiB', others: ['TB', 'T'] },
  ],
  percent: [{ factor: 1, symbol: '%' }],
  ratio: [{ factor: 0.01, symbol: '%' }],
  per_second: [{ factor: 1, symbol: '/s' }],
  per_minute: [{ factor: 1, symbol: '/min' }],
  celsius: [{ factor: 1, symbol: '°C' }],
  hertz: [
    { factor: 1, symbol: 'Hz' },
    { factor: 1e3, symbol: 'kHz' },
    { factor: 1e6, symbol: 'MHz' },
    { factor: 1e9, symbol: 'GHz' },
  ],
  watts: [{ factor: 1, symbol: 'W' }],
  rpm: [{ factor: 1, symbol: 'rpm' }],
};

/** Whether it is written with a unit. */
export const hasUnit = (unit: QuantityUnit): boolean => unit in storedTime || unit in steps;

/** Exact: reading it back gives the same value. */
export function writeQuantity(value: number, unit: QuantityUnit, locale: string): string {
  const stored = storedTime[unit];
  if (stored !== undefined) return writeTime(value, stored, locale);
  const known = steps[unit] ?? [];
  const [smallest] = known;
  if (smallest === undefined) return writeNumber(value, locale);
  const fitting = known
    .toSorted((a, b) => b.factor - a.factor)
    .find(({ factor }) => {
      const amount = short(value / factor);
      return Math.abs(amount) >= 1 && decimals(amount) <= 3 && scaled(amount, factor) === value;
    });
  const { factor, symbol } = fitting ?? smallest;
  const gap = symbol.startsWith('/') ? '' : ' ';
  return `${writeNumber(short(value / factor), locale)}${gap}${symbol}`;
}

/** @returns undefined for what is no quantity of this unit */
export function readQuantity(text: string, unit: QuantityUnit, locale: string): number | undefined {
  const trimmed = text.trim();
  const stored = storedTime[unit];
  if (stored !== undefined) return readTime(trimmed, stored, locale);
  const match = /^([-+−]?[\d.,’'\s]*\d)\s*(.*)$/.exec(trimmed);
  if (match === null) return undefined;
  const [, digits = '', word = ''] = match;
  const amount = readNumber(digits, locale);
  const known = steps[unit];
  if (amount === undefined || known === undefined) return word === '' ? amount : undefined;
  // `MB/s` may be written `MB` where nothing else can be meant; the slash of a rate may have a space before it.
  const asked = word.replace(/\s/g, '').toLowerCase();
  const isNamed = ({ symbol, others = [] }: Step): boolean =>
    [symbol, symbol.replace(/\/\w+$/, ''), ...others].some((one) => one !== '' && one.toLowerCase() === asked);
  const step = asked === '' ? known[0] : known.find(isNamed);
  return step === undefined ? undefined : scaled(amount, step.factor);
}

function writeTime(value: number, stored: TimeUnit, locale: string): string {
  const whole = short(value * seconds[stored] * 1000);
  const isExact = Number.isSafeInteger(whole) && whole >= 0;
  if (value === 0 || !isExact) return `${writeNumber(value, locale)} ${timeWord(stored, value, locale)}`;
  let left = whole;
  const parts = timeUnits.flatMap((unit) => {
    const size = seconds[unit] * 1000;
    // Seconds take what is left with a fraction; below one they are milliseconds.
    const isLast = unit === 'second' && whole >= 1000;
    const amount = isLast ? short(left / size) : Math.floor(left / size);
    left = isLast ? 0 : left - amount * size;
    return amount === 0 ? [] : [`${writeNumber(amount, locale)} ${timeWord(unit, amount, locale)}`];
  });
  return parts.join(' ');
}

function readTime(text: string, stored: TimeUnit, locale: string): number | undefined {
  const alone = readNumber(text, locale);
  if (alone !== undefined) return alone;
  const parts = [...text.matchAll(/([-+−]?\d(?:[\d.,’'\s]*\d)?)\s*([^\d\s.,’'+−-]+)\.?\s*/gu)];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text) return undefined;
  let total = 0;
  for (const [, digits = '', word = ''] of parts) {
    const amount = readNumber(digits, locale);
    const unit = timeUnits.find((one) => wordsOfTime(one, locale).includes(word.toLowerCase()));
    if (amount === undefined || amount < 0 || unit === undefined) return undefined;
    total += amount * seconds[unit];
  }
  return short(total / seconds[stored]);
}

const timeWord = (unit: TimeUnit, amount: number, locale: string): string =>
  symbols[unit] ?? unitName(unit, amount, locale, 'long');

const unitName = (unit: string, amount: number, locale: string, unitDisplay: 'long' | 'short' | 'narrow'): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay })
    .formatToParts(amount)
    .find(({ type }) => type === 'unit')?.value ?? unit;

/** Its symbol, and every form that the language and English have for it, without the dot of an abbreviation. */
function wordsOfTime(unit: TimeUnit, locale: string): readonly string[] {
  const names = ['en', locale].flatMap((language) =>
    [1, 2].flatMap((amount) =>
      (['long', 'short', 'narrow'] as const).map((display) => unitName(unit, amount, language, display)),
    ),
  );
  return [symbols[unit] ?? 'd', ...names].map((name) => name.toLowerCase().replace(/\.$/, ''));
}

const writeNumber = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value);

/**
 * A point or comma that parts off groups of three as the language does it is that; any other one begins the fraction.
 */
function readNumber(text: string, locale: string): number | undefined {
  const digits = text.replace(/[\s’']/gu, '').replace('−', '-');
  const isComma = new Intl.NumberFormat(locale).formatToParts(1.5).some(({ value }) => value === ',');
  const groups = isComma ? /^[-+]?\d{1,3}(\.\d{3})+(,\d+)?$/ : /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/;
  const plain = groups.test(digits) ? digits.replaceAll(isComma ? '.' : ',', '') : digits;
  return /^[-+]?(\d+([.,]\d+)?|[.,]\d+)$/.test(plain) ? Number(plain.replace(',', '.')) : undefined;
}

/** Without what binary fractions add: 0.07 · 100 is 7. */
const short = (value: number): number => Number(value.toPrecision(15));
/** A hundredth is exact where it is divided by a hundred, not where it is multiplied by 0.01. */
const scaled = (amount: number, factor: number): number =>
  factor < 1 ? short(amount / Math.round(1 / factor)) : amount * factor;
const decimals = (value: number): number => (String(value).split('.')[1] ?? '').length;
