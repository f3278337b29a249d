/** An OTLP export as we use it, whichever way it was encoded. */

export type Attributes = Readonly<Record<string, string>>;

/** When a point's counting began and when it was read, ms since the epoch; 0 where not said. */
export interface PointTimes {
  readonly startAt: number;
  readonly at: number;
}

export interface NumberPoint extends PointTimes {
  readonly attributes: Attributes;
  readonly value: number;
}

export interface HistogramPoint extends PointTimes {
  readonly attributes: Attributes;
  readonly count: number;
  readonly sum: number | undefined;
  /** Upper bounds, and one bucket more than bounds; empty for an exponential histogram. */
  readonly bounds: readonly number[];
  readonly buckets: readonly number[];
}

export interface SummaryPoint {
  readonly attributes: Attributes;
  readonly count: number;
  readonly sum: number;
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
}

export type OtlpData =
  | { readonly kind: 'gauge'; readonly points: readonly NumberPoint[] }
  | {
      readonly kind: 'sum';
      readonly points: readonly NumberPoint[];
      readonly isMonotonic: boolean;
      readonly isDelta: boolean;
    }
  | { readonly kind: 'histogram'; readonly points: readonly HistogramPoint[]; readonly isDelta: boolean }
  | { readonly kind: 'summary'; readonly points: readonly SummaryPoint[] };

export interface OtlpMetric {
  /** Attributes of what reported it (`service.name` and so on). */
  readonly resource: Attributes;
  readonly name: string;
  readonly description: string;
  /** UCUM: `s`, `By`, `1`, `{request}`. */
  readonly unit: string;
  readonly data: OtlpData;
}

/** AggregationTemporality of the protocol. */
export const deltaTemporality = 1;
/** DataPointFlags: the point says that there is no value. */
export const noRecordedValue = 1;
export const nanosecondsInMs = 1_000_000;

/** A span as far as it is read: its own attributes are only those that tell usage. */
export interface OtlpSpan {
  readonly resource: Attributes;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty at the root. */
  readonly parentId: string;
  /** ms since the epoch. */
  readonly startAt: number;
  readonly endAt: number;
  readonly attributes: Attributes;
  readonly hasFailed: boolean;
}

/** Status of the protocol. */
export const errorStatus = 2;
