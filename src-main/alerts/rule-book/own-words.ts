import type { OwnWords } from '../../contract/alerts/alert.ts';
import type { AlertRule } from '../../contract/settings/alerts.ts';
import { ruleDescriptions } from '../rules/index.ts';

const shipped = new Map(ruleDescriptions.map((rule) => [rule.id, rule]));

/** Which words of a shipped rule the user has put in place of ours. */
export function ownWordsOf({ id, title, advice }: AlertRule): OwnWords {
  const original = shipped.get(id);
  if (original === undefined) return {};
  return {
    ...(title !== original.title.en && original.formerTitles?.includes(title) !== true && { hasOwnTitle: true }),
    ...(advice !== original.advice.en && { hasOwnAdvice: true }),
  };
}
