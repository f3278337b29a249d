/** The desktop's languages and the choice between them. */
import type { Settings } from '../../contract/settings.ts';
import { de } from './de.ts';
import { type DesktopText, en } from './en.ts';

export type { DesktopText } from './en.ts';

const texts: Readonly<Record<'en' | 'de', DesktopText>> = { en, de };

/** @param systemLocale BCP 47, as the desktop tells it */
export function desktopText(chosen: Settings['general']['language'], systemLocale: string): DesktopText {
  if (chosen !== 'system') return texts[chosen];
  return systemLocale.toLowerCase().startsWith('de') ? de : en;
}
