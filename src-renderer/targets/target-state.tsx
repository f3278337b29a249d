import type { TargetState, TargetStatus } from '@contract/targets.ts';
import type { ReactNode } from 'react';
import type { MessageKey } from '../i18n/en.ts';
import { useText } from '../i18n/use-text.tsx';
import { type BadgeState, StateBadge } from '../ui/state-badge.tsx';

const badges: Record<TargetState, BadgeState> = {
  up: 'healthy',
  wrong: 'degraded',
  down: 'unhealthy',
  unknown: 'unknown',
  starting: 'unknown',
};

type Judged = Pick<TargetStatus, 'state' | 'kind'> & Partial<Pick<TargetStatus, 'settings'>>;

export function TargetStateBadge({ status }: { readonly status: Judged }): ReactNode {
  const { t } = useText();
  return <StateBadge state={badges[status.state]} label={t(wordOf(status))} />;
}

/** A database is a file: it is not up or down. */
function wordOf({ state, kind, settings }: Judged): MessageKey {
  if (state !== 'down' || settings?.kind !== 'sqlite') return `target.state.${state}`;
  return kind === 'damaged' ? 'doctor.verdict.damaged' : 'target.state.unreadable';
}
