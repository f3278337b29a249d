/** The forms of everything that can be set, and what they hand in. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { base } from '../base.ts';
import type { Draft, Form } from './form.ts';

/**
 * What a form hands in is judged by this schema alone: a window that holds no more than fields and values can't promise
 * more.
 */
export const drafted = <S extends z.ZodType>(schema: S) => z.preprocess((draft: Draft) => draft, schema);

export const formsContract = {
  forms: {
    /** By id: `setting.store`, `target-kind.http`, `channel.email`, `alert-rule`. */
    list: base.output(type<Readonly<Record<string, Form>>>()),
  },
};
