/** Names of the rules by their ids, for what tells the id alone: a silence, a mark of what changed. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../api/use-api.ts';
import { wordsOf } from '../forms/json-schema.ts';
import { useText } from '../i18n/use-text.tsx';

export type RuleTitles = (id: string) => string;

export function useRuleTitles(): RuleTitles {
  const { named } = useText();
  const api = useApi();
  const answer = useQuery({ ...api.alerts.rules.queryOptions(), staleTime: 60_000 }).data;
  return useMemo(() => {
    const titles = new Map(answer?.rules.map(({ rule }) => [rule.id, rule.title]));
    return (id) => named(`rule.${id}`, titles.get(id) ?? wordsOf(id.replaceAll('_', ' ')));
  }, [answer, named]);
}
