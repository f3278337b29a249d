/** What a thread threw, as a failure: what a disk or a system refuses is told as that, and only the rest is a bug of ours. Pure. */
import type { Failure } from '../../contract/outcome.ts';
import type { FailureKind } from '../../contract/words/failures.ts';

interface Refusal {
  readonly codes: readonly string[];
  readonly kind: FailureKind;
  readonly what: string;
  readonly next: string;
}

const refusals: readonly Refusal[] = [
  {
    codes: ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'],
    kind: 'disk-full',
    what: 'The disk ran full',
    next: 'Free some space, then try again; the database was left as it was.',
  },
  {
    codes: ['EIO', 'SQLITE_IOERR'],
    kind: 'disk-error',
    what: 'The disk could not be read or written',
    next: 'Copy the database to another disk while that still works, and repair it there.',
  },
  {
    codes: ['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY'],
    kind: 'no-permission',
    what: 'The system refused access',
    next: 'Run as a user who may read and write the file and its folder.',
  },
  {
    codes: ['ENOENT'],
    kind: 'not-found',
    what: 'A file went away meanwhile',
    next: 'Check whether the database was moved or deleted, then try again.',
  },
  {
    // Windows, of a file that somebody has open without sharing it.
    codes: ['EBUSY'],
    kind: 'held',
    what: 'Another program keeps the file to itself',
    next: 'Close that program, then try again.',
  },
];

export function failureOf(error: Error & { readonly code?: unknown }): Failure {
  const code = typeof error.code === 'string' ? error.code : '';
  // SQLite's codes have longer forms: SQLITE_IOERR_READ.
  const refusal = refusals.find(({ codes }) => codes.some((one) => code === one || code.startsWith(`${one}_`)));
  if (refusal !== undefined)
    return {
      kind: refusal.kind,
      message: `${refusal.what}: ${error.message}.`,
      next: refusal.next,
      values: { detail: error.message },
    };
  return {
    kind: 'unexpected',
    message: `The job ended unexpectedly: ${error.message}.`,
    next: 'Try again; if it happens again, send a support bundle.',
    values: { detail: error.message },
  };
}
