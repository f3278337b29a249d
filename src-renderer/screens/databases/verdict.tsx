import type { Examination } from '@contract/doctor/examination.ts';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';

/** What an examination came to, in a word and a shape. */
export function Verdict({
  examination,
  isLossy = false,
}: {
  readonly examination: Examination;
  readonly isLossy?: boolean;
}): ReactNode {
  const { t } = useText();
  const { verdict } = examination;
  if (isLossy && verdict === 'healthy')
    return (
      <div className="verdict">
        <StateBadge state="warning" label={t('doctor.verdict.lossy')} size={22} />
      </div>
    );
  const state = verdict === 'healthy' ? 'healthy' : verdict === 'damaged' ? 'unhealthy' : 'unknown';
  return (
    <div className="verdict">
      <StateBadge state={state} label={t(`doctor.verdict.${verdict}`)} size={22} />
    </div>
  );
}
