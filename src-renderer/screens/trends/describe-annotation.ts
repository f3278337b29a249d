/** What was changed, in the words of the chosen language. */
import type { Annotation } from '@contract/annotations.ts';
import type { RuleTitles } from '../../alert/use-rule-titles.ts';
import type { Texts } from '../../i18n/use-text.tsx';

export function describeAnnotation({ kind, subject }: Annotation, texts: Texts, ruleTitle: RuleTitles): string {
  return texts.t(`annotation.${kind}`, { subject: subjectOf(kind, subject, texts, ruleTitle) });
}

function subjectOf(kind: Annotation['kind'], subject: string, { t, say }: Texts, ruleTitle: RuleTitles): string {
  switch (kind) {
    case 'settings-changed':
      return say(`setting.${subject}`, subject);
    case 'rule-changed':
    case 'silenced':
    case 'silence-ended':
      return subject === '' ? t('silences.everything') : ruleTitle(subject);
    case 'repaired':
    case 'restored':
    case 'repair-undone':
      return subject.split(/[\\/]/).at(-1) ?? subject;
    default:
      return subject;
  }
}
