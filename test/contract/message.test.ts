/** Templates, filled in as each language writes values. */
import { describe, expect, it } from 'vitest';
import { fillIn, say, sentences, tryFillIn } from '../../src-main/contract/text/message.ts';
import { valueFormats } from '../../src-main/contract/text/value-formats.ts';
import { createCatalogue } from '../../src-main/messages/catalogue.ts';
import { createFormats } from '../../src-renderer/i18n/format.ts';

const en = valueFormats('en');
const de = valueFormats('de');
const words = sentences('source.example', {
  full: {
    en: '{count} {count|row|rows} take {size:bytes}, {share:percent} of it, as of {at:dateTime}',
    de: '{count} {count|Zeile|Zeilen} belegen {size:bytes}, {share:percent} davon, Stand {at:dateTime}',
  },
  closed: { en: 'The disk is full.', de: 'Der Datenträger ist voll.' },
});
const at = new Date(2026, 6, 12, 19, 45).getTime();

describe('a template', () => {
  it('writes bytes, percent, times and plural forms as the language does', () => {
    const values = { count: 4_242, size: 1_500_000_000, share: 12.5, at };
    expect(fillIn(words.full.text.en, values, en)).toBe(
      '4242 rows take 1.5 GB, 12.5 % of it, as of Jul 12, 2026, 7:45:00 PM',
    );
    expect(fillIn(words.full.text.de, { ...values, count: 1 }, de)).toBe(
      '1 Zeile belegen 1,5 GB, 12,5 % davon, Stand 12.07.2026, 19:45:00',
    );
  });

  it('is written by the window with its own formats', () => {
    expect(fillIn('{size:bytes} in {left:duration}', { size: 2 ** 21, left: 150 }, createFormats('de'))).toBe(
      '2,0 MiB in 2 Min. 30 Sek.',
    );
  });

  it('knows the forms of languages with more than two', () => {
    const polish = '{n} {n|plik|pliki|plików}';
    expect([1, 3, 5].map((n) => fillIn(polish, { n }, valueFormats('pl')))).toEqual(['1 plik', '3 pliki', '5 plików']);
  });

  it('is not filled in by halves', () => {
    expect(tryFillIn('{a} and {b}', { a: 1 }, en)).toBeUndefined();
    expect(fillIn('{a} and {b}', { a: 1 }, en)).toBe('{a} and {b}');
  });

  it('is followed by what the system said, as it said it', () => {
    expect(fillIn(words.closed.text.de, { detail: 'ENOSPC, write.' }, de)).toBe(
      'Der Datenträger ist voll: ENOSPC, write.',
    );
    expect(fillIn('{peer} refuses access. Check the password.', { peer: '127.0.0.1:25', detail: '535 no.' }, en)).toBe(
      '127.0.0.1:25 refuses access: 535 no. Check the password.',
    );
    expect(fillIn('Not shown ({detail})', { detail: 'no D-Bus' }, en)).toBe('Not shown (no D-Bus)');
  });

  it('takes text for text, whatever is in it', () => {
    expect(fillIn('{name} is missing', { name: '{b} $& $1' }, en)).toBe('{b} $& $1 is missing');
  });
});

describe('what is said', () => {
  it('travels as code and values, with its English for who does not know the code', () => {
    const said = say(words.closed, { detail: 'ENOSPC' });
    expect(said).toEqual({
      code: 'source.example.closed',
      message: 'The disk is full: ENOSPC.',
      values: { detail: 'ENOSPC' },
    });
    const speaker = createCatalogue(() => [{ 'source.example.closed': words.closed.text }]).speaker('de');
    expect(speaker.repeat(said)).toBe('Der Datenträger ist voll: ENOSPC.');
    expect(speaker.repeat({ ...said, code: 'source.example.newer' })).toBe('The disk is full: ENOSPC.');
    expect(speaker.say(words.closed)).toBe('Der Datenträger ist voll.');
  });

  it('does not compile without German, without its values, or with values that English does not name', () => {
    // @ts-expect-error German is missing
    sentences('source.example', { one: { en: 'One' } });
    // @ts-expect-error a value that English does not have
    sentences('source.example', { one: { en: 'One', de: 'Eins {more}' } });
    // @ts-expect-error the values are missing
    expect(say(words.full).code).toBe('source.example.full');
  });
});
