/**
 * The reference to compare with: SQLite's own `.recover`. No shell at hand can run it, so one is built from the
 * amalgamation that a registry package ships, once, in the tests' cache; without a compiler or registry a reason to
 * print.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from './debian.ts';

/** node-sqlite3 carries sqlite-autoconf with shell.c, which better-sqlite3 does not. */
const source = 'sqlite3@6.0.1';
const options = [
  '-DSQLITE_ENABLE_DBPAGE_VTAB',
  '-DSQLITE_ENABLE_DBSTAT_VTAB',
  '-DSQLITE_ENABLE_OFFSET_SQL_FUNC',
  '-DSQLITE_ENABLE_FTS5',
  '-DSQLITE_ENABLE_RTREE',
  '-DSQLITE_THREADSAFE=0',
  '-DSQLITE_OMIT_LOAD_EXTENSION',
];

export function referenceShell(): Program {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hakgal-monitor-tests');
  const shell = join(cache, `sqlite3-reference-${source.split('@')[1]}`);
  if (existsSync(shell)) return { path: shell };
  if (process.platform === 'win32') return { missing: 'the reference shell is built on Unix only' };
  const compiler = ['cc', 'gcc', 'clang'].find(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  );
  if (compiler === undefined) return { missing: 'no C compiler to build the reference shell with' };
  const work = mkdtempSync(join(tmpdir(), 'hakgal-reference-'));
  try {
    const run = (command: string, args: string[], cwd: string): void =>
      void execFileSync(command, args, { cwd, stdio: 'ignore', timeout: 240_000 });
    run('npm', ['pack', source, '--silent'], work);
    run('tar', ['xzf', readdirSync(work).find((name) => name.endsWith('.tgz')) as string], work);
    const deps = join(work, 'package', 'deps');
    run('tar', ['xzf', readdirSync(deps).find((name) => name.startsWith('sqlite-autoconf')) as string], deps);
    const folder = join(deps, readdirSync(deps).find((name) => /^sqlite-autoconf-\d+$/.test(name)) as string);
    run(compiler, ['-O1', ...options, '-o', 'reference', 'shell.c', 'sqlite3.c', '-lm'], folder);
    mkdirSync(cache, { recursive: true });
    copyFileSync(join(folder, 'reference'), `${shell}.${process.pid}`);
    renameSync(`${shell}.${process.pid}`, shell);
    return { path: shell };
  } catch (error) {
    return { missing: `the reference shell could not be built: ${(error as Error).message}` };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Runs `.recover` on a copy (it writes logs back) and fills `into` with what it says. Returns whether it said anything.
 */
export function referenceRecover(shell: string, damaged: string, into: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-recover-'));
  try {
    const copy = join(folder, 'damaged.db');
    for (const suffix of ['', '-wal', '-journal'])
      if (existsSync(damaged + suffix)) copyFileSync(damaged + suffix, copy + suffix);
    const dump = spawnSync(shell, [copy, '.recover'], { maxBuffer: 512 * 1024 * 1024, timeout: 120_000 });
    rmSync(into, { force: true });
    spawnSync(shell, [into], { input: dump.stdout, maxBuffer: 64 * 1024 * 1024, timeout: 120_000 });
    return existsSync(into);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
