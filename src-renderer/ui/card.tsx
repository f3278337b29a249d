/** A titled surface; every block of a screen is one. Plain elements: many of them are drawn anew every second. */
import type { ReactNode } from 'react';

export interface CardProps {
  readonly title?: string;
  /** Where the title leads. */
  readonly href?: string;
  /** Right of the title: a figure, a button, a legend. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Card({ title, href, aside, className = '', children }: CardProps): ReactNode {
  return (
    <section className={`card ${className}`} aria-label={title}>
      {title !== undefined && (
        <header className="card-header">
          <h2 className="quiet">{href === undefined ? title : <a href={href}>{title}</a>}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}
