/** A state by shape, colour and word, so that no one of them is needed to tell. */
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconHelpCircleFilled,
  IconInfoCircleFilled,
  IconOctagonFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { stateColors } from '../styles/tokens.ts';

export type BadgeState = keyof typeof stateColors;

const icons: Record<BadgeState, typeof IconCircleCheckFilled> = {
  healthy: IconCircleCheckFilled,
  degraded: IconAlertTriangleFilled,
  unhealthy: IconOctagonFilled,
  info: IconInfoCircleFilled,
  warning: IconAlertTriangleFilled,
  critical: IconOctagonFilled,
  unknown: IconHelpCircleFilled,
};

export function StateBadge({
  state,
  label,
  size = 18,
}: {
  readonly state: BadgeState;
  readonly label: string;
  readonly size?: number;
}): ReactNode {
  const Icon = icons[state];
  return (
    <div className="state-badge">
      <Icon width={size} color={stateColors[state]} aria-hidden="true" />
      <span className="state-label" title={label}>
        {label}
      </span>
    </div>
  );
}
