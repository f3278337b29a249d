/** Failures have no words but those of the catalogue, and say as much in German as in English. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failed, failedBecause, messageOf } from '../../src-main/contract/outcome.ts';
import { type FailureCode, failureNextWords, failureWords } from '../../src-main/contract/words/failures/index.ts';

const codes = Object.keys(failureWords) as FailureCode[];
const valuesIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? ''))].sort();

describe('the words of failures', () => {
  it.each(codes)('%s: names the same values in every language, in whole sentences', (code) => {
    for (const { text } of [failureWords[code], failureNextWords[code]]) {
      expect(valuesIn(text.de)).toEqual(valuesIn(text.en));
      for (const sentence of [text.en, text.de]) expect(sentence).toMatch(/\.$/);
    }
    expect(failureWords[code].text.de).not.toBe(failureWords[code].text.en);
  });

  it('are given every value that what helps names', () => {
    // Next to the sentence, what helps has no value of its own: a call that forgets one does not compile.
    const own = codes.filter((code) =>
      valuesIn(failureNextWords[code].text.en).some((name) => !valuesIn(failureWords[code].text.en).includes(name)),
    );
    expect(own).toEqual([]);
  });

  it('are written nowhere else', () => {
    const beside = globSync('src-main/**/*.ts')
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => !path.startsWith('src-main/contract/words/'))
      .filter((path) => /\b(failed|failedBecause)\(\s*'[^']*',\s*['"`]/.test(readFileSync(path, 'utf8')));
    expect(beside).toEqual([]);
    // @ts-expect-error a message of one's own is no argument
    expect(failed('no-such-alert', 'Own words.').failure.message).toBe('This alert is not active any more.');
    // @ts-expect-error the sentence names a file
    expect(failed('busy').failure.message).toBe('Another job is at work on {file}.');
  });
});

describe('a failure', () => {
  it('keeps its kind whatever its variant', () => {
    const { failure } = failed('not-found/link', { file: '/a/kb.db', target: '/b/kb.db' });
    expect(failure).toEqual({
      kind: 'not-found',
      code: 'not-found/link',
      message: '/a/kb.db is a link to /b/kb.db, and there is no file.',
      next: 'Name /b/kb.db itself: nothing is written through a link.',
      values: { file: '/a/kb.db', target: '/b/kb.db' },
    });
  });

  it('says what the system said where it says what happened, not where it says what helps', () => {
    const { failure } = failed('not-readable', { file: 'kb.db', detail: 'EIO: i/o error, read' });
    expect(failure.message).toBe('kb.db cannot be read: EIO: i/o error, read.');
    expect(failure.next).toBe('Check the disk and the permissions of the file, then try again.');
  });

  it('can have another one as its reason, which each language says in its own words', () => {
    const reason = messageOf(failed('no-backup').failure);
    const { failure } = failedBecause('nothing-helps/none-succeeded', reason);
    expect(failure.message).toBe('No repair succeeded: There is no verified backup.');
    expect(failure.cause?.code).toBe('failure.no-backup');
  });

  it('says numbers with their units', () => {
    const { failure } = failed('disk-full/repair', { folder: '/data', free: 1_500_000, needed: 3_000_000_000 });
    expect(failure.message).toBe('/data has room for 1.5 MB and the repair needs 3 GB.');
  });
});
