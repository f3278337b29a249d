import type { ReactNode } from 'react';
import { seriesColors } from '../styles/tokens.ts';

export interface LegendEntry {
  readonly name: string;
  readonly value: string;
  /** Of a line that is drawn otherwise than its place says. */
  readonly color?: string;
}

/** Which line is which, with its newest value; nothing moves when a value changes. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }): ReactNode {
  return (
    <div className="legend">
      {entries.map(({ name, value, color }, index) => (
        <div key={name} className="legend-entry">
          <span
            className="legend-color"
            aria-hidden="true"
            style={{ background: color ?? seriesColors[index % seriesColors.length] }}
          />
          <span className="quiet">{name}</span>
          <strong>{value}</strong>
        </div>
      ))}
    </div>
  );
}
