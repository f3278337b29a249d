/** Import circles, long files, wide comments, full folders; run by `npm run check`. Prints each breach and exits 1. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { readImports } from './read-imports.ts';

const maxLines = 300;
const maxFilesInFolder = 20;
/** For comments; the formatter holds the code. */
const maxColumns = 120;
const isComment = (line: string): boolean => /^\s*(\/\/|\*|\/\*)/.test(line);

/** Folders of data, one file a case: their number says nothing about the code. */
const dataFolders = ['test/scenarios'];

/**
 * What is above the limit, with how much it may hold; the figures may only fall, and a row that is no longer needed is
 * a breach.
 */
const known: Readonly<Record<string, number>> = {};

const breaches: string[] = [];
const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'src-main', 'src-renderer', 'test', 'build'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const sources = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path));

const limit = (place: string, count: number, max: number, what: string): void => {
  const allowed = known[place] ?? max;
  if (count > allowed) breaches.push(`${place} has ${count} ${what}, at most ${allowed} are allowed`);
  else if (place in known && count <= max) breaches.push(`${place} is within the limit: take its row out of known`);
};

for (const path of sources) {
  const lines = readFileSync(path, 'utf8').split('\n');
  limit(path, lines.length - 1, maxLines, 'lines');
  if (path.startsWith('test/fixtures/')) continue;
  for (const [index, line] of lines.entries())
    if (line.length > maxColumns && isComment(line))
      breaches.push(`${path}:${index + 1} has ${line.length} columns, at most ${maxColumns} are allowed`);
}

const inFolder = new Map<string, number>();
for (const path of files) inFolder.set(dirname(path), (inFolder.get(dirname(path)) ?? 0) + 1);
for (const [folder, count] of inFolder)
  if (!dataFolders.includes(folder)) limit(folder, count, maxFilesInFolder, 'files');

const imports = new Map<string, readonly string[]>();
for (const path of sources) {
  const own = readImports(path).filter(({ target }) => target.startsWith('.'));
  imports.set(
    path,
    own.map(({ target }) => normalize(`${dirname(path)}/${target}`).replaceAll('\\', '/')),
  );
}

/** Goes down the imports; one that leads back into the way itself closes a circle. */
const state = new Map<string, 'open' | 'done'>();
const way: string[] = [];
function visit(path: string): void {
  state.set(path, 'open');
  way.push(path);
  for (const next of imports.get(path) ?? []) {
    if (state.get(next) === 'open') breaches.push(`a circle: ${[...way.slice(way.indexOf(next)), next].join(' → ')}`);
    else if (!state.has(next) && imports.has(next)) visit(next);
  }
  way.pop();
  state.set(path, 'done');
}
for (const path of sources) if (!state.has(path)) visit(path);

for (const breach of breaches) console.error(breach);
if (breaches.length > 0) process.exit(1);
