/** One of the rules by its name, or none: then every rule is meant. */
import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ruleTitle } from '../../alert/describe-alert.ts';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';

type RuleSelectProps = Pick<SelectProps, 'label' | 'aria-label' | 'placeholder'> & {
  /** The rule's id. */
  readonly value: string | null;
  readonly onChange: (rule: string | null) => void;
};

export function RuleSelect(props: RuleSelectProps): ReactNode {
  const texts = useText();
  const rules = useQuery(useApi().alerts.rules.queryOptions());
  return (
    <Select
      {...props}
      data={(rules.data?.rules ?? []).map((view) => ({ value: view.rule.id, label: ruleTitle(view, texts) }))}
      clearable
      searchable
      w={260}
    />
  );
}
