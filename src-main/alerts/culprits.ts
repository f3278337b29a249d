/** Who used the resource while a rule was breached: the top processes, averaged over the tables seen since it began. */
import type { Culprit } from '../contract/alert.ts';
import type { ProcessRow, ProcessTable } from '../contract/live.ts';

export type Resource = 'cpu' | 'memory' | 'disk';

const namedCulprits = 3;
/** Of each table only the largest are added up: what never comes near the top can't be a culprit. */
const consideredRows = 15;

const use: Record<Resource, (row: ProcessRow) => number> = {
  cpu: (row) => row.cpuPercent,
  memory: (row) => row.memoryBytes,
  disk: (row) => row.diskBytesPerSecond ?? 0,
};

/** Sums by process over the tables of one breach. */
export class CulpritTally {
  readonly #sums = new Map<number, { name: string; sum: number }>();
  readonly #resource: Resource;
  #tables = 0;
  #lastAt = Number.NaN;
  #culprits: Culprit[] = [];

  constructor(resource: Resource) {
    this.#resource = resource;
  }

  /** Adds a table once; the same one may be handed in at each tick. */
  add(table: ProcessTable): void {
    if (table.at === this.#lastAt) return;
    this.#lastAt = table.at;
    this.#tables += 1;
    const of = use[this.#resource];
    const top = [...table.rows].sort((a, b) => of(b) - of(a)).slice(0, consideredRows);
    for (const row of top) {
      const entry = this.#sums.get(row.pid);
      if (entry === undefined) this.#sums.set(row.pid, { name: row.name, sum: of(row) });
      else entry.sum += of(row);
    }
    this.#culprits = this.#top();
  }

  /** The same array until the next table. */
  get culprits(): readonly Culprit[] {
    return this.#culprits;
  }

  #top(): Culprit[] {
    return [...this.#sums]
      .map(([pid, { name, sum }]) => ({ name, pid, value: sum / this.#tables }))
      .filter(({ value }) => value > 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, namedCulprits);
  }
}
