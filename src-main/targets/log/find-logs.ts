/** Which files a log's path means, and those beside them that a rotation may have made of them. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, parse, resolve, sep } from 'node:path';
import { compilePattern, type LinearPattern } from '../../platform/linear-pattern.ts';

/** More of one target are not read, and the target says so. */
export const maxFiles = 200;
/** `**` goes no deeper; a loop of links would have no end. */
const maxDepth = 12;
const maxVisited = 20_000;

/** Whether a path means files by a pattern. */
export const isGlob = (path: string): boolean => /[*?[]/.test(path);

/** Ordered by name. A path that exists as it is written is that file, whatever characters are in it. */
export function findLogs(path: string): string[] {
  const whole = resolve(path);
  if (!isGlob(path) || exists(whole)) return exists(whole) ? [whole] : [];
  const { root } = parse(whole);
  const steps = whole.slice(root.length).split(sep);
  const found = new Set<string>();
  let visited = 0;

  function visit(folder: string, index: number, depth: number): void {
    visited += 1;
    if (visited > maxVisited || depth > maxDepth) return;
    const step = steps[index] as string;
    const isLast = index === steps.length - 1;
    if (step === '**') {
      if (!isLast) visit(folder, index + 1, depth);
      for (const { name, isFolder } of namesIn(folder)) {
        if (isFolder) visit(join(folder, name), index, depth + 1);
        else if (isLast) found.add(join(folder, name));
      }
      return;
    }
    if (!isGlob(step)) {
      const next = join(folder, step);
      if (!exists(next)) return;
      if (isLast) found.add(next);
      else visit(next, index + 1, depth);
      return;
    }
    const matches = globOf(step);
    for (const { name } of namesIn(folder)) {
      // As in a shell: a star does not mean hidden files.
      if (!matches.test(name) || (name.startsWith('.') && !step.startsWith('.'))) continue;
      const next = join(folder, name);
      if (isLast) found.add(next);
      else if (isFolderAt(next)) visit(next, index + 1, depth);
    }
  }

  visit(root, 0, 0);
  return [...found].sort();
}

/**
 * Whether a name speaks of being an earlier `app.log`: `app.log.1`, `app.log-20260101.gz`, `app.1.log`,
 * `app-2026-01-01.log`.
 */
export function isRotatedName(path: string, of: string): boolean {
  if (dirname(path) !== dirname(of)) return false;
  const { base, name: stem, ext } = parse(of);
  const name = basename(path);
  if (name.startsWith(base) && /^[.\-_~]/.test(name.slice(base.length))) return true;
  return (
    ext !== '' && name !== base && name.startsWith(stem) && name.includes(ext) && dated.test(name.slice(stem.length))
  );
}
const dated = /^[.\-_][0-9][0-9A-Za-z.\-_]*$/;

/** Files beside these that a rotation may have made of them, at most 500. */
export function findRotated(paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const logs = paths.filter((path) => dirname(path) === folder);
    for (const { name } of namesIn(folder)) {
      const path = join(folder, name);
      if (logs.some((log) => isRotatedName(path, log))) found.add(path);
      if (found.size >= maxRotated) return [...found];
    }
  }
  return [...found];
}
const maxRotated = 500;

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
const isFolderAt = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

function namesIn(folder: string): { readonly name: string; readonly isFolder: boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    }));
  } catch {
    return [];
  }
}

const globs = new Map<string, LinearPattern>();

/** `*`, `?` and `[…]` of one step; what is left open is taken as it is written. */
function globOf(step: string): LinearPattern {
  const known = globs.get(step);
  if (known !== undefined) return known;
  const source = step.replace(/\*+|\?|\[!?\]?[^\]]*\]|[\s\S]/gu, (piece) => {
    if (piece.startsWith('*')) return '[^/]*';
    if (piece === '?') return '[^/]';
    if (piece.startsWith('[') && piece.length > 1)
      return `[${piece
        .slice(1, -1)
        .replace(/^!/, '^')
        .replace(/[\\[\]]/g, '\\$&')}]`;
    return piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  const compiled = compilePattern(source, { isWhole: true });
  const pattern: LinearPattern = compiled.ok ? compiled.value : { test: (name) => name === step };
  if (globs.size >= 200) globs.clear();
  globs.set(step, pattern);
  return pattern;
}
