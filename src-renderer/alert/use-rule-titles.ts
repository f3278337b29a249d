/** Names of the rules by their ids, for what tells the id alone: a silence, a annotation of what changed. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../api/use-api.ts';
import { useText } from '../i18n/use-text.tsx';
import { ruleTitle } from './describe-alert.ts';

export type RuleTitles = (id: string) => string;

export function useRuleTitles(): RuleTitles {
  const texts = useText();
  const api = useApi();
  const answer = useQuery({ ...api.alerts.rules.queryOptions(), staleTime: 60_000 }).data;
  return useMemo(() => {
    const titles = new Map(answer?.rules.map((view) => [view.rule.id, ruleTitle(view, texts)]));
    // One that is gone.
    return (id) => titles.get(id) ?? texts.say(`rule.${id}`, readable(id));
  }, [answer, texts]);
}

/** `high_cpu` to `High cpu`. */
const readable = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1)}`.replaceAll('_', ' ');
