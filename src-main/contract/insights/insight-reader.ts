/** The insights as the main thread asks for them, and as the store's thread answers. */
import type { Anomaly, AnomalyStatus } from './anomalies.ts';
import type { ForecastHorizon, SeriesForecast } from './forecasts.ts';

interface TimeRange {
  readonly from: number;
  readonly until: number;
}

export interface ForecastQuery {
  readonly series: string;
  readonly hours: ForecastHorizon;
  /** Now, ms since the epoch. */
  readonly at: number;
}

export interface InsightReader {
  anomalyStatus(): Promise<AnomalyStatus>;
  /** Newest first. */
  anomalies(range: TimeRange): Promise<readonly Anomaly[]>;
  markExpected(id: string): Promise<boolean>;
  forecast(query: ForecastQuery): Promise<SeriesForecast>;
}

export type InsightHandlers = {
  anomalyStatus(nothing: null): AnomalyStatus;
  anomalies(range: TimeRange): readonly Anomaly[];
  markAnomalyExpected(id: string): boolean;
  forecast(query: ForecastQuery): Promise<SeriesForecast>;
};
