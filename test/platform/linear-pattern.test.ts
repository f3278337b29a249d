import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../src-main/platform/linear-pattern.ts';

const compiled = (source: string, options = {}) => {
  const outcome = compilePattern(source, options);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
};

describe('a pattern of a user', () => {
  // Each of these keeps JavaScript's matcher busy for longer than a test may take.
  it.each([
    ['nested repeats', '^(a+)+$', `${'a'.repeat(200)}!`],
    ['alternatives that overlap', '^(a|aa)+$', `${'a'.repeat(200)}!`],
    ['optional pieces in a row', `${'a?'.repeat(60)}${'a'.repeat(60)}$`, `${'a'.repeat(59)}!`],
    ['a gap between greedy pieces', '(.*)*,(.*)*;(.*)*:$', 'x'.repeat(400)],
    ['words that may be one', '^(\\w+\\s?)*$', `${'word '.repeat(60)}!`],
    ['a mail address', '^([a-z0-9]+[._-]?)+@x$', 'a'.repeat(400)],
  ])('with %s answers at once', (_, source, text) => {
    expect(compiled(source).test(text)).toBe(false);
    expect(compiled(source, { isWhole: true, ignoreCase: true }).test(text)).toBe(false);
  });

  it.each([
    ['(?=a)b', 'looking ahead'],
    ['(?!a)b', 'looking ahead'],
    ['(?<=a)b', 'behind'],
    ['(?<!a)b', 'behind'],
    ['(a)\\1', 'referring back'],
    ['(?<n>a)\\k<n>', 'referring back'],
    ['(a{1000}){1000}', 'repeat'],
    ['(a?){500}(a){500}', 'repeats too much'],
    ['(', 'missing closing'],
    ['[z-a]', 'range'],
    ['x'.repeat(1_001), 'longer than'],
  ])('that says %s is refused with the reason', (source, reason) => {
    const outcome = compilePattern(source);
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) expect(outcome.failure.message).toContain(reason);
  });

  it.each([
    ['no such table', 'Error: No Such Table: x', true],
    ['\\bstatus=5\\d\\d\\b', 'status=503', true],
    ['^\\S+ host$', 'a host', true],
    ['(?<code>\\d+)', 'x1', true],
    ['\\u00fc', 'Tür', true],
    ['straße|ß', 'STRASSE', false],
    ['[^\\s"]+\\/x', 'a/x', true],
    ['\\p{L}+$', 'größe', true],
    ['a.c', 'a\nc', false],
    ['\\\\1', 'C:\\1', true],
    ['[(?=]+', '?=', true],
  ])('%s means what it always meant', (source, text, isMatch) => {
    expect(compiled(source, { ignoreCase: true }).test(text)).toBe(isMatch);
    expect(new RegExp(source, 'iu').test(text)).toBe(isMatch);
  });

  it('covers the whole text where a label is compared', () => {
    expect(compiled('a|b', { isWhole: true }).test('b')).toBe(true);
    expect(compiled('a|b', { isWhole: true }).test('ab')).toBe(false);
    expect(compiled('a|b', { isWhole: true }).test('b\n')).toBe(false);
  });
});
