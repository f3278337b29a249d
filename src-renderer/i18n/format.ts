/** Numbers, sizes and times as the chosen language writes them. */
import { formatQuantity } from '@contract/format-quantity.ts';
import type { Unit } from '@contract/metric.ts';

export interface Formats {
  value(value: number | null | undefined, unit: Unit): string;
  /** What a rule compares: bytes in powers of ten, because so they are set (64 MB), and so notices write them. */
  limit(value: number | null, unit: Unit): string;
  /** Shorter, for the scale of a chart. */
  tick(value: number, unit: Unit): string;
  time(at: number): string;
  dateTime(at: number): string;
  /** Without year and seconds. */
  shortDateTime(at: number): string;
  duration(seconds: number): string;
  number(value: number, digits: number): string;
  /** 0 is Sunday. */
  weekday(day: number): string;
  /** Day and hour, for the scale of a long chart. */
  shortTime(at: number, spanMs: number): string;
}

const none = '–';
/** Beyond this a time reads better in minutes, hours and days. */
const longestInSeconds = 120;

/** @param language of the texts, with a region where the system names one: `en-GB` writes times otherwise than `en-US` */
export function createFormats(language: string): Formats {
  const number = (digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  const [whole, one, two, three] = [number(0), number(1), number(2), number(3)];
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
  });
  const shortPercent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const timeFormat = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const minuteFormat = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const dayFormat = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const dateTimeFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });

  const shortDateTimeFormat = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

  const bytes = (value: number): string => {
    const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(value) / 10));
    return `${(power === 0 ? whole : one).format(value / 1024 ** power)} ${byteUnits[power]}`;
  };
  const seconds = (value: number): string => {
    if (value < 0.001) return `${one.format(value * 1e6)} µs`;
    if (value < 1) return `${one.format(value * 1e3)} ms`;
    return `${two.format(value)} s`;
  };

  return {
    tick(value, unit) {
      if (unit === 'percent') return shortPercent.format(value / 100);
      return unit === 'ratio' ? shortPercent.format(value) : this.value(value, unit);
    },
    value(value, unit) {
      if (value === null || value === undefined || !Number.isFinite(value)) return none;
      switch (unit) {
        case 'percent':
          return percent.format(value / 100);
        case 'ratio':
          return percent.format(value);
        case 'bytes':
          return bytes(value);
        case 'bytes_per_second':
          return `${bytes(value)}/s`;
        case 'seconds':
          return value < longestInSeconds ? seconds(value) : this.duration(value);
        case 'per_second':
          return `${one.format(value)}/s`;
        case 'celsius':
          return `${one.format(value)} °C`;
        case 'hertz':
          return value >= 1e9 ? `${two.format(value / 1e9)} GHz` : `${whole.format(value / 1e6)} MHz`;
        case 'watts':
          return `${one.format(value)} W`;
        case 'rpm':
          return `${whole.format(value)} rpm`;
        case 'boolean':
          return value > 0 ? '✓' : '✗';
        case 'count':
          return (Number.isInteger(value) ? whole : three).format(value);
      }
    },
    limit(value, unit) {
      return unit === 'bytes' || unit === 'bytes_per_second'
        ? formatQuantity(value, unit, language)
        : this.value(value, unit);
    },
    number: (value, digits) => number(digits).format(value),
    // The first of February 2026 was a Sunday.
    weekday: (day) => new Intl.DateTimeFormat(language, { weekday: 'long' }).format(new Date(2026, 1, 1 + day)),
    shortTime: (at, spanMs) => (spanMs > 2 * 86_400_000 ? dayFormat : minuteFormat).format(at),
    time: (at) => timeFormat.format(at),
    shortDateTime: (at) => shortDateTimeFormat.format(at),
    dateTime: (at) => dateTimeFormat.format(at),
    duration(total) {
      const units: readonly (readonly [number, string])[] = [
        [86_400, 'day'],
        [3_600, 'hour'],
        [60, 'minute'],
        [1, 'second'],
      ];
      const first = units.findIndex(([size]) => total >= size);
      const shown = units.slice(first === -1 ? 3 : first).slice(0, 2);
      let left = Math.floor(total);
      return shown
        .flatMap(([size, unit], index) => {
          const count = Math.floor(left / size);
          left -= count * size;
          if (count === 0 && index > 0) return [];
          return [new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count)];
        })
        .join(' ');
    },
  };
}
