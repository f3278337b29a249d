/**
 * The journal of one operation: a line for each step, on the disk before the step's deed begins. What a crash left is
 * read from it.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parts } from '../../files/database-files.ts';
import { syncFolderOf } from '../../files/exact-copy.ts';

/**
 * In the order in which they are written; most operations leave some out, and where no file is, the swap comes after
 * what lies beside.
 */
const steps = [
  'begun',
  'copied',
  'work-made',
  'repaired',
  'verified',
  'staged',
  'swap-begun',
  'shielding',
  'removing-journal',
  'clearing',
  'swapping',
  'placing-journal',
  'placing-log',
  'settled',
  /** The end of one that was not to be: newer data was found in its place. */
  'set-aside',
  'done',
] as const;
export type Step = (typeof steps)[number];

const partSchema = z.enum(parts);
const sumSchema = z.object({ sha256: z.string(), bytes: z.number() });
export type Sum = Readonly<z.infer<typeof sumSchema>>;
const sumsSchema = z.partialRecord(partSchema, sumSchema);
export type Sums = z.infer<typeof sumsSchema>;

const entrySchema = z.object({
  step: z.enum(steps),
  at: z.number(),
  /** With `begun`. */
  file: z.string().optional(),
  kind: z.enum(['repair', 'restore', 'undo']).optional(),
  pid: z.number().optional(),
  /** With `copied`: the originals. */
  originals: sumsSchema.optional(),
  /** With `repaired`. */
  repair: z.string().optional(),
  /** With `staged`: what goes in. */
  incoming: sumsSchema.optional(),
  /** With `staged`: salts of the shield, hex; see shield.ts. */
  shield: z.string().nullable().optional(),
  /** With `staged`: the shield's content. */
  shieldSum: sumSchema.nullable().optional(),
});
export type JournalEntry = z.infer<typeof entrySchema>;

export interface Journal {
  write(step: Step, facts?: Omit<JournalEntry, 'step' | 'at'>): void;
}

/** Told of a step before and after its line is on the disk; tests end the process there. */
export type StepListener = (step: Step, when: 'before' | 'after') => void;

export function openJournal(folder: string, now: () => number, onStep?: StepListener): Journal {
  const path = journalPath(folder);
  return {
    write(step, facts = {}) {
      onStep?.(step, 'before');
      const file = openSync(path, 'a', 0o600);
      try {
        writeSync(file, `${JSON.stringify({ step, at: now(), ...facts } satisfies JournalEntry)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (step === 'begun') syncFolderOf(path);
      onStep?.(step, 'after');
    },
  };
}

/** Lines up to the first that is torn or unknown. */
export function readJournal(folder: string): JournalEntry[] {
  let text: string;
  try {
    text = readFileSync(journalPath(folder), 'utf8');
  } catch {
    return [];
  }
  const entries: JournalEntry[] = [];
  for (const line of text.split('\n')) {
    const parsed = entrySchema.safeParse(parseLine(line));
    if (!parsed.success) break;
    entries.push(parsed.data);
  }
  return entries;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const journalPath = (folder: string): string => join(folder, 'journal.ndjson');
