/**
 * How the core writes values where it speaks itself: tray, notifications, mails, the command line, the English of the
 * API.
 */

import type { Unit } from '../metric.ts';
import { formatDuration, formatQuantity } from './format-quantity.ts';

/** How values are written in one language; the window's formats are such, and so are the core's. */
export interface ValueFormats {
  /** BCP 47. */
  readonly locale: string;
  value(value: number, unit: Unit): string;
  dateTime(at: number): string;
  duration(seconds: number): string;
}

const made = new Map<string, ValueFormats>();

/** @param locale BCP 47 */
export function valueFormats(locale: string): ValueFormats {
  let formats = made.get(locale);
  if (formats === undefined) {
    let dates: Intl.DateTimeFormat | undefined;
    formats = {
      locale,
      value: (value, unit) => formatQuantity(value, unit, locale),
      dateTime(at) {
        dates ??= new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
        return dates.format(at);
      },
      duration: (seconds) => formatDuration(seconds * 1000),
    };
    made.set(locale, formats);
  }
  return formats;
}
