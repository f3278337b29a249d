/**
 * What the doctor's thread can be asked. One thread a job: a statement of SQLite can't be interrupted, but a thread can
 * be given up.
 */
import { mkdirSync } from 'node:fs';
import type { Backup } from '../contract/doctor/backup.ts';
import type { Examination, HolderAnswer } from '../contract/doctor/examination.ts';
import type { JobPhase } from '../contract/doctor/jobs.ts';
import type { RepairPlan } from '../contract/doctor/plan.ts';
import type { RepairReport } from '../contract/doctor/report.ts';
import type { UndoEntry, UndoReport } from '../contract/doctor/undo.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import { systemClock } from '../platform/clock.ts';
import type { CallContext } from '../workers/protocol.ts';
import { listBackups } from './backups/catalogue.ts';
import { makeBackup } from './backups/make-backup.ts';
import type { RecoveredOperation } from './doctor-types.ts';
import { type Examining, examineDatabase, expectedOf, newestBackup, planForDatabase } from './examine-database.ts';
import { findDatabasePlace } from './files/database-files.ts';
import { hashFile } from './files/exact-copy.ts';
import type { FlowContext } from './flow/flow-context.ts';
import {
  discard,
  isIntoNothing,
  listOperations,
  originalBytes,
  readOperation,
  readReport,
  writeReport,
} from './flow/operation/operation.ts';
import { placesIn, scratchOf } from './flow/operation/places.ts';
import { removeExpired, type UndoLimits } from './flow/operation/retention.ts';
import { type Prepared, prepareRepair } from './flow/repair/repair-flow.ts';
import { commit } from './flow/swap/commit.ts';
import { recover } from './flow/swap/recover.ts';
import { isUntouched } from './flow/swap/swap.ts';
import { looksChangedSince, prepareUndo, undoableOf } from './flow/undo-flow.ts';
import { findHolders } from './holders/holders.ts';
import { isOpenHere } from './holders/linux.ts';
import { findKnownDatabase } from './known-database.ts';

/** Sent back while a call runs. */
export interface ThreadProgress {
  readonly phase: JobPhase;
  readonly share: number;
  readonly step?: string;
}

export interface DoctorThreadData {
  readonly folder: string;
  readonly key: string;
}

