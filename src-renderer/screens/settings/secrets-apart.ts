/** A channel's draft as it is saved: what its schema calls secret apart from the settings. Pure. */
import { type Draft, draftIn, type Field, type Form, textIn } from '@contract/forms/form.ts';

export interface ChannelInput {
  readonly channel: Draft;
  /** Only those that were typed; the others stay as they are kept. */
  readonly secrets: Record<string, string>;
}

export function secretsApart(form: Form, draft: Draft): ChannelInput {
  const isSecret = (name: string): boolean => secretsIn(form.fields).includes(name);
  const options = Object.entries(draftIn(draft.options));
  return {
    channel: { ...draft, options: Object.fromEntries(options.filter(([name]) => !isSecret(name))) },
    secrets: Object.fromEntries(
      options.flatMap(([name, value]): [string, string][] =>
        isSecret(name) && textIn(value) !== '' ? [[name, textIn(value)]] : [],
      ),
    ),
  };
}

const secretsIn = (fields: readonly Field[]): readonly string[] =>
  fields.flatMap((field) => {
    if (field.type === 'group') return secretsIn(field.fields);
    return field.type === 'text' && field.isSecret ? [field.name] : [];
  });
