/** What people read, in each language that the monitor speaks. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
export type Text = Readonly<Record<Language, string>>;
