/** What a schema says of its fields, as a form, and what becomes of a draft. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isComplete, problemOf } from '../../src-main/contract/forms/draft-problems.ts';
import { draftOf, type Field, variantOf, withValue } from '../../src-main/contract/forms/form.ts';
import { describeForm } from '../../src-main/contract/forms/form-of-schema.ts';
import { alertRuleSchema } from '../../src-main/contract/settings/alerts.ts';

const label = { en: 'Field', de: 'Feld' };
const fieldOf = (schema: z.ZodType): Field => {
  const [field] = describeForm('x', z.object({ it: schema }).meta({ label })).form.fields;
  if (field === undefined) throw new Error('no field');
  return field;
};
const rule = describeForm('alert-rule', alertRuleSchema).form;
const ruleField = (name: string): Field => rule.fields.find((one) => one.name === name) as Field;

describe('a field', () => {
  it('is entered as its schema says, wherever in it that was said', () => {
    expect(fieldOf(z.number().int().min(1).max(9).meta({ label, unit: 'hours' }).default(3))).toEqual({
      name: 'it',
      code: 'x.it',
      label: 'Field',
      type: 'number',
      unit: 'hours',
      min: 1,
      max: 9,
      isWhole: true,
      default: 3,
      isRequired: false,
      isAdvanced: false,
      isInline: false,
    });
    expect(fieldOf(z.string().max(7).optional().meta({ label, secret: true }))).toMatchObject({
      type: 'text',
      isSecret: true,
      maxLength: 7,
      isRequired: false,
    });
    expect(fieldOf(z.string().nullable().default(null).meta({ label, from: 'profiles' }))).toMatchObject({
      type: 'pick',
      emptyValue: null,
      default: null,
    });
    expect(fieldOf(z.array(z.string()).meta({ label }))).toMatchObject({ type: 'texts' });
    expect(fieldOf(z.union([z.literal(1), z.literal(60)]).meta({ label, unit: 'seconds' }))).toMatchObject({
      type: 'choice',
      choices: [{ value: 1 }, { value: 60 }],
    });
  });

  it('that lacks its words, or that nothing can draw, is named', () => {
    const { faults } = describeForm(
      'x',
      z
        .object({
          bare: z.number(),
          choice: z.enum(['a', 'b']).meta({ label, choices: { a: label } }),
          odd: z.map(z.string(), z.string()).meta({ label }),
          hidden: z.map(z.string(), z.string()).meta({ hidden: true }),
        })
        .meta({ label }),
    );
    expect(faults).toEqual([
      'x.bare has no label',
      'x.choice has no words for b',
      "x.odd can't be drawn: hide it, or teach form-of-schema.ts its shape",
    ]);
  });

  it('whose meta nobody knows is refused, so that a misspelt secret stays none', () => {
    expect(() => fieldOf(z.string().meta({ label, secrte: true }))).toThrow('secrte');
  });
});

describe('a draft', () => {
  it('begins with the defaults of the schema', () => {
    expect(draftOf(rule.fields)).toMatchObject({
      title: '',
      window: { kind: 'last' },
      direction: 'above',
      levels: {},
      holdSeconds: 30,
      match: [],
    });
    expect(draftOf(rule.fields)).not.toHaveProperty('staleSeconds');
  });

  it('loses what is optional and empty, a group of nothing included, and keeps what was emptied on purpose', () => {
    const levels = ruleField('levels') as Extract<Field, { type: 'group' }>;
    const warning = levels.fields.find(({ name }) => name === 'warning') as Extract<Field, { type: 'group' }>;
    const [threshold] = warning.fields as [Field];
    const emptied = withValue({ [threshold.name]: 80 }, threshold, undefined);
    expect(withValue({ warning: { [threshold.name]: 80 } }, warning, emptied)).toEqual({});
    expect(withValue({ advice: 'Wait.' }, ruleField('advice'), '')).toEqual({});
    expect(withValue({ match: [{}] }, ruleField('match'), [])).toEqual({ match: [] });
    const profile = fieldOf(z.string().nullable().default(null).meta({ label, from: 'profiles' }));
    expect(withValue({ it: 'hakgal' }, profile, null)).toEqual({ it: null });
  });

  it('keeps what two variants have in common', () => {
    const window = ruleField('window') as Extract<Field, { type: 'variants' }>;
    expect(variantOf(window, 'average', { kind: 'last' })).toEqual({ kind: 'average', seconds: 60 });
    expect(variantOf(window, 'max', { kind: 'average', seconds: 300 })).toEqual({ kind: 'max', seconds: 300 });
    expect(variantOf(window, 'last', { kind: 'max', seconds: 300 })).toEqual({ kind: 'last' });
  });

  it('is not complete while something is missing, out of range, or no quantity', () => {
    const port = fieldOf(z.number().int().min(1).max(65_535).meta({ label, unit: 'seconds' }));
    expect(problemOf(port, undefined)).toEqual({ kind: 'missing' });
    expect(problemOf(port, 'five')).toEqual({ kind: 'not-a-quantity' });
    expect(problemOf(port, Number.NaN)).toEqual({ kind: 'not-a-quantity' });
    expect(problemOf(port, 70_000)).toEqual({ kind: 'out-of-range', min: 1, max: 65_535 });
    expect(problemOf(port, 1.5)).toEqual({ kind: 'not-whole' });
    expect(problemOf(port, 80)).toBeUndefined();
    expect(isComplete([port], { it: 'x'.repeat(1e5) })).toBe(false);
    const secret = fieldOf(z.string().min(1).meta({ label, secret: true }));
    expect(isComplete([secret], {})).toBe(false);
    expect(isComplete([secret], {}, ['it'])).toBe(true);
    const broken = { ...draftOf(rule.fields), title: 'x', metric: 'm', levels: { warning: { channels: ['a'] } } };
    expect(isComplete(rule.fields, broken)).toBe(false);
  });
});
