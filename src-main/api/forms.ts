/** The forms: the procedure of contract/forms.ts. */
import { implement } from '@orpc/server';
import type { Form } from '../contract/forms/form.ts';
import { formsContract } from '../contract/forms/form-procedures.ts';

export function formsProcedures(forms: () => readonly Form[]) {
  const os = implement(formsContract);
  return os.router({
    forms: { list: os.forms.list.handler(() => Object.fromEntries(forms().map((form) => [form.id, form]))) },
  });
}
