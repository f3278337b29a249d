import type { TargetState, TargetStatus } from '@contract/targets.ts';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { type BadgeState, StateBadge } from '../ui/state-badge.tsx';

const badges: Record<TargetState, BadgeState> = {
  up: 'healthy',
  wrong: 'degraded',
  down: 'unhealthy',
  unknown: 'unknown',
  starting: 'unknown',
};

export function TargetStateBadge({ status }: { readonly status: Pick<TargetStatus, 'state'> }): ReactNode {
  const { t } = useText();
  return <StateBadge state={badges[status.state]} label={t(`target.state.${status.state}`)} />;
}
