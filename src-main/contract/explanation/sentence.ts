/** An explanation as people read it, in their language. Pure; how numbers and times look is handed in. */
import { formatQuantity } from '../text/format-quantity.ts';
import type { Language, Text } from '../text/text.ts';
import type { Evidence, ExplainedCause, ExplainedNow } from './explanation.ts';

export interface SentenceFormats {
  readonly language: Language;
  /** A number with a `Unit`. */
  value(value: number, unit: string): string;
  /** Hours and minutes, with the day where that is another. */
  time(at: number): string;
}

/** Below this it is a guess, and is said and drawn as one. */
export const sureEnough = 0.5;

const slowSince: Text = { en: 'Slow since {since}: {statement}.', de: 'Langsam seit {since}: {statement}.' };
const slowFrom: Text = {
  en: 'Slow from {since} to {until}: {statement}.',
  de: 'Langsam von {since} bis {until}: {statement}.',
};
const maybe: Text = {
  en: 'Perhaps slow since {since}: {statement}.',
  de: 'Vielleicht langsam seit {since}: {statement}.',
};
/** What is gone or broken: that it is slow as well would be a guess. */
const since: Text = { en: 'Since {since}: {statement}.', de: 'Seit {since}: {statement}.' };
const fromTo: Text = { en: '{since} to {until}: {statement}.', de: '{since} bis {until}: {statement}.' };
const nothing: Text = { en: 'Nothing is slow.', de: 'Nichts ist langsam.' };
const nothingWas: Text = { en: 'Nothing was slow.', de: 'Nichts war langsam.' };
const nothingKnown: Text = {
  en: 'Not known: nothing was recorded of this time.',
  de: 'Nicht bekannt: Von dieser Zeit wurde nichts aufgezeichnet.',
};
const busiestWith: Text = {
  en: 'Nothing is slow. Busiest: {who} with {cores} cores.',
  de: 'Nichts ist langsam. Am meisten zu tun hat {who} mit {cores} Kernen.',
};
const notKnown: Text = {
  en: 'Not known yet: too little has been measured.',
  de: 'Noch nicht bekannt: Es wurde noch zu wenig gemessen.',
};

/** A program with less is not worth a word. */
const noticeableCores = 0.02;

/** What is the matter right now, in one sentence. */
export function sentenceOfNow({ state, causes, busiest }: ExplainedNow, formats: SentenceFormats): string {
  if (state === 'unknown') return notKnown[formats.language];
  return causes[0] === undefined ? nothingSlow(busiest, formats) : sentenceOf(causes[0], formats);
}

export function sentenceOf(cause: ExplainedCause, formats: SentenceFormats): string {
  return frameOf(cause)
    [formats.language].replace('{since}', () => formats.time(cause.since))
    .replace('{until}', () => (cause.until === null ? '' : formats.time(cause.until)))
    .replace('{statement}', () => fillInEvidence(cause.statement, formats));
}

function frameOf({ until, confidence, isSlowness }: ExplainedCause): Text {
  if (until !== null) return isSlowness ? slowFrom : fromTo;
  if (!isSlowness) return since;
  return confidence < sureEnough ? maybe : slowSince;
}

export function nothingSlow(busiest: ExplainedNow['busiest'], formats: SentenceFormats): string {
  if (busiest === null || busiest.cores < noticeableCores) return nothing[formats.language];
  return busiestWith[formats.language]
    .replace('{cores}', () => formats.value(Math.round(busiest.cores * 100) / 100, 'count'))
    .replace('{who}', () => fillInEvidence(busiest.who, formats));
}

/** Of a time that is over. */
export function sentenceOfPast(
  { isKnown, causes }: { readonly isKnown: boolean; readonly causes: readonly ExplainedCause[] },
  formats: SentenceFormats,
): string {
  if (!isKnown) return nothingKnown[formats.language];
  return causes[0] === undefined ? nothingWas[formats.language] : sentenceOf(causes[0], formats);
}

export function fillInEvidence({ text, values }: Evidence, formats: SentenceFormats): string {
  return text[formats.language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (typeof value === 'string') return value;
    return value.unit === 'cores'
      ? formats.value(Math.round(value.value * 10) / 10, 'count')
      : formats.value(value.value, value.unit);
  });
}

/** As notifications and the command line write it. */
export const plainFormats = (language: Language, locale: string): SentenceFormats => ({
  language,
  value: (value, unit) => formatQuantity(value, unit, locale),
  time: (at) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at),
});
