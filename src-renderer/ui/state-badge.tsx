/** A state by shape, colour and word, so that no one of them is needed to tell. */
import { Group, Text } from '@mantine/core';
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
    <Group gap={6} wrap="nowrap">
      <Icon size={size} color={stateColors[state]} aria-hidden="true" style={{ flex: 'none' }} />
      <Text size="sm" fw={600} className="state-label">
        {label}
      </Text>
    </Group>
  );
}
