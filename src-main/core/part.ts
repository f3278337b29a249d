/**
 * What the monitor is made of. A module is made from what it needs and hands back what others may use (`api`) and how
 * it begins and ends (`part`). Nothing is looked up later: what is needed is handed in before.
 */
export interface Part {
  readonly name: string;
  /** Begins the work; everything of the monitor has been made by then. */
  start?(): void | Promise<void>;
  /** Writes and releases what it holds. Called once, also when the start failed on the way. */
  stop?(): void | Promise<void>;
  /** How long its stop may take, ms; less where others have used up the time. */
  readonly stopWithinMs?: number;
}

export interface Module<Api> {
  readonly api: Api;
  readonly part: Part;
}
