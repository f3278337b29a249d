/** A program of ours in a process of its own. The desktop hands in Electron's way of starting one instead. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface NodeProcess {
  readonly pid: number | undefined;
  /** Asks it to end, and ends it when it does not. */
  stop(): Promise<void>;
}

/** @param onEnd called when it ends by itself */
export type StartNodeProcess = (modulePath: string, args: readonly string[], onEnd: () => void) => NodeProcess;

const patienceMs = 1_000;

export const forkNodeProcess: StartNodeProcess = (modulePath, args, onEnd) => {
  // With the channel of `fork` the child notices when this process is killed.
  const child = fork(modulePath, [...args], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let isStopping = false;
  const ended = once(child, 'exit').then(() => {
    if (!isStopping) onEnd();
  });
  return {
    pid: child.pid,
    async stop() {
      isStopping = true;
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(kill);
    },
  };
};
