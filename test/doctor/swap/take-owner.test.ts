/** Owner and mode of a repaired file, where somebody else changes the folder meanwhile. */
import { chmodSync, chownSync, existsSync, linkSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireOwnFolder, takeOwnerOf } from '../../../src-main/doctor/files/take-owner.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';
if (!isRoot) console.log('skipped in part: only root can give files away');
if (isWindows) console.log('skipped: Windows has no owner and mode of this kind');
const somebody = 65_534;

function desk() {
  const folder = temporaryFolder();
  const [file, copy, victim] = ['kb.db', '.hakgal-new', 'victim'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [file, copy, victim]) writeFileSync(path, path);
  chmodSync(file, 0o640);
  chmodSync(victim, 0o600);
  if (isRoot) chownSync(file, somebody, somebody);
  return { folder, file, copy, victim };
}

describe.skipIf(isWindows)('owner and mode', () => {
  it('go from the database to the new file', () => {
    const { file, copy } = desk();
    chmodSync(file, 0o4750);
    takeOwnerOf(file, copy);
    const { uid, mode } = statSync(copy);
    // A mode that lets it run as its owner is no business of a database.
    expect([uid, mode & 0o7777]).toEqual([statSync(file).uid, 0o750]);
  });

  it.each([
    ['a link to a file', ({ victim }: ReturnType<typeof desk>, path: string) => symlinkSync(victim, path)],
    ['a second name of a file', ({ victim }: ReturnType<typeof desk>, path: string) => linkSync(victim, path)],
    ['a folder', (_: ReturnType<typeof desk>, path: string) => mkdirSync(path)],
    ['a link to a folder', (_: ReturnType<typeof desk>, path: string) => symlinkSync('/etc', path)],
    ['a link to nowhere', (_: ReturnType<typeof desk>, path: string) => symlinkSync('/nonexistent', path)],
  ])('do not reach %s that took the place of the new file', (_, plant) => {
    const made = desk();
    const swapped = join(made.folder, '.hakgal-swapped');
    plant(made, swapped);
    expect(() => takeOwnerOf(made.file, swapped)).toThrow();
    const { uid, mode } = statSync(made.victim);
    expect([uid, mode & 0o777]).toEqual([process.getuid?.(), 0o600]);
    if (existsSync(swapped)) expect(statSync(swapped).uid).not.toBe(somebody);
  });

  it('are not taken from what a link leads to', () => {
    const { folder, file, copy } = desk();
    const link = join(folder, 'link.db');
    symlinkSync(file, link);
    expect(() => takeOwnerOf(link, copy)).toThrow();
  });
});

describe.skipIf(isWindows)('a folder', () => {
  it.skipIf(!isRoot)('of another user, or that others can write to, is refused for root with the reason', () => {
    const { folder, file } = desk();
    expect(requireOwnFolder(file)).toMatchObject({ ok: true });
    chmodSync(folder, 0o777);
    expect(requireOwnFolder(file)).toMatchObject({ ok: false, failure: { kind: 'folder-shared' } });
    chmodSync(folder, 0o700);
    chownSync(folder, somebody, somebody);
    const refused = requireOwnFolder(file);
    expect(refused.ok ? '' : refused.failure.message).toContain(`${folder} belongs to another user (${somebody})`);
  });

  it('of one’s own is no matter of root, and neither is one that a user shares', () => {
    const { folder, file } = desk();
    chmodSync(folder, 0o777);
    expect(requireOwnFolder(file, 1_000)).toMatchObject({ ok: true });
  });
});
