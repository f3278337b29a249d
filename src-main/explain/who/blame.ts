/**
 * Who used a resource within a stretch: the smallest part of the process tree that explains most of it. A single
 * process where one stands out; else the task above it (`make` with its compilers, a browser with its tabs); else all
 * of one name together.
 */
import type { ObservedProcess, Recording } from '../recording.ts';
import type { Stretch } from '../stretch.ts';
import { findTasks, type Task, type TaskNode } from './tasks.ts';

export type Resource = 'cpu' | 'memory' | 'disk';

export interface Culprit {
  /** As a person calls it. */
  readonly label: string;
  /** Null where it is several processes without one above them. */
  readonly pid: number | null;
  /** The system's name of that process, where the label says something else. */
  readonly processName: string | null;
  /** Mean over the stretch: cores, bytes, or bytes a second. */
  readonly used: number;
  /** Share of what all processes used. */
  readonly share: number;
  readonly processes: number;
  /** The app or session that began it, where one is known. */
  readonly startedBy: string | null;
}

export interface Blame {
  readonly culprit: Culprit;
  /** Share of the next one that has nothing to do with it. */
  readonly nextShare: number;
}

const use: Readonly<Record<Resource, (process: ObservedProcess) => number>> = {
  cpu: ({ cpuCores }) => cpuCores ?? 0,
  memory: ({ memoryBytes }) => memoryBytes ?? 0,
  disk: ({ diskBytesPerSecond }) => diskBytesPerSecond ?? 0,
};

/** A child with so much of its parent's sum stands for it. */
const standsForParent = 0.7;

/** Undefined where no table falls into the stretch, or nobody used anything. */
export function blame(recording: Recording, stretch: Stretch, resource: Resource): Blame | undefined {
  const tables = recording
    .slice(stretch.from, stretch.until)
    .flatMap(({ processes }) => (processes === undefined ? [] : [processes]));
  if (tables.length === 0) return undefined;
  const tasks = findTasks(tables, use[resource]);
  const all = tasks.reduce((sum, { used }) => sum + used, 0);
  if (all <= 0) return undefined;
  const [culprit, next] = [...culpritsOf(tasks, all)].sort((a, b) => b.used - a.used);
  return culprit === undefined ? undefined : { culprit, nextShare: next?.share ?? 0 };
}

interface Group {
  used: number;
  processes: number;
  readonly parts: { readonly node: TaskNode; readonly used: number; readonly startedBy: string | null }[];
}

/** Tasks of one name are one culprit: twelve workers that nobody above them holds together. */
function* culpritsOf(tasks: readonly Task[], all: number): Iterable<Culprit> {
  const byLabel = new Map<string, Group>();
  for (const task of tasks) {
    const node = narrow(task.root);
    const { label } = node.identity;
    const group = byLabel.get(label) ?? { used: 0, processes: 0, parts: [] };
    byLabel.set(label, group);
    group.used += task.used;
    group.processes += task.processes;
    const others = task.startedBy.find((name) => name !== label);
    group.parts.push({ node, used: task.used, startedBy: others ?? null });
  }
  for (const [label, { used, processes, parts }] of byLabel) {
    const heaviest = parts.reduce((most, part) => (part.used > most.used ? part : most));
    const { process } = heaviest.node;
    const isOne = heaviest.used >= used * standsForParent;
    yield {
      label,
      pid: isOne && process.instances === undefined ? process.pid : null,
      processName: isOne && process.instances === undefined && process.name !== label ? process.name : null,
      used,
      share: used / all,
      processes: Math.max(1, Math.round(processes)),
      startedBy: heaviest.startedBy,
    };
  }
}

/** From a task down to the part that does the work. */
function narrow(root: TaskNode): TaskNode {
  let node = root;
  for (;;) {
    const heaviest = node.children.reduce<TaskNode | undefined>(
      (most, child) => (child.sum > (most?.sum ?? 0) ? child : most),
      undefined,
    );
    if (heaviest === undefined || heaviest.sum < node.sum * standsForParent) return node;
    node = heaviest;
  }
}
