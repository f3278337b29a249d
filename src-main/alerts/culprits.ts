/** Who used the resource while a rule was breached: the top programs, averaged over the tables seen since it began. */
import type { Culprit } from '../contract/alerts/alert.ts';
import type { ProcessRow, ProcessTable } from '../contract/live.ts';

export type Resource = 'cpu' | 'memory' | 'disk';

const namedCulprits = 3;
/** A long breach sees programs come and go; those that never came near the top are forgotten. */
const maxPrograms = 200;

const use: Record<Resource, (row: ProcessRow, cores: number) => number> = {
  // Of the whole machine, as the CPU's own figure is.
  cpu: ({ cpuCores }, cores) => ((cpuCores ?? 0) / cores) * 100,
  memory: (row) => row.memoryBytes,
  disk: (row) => row.diskBytesPerSecond ?? 0,
};

interface Program {
  sum: number;
  /** Most at one time. */
  processes: number;
  /** While it was one and the same process. */
  pid: number | undefined;
}

/**
 * Sums by program over the tables of one breach: a browser is dozens of processes and a build thousands of short ones,
 * and none of them would show alone.
 */
export class CulpritTally {
  #programs = new Map<string, Program>();
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
    for (const [name, now] of programsOf(table, use[this.#resource])) {
      const before = this.#programs.get(name);
      if (before === undefined) {
        this.#programs.set(name, now);
        continue;
      }
      before.sum += now.sum;
      before.processes = Math.max(before.processes, now.processes);
      if (before.pid !== now.pid) before.pid = undefined;
    }
    const ranked = [...this.#programs].sort(([, a], [, b]) => b.sum - a.sum);
    if (ranked.length > maxPrograms) this.#programs = new Map(ranked.slice(0, maxPrograms / 2));
    this.#culprits = ranked.slice(0, namedCulprits).map(([name, { sum, processes, pid }]) => ({
      name,
      processes,
      ...(pid !== undefined && { pid }),
      value: sum / this.#tables,
    }));
  }

  /** The same array until the next table. */
  get culprits(): readonly Culprit[] {
    return this.#culprits;
  }
}

function programsOf(
  { rows, cores }: ProcessTable,
  of: (row: ProcessRow, cores: number) => number,
): Map<string, Program> {
  const programs = new Map<string, Program>();
  for (const row of rows) {
    const used = of(row, cores);
    if (used <= 0) continue;
    const program = programs.get(row.label);
    if (program === undefined) programs.set(row.label, { sum: used, processes: 1, pid: row.pid });
    else {
      program.sum += used;
      program.processes += 1;
      program.pid = undefined;
    }
  }
  return programs;
}
