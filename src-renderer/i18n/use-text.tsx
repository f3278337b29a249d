/** The chosen language: texts by key and formats, given to the whole app. */
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { de } from './de.ts';
import { type Catalogue, en, type MessageKey } from './en.ts';
import { createFormats, type Formats } from './format.ts';
import { namesDe } from './names-de.ts';
import { namesEn } from './names-en.ts';

export const catalogues = { en, de } as const satisfies Record<string, Catalogue>;
export type Language = keyof typeof catalogues;

export interface Texts {
  readonly language: Language;
  readonly format: Formats;
  /** A value that the catalogue's text does not name is ignored; one that it names must be there. */
  t(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
  /** A name that comes from the core in English (a metric, a rule, a setting), where the language has its own. */
  named(key: string, english: string): string;
  setLanguage(language: Language): void;
}

const TextContext = createContext<Texts | undefined>(undefined);

/** The first of the browser's languages that we speak; English otherwise. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const language of languages) {
    const short = language.slice(0, 2).toLowerCase();
    if (short in catalogues) return short as Language;
  }
  return 'en';
}

/** The same language as the system writes it in its region; the language alone where the system speaks another. */
export const localeOf = (language: Language, languages: readonly string[]): string =>
  languages.find((one) => one.slice(0, 2).toLowerCase() === language) ?? language;

export function TextProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(() => preferredLanguage(navigator.languages));
  const texts = useMemo<Texts>(() => {
    document.documentElement.lang = language;
    return {
      language,
      setLanguage,
      format: createFormats(localeOf(language, navigator.languages)),
      named: (key, english) => (language === 'de' ? (namesDe[key] ?? namesEn[key]) : namesEn[key]) ?? english,
      t: (key, values = {}) =>
        catalogues[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    };
  }, [language]);
  return <TextContext value={texts}>{children}</TextContext>;
}

export function useText(): Texts {
  const texts = useContext(TextContext);
  if (texts === undefined) throw new Error('useText needs a TextProvider above it');
  return texts;
}
