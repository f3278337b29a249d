/**
 * The process tree cut into tasks, as a person sees them: an app with its helpers, a command with what it started.
 * Shells, sessions, terminals and editors start work that is not theirs, and are cut off above it.
 */
import type { ObservedProcess } from '../recording.ts';
import { identifyProcess, type ProcessIdentity } from './identify-process.ts';

export interface TaskNode {
  readonly process: ObservedProcess;
  readonly identity: ProcessIdentity;
  /** Of the process itself, and with those below it in the same task; mean over the tables. */
  own: number;
  /** Share of the tables that it was in. */
  presence: number;
  sum: number;
  /** Within the same task. */
  readonly children: TaskNode[];
}

export interface Task {
  readonly root: TaskNode;
  readonly used: number;
  /** At one time, mean over the tables. */
  readonly processes: number;
  /** Names of what is above it and known to people, nearest first. */
  readonly startedBy: readonly string[];
}

const sessions = [
  ...[
    'system',
    'systemd',
    'init',
    'launchd',
    'services',
    'svchost',
    'explorer',
    'wininit',
    'winlogon',
    'userinit',
    'csrss',
  ],
  ...['kthreadd', 'loginwindow', 'login', 'gdm-session-worker', 'gnome-session-binary', 'xfce4-session', 'plasmashell'],
] as const;
const starters = [
  ...['sshd', 'sshd-session', 'cron', 'crond', 'anacron', 'atd', 'dockerd', 'containerd', 'supervisord', 'runsv'],
  ...[
    'gnome-shell',
    'tmux',
    'screen',
    'xterm',
    'konsole',
    'alacritty',
    'kitty',
    'terminal',
    'windowsterminal',
    'iterm2',
  ],
  ...['code', 'code-insiders', 'cursor', 'codium', 'idea', 'idea64', 'pycharm', 'pycharm64', 'webstorm', 'devenv'],
] as const;
const sessionNames: ReadonlySet<string> = new Set(sessions);
const starterNames: ReadonlySet<string> = new Set([...sessions, ...starters]);
/** Names that go on in a way of their own: `containerd-shim-runc-v2`, `tmux: server`, `gnome-terminal-`. */
const starterPattern = /^(containerd-shim|conmon|tmux: |gnome-terminal|wezterm|kwin_)/;

const plainName = ({ name }: Pick<ObservedProcess, 'name'>): string =>
  name
    .toLowerCase()
    .replace(/\.exe$/, '')
    .replace(/^\((.*)\)$/, '$1');

/** What a session or the system itself is made of. */
export const isSession = (process: Pick<ObservedProcess, 'name'>): boolean => sessionNames.has(plainName(process));

/** `of`: what one process used in one table. Means over the tables; a process that was not there used nothing then. */
export function findTasks(
  tables: readonly (readonly ObservedProcess[])[],
  of: (process: ObservedProcess) => number,
): readonly Task[] {
  const nodes = new Map<number, TaskNode>();
  for (const table of tables)
    for (const process of table) {
      let node = nodes.get(process.pid);
      if (node === undefined) {
        node = {
          process,
          identity: process.identity ?? identifyProcess(process),
          own: 0,
          presence: 0,
          sum: 0,
          children: [],
        };
        nodes.set(process.pid, node);
      }
      node.own += of(process) / tables.length;
      node.presence += 1 / tables.length;
    }
  const roots: TaskNode[] = [];
  for (const node of nodes.values()) {
    const parent = parentOf(node, nodes);
    if (parent === undefined || isCutBelow(parent, node, nodes)) roots.push(node);
    else parent.children.push(node);
  }
  return roots.map((root) => {
    const processes = addUp(root, new Set());
    return { root, used: root.sum, processes, startedBy: namesAbove(root, nodes) };
  });
}

const parentOf = ({ process }: TaskNode, nodes: ReadonlyMap<number, TaskNode>): TaskNode | undefined =>
  process.parent === null || process.parent === process.pid ? undefined : nodes.get(process.parent);

function isCutBelow(parent: TaskNode, { identity }: TaskNode, nodes: ReadonlyMap<number, TaskNode>): boolean {
  // An app's own helpers are the app, whatever they are called.
  if (parent.identity.label === identity.label || identity.isHelper) return false;
  return isStarter(parent.process) || isSessionShell(parent, nodes, 0);
}

function isStarter(process: ObservedProcess): boolean {
  // The first process holds all others, whatever it is called: in a container it is an init of some name.
  if (process.pid === 1) return true;
  const name = plainName(process);
  return starterNames.has(name) || starterPattern.test(name);
}

/** A shell that a session started; one inside of a task (the `sh -c` of npm) belongs to the task. */
function isSessionShell(node: TaskNode, nodes: ReadonlyMap<number, TaskNode>, depth: number): boolean {
  if (!node.identity.isWrapper || depth > 8) return false;
  const parent = parentOf(node, nodes);
  return parent === undefined || isStarter(parent.process) || isSessionShell(parent, nodes, depth + 1);
}

/** @returns how many processes at one time; a table with a loop in it ends where it meets itself. */
function addUp(node: TaskNode, seen: Set<TaskNode>): number {
  seen.add(node);
  node.sum = node.own;
  let processes = node.presence * (node.process.instances ?? 1);
  for (const child of node.children) {
    if (seen.has(child)) continue;
    processes += addUp(child, seen);
    node.sum += child.sum;
  }
  return processes;
}

function namesAbove(node: TaskNode, nodes: ReadonlyMap<number, TaskNode>): readonly string[] {
  const names: string[] = [];
  const seen = new Set([node]);
  for (
    let parent = parentOf(node, nodes);
    parent !== undefined && !seen.has(parent);
    parent = parentOf(parent, nodes)
  ) {
    seen.add(parent);
    if (!parent.identity.isWrapper && parent.process.pid !== 1 && !isSession(parent.process))
      names.push(parent.identity.label);
  }
  return names;
}
