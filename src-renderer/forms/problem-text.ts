/** What is wrong with a quantity, in the chosen language. */
import type { Problem } from '@contract/forms/draft-problems.ts';
import type { Texts } from '../i18n/use-text.tsx';
import { type QuantityUnit, writeQuantity } from './quantity.ts';

/** Nothing of what is only missing yet. */
export function problemText(problem: Problem | undefined, unit: QuantityUnit, texts: Texts): string | undefined {
  const { t, format } = texts;
  const written = (value: number): string => writeQuantity(value, unit, format.locale);
  switch (problem?.kind) {
    case 'not-a-quantity':
      return t('form.notAQuantity', { example: written(examples[unit] ?? 5) });
    case 'not-whole':
      return t('form.notWhole', { step: written(1) });
    case 'out-of-range': {
      const { min, max } = problem;
      if (min !== undefined && max !== undefined) return t('form.between', { min: written(min), max: written(max) });
      return min === undefined
        ? t('form.atMost', { max: written(max ?? 0) })
        : t('form.atLeast', { min: written(min) });
    }
    default:
      return undefined;
  }
}

/** Such as people enter. */
const examples: Partial<Record<QuantityUnit, number>> = {
  seconds: 300,
  bytes: 64e6,
  bytes_per_second: 1e6,
  megabytes: 2048,
  percent: 80,
  ratio: 0.8,
};
