/**
 * Why it is slow, now: looks at the last minutes of the live window and the process tables that came with them, every
 * few seconds. Without ticks (paused) nothing is done, and what was said last stays with its time.
 */
import type { Evidence, ExplainedCause, ExplainedNow } from '../../contract/explanation/explanation.ts';
import type { ProcessTable } from '../../contract/live.ts';
import { explainNow, unknownYet } from '../../explain/explain-now.ts';
import { linesOf, type ObservedProcess, type Second } from '../../explain/recording.ts';
import { createIdentityKeeper } from '../../live/keep-identity.ts';
import type { LiveWindow } from '../../live/live-window.ts';
import type { TargetSet } from '../../targets/target-set.ts';
import type { Module } from '../part.ts';
import type { Sampling } from './sampling.ts';

export interface Explain {
  /** Called with each tick, once the live window has it. */
  update(at: number): void;
  /** The same object until something else is to be said. */
  readonly current: ExplainedNow;
}

export interface ExplainDeps {
  readonly targets: Pick<TargetSet, 'statuses'>;
  readonly window: LiveWindow;
  readonly processes: Pick<Sampling['processes'], 'table' | 'identityOf'>;
}

const windowSeconds = 300;
const everyMs = 5_000;
const noValues: ReadonlyMap<string, number> = new Map();

interface KeptTable {
  readonly at: number;
  readonly processes: readonly ObservedProcess[];
}

export function createExplain({ window, processes, targets }: ExplainDeps): Module<Explain> {
  const same = createIdentityKeeper<ExplainedNow>();
  let tables: readonly KeptTable[] = [];
  let tableAt = Number.NaN;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let current = unknownYet;

  const titles = (): ReadonlyMap<string, string> =>
    new Map(targets.statuses().map(({ settings: { id, title } }) => [id, title]));

  function keepTable(at: number): void {
    const table = processes.table();
    if (table === undefined || table.at === tableAt) return;
    tableAt = table.at;
    // The first list has nothing to compare with: it tells who is there, not who works.
    if (table.rows.some(({ cpuCores }) => cpuCores !== null))
      tables = [...tables.filter((one) => one.at > at - windowSeconds * 1_000), { at, processes: observed(table) }];
  }

  const observed = ({ rows }: ProcessTable): readonly ObservedProcess[] =>
    rows.map(({ pid, parent, name, label, cpuCores, memoryBytes, diskBytesPerSecond }) => {
      const { isWrapper = false, isHelper = false } = processes.identityOf(pid) ?? {};
      const identity = { label, isWrapper, isHelper };
      return { pid, parent, name, command: null, identity, cpuCores, memoryBytes, diskBytesPerSecond };
    });

  return {
    api: {
      update(at) {
        keepTable(at);
        // A clock that was set back must not silence it.
        if (at - lookedAt < everyMs && at >= lookedAt) return;
        lookedAt = at;
        const view = window.view(windowSeconds, at);
        const tableOf = new Map(tables.map((one) => [one.at, one.processes]));
        const recording = view.at.map(
          (second): Second => ({
            at: second,
            values: noValues,
            processes: tableOf.get(second),
          }),
        );
        current = same(withTitles(explainNow(recording, linesOf(view.of), current), titles()));
      },
      get current() {
        return current;
      },
    },
    part: { name: 'explain' },
  };
}

/** Finders know targets by their id, people by their title. */
function withTitles(now: ExplainedNow, titles: ReadonlyMap<string, string>): ExplainedNow {
  const called = ({ text, values }: Evidence): Evidence => ({
    text,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string'
          ? value
              .split(', ')
              .map((one) => titles.get(one) ?? one)
              .join(', ')
          : value,
      ]),
    ),
  });
  const titled = (causes: readonly ExplainedCause[]): readonly ExplainedCause[] =>
    causes.map((cause) =>
      cause.kind === 'service' || cause.kind === 'database'
        ? { ...cause, statement: called(cause.statement), evidence: cause.evidence.map(called) }
        : cause,
    );
  return { ...now, causes: titled(now.causes), ended: titled(now.ended) };
}
