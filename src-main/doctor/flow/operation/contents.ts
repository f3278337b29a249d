/** What lies at a path, by content. A file that is provably the one read before is not read again. */
import { type BigIntStats, statSync } from 'node:fs';
import { hashFileNow } from '../../files/exact-copy.ts';
import type { Sum } from './journal.ts';

export interface Contents {
  /** `sum` undefined: nothing should be there. */
  isSame(path: string, sum: Sum | undefined): boolean;
  /** The same for what lies beside a database, where an empty file means what none does. */
  isSameBeside(path: string, sum: Sum | undefined): boolean;
  /** Takes the word of whoever has just read or written it. */
  remember(path: string, sha256: string): void;
}

export function createContents(): Contents {
  const known = new Map<string, string>();
  const isSame = (path: string, sum: Sum | undefined): boolean => {
    const stat = look(path);
    if (stat === undefined || sum === undefined) return stat === undefined && sum === undefined;
    if (Number(stat.size) !== sum.bytes) return false;
    const stamp = stampOf(stat);
    const sha256 = known.get(stamp) ?? hashFileNow(path);
    known.set(stamp, sha256);
    return sha256 === sum.sha256;
  };
  return {
    isSame,
    isSameBeside: (path, sum) => (isEmpty(path) ? (sum?.bytes ?? 0) === 0 : isSame(path, sum)),
    remember: (path, sha256) => {
      const stat = look(path);
      if (stat !== undefined) known.set(stampOf(stat), sha256);
    },
  };
}

/** No file, or one without a byte. */
export const isEmpty = (path: string): boolean => (look(path)?.size ?? 0n) === 0n;

const look = (path: string): BigIntStats | undefined => statSync(path, { bigint: true, throwIfNoEntry: false });

/** Renaming and linking change neither; every write changes the time. */
const stampOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string => `${dev} ${ino} ${size} ${mtimeNs}`;
