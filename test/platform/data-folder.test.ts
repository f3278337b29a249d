/** A data directory that others made or can write to is refused; one of ours is closed to them. */
import { chmodSync, chownSync, linkSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDataDir } from '../../src-main/platform/data-folder.ts';
import { readPrivateFile, writePrivateFile } from '../../src-main/platform/private-file.ts';
import { temporaryFolder } from '../support/temporary.ts';

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';
if (!isRoot) console.log('skipped in part: only root can make files of another user');
if (isWindows) console.log('skipped: Windows has no owner and mode of this kind');
const modeOf = (path: string): number => statSync(path).mode & 0o777;
const somebody = 65_534;

describe.skipIf(isWindows)('the data directory', () => {
  it('is made for this user alone', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    makeDataDir(folder);
    expect(modeOf(folder)).toBe(0o700);
  });

  it('of an older version is closed to others, with all that lies in it; copies of databases keep their modes', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'logs'), { mode: 0o755 });
    mkdirSync(join(folder, 'doctor', 'backups'), { recursive: true });
    for (const name of ['settings.json', 'history.db', 'logs/monitor.log', 'doctor/backups/x.db'])
      writeFileSync(join(folder, name), '');
    for (const name of ['settings.json', 'history.db', 'logs/monitor.log', 'doctor/backups/x.db', 'logs'])
      chmodSync(join(folder, name), name === 'logs' ? 0o755 : 0o644);
    makeDataDir(folder);
    for (const name of ['settings.json', 'history.db', 'logs/monitor.log'])
      expect(modeOf(join(folder, name)), name).toBe(0o600);
    for (const name of ['', 'logs', 'doctor', 'doctor/backups']) expect(modeOf(join(folder, name)), name).toBe(0o700);
    expect(modeOf(join(folder, 'doctor/backups/x.db'))).toBe(0o644);
  });

  it('that others could write to is taken over only where nothing of theirs can lie in it', () => {
    const made = (plant: (folder: string) => void): string => {
      const folder = temporaryFolder();
      chmodSync(folder, 0o777);
      plant(folder);
      return folder;
    };
    const clean = made((folder) => writeFileSync(join(folder, 'settings.json'), '{}'));
    makeDataDir(clean);
    expect(modeOf(clean)).toBe(0o700);
    const linked = made((folder) => symlinkSync('/etc/hostname', join(folder, 'settings.json')));
    expect(() => makeDataDir(linked)).toThrow(/settings\.json is a link/);
    const deep = made((folder) => {
      mkdirSync(join(folder, 'logs'));
      symlinkSync('/etc', join(folder, 'logs', 'old'));
    });
    expect(() => makeDataDir(deep)).toThrow(/is a link/);
    const named = made((folder) => {
      const mine = join(temporaryFolder(), 'mine');
      writeFileSync(mine, '');
      linkSync(mine, join(folder, 'token'));
    });
    expect(() => makeDataDir(named)).toThrow(/second name/);
  });

  it.skipIf(!isRoot).each([
    ['the folder itself', ''],
    ['a file in it', 'settings.json'],
    ['a folder in it', 'logs'],
  ])('is refused where %s belongs to another user', (_, name) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'settings.json'), '{}');
    mkdirSync(join(folder, 'logs'));
    chownSync(join(folder, name), somebody, somebody);
    expect(() => makeDataDir(folder)).toThrow(/belongs to another user/);
  });

  it.skipIf(!isRoot)('is refused below a folder of another user, or one that others can write to', () => {
    const theirs = temporaryFolder();
    chownSync(theirs, somebody, somebody);
    expect(() => makeDataDir(join(theirs, 'data'))).toThrow(/belongs to another user/);
    const open = temporaryFolder();
    chmodSync(open, 0o777);
    expect(() => makeDataDir(join(open, 'data'))).toThrow(/others can write to the folder/);
    const linked = temporaryFolder();
    symlinkSync(theirs, join(linked, 'data'));
    expect(() => makeDataDir(join(linked, 'data'))).toThrow(/belongs to another user/);
  });
});

describe.skipIf(isWindows)('a private file', () => {
  const made = (): string => join(temporaryFolder(), 'token');
  it('comes back as it was written', () => {
    const path = made();
    writePrivateFile(path, 'x');
    expect(readPrivateFile(path)).toBe('x');
    expect(modeOf(path)).toBe(0o600);
  });

  it('is not read through a link, from a folder, under a second name, or where others can write to it', () => {
    const [path, other] = [made(), made()];
    writePrivateFile(other, 'planted');
    symlinkSync(other, path);
    expect(readPrivateFile(path)).toBeUndefined();
    expect(readPrivateFile(temporaryFolder())).toBeUndefined();
    linkSync(other, `${other}2`);
    expect(readPrivateFile(other)).toBeUndefined();
    const open = made();
    writePrivateFile(open, 'x');
    chmodSync(open, 0o620);
    expect(readPrivateFile(open)).toBeUndefined();
  });

  it.skipIf(!isRoot)('of another user is not believed, by root neither', () => {
    const path = made();
    writePrivateFile(path, 'planted');
    chownSync(path, somebody, somebody);
    expect(readPrivateFile(path)).toBeUndefined();
  });

  it('takes the place of a link and leaves alone what it leads to', () => {
    const [path, other] = [made(), made()];
    writeFileSync(other, 'of the user');
    symlinkSync(other, path);
    writePrivateFile(path, 'x');
    expect([readPrivateFile(path), readPrivateFile(other)]).toEqual(['x', 'of the user']);
  });
});
