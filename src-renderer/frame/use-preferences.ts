/** Language and appearance as the settings say, and the buttons that change them. */

import { type AnyLanguage, chooseLanguage, languageNames } from '@contract/text/text.ts';
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from '../api/use-api.ts';
import { useClient } from '../api/use-client.tsx';
import { useText } from '../i18n/use-text.tsx';

/** Keeps the page as the settings say; once, in the frame. */
export function useApplyPreferences(): void {
  const api = useApi();
  const { setLanguage } = useText();
  const { setColorScheme } = useMantineColorScheme();
  const general = useQuery(api.settings.get.queryOptions()).data?.settings.general;
  useEffect(() => {
    if (general === undefined) return;
    setLanguage(general.language === 'system' ? chooseLanguage(navigator.languages) : general.language);
    setColorScheme(general.theme === 'system' ? 'auto' : general.theme);
  }, [general, setLanguage, setColorScheme]);
}

export interface Preferences {
  readonly isDark: boolean;
  switchTheme(): void;
  switchLanguage(): void;
}

export function usePreferences(): Preferences {
  const client = useClient();
  const queries = useQueryClient();
  const { language, setLanguage } = useText();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const keep = async (part: { theme?: 'light' | 'dark'; language?: AnyLanguage }): Promise<void> => {
    const { settings } = await client.settings.get();
    await client.settings.update({ general: { ...settings.general, ...part } });
    await queries.invalidateQueries();
  };
  return {
    isDark,
    switchTheme: () => {
      const theme = isDark ? 'light' : 'dark';
      setColorScheme(theme);
      void keep({ theme });
    },
    switchLanguage: () => {
      const next = nextLanguage(language);
      setLanguage(next);
      void keep({ language: next });
    },
  };
}

/** The one that the button chooses; after the last comes the first. */
function nextLanguage(language: AnyLanguage): AnyLanguage {
  const all = Object.keys(languageNames) as AnyLanguage[];
  return all[(all.indexOf(language) + 1) % all.length] as AnyLanguage;
}
