/** Numbers, sizes and times as the chosen language writes them. */

import type { Unit } from '@contract/metric.ts';
import { dayMs } from '@contract/shared/durations.ts';
import { formatQuantity } from '@contract/text/format-quantity.ts';

export interface Formats {
  /** BCP 47. */
  readonly locale: string;
  value(value: number | null | undefined, unit: Unit): string;
  /**
   * What a rule compares, without needless zeros; bytes in powers of ten, because so they are set (64 MB), and so
   * notifications write them.
   */
  limit(value: number | null, unit: Unit): string;
  /**
   * Shorter, for the scale of a chart: all labels up to `top` are in its unit, 0.5 MiB rather than 512 KiB below 1 MiB.
   */
  tick(value: number, unit: Unit, top: number): string;
  time(at: number): string;
  /** The time, with its day where that is another one than today. */
  moment(at: number): string;
  dateTime(at: number): string;
  /** Without year and seconds. */
  shortDateTime(at: number): string;
  duration(seconds: number): string;
  /** Of a whole that is mostly far larger: 0.011 %. */
  share(value: number): string;
  /** 0 is Sunday. */
  weekday(day: number): string;
  /** For the scale of a chart: a day, or a time as exact as needed. */
  shortTime(at: number, spanMs: number): string;
}

const none = '–';
/** Beyond this a time reads better in minutes, hours and days. */
const longestInSeconds = 120;

/**
 * @param language of the texts, with a region where the system names one: `en-GB` writes times otherwise than `en-US`
 */
export function createFormats(language: string): Formats {
  const number = (digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  const [whole, one, two, three] = [number(0), number(1), number(2), number(3)];
  const oneAlways = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
  });
  const shortPercent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const smallPercent = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  });
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

  const powerOf = (value: number): number =>
    value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(value) / 10));
  /** Two or three digits: 83.0 MiB, 205 MiB; a value that moves keeps its width. */
  const bytes = (value: number): string => {
    const power = powerOf(value);
    const inUnit = value / 1024 ** power;
    return `${(power === 0 || inUnit >= 100 ? whole : oneAlways).format(inUnit)} ${byteUnits[power]}`;
  };
  const byteTick = (value: number, top: number): string =>
    `${two.format(value / 1024 ** powerOf(top))} ${byteUnits[powerOf(top)]}`;
  const seconds = (value: number, numbers = one, top = value): string => {
    if (top < 0.001) return `${numbers.format(value * 1e6)} µs`;
    if (top < 1) return `${numbers.format(value * 1e3)} ms`;
    return `${two.format(value)} s`;
  };

  return {
    locale: language,
    tick(value, unit, top) {
      switch (unit) {
        case 'percent':
          return shortPercent.format(value / 100);
        case 'ratio':
          return shortPercent.format(value);
        case 'bytes':
          return byteTick(value, top);
        case 'bytes_per_second':
          return `${byteTick(value, top)}/s`;
        case 'seconds':
          return top < longestInSeconds ? seconds(value, two, top) : this.duration(value);
        default:
          return this.value(value, unit);
      }
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
      if (unit === 'bytes' || unit === 'bytes_per_second') return formatQuantity(value, unit, language);
      return value === null ? none : this.tick(value, unit, value);
    },
    share: (value) => smallPercent.format(value),
    // The first of February 2026 was a Sunday.
    weekday: (day) => new Intl.DateTimeFormat(language, { weekday: 'long' }).format(new Date(2026, 1, 1 + day)),
    shortTime: (at, spanMs) =>
      (spanMs > 2 * dayMs ? dayFormat : spanMs < 6 * 60_000 ? timeFormat : minuteFormat).format(at),
    time: (at) => timeFormat.format(at),
    moment: (at) =>
      (dayFormat.format(at) === dayFormat.format(Date.now()) ? timeFormat : shortDateTimeFormat).format(at),
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
