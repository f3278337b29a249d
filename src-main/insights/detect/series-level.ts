/** What every view of a series starts from: how many points were seen, about where they lie, and how far apart. */
export interface SeriesLevel {
  count: number;
  level: number;
  spread: number;
}
