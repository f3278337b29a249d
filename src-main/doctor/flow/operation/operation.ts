/** One operation on a database: its folder with journal and originals, and the ends it can come to. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RepairReport } from '../../../contract/doctor/report.ts';
import type { UndoEntry } from '../../../contract/doctor/undo.ts';
import { type JournalEntry, readJournal, type Step, type Sum, type Sums } from './journal.ts';
import { operationIdSchema, type Places, removeStaged } from './places.ts';

export interface Operation {
  readonly id: string;
  readonly folder: string;
  readonly file: string;
  readonly kind: UndoEntry['kind'];
  readonly pid: number;
  readonly at: number;
  readonly originals: Sums | null;
  readonly incoming: Sums | null;
  readonly shield: string | null;
  readonly shieldSum: Sum | null;
  readonly last: Step;
  /** Nothing is left to be done. */
  readonly isOver: boolean;
  /** What was beside the old file is gone: there is no way but on. */
  readonly hasCleared: boolean;
}

export function readOperation(places: Places, id: string): Operation | null {
  if (!operationIdSchema.safeParse(id).success) return null;
  const folder = join(places.operations, id);
  const entries = readJournal(folder);
  const begun = entries[0];
  if (begun?.step !== 'begun' || begun.file === undefined || begun.kind === undefined) return null;
  const find = <K extends keyof JournalEntry>(key: K): JournalEntry[K] | undefined =>
    entries.findLast((entry) => entry[key] !== undefined)?.[key];
  const last = (entries.at(-1) as JournalEntry).step;
  return {
    id,
    folder,
    file: begun.file,
    kind: begun.kind,
    pid: begun.pid ?? 0,
    at: begun.at,
    originals: find('originals') ?? null,
    incoming: find('incoming') ?? null,
    shield: find('shield') ?? null,
    shieldSum: find('shieldSum') ?? null,
    last,
    isOver: last === 'done' || last === 'set-aside',
    hasCleared: entries.some(({ step }) => step === 'clearing'),
  };
}

/** It began where no file was. */
export const isIntoNothing = ({ originals }: Pick<Operation, 'originals'>): boolean =>
  originals !== null && originals[''] === undefined;

/** Came to its end and kept what was there before. */
export const isUndoable = (operation: Operation): boolean => operation.last === 'done' && !isIntoNothing(operation);

/** Oldest first. */
export function listOperations(places: Places): Operation[] {
  let names: string[] = [];
  try {
    names = readdirSync(places.operations).sort();
  } catch {
    return [];
  }
  return names.flatMap((name) => readOperation(places, name) ?? []);
}

export function makeOperationFolder(places: Places, id: string): string {
  const folder = join(places.operations, id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Leaves the database as it is and nothing of the operation. Only before the first deed of its swap. */
export function discard({ file, id, folder }: Pick<Operation, 'file' | 'id' | 'folder'>): void {
  removeStaged(file, id);
  rmSync(folder, { recursive: true, force: true });
}

const reportPath = (folder: string): string => join(folder, 'report.json');

export const writeReport = (folder: string, report: RepairReport): void =>
  writeFileSync(reportPath(folder), JSON.stringify(report), { mode: 0o600 });

/** Our own file in our own folder; one that does not parse is shown as absent. */
export function readReport(folder: string): RepairReport | null {
  try {
    return JSON.parse(readFileSync(reportPath(folder), 'utf8')) as RepairReport;
  } catch {
    return null;
  }
}

export const originalBytes = ({ originals }: Operation): number =>
  Object.values(originals ?? {}).reduce((sum, part) => sum + (part?.bytes ?? 0), 0);
