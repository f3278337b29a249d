import type { Settings } from '../contract/settings/settings.ts';
import { type AnyLanguage, chooseLanguage } from '../contract/text/text.ts';

/** What the system speaks; asking costs a thousand times what comparing does, and it does not change while we run. */
export const systemLocale: string = Intl.DateTimeFormat().resolvedOptions().locale;

/** Notifications and mails speak the chosen language, or the system's where we have it. */
export const languageOf = (chosen: Settings['general']['language']): AnyLanguage =>
  chosen === 'system' ? chooseLanguage([systemLocale]) : chosen;
