/** One number with its name. */
import type { ReactNode } from 'react';
import { Card } from './card.tsx';

export interface FigureProps {
  readonly title: string;
  readonly value: string;
  /** Words instead of a number: smaller. */
  readonly isText?: boolean;
  readonly children?: ReactNode;
}

export function Figure({ title, value, isText = false, children }: FigureProps): ReactNode {
  return (
    <Card title={title}>
      <div className={isText ? 'figure figure-text' : 'figure'}>{value}</div>
      {children}
    </Card>
  );
}
