/** Quantities as people write them, there and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type QuantityUnit, readQuantity, writeQuantity } from '../../src-renderer/forms/quantity.ts';

describe('a quantity', () => {
  it.each([
    [300, 'seconds', 'en', '5 min'],
    [5400, 'seconds', 'en', '1 h 30 min'],
    [0, 'seconds', 'en', '0 s'],
    [0.5, 'seconds', 'de', '500 ms'],
    [1.5, 'seconds', 'de', '1,5 s'],
    [259_200, 'seconds', 'de', '3 Tage'],
    [240, 'minutes', 'en', '4 h'],
    [24, 'hours', 'en', '1 day'],
    [730, 'days', 'de', '730 Tage'],
    [2048, 'megabytes', 'en', '2 GiB'],
    [2000, 'megabytes', 'de', '2.000 MiB'],
    [64e6, 'bytes', 'en', '64 MB'],
    [1.5e9, 'bytes', 'de', '1,5 GB'],
    [1e6, 'bytes_per_second', 'en', '1 MB/s'],
    [80, 'percent', 'en', '80 %'],
    [0.07, 'ratio', 'de', '7 %'],
    [0.999, 'ratio', 'de', '99,9 %'],
    [100_000, 'per_second', 'en', '100,000/s'],
    [10, 'per_minute', 'en', '10/min'],
    [-5, 'celsius', 'en', '-5 °C'],
  ] as const)('%d of %s is in %s "%s", there and back', (value, unit, locale, text) => {
    expect(writeQuantity(value, unit, locale)).toBe(text);
    expect(readQuantity(text, unit, locale)).toBe(value);
  });

  it.each([
    ['90', 'seconds', 'en', 90],
    ['2 hours 5 minutes', 'seconds', 'en', 7500],
    ['1,5 Std.', 'minutes', 'de', 90],
    ['2 days', 'hours', 'de', 48],
    ['3 Wochen', 'days', 'de', undefined],
    ['2 GB', 'megabytes', 'en', 2048],
    ['1.500', 'seconds', 'de', 1500],
    ['1.5', 'seconds', 'de', 1.5],
    ['95', 'ratio', 'en', 0.95],
    ['64 MiB', 'bytes', 'en', 67_108_864],
    ['2 mb', 'bytes_per_second', 'en', 2e6],
    ['5 min', 'percent', 'en', undefined],
    ['five', 'seconds', 'en', undefined],
    ['1 h 3', 'seconds', 'en', undefined],
    ['-5 min', 'seconds', 'en', undefined],
    ['1e9', 'seconds', 'en', undefined],
    ['0x10', 'bytes', 'en', undefined],
    ['Infinity', 'percent', 'en', undefined],
    ['%', 'percent', 'en', undefined],
    ['5 constructor', 'bytes', 'en', undefined],
  ] as const)('"%s" of %s in %s is read as it is meant, or not at all', (text, unit, locale, value) => {
    expect(readQuantity(text, unit, locale)).toBe(value);
  });

  it('comes back as it went, in whole numbers and in shares', () => {
    const units: QuantityUnit[] = [
      'seconds',
      'minutes',
      'hours',
      'days',
      'megabytes',
      'bytes',
      'percent',
      'per_second',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...units),
        fc.nat(10_000_000),
        fc.constantFrom('en', 'de', 'fr'),
        (unit, value, locale) => {
          expect(readQuantity(writeQuantity(value, unit, locale), unit, locale)).toBe(value);
        },
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (thousandths) => {
        const value = thousandths / 100_000;
        expect(readQuantity(writeQuantity(value, 'ratio', 'de'), 'ratio', 'de')).toBe(value);
      }),
    );
  });

  it('is nothing for whatever else is typed, in time that grows with the text', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom<QuantityUnit>('seconds', 'bytes', 'ratio'),
        (text, unit) => {
          const value = readQuantity(text, unit, 'de');
          expect(value === undefined || Number.isFinite(value)).toBe(true);
        },
      ),
    );
  });
});
