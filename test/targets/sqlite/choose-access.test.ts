import { describe, expect, it } from 'vitest';
import { chooseAccess, type FilesSeen } from '../../../src-main/targets/sqlite/choose-access.ts';

const small: FilesSeen = {
  size: 1e6,
  isWal: false,
  walBytes: undefined,
  hasShm: false,
  journalBytes: undefined,
  quietMs: 1e6,
};
const large: FilesSeen = { ...small, size: 1e9 };
const wal: FilesSeen = { ...small, isWal: true };

describe('how a database is looked at', () => {
  it('is aside, without any lock, while it is small', () => {
    expect(chooseAccess(small)).toEqual({ how: 'aside' });
    expect(chooseAccess({ ...small, quietMs: 0 })).toEqual({ how: 'aside' });
  });

  it('is not at all while a change is half-written', () => {
    expect(chooseAccess({ ...small, journalBytes: 512 })).toMatchObject({ how: 'header' });
    expect(chooseAccess({ ...small, journalBytes: 0 })).toEqual({ how: 'aside' });
  });

  it('is by connecting to a large one only once its writer has been quiet', () => {
    expect(chooseAccess({ ...large, quietMs: 100 })).toMatchObject({ how: 'header' });
    expect(chooseAccess({ ...large, quietMs: 10_000 })).toEqual({ how: 'connect', mayTakeLong: false });
    expect(chooseAccess(large)).toEqual({ how: 'connect', mayTakeLong: true });
  });

  it('is by connecting in WAL mode only where the files of its owner are there already', () => {
    expect(chooseAccess({ ...wal, walBytes: 0, hasShm: true })).toEqual({ how: 'connect', mayTakeLong: true });
    expect(chooseAccess({ ...wal, walBytes: 4_096, hasShm: true, size: 1e9, quietMs: 0 })).toMatchObject({
      how: 'connect',
    });
    expect(chooseAccess(wal)).toEqual({ how: 'aside' });
    expect(chooseAccess({ ...wal, size: 1e9 })).toMatchObject({ how: 'header' });
    expect(chooseAccess({ ...wal, walBytes: 4_096 })).toMatchObject({ how: 'header' });
  });
});
