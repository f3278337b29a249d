/** What a situation is, and the usual ways to make one. */
import type { CauseKind } from '../../../src-main/explain/cause.ts';
import type { Extra, MachineOptions, ProcessInput } from '../machine.ts';

export interface Situation {
  readonly title: string;
  readonly machine: MachineOptions;
  /** Undefined: nothing is wrong. */
  readonly cause: { readonly kind: CauseKind; readonly name?: string | null; readonly pid?: number } | undefined;
}

export const one = (
  from: number,
  processes: (second: number, random: () => number) => readonly ProcessInput[],
  until?: number,
): Extra => ({
  from,
  processes,
  ...(until !== undefined && { until }),
});

/** One program that takes nearly all processors. */
export function hog(
  title: string,
  name: string,
  process: ProcessInput,
  options: Partial<MachineOptions> = {},
  above: readonly ProcessInput[] = [],
): Situation {
  const cores = options.cores ?? 4;
  return {
    title,
    machine: {
      seed: title.length * 31 + process.pid,
      ...options,
      extras: [one(20, (_, random) => [...above, { ...process, cpuCores: cores * (0.9 + 0.05 * random()) }])],
    },
    cause: { kind: 'cpu', name, pid: process.pid },
  };
}

export const target = (name: string, kind: string, up: number) => ({
  [`target_up{target="${name}",kind="${kind}"}`]: up,
});
export const problem = (name: string, kind: string, what: string) => ({
  [`target_problem{target="${name}",kind="${kind}",problem="${what}"}`]: 1,
});
