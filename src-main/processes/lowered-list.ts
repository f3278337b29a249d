/**
 * What processes had before their priority was lowered, kept in a file so that it can be set back after a restart of
 * the monitor.
 */
import { z } from 'zod';
import type { Logger } from '../platform/logger.ts';
import { readPrivateFile, writePrivateFile } from '../platform/private-file.ts';
import type { PriorityBefore } from './priority.ts';
import type { LoweredList } from './process-desk.ts';

const schema = z.record(
  z.string().max(300),
  z.object({
    processors: z.string().max(1_000).optional(),
    policy: z.string().max(50).optional(),
    disk: z.string().max(50).optional(),
  }),
);
/** Processes end without telling us: the oldest are forgotten. */
const maxKept = 200;

export function openLoweredList(file: string, logger: Pick<Logger, 'warn'>): LoweredList {
  const kept = new Map<string, PriorityBefore>(Object.entries(read(file)) as [string, PriorityBefore][]);
  const write = (): void => {
    try {
      writePrivateFile(file, JSON.stringify(Object.fromEntries([...kept].slice(-maxKept))));
    } catch (error) {
      logger.warn('What a process had before could not be noted; it is forgotten at the next start', {
        error: (error as Error).message,
      });
    }
  };
  return {
    get: (key) => kept.get(key),
    set(key, before) {
      kept.set(key, before);
      write();
    },
    delete(key) {
      kept.delete(key);
      write();
    },
  };
}

function read(file: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(readPrivateFile(file) ?? '{}'));
  } catch {
    return {};
  }
}
