/** A titled surface; every block of a screen is one. */
import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export interface CardProps {
  readonly title?: string;
  /** Right of the title: a figure, a button, a legend. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Card({ title, aside, className = '', children }: CardProps): ReactNode {
  return (
    <section className={`card ${className}`} aria-label={title}>
      {title !== undefined && (
        <Group justify="space-between" align="center" mb={10} wrap="nowrap">
          <Title order={2} size="sm" fw={600} className="quiet">
            {title}
          </Title>
          {aside}
        </Group>
      )}
      {children}
    </section>
  );
}
