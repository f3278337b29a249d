/** Anomalies as the watch tells them, and what the store thread answers about them. */
import type { Labels } from '../metric.ts';

/**
 * spike: minutes, and back. shift: a new level. drift: away in small steps. silence: no data. seasonal-miss: what is
 * usual at this time did not come.
 */
export type AnomalyKind = 'spike' | 'shift' | 'drift' | 'silence' | 'seasonal-miss';

export interface Anomaly {
  readonly id: string;
  /** Series key. */
  readonly series: string;
  readonly metric: string;
  readonly labels: Labels;
  readonly kind: AnomalyKind;
  /** ms since the epoch; `until` is null while it goes on. */
  readonly from: number;
  readonly until: number | null;
  /** What was usual then, and the value furthest from it; null for silence. Counters as growth a second. */
  readonly expected: number | null;
  readonly value: number | null;
  /** Share of the series' own earlier hours that held nothing so surprising, 0–1. */
  readonly confidence: number;
  /** A person said that this is as it should be. */
  readonly isExpected: boolean;
}

export interface AnomalyStatus {
  /** Series that are watched, and those of them with a day of data or more. */
  readonly watchedSeries: number;
  readonly learnedSeries: number;
  /** Hours of data of the series that is known longest. */
  readonly learnedHours: number;
  /** Hours that a series needs before anything of it is called unusual. */
  readonly leastHours: number;
  readonly openAnomalies: readonly { readonly series: string; readonly confidence: number }[];
  /** Anomalies that began since the state was first made. */
  readonly anomaliesTotal: number;
  /** Several series of different kinds became unusual together, and it is the first of that in a day. */
  readonly isNotable: boolean;
  /** What was learned could not be read: where it was set aside, and since when it is learned anew. */
  readonly setAside: { readonly path: string; readonly at: number } | null;
}

/** Less than this says nothing about what is unusual. */
export const leastLearnedHours = 24;
