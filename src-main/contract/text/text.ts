/** Words for people, in every language at once: whoever writes one writes all, or does not compile. */

/** Those in which everything is written where it is made. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export type Text = Readonly<Record<Language, string>>;

/** What is written alike everywhere: names of products, and what others named. */
export const sameInEvery = (name: string): Text => ({ en: name, de: name });

/** Every language that can be chosen, by its own name. One that is not among the above has a file in `messages/`. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const;
export type AnyLanguage = keyof typeof languageNames;

/**
 * The first that is spoken; English otherwise.
 * @param wanted BCP 47, best first
 */
export function chooseLanguage(wanted: readonly string[]): AnyLanguage {
  for (const one of wanted) {
    const short = one.slice(0, 2).toLowerCase();
    if (short in languageNames) return short as AnyLanguage;
  }
  return 'en';
}
