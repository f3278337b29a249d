/** A program of ours in a process of its own. The desktop hands in Electron's way of starting one instead. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface NodeProcess {
  readonly pid: number | undefined;
  /** Asks it to end, and ends it when it does not. */
  stop(): Promise<void>;
  /** Ends it whatever it is doing, within a call into native code, too. */
  kill(): Promise<void>;
  /** To its `parentChannel`; any value that can be cloned. Lost once it has ended. */
  send(message: unknown): void;
}

/** @param onEnd called when it ends by itself */
export type StartNodeProcess = (
  modulePath: string,
  args: readonly string[],
  onEnd: () => void,
  onMessage?: (message: unknown) => void,
) => NodeProcess;

const patienceMs = 1_000;

export const forkNodeProcess: StartNodeProcess = (modulePath, args, onEnd, onMessage) => {
  // With the channel of `fork` the child notices when this process is killed.
  const child = fork(modulePath, [...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  let isStopping = false;
  if (onMessage !== undefined) child.on('message', onMessage);
  // What can't be started or reached any more ends, too, and that is what counts.
  child.on('error', () => {});
  const ended = Promise.race([once(child, 'exit'), once(child, 'error')]).then(
    () => {
      if (!isStopping) onEnd();
    },
    () => {
      if (!isStopping) onEnd();
    },
  );
  return {
    pid: child.pid,
    async stop() {
      isStopping = true;
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(kill);
    },
    async kill() {
      isStopping = true;
      child.kill('SIGKILL');
      await ended;
    },
    send(message) {
      if (child.connected) child.send(message as never, () => {});
    },
  };
};
