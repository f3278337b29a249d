/** Everything that can be done from the keyboard: the command palette and the list of shortcuts draw from one list. */
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useAction } from '../api/use-api.ts';
import { useClient } from '../api/use-client.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { useText } from '../i18n/use-text.tsx';
import { useLiveState } from '../live/use-live.tsx';
import { screens } from '../screens/screens.ts';
import { usePreferences } from './use-preferences.ts';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: MessageKey;
  /** As Mantine's hotkeys write it; absent: only in the palette. */
  readonly keys?: string;
  readonly icon?: ReactNode;
  run(): void;
}

const pauseMinutes = 60;

export function useCommands(showShortcuts: () => void): readonly Command[] {
  const { t } = useText();
  const client = useClient();
  const [, go] = useLocation();
  const { switchTheme, switchLanguage } = usePreferences();
  const isPaused = (useLiveState('pausedUntil') ?? null) !== null;
  const pause = useAction(() => client.monitor.pause({ minutes: pauseMinutes }));
  const resume = useAction(() => client.monitor.resume());
  const alertTabs = ['history', 'rules', 'silences'] as const;
  return [
    ...screens.map(
      ({ path, title, icon: Icon }, index): Command => ({
        id: path,
        label: t(title),
        group: 'palette.screens',
        // The tenth has the key that follows 9.
        keys: `alt+${(index + 1) % 10}`,
        icon: <Icon size={18} stroke={1.6} />,
        run: () => go(path),
      }),
    ),
    ...alertTabs.map(
      (tab): Command => ({
        id: `/alerts/${tab}`,
        label: `${t('screen.alerts')}: ${t(`alerts.tab.${tab}`)}`,
        group: 'palette.screens',
        run: () => go(`/alerts/${tab}`),
      }),
    ),
    {
      id: 'channels',
      label: t('palette.channels'),
      group: 'palette.actions',
      run: () => go('/settings/notify'),
    },
    isPaused
      ? {
          id: 'resume',
          label: t('paused.resume'),
          group: 'palette.actions',
          keys: 'alt+P',
          run: () => void resume.run(),
        }
      : {
          id: 'pause',
          label: t('palette.pause'),
          group: 'palette.actions',
          keys: 'alt+P',
          run: () => void pause.run(),
        },
    { id: 'theme', label: t('theme.switch'), group: 'palette.actions', keys: 'alt+T', run: switchTheme },
    { id: 'language', label: t('language.switch'), group: 'palette.actions', keys: 'alt+L', run: switchLanguage },
    { id: 'shortcuts', label: t('shortcuts.title'), group: 'palette.actions', keys: 'shift+?', run: showShortcuts },
  ];
}
