import type { Settings } from '../contract/settings.ts';

/** Notices and mails speak the chosen language, or the system's where we have it. */
export function languageOf(chosen: Settings['general']['language']): 'en' | 'de' {
  if (chosen !== 'system') return chosen;
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('de') ? 'de' : 'en';
}
