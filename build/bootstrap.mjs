/**
 * What must be there before anything of the project can run: dependencies, the right Node, a fresh build.
 * Plain JavaScript for Node 20, because it runs before the install.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (...parts) => join(root, ...parts);
const isWindows = process.platform === 'win32';

/** Installs what package-lock.json says when node_modules is missing or is not what it says. */
export function ensureInstalled() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    console.error(`Node ${process.versions.node} is too old: install Node 20 or newer (24 is best).`);
    process.exit(1);
  }
  const difference = installDifference();
  if (difference === undefined) return;
  console.log(`Installing dependencies (${difference}) …`);
  // `--yes` and no standard input: an install that asks would wait for ever where nobody sits.
  const result = spawnSync('npm', ['ci', '--yes', '--no-progress', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: isWindows,
  });
  if (result.status !== 0) {
    console.error(`npm ci failed${result.error === undefined ? '' : `: ${result.error.message}`}.`);
    process.exit(1);
  }
}

/** Why node_modules is stale, or undefined. npm keeps in it what it installed; that is compared version by version. */
function installDifference() {
  const hidden = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return 'first start';
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  for (const [path, entry] of Object.entries(present))
    if (wanted[path]?.version !== entry.version) return `${path} is not in the lock file at ${entry.version}`;
  for (const [path, entry] of Object.entries(wanted))
    if (path !== '' && entry.optional !== true && entry.devOptional !== true && present[path] === undefined)
      return `${path} is missing`;
  return undefined;
}

/** The Node that the project brings along, else this one when it is new enough to run TypeScript. */
export function projectNode() {
  const folders = existsSync(inRoot('node_modules')) ? readdirSync(inRoot('node_modules')) : [];
  for (const folder of folders.filter((name) => /^node-(bin-)?(linux|darwin|win)-/.test(name))) {
    const binary = inRoot('node_modules', folder, 'bin', isWindows ? 'node.exe' : 'node');
    if (existsSync(binary)) return binary;
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 18)) {
    console.error(
      `Node ${process.versions.node} is too old and none comes along for ${process.platform}-${process.arch}: install Node 24.`,
    );
    process.exit(1);
  }
  return process.execPath;
}

/** The environment of everything that is started: the project's Node and tools come first. */
export function projectEnvironment() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [name]: `${inRoot('node_modules', '.bin')}${delimiter}${process.env[name] ?? ''}` };
}

/**
 * Builds when a source has changed since the last build; tells by content, because a checkout changes times as it
 * likes.
 */
export function ensureBuilt() {
  const stamp = inRoot('out', '.sources');
  const hash = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.log('Building …');
  const result = spawnSync(
    projectNode(),
    [inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: projectEnvironment() },
  );
  if (result.status !== 0) {
    console.error('The build failed.');
    process.exit(1);
  }
  mkdirSync(inRoot('out'), { recursive: true });
  writeFileSync(stamp, hash);
}

function hashOfSources() {
  const hash = createHash('sha256');
  const files = ['electron.vite.config.ts', 'package.json', 'package-lock.json'];
  for (const folder of ['src-main', 'src-renderer', 'resources'])
    if (existsSync(inRoot(folder)))
      for (const entry of readdirSync(inRoot(folder), { recursive: true, withFileTypes: true }))
        if (entry.isFile()) files.push(join(entry.parentPath ?? entry.path, entry.name).slice(root.length));
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(inRoot(file)))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Runs a program in this terminal until it ends; signals sent to us go on to it. Resolves to its exit code or signal.
 */
export function runToEnd(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: projectEnvironment(), ...options });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const end = (result) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(result);
    };
    child.on('error', (error) => end({ code: 127, signal: null, error }));
    child.on('exit', (code, signal) => end({ code, signal }));
  });
}
