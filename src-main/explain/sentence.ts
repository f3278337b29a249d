/** An explanation as people read it, in their language. */
import { formatQuantity } from '../contract/text/format-quantity.ts';
import type { Language, Text } from '../contract/text/text.ts';
import type { Cause, Evidence } from './cause.ts';
import type { Explanation } from './explanation.ts';
import { describe } from './who/describe.ts';

/** Below this the sentence says that it is a guess. */
const sureEnough = 0.5;

const slowSince: Text = { en: 'Slow since {since}: {statement}.', de: 'Langsam seit {since}: {statement}.' };
const slowFrom: Text = {
  en: 'Slow from {since} to {until}: {statement}.',
  de: 'Langsam von {since} bis {until}: {statement}.',
};
const maybe: Text = {
  en: 'Perhaps slow since {since}: {statement}.',
  de: 'Vielleicht langsam seit {since}: {statement}.',
};
const nothing: Text = { en: 'Nothing is slow.', de: 'Nichts ist langsam.' };
const busiestWith: Text = {
  en: 'Nothing is slow. Busiest: {who} with {cores} cores.',
  de: 'Nichts ist langsam. Am meisten zu tun hat {who} mit {cores} Kernen.',
};

/** A program with less is not worth a word. */
const noticeableCores = 0.02;

export function sentenceOf(cause: Cause, language: Language, locale: string): string {
  const frame = cause.until !== null ? slowFrom : cause.confidence < sureEnough ? maybe : slowSince;
  return frame[language]
    .replace('{since}', timeOf(cause.since, locale))
    .replace('{until}', () => (cause.until === null ? '' : timeOf(cause.until, locale)))
    .replace('{statement}', () => fillIn(cause.statement, language, locale));
}

export function nothingSlow({ busiest }: Explanation, language: Language, locale: string): string {
  if (busiest === undefined || busiest.used < noticeableCores) return nothing[language];
  const { who, values } = describe(busiest);
  return busiestWith[language]
    .replace('{cores}', formatQuantity(Math.round(busiest.used * 100) / 100, 'count', locale))
    .replace('{who}', () => fillIn({ text: who, values }, language, locale));
}

export function fillIn({ text, values }: Evidence, language: Language, locale: string): string {
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (typeof value === 'string') return value;
    return value.unit === 'cores'
      ? formatQuantity(Math.round(value.value * 10) / 10, 'count', locale)
      : formatQuantity(value.value, value.unit, locale);
  });
}

const timeOf = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
