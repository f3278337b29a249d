import type { Examination } from '@contract/doctor.ts';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

/** What an examination came to, in a word and a shape. */
export function Verdict({ examination }: { readonly examination: Examination }): ReactNode {
  const { t } = useText();
  const { verdict } = examination;
  const state = verdict === 'healthy' ? 'healthy' : verdict === 'damaged' ? 'unhealthy' : 'unknown';
  return (
    <div className="verdict">
      <StateBadge state={state} label={t(`doctor.verdict.${verdict}`)} size={22} />
    </div>
  );
}
