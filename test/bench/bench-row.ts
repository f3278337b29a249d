/** One line of the bench table: ours, the reference's or the target in the same run, and what it means. */
export interface BenchRow {
  readonly what: string;
  readonly ours: string;
  /** The reference measured in the same run, named; absent where there is none. */
  readonly reference?: string;
  /** The figure we hold ourselves to (DESIGN §4). */
  readonly target?: string;
  readonly isMet?: boolean;
  readonly note?: string;
}
