/**
 * Electron's way of running a program of ours in a process of its own; plain Node's `fork` is fused off in the packaged
 * app.
 */
import { utilityProcess } from 'electron';
import type { Clock } from '../platform/clock.ts';
import type { StartNodeProcess } from '../platform/node-process.ts';

const patienceMs = 1_000;

export const startUtilityProcess =
  (clock: Clock): StartNodeProcess =>
  (modulePath, args, onEnd, onMessage) => {
    const child = utilityProcess.fork(modulePath, [...args], { stdio: 'ignore', serviceName: 'HAKGAL Monitor helper' });
    let isStopping = false;
    if (onMessage !== undefined) child.on('message', onMessage);
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
        if (!isStopping) onEnd();
      });
    });
    return {
      get pid() {
        return child.pid;
      },
      async stop() {
        isStopping = true;
        if (!child.kill()) return;
        await Promise.race([ended, clock.sleep(patienceMs)]);
      },
      async kill() {
        isStopping = true;
        // Electron's own `kill` asks politely, and native code does not listen.
        if (child.pid === undefined) child.kill();
        else process.kill(child.pid, 'SIGKILL');
        await Promise.race([ended, clock.sleep(patienceMs)]);
      },
      send: (message) => child.postMessage(message),
    };
  };
