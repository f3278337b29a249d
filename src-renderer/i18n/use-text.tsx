/** The chosen language: texts by key and formats, given to the whole app. */
import type { Values } from '@contract/wordings.ts';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { de } from './de.ts';
import { type Catalogue, en, type MessageKey } from './en.ts';
import { createFormats, type Formats } from './format.ts';
import { namesDe } from './names-de.ts';
import { namesEn } from './names-en.ts';
import { fillIn, type SaidKey } from './said.ts';
import { saidDe } from './said-de.ts';

export const catalogues = { en, de } as const satisfies Record<string, Catalogue>;
export type Language = keyof typeof catalogues;

export interface Texts {
  readonly language: Language;
  readonly format: Formats;
  /** A value that the catalogue's text does not name is ignored; one that it names must be there. */
  t(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
  /** A name that comes from the core in English (a metric, a rule, a setting), where the language has its own. */
  named(key: string, english: string): string;
  /** A sentence of the core, which it says in English; its values are those that came with it. */
  said(key: SaidKey, english: string, values?: Values): string;
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
    const format = createFormats(localeOf(language, navigator.languages));
    return {
      language,
      setLanguage,
      format,
      // The key is of the contract's lists, but what says it may be older or newer than this page.
      said: (key, english, values = {}) =>
        (language === 'de'
          ? fillIn((saidDe as Readonly<Record<string, string>>)[key] ?? english, values, format)
          : undefined) ?? english,
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
