/** What comes next in one series. */

/** Hours ahead that may be asked for. */
export const forecastHorizons = [1, 6, 24] as const;
export type ForecastHorizon = (typeof forecastHorizons)[number];

/** Of each 24 that would be needed; less than this much history foretells nothing. */
export const leastForecastHours = 24;

export interface SeriesForecast {
  readonly series: string;
  /** Hours of history without a long gap, and how many it needs. */
  readonly knownHours: number;
  readonly leastHours: number;
  /** Null: not enough is known yet. */
  readonly forecast: {
    /**
     * Start of each quarter of an hour, ms since the epoch; the rest is parallel to it, in the metric's unit (counters:
     * growth a second).
     */
    readonly at: readonly number[];
    readonly mean: readonly number[];
    readonly lower80: readonly number[];
    readonly upper80: readonly number[];
    readonly lower95: readonly number[];
    readonly upper95: readonly number[];
    /** `weighted`, or the plain method that no mixture beat on this series. */
    readonly method: string;
    /**
     * 1 - error / error of the best plain method, over earlier origins of this series; null where there were too few.
     */
    readonly skill: number | null;
    readonly originCount: number;
  } | null;
}
