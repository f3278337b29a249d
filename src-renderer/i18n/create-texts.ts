/** Texts of one language: the window's own by key, the core's by code. Pure but for loading the window's own. */
import { tryFillIn, type Values } from '@contract/text/message.ts';
import type { AnyLanguage as Language } from '@contract/text/text.ts';
import type { Catalogue, MessageKey } from './en.ts';
import type { Formats } from './format.ts';

export type Words = Readonly<Record<string, string>>;

export interface LanguageTexts {
  readonly language: Language;
  readonly format: Formats;
  /** A value that the catalogue's text does not name is ignored; one that it names must be there. */
  t(key: MessageKey, values?: Values): string;
  /** What the core says or calls something, by its code; the fallback where the core has no words for it. */
  say(code: string, fallback: string, values?: Values): string;
}

/** The same language as the system writes it in its region; the language alone where the system speaks another. */
export const localeOf = (language: Language, languages: readonly string[]): string =>
  languages.find((one) => one.slice(0, 2).toLowerCase() === language) ?? language;

/** Those that the window has itself; the words of a further one come from the core, under `window.`. */
const loaders: Readonly<Record<string, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
};
export const loadCatalogue = (language: string): Promise<Catalogue> =>
  (loaders[language] ?? (loaders.en as () => Promise<Catalogue>))();

/** Pure; `own` is English where the window does not have the language itself. */
export function createTexts(language: Language, own: Catalogue, core: Words, format: Formats): LanguageTexts {
  return {
    language,
    format,
    t: (key, values = {}) => {
      const text = language in loaders ? own[key] : (core[`window.${key}`] ?? own[key]);
      return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
    },
    // What says it may be older or newer than the words that were loaded: its English then is better than nothing.
    say: (code, fallback, values = {}) => {
      const text = core[code];
      return (text === undefined ? undefined : tryFillIn(text, values, format)) ?? fallback;
    },
  };
}
