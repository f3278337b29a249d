/** The texts of the dashboard: none is missing, none is left over, and every language fills in the same values. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alertWords } from '../../src-main/messages/alert-words.ts';
import { de } from '../../src-renderer/i18n/de.ts';
import { en } from '../../src-renderer/i18n/en.ts';

const source = globSync('src-renderer/**/*.{ts,tsx}')
  .filter((path) => !path.includes('i18n/'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const values = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the catalogue', () => {
  it('has every key of English in German, and no other', () => {
    expect(Object.keys(de).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  it('fills the same values into both languages', () => {
    const different = Object.entries(en).filter(
      ([key, text]) => values(de[key as keyof typeof de]).join() !== values(text).join(),
    );
    expect(different).toEqual([]);
  });

  it('has no text that nobody shows', () => {
    const literals = new Set(source.match(/'[\w.-]+'/g)?.map((text) => text.slice(1, -1)));
    const beginnings = [...source.matchAll(/`([\w.-]+\.)\$\{/g)].map((match) => match[1] as string);
    const unused = Object.keys(en).filter(
      (key) => !literals.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });
});

describe('one thing', () => {
  const windows = { en, de };

  it('has one name in the window, the menus and the notifications', () => {
    for (const language of ['en', 'de'] as const) {
      const window = windows[language];
      expect(alertWords.acknowledge.text[language]).toBe(window['alert.acknowledge']);
      for (const severity of ['info', 'warning', 'critical'] as const)
        expect(alertWords[severity].text[language]).toBe(window[`severity.${severity}`]);
    }
  });
});