export function createDoctorThread({ folder, key }: DoctorThreadData) {
  const places = placesIn(folder);
  const scratch = scratchOf(places, process.pid, key);
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const contextOf = ({ signal, progress }: CallContext): FlowContext => ({
    places,
    clock: systemClock,
    scratch,
    random: () => key,
    findHolders,
    isOpenHere,
    signal,
    onProgress: (phase, share, step) =>
      progress({ phase, share: Math.min(1, share), ...(step !== undefined && { step }) } satisfies ThreadProgress),
  });

  return {
    examine: async (input: Examining, call: CallContext): Promise<Outcome<Examination>> => {
      const examined = await examineDatabase(input, 'if-unknown', contextOf(call));
      return examined.ok ? ok(examined.value.examination) : examined;
    },

    /** Takes the schema for the good one as it is now. */
    acceptSchema: async (input: Examining, call: CallContext): Promise<Outcome<Examination>> => {
      const examined = await examineDatabase(input, 'anew', contextOf(call));
      if (!examined.ok) return examined;
      const { examination } = examined.value;
      if (examination.verdict === 'healthy') return ok(examination);
      return failed('not-healthy', { file: examination.file });
    },

    plan: (input: Examining, call: CallContext): Promise<Outcome<RepairPlan>> =>
      planForDatabase(input, contextOf(call)),

    prepareRepair: (
      input: Omit<Examining, 'isThorough'> & { readonly chosen?: readonly string[]; readonly includeDoubtful: boolean },
      call: CallContext,
    ): Promise<Outcome<Prepared>> => {
      const found = findKnownDatabase(input.file, places);
      if (!found.ok) return Promise.resolve(found);
      const { path } = found.value;
      return prepareRepair(
        {
          file: path,
          kind: 'repair',
          expected: expectedOf(places, path, input.profile),
          backup: newestBackup(places, path),
          includeDoubtful: input.includeDoubtful,
          ...(input.chosen !== undefined && { chosen: input.chosen }),
        },
        contextOf(call),
      );
    },

    prepareRestore: async (
      input: { readonly file: string; readonly backupId: string },
      call: CallContext,
    ): Promise<Outcome<Prepared>> => {
      const found = findKnownDatabase(input.file, places);
      if (!found.ok) return found;
      const { path } = found.value;
      const backup = listBackups(places, path).find(({ id }) => id === input.backupId);
      if (backup === undefined) return failed('no-backup/of-id', { backup: input.backupId, path });
      return prepareRepair(
        {
          file: path,
          kind: 'restore',
          expected: { profile: null, baseline: null },
          backup,
          chosen: ['restore-backup'],
          includeDoubtful: false,
        },
        contextOf(call),
      );
    },

    /** @returns the report as applied; its undo id is the operation's */
    commitRepair: async (id: string, call: CallContext): Promise<Outcome<RepairReport>> => {
      const operation = readOperation(places, id);
      const report = operation === null ? null : readReport(operation.folder);
      if (operation === null || report === null) return failed('not-prepared');
      const outcome = await commit(operation, contextOf(call));
      if (!outcome.ok) return outcome;
      const applied: RepairReport = { ...report, isApplied: true, undoId: isIntoNothing(operation) ? null : id };
      writeReport(operation.folder, applied);
      return ok(applied);
    },

    prepareUndo: (
      input: { readonly file: string; readonly undoId?: string; readonly isChangeAccepted: boolean },
      call: CallContext,
    ): Promise<Outcome<string>> => {
      const found = findKnownDatabase(input.file, places);
      return found.ok ? prepareUndo(input, contextOf(call)) : Promise.resolve(found);
    },

    commitUndo: async (id: string, call: CallContext): Promise<Outcome<UndoReport>> => {
      const operation = readOperation(places, id);
      if (operation === null) return failed('not-prepared/undo');
      const outcome = await commit(operation, contextOf(call));
      if (!outcome.ok) return outcome;
      const sha256 = await hashFile(operation.file);
      const isIdentical = sha256 === operation.incoming?.['']?.sha256;
      return ok({ file: operation.file, sha256, isIdentical, undoId: isIntoNothing(operation) ? null : id });
    },

    /** Forgets a prepared operation, also one whose swap was refused at its first deed. */
    discard: (id: string): void => {
      const operation = readOperation(places, id);
      if (operation !== null && isUntouched(operation)) discard(operation);
    },

    backUp: (input: { readonly file: string; readonly keep: number }, call: CallContext): Promise<Outcome<Backup>> =>
      makeBackup(input.file, input.keep, contextOf(call)),

    backups: (file: string): readonly Backup[] => {
      const found = findDatabasePlace(file);
      return listBackups(places, found.ok ? found.value.path : file);
    },

    undoList: (file: string | null): readonly UndoEntry[] => {
      const found = file === null ? null : findDatabasePlace(file);
      const path = found?.ok ? found.value.path : (file ?? undefined);
      return undoableOf({ places }, path).map((operation) => ({
        id: operation.id,
        file: operation.file,
        kind: operation.kind,
        at: operation.at,
        sizeBytes: originalBytes(operation),
        sha256: operation.originals?.['']?.sha256 ?? '',
        isChangedSince: looksChangedSince(operation),
        report: readReport(operation.folder),
      }));
    },

    holders: async ({
      file,
      withSelf,
    }: {
      readonly file: string;
      readonly withSelf: boolean;
    }): Promise<HolderAnswer> => {
      const found = findDatabasePlace(file);
      return found.ok ? findHolders(found.value.path, withSelf) : { state: 'unknown', holders: [] };
    },

    /** At start: `all`. After a job's thread was ended: the job's key. */
    recover: (ended: string): readonly RecoveredOperation[] => recover({ places, clock: systemClock }, ended),

    retire: (limits: UndoLimits): void =>
      removeExpired(
        listOperations(places).filter(({ isOver }) => isOver),
        limits,
        systemClock.now(),
      ),
  };
}

export type DoctorThread = ReturnType<typeof createDoctorThread>;
