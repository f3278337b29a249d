/** The chosen language: texts by key and formats, given to the whole app. Only the chosen one is loaded. */
import { tryFillIn, type Values } from '@contract/message.ts';
import { chooseLanguage, type AnyLanguage as Language } from '@contract/text.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Catalogue, MessageKey } from './en.ts';
import { createFormats, type Formats } from './format.ts';

export type { AnyLanguage as Language } from '@contract/text.ts';

type Words = Readonly<Record<string, string>>;

export interface Texts {
  readonly language: Language;
  readonly format: Formats;
  /** A value that the catalogue's text does not name is ignored; one that it names must be there. */
  t(key: MessageKey, values?: Values): string;
  /** What the core says or calls something, by its code; the fallback where the core has no words for it. */
  say(code: string, fallback: string, values?: Values): string;
  setLanguage(language: Language): void;
  /** Whether the core was asked for its words and has answered, or could not. */
  readonly hasAsked: boolean;
  /** How to ask the core for its words, once there is a connection. */
  askBy(ask: (language: Language) => Promise<Words>): void;
}

const TextContext = createContext<Texts | undefined>(undefined);

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
export function createTexts(
  language: Language,
  own: Catalogue,
  core: Words,
  format: Formats,
): Pick<Texts, 't' | 'say' | 'language' | 'format'> {
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

export function TextProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(() => chooseLanguage(navigator.languages));
  const [ask, setAsk] = useState<(language: Language) => Promise<Words>>();
  const own = useQuery({
    queryKey: ['words-of-window', language],
    queryFn: () => loadCatalogue(language),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  }).data;
  const core = useQuery({
    queryKey: ['words-of-core', language],
    queryFn: async () => (await ask?.(language)) ?? {},
    enabled: ask !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: false,
  });
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const words = core.data;
  const hasAsked = ask !== undefined && !core.isPending;
  const texts = useMemo<Texts | undefined>(
    () =>
      own && {
        ...createTexts(language, own, words ?? {}, createFormats(localeOf(language, navigator.languages))),
        setLanguage,
        hasAsked,
        askBy: (next) => setAsk(() => next),
      },
    [language, own, words, hasAsked],
  );
  return texts === undefined ? null : <TextContext value={texts}>{children}</TextContext>;
}

export function useText(): Texts {
  const texts = useContext(TextContext);
  if (texts === undefined) throw new Error('useText needs a TextProvider above it');
  return texts;
}
