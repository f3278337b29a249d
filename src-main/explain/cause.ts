/** What slows a machine down, as one finder reports it. To add a finder: a file in `causes/` and a line in its list. */
import type { CauseKind, Evidence, EvidenceValue, ExplainedCause } from '../contract/explanation/explanation.ts';
import type { Lines, Recording } from './recording.ts';
import type { Stretch } from './stretch.ts';

export type { CauseKind, Evidence, EvidenceValue };

export interface Cause extends ExplainedCause {
  /** How much of the machine's work it holds up, 0–1; orders causes that are equally sure. */
  readonly severity: number;
  /** Kinds of trouble that this one brings along by itself: they follow it, and do not stand before it. */
  readonly brings: readonly CauseKind[];
}

export interface FinderContext {
  readonly recording: Recording;
  readonly lines: Lines;
  /** Processors of the machine; null where nothing tells. */
  readonly cores: number | null;
}

export interface CauseFinder {
  readonly kind: CauseKind;
  find(context: FinderContext): readonly Cause[];
}

/** When a stretch began, ms since the epoch. */
export const sinceOf = (recording: Recording, { from }: Pick<Stretch, 'from'>): number => recording[from]?.at ?? 0;

/** Since when and until when; null while it lasts. */
export const spanOf = (recording: Recording, stretch: Stretch): Pick<Cause, 'since' | 'until'> => ({
  since: sinceOf(recording, stretch),
  until: stretch.isOpen ? null : (recording[stretch.until - 1]?.at ?? null),
});

/** A figure of a sentence. */
export const figure = (value: number, unit: string): EvidenceValue => ({ value, unit });

/** A longer stretch is surer, up to half a minute. */
export const sureByLength = (seconds: number): number => Math.min(1, 0.55 + seconds / 60);
