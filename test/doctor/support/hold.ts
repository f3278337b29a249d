/** Starts hold-file.ts: a program that has the file open until told to let go. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export async function hold(file: string, how = 'read'): Promise<{ readonly pid: number; release(): Promise<void> }> {
  const script = fileURLToPath(new URL('./hold-file.ts', import.meta.url));
  const child = spawn(process.execPath, [script, file, how], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return {
    pid: child.pid as number,
    release: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
