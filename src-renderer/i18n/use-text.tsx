/** The chosen language: texts by key and formats, given to the whole app. Only the chosen one is loaded. */
import { chooseLanguage, type AnyLanguage as Language } from '@contract/text/text.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { createTexts, type LanguageTexts, loadCatalogue, localeOf, type Words } from './create-texts.ts';
import { createFormats } from './format.ts';

export interface Texts extends LanguageTexts {
  setLanguage(language: Language): void;
  /** Whether the core was asked for its words and has answered, or could not. */
  readonly hasAsked: boolean;
  /** How to ask the core for its words, once there is a connection. */
  askBy(ask: (language: Language) => Promise<Words>): void;
}

const TextContext = createContext<Texts | undefined>(undefined);

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
