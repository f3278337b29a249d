/** Words for people, in every language at once: whoever writes one writes all, or does not compile. */

/** Those in which everything is written. A further language is a file of its own and falls back to English where it has nothing. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export type Text = Readonly<Record<Language, string>>;

/** What is written alike everywhere: names of products, and what others named. */
export const sameInEvery = (name: string): Text => ({ en: name, de: name });
