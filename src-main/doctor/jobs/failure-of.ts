/**
 * What a thread threw, as a failure: what a disk or a system refuses is told as that, and only the rest is a bug of
 * ours. Pure.
 */
import { type Failure, failed } from '../../contract/outcome.ts';

const refusals = [
  { codes: ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'], failure: 'disk-full' },
  { codes: ['EIO', 'SQLITE_IOERR'], failure: 'disk-error' },
  { codes: ['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY'], failure: 'no-permission' },
  { codes: ['ENOENT'], failure: 'not-found/meanwhile' },
  // Windows, of a file that somebody has open without sharing it.
  { codes: ['EBUSY'], failure: 'held/exclusively' },
] as const;

export function failureOf(error: Error & { readonly code?: unknown }): Failure {
  const code = typeof error.code === 'string' ? error.code : '';
  // SQLite's codes have longer forms: SQLITE_IOERR_READ.
  const refusal = refusals.find(({ codes }) => codes.some((one) => code === one || code.startsWith(`${one}_`)));
  return failed(refusal?.failure ?? 'unexpected', { detail: error.message }).failure;
}
