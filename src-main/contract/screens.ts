/**
 * The screens of the dashboard in the order of the navigation, by id, with what they are called: one line each, here
 * and, with its picture and component, in the window's `screens/screens.ts`, which does not compile without. Tray,
 * menus, palette and tests take these.
 */
import type { Language, Text } from './text/text.ts';

export const screenTitles = {
  overview: { en: 'Overview', de: 'Übersicht' },
  trends: { en: 'Trends', de: 'Trends' },
  insights: { en: 'Insights', de: 'Einblicke' },
  alerts: { en: 'Alerts', de: 'Alarme' },
  databases: { en: 'Databases', de: 'Datenbanken' },
  services: { en: 'Services', de: 'Dienste' },
  cost: { en: 'Costs', de: 'Kosten' },
  processes: { en: 'Processes', de: 'Prozesse' },
  settings: { en: 'Settings', de: 'Einstellungen' },
  about: { en: 'About', de: 'Info' },
} as const satisfies Readonly<Record<string, Text>>;

export type ScreenId = keyof typeof screenTitles;

export const screenIds = Object.keys(screenTitles) as readonly ScreenId[];

export const pathOfScreen = (id: ScreenId): string => (id === 'overview' ? '/' : `/${id}`);

type ScreenTexts = { readonly [K in ScreenId as `screen.${K}`]: string };

/** As the window's catalogue has them. */
export const screenTexts = (language: Language): ScreenTexts =>
  Object.fromEntries(
    Object.entries(screenTitles).map(([id, title]) => [`screen.${id}`, title[language]]),
  ) as ScreenTexts;
