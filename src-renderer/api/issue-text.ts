/** Why an input was refused, field by field, in the chosen language. */
import type { Texts } from '../i18n/use-text.tsx';

/** What zod says of a value that does not fit, as far as it is told here. */
export interface InputIssue {
  readonly code?: string;
  readonly path?: readonly PropertyKey[];
  readonly message: string;
  /** What is counted: a number itself, or the length of a text or a list. */
  readonly origin?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export const issuesText = (issues: readonly InputIssue[], texts: Texts): string =>
  issues
    .map((issue) => {
      const path = (issue.path ?? []).join('.');
      return `${texts.say(`setting.${path}`, path)}: ${reasonOf(issue, texts)}`;
    })
    .join('; ');

function reasonOf({ code, origin, minimum, maximum, message }: InputIssue, { t, format }: Texts): string {
  const isNumber = origin === 'number' || origin === 'int';
  switch (code) {
    case 'too_small':
      return t(isNumber ? 'input.tooSmall' : 'input.tooShort', { minimum: format.value(minimum, 'count') });
    case 'too_big':
      return t(isNumber ? 'input.tooBig' : 'input.tooLong', { maximum: format.value(maximum, 'count') });
    case 'invalid_format':
      return t('input.wrongForm');
    // What a schema of ours says itself is more than "not valid".
    case 'custom':
      return message;
    default:
      return t('input.invalid');
  }
}
