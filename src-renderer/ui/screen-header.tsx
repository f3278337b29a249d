/** Name of a screen, and what can be done on it. */
import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function ScreenHeader({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <Group justify="space-between" mb={16} gap={10} mih={36}>
      <Title order={2} size="h1" style={{ fontSize: '1.375rem' }}>
        {title}
      </Title>
      <Group gap={8}>{children}</Group>
    </Group>
  );
}
