/**
 * What is wrong with a draft before anybody is asked: what is missing, no number, or out of range. The schema has the
 * last word. Pure.
 */
import { type Draft, draftIn, type Field, isEmpty, listIn } from './form.ts';

export type Problem =
  | { readonly kind: 'missing' | 'not-a-quantity' | 'not-whole' }
  | { readonly kind: 'out-of-range'; readonly min?: number; readonly max?: number };

/** Of this field alone, not of those within it. */
export function problemOf(field: Field, value: unknown): Problem | undefined {
  if (isEmpty(value)) return field.isRequired && mustBeFilled(field) ? { kind: 'missing' } : undefined;
  if (field.type !== 'number') return undefined;
  // What could not be read as a quantity stays in the draft as it was typed.
  if (typeof value !== 'number' || !Number.isFinite(value)) return { kind: 'not-a-quantity' };
  const { min, max } = field;
  if ((min !== undefined && value < min) || (max !== undefined && value > max))
    return { kind: 'out-of-range', ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  return field.isWhole && !Number.isInteger(value) ? { kind: 'not-whole' } : undefined;
}

/** @param secretsSet names of secrets that are kept and need not be typed again */
export function isComplete(fields: readonly Field[], draft: Draft, secretsSet: readonly string[] = []): boolean {
  return fields.every((field) => {
    const value = draft[field.name];
    const isKept = field.type === 'text' && field.isSecret && secretsSet.includes(field.name);
    if (!isKept && problemOf(field, value) !== undefined) return false;
    switch (field.type) {
      case 'group':
        return isEmpty(value) ? !field.isRequired : isComplete(field.fields, draftIn(value), secretsSet);
      case 'list':
        return listIn(value).every((entry) => isComplete(field.fields, draftIn(entry), secretsSet));
      case 'variants': {
        const chosen = draftIn(value);
        const variant = field.variants.find((one) => one.value === chosen[field.key]);
        return variant === undefined ? isEmpty(value) : isComplete(variant.fields, chosen, secretsSet);
      }
      default:
        return true;
    }
  });
}

/** Off, and a list of none, are values. */
const mustBeFilled = ({ type }: Field): boolean =>
  type === 'text' || type === 'number' || type === 'choice' || type === 'pick';
