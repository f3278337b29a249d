/**
 * Tells of every file-system call of our own code, right before it is made. SQLite's own calls, on copies of ours, are
 * not among them.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Those that leave something else on the disk than was there. */
const writing = [
  'chmodSync',
  'chownSync',
  'copyFileSync',
  'linkSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'writeFileSync',
  'writeSync',
] as const;
const reading = ['accessSync', 'closeSync', 'existsSync', 'fsyncSync', 'readSync', 'readdirSync', 'statSync'] as const;

export interface Call {
  readonly name: string;
  readonly path: string;
  readonly changesDisk: boolean;
}

export async function watchCalls<T>(onCall: (call: Call) => void, work: () => Promise<T>): Promise<T> {
  const table = fs as unknown as Record<string, (...parameters: unknown[]) => unknown>;
  const originals = new Map([...writing, ...reading].map((name) => [name, table[name]]));
  let isInside = false;
  for (const [name, original] of originals)
    table[name] = (...parameters) => {
      // What is done at a call makes calls of its own.
      if (!isInside) {
        isInside = true;
        try {
          const isReadOnly = name === 'openSync' && (parameters[1] === undefined || parameters[1] === 'r');
          const changesDisk = (writing as readonly string[]).includes(name) && !isReadOnly;
          onCall({ name, path: String(parameters[0]), changesDisk });
        } finally {
          isInside = false;
        }
      }
      return original?.(...parameters);
    };
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    for (const [name, original] of originals) if (original !== undefined) table[name] = original;
    syncBuiltinESMExports();
  }
}
