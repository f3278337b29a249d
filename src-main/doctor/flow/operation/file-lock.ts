/**
 * One operation on a database at a time, over all processes that share the data directory: the app and the command
 * line.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { failed, type Outcome, ok } from '../../../contract/outcome.ts';
import { isProcessAlive } from './is-process-alive.ts';
import { keyOf, type Places } from './places.ts';

/**
 * Within this process the caller sees to it: a lock that carries our own number was left by a thread that was ended.
 */
export function lockFile(places: Places, file: string): Outcome<Disposable> {
  mkdirSync(places.locks, { recursive: true });
  const path = join(places.locks, keyOf(file));
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const lock = openSync(path, 'wx', 0o600);
      writeSync(lock, String(process.pid));
      closeSync(lock);
      return ok({ [Symbol.dispose]: () => rmSync(path, { force: true }) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = Number(readFileSync(path, { encoding: 'utf8', flag: 'r' }));
    if (pid !== process.pid && isProcessAlive(pid)) return failed('busy/other-process', { pid: String(pid), file });
    rmSync(path, { force: true });
  }
  return failed('busy/some-process', { file });
}
