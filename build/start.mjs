/**
 * `npm start`: installs and builds what is missing or stale, then opens the desktop app, or says why not and starts
 * headless.
 */
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, projectEnvironment, projectNode, root, runToEnd } from './bootstrap.mjs';

const args = process.argv.slice(2);
// `npm start --demo` without `--` is npm's own option to npm, which hands it on as a variable only.
if (process.env.npm_config_demo === 'true' && !args.includes('--demo')) args.push('--demo');
ensureInstalled();
ensureBuilt();

const { findElectron } = await import('./find-electron.mjs');
const electron = findElectron();
if (electron.path !== undefined) {
  const startedAt = performance.now();
  const { code, signal, error } = await runToEnd(electron.path, [root, ...args], { env: withoutRunAsNode() });
  const isCrash = error !== undefined || (signal !== null && signal !== 'SIGINT' && signal !== 'SIGTERM') || code > 125;
  // An Electron that dies at once lacks a library, a sandbox or a display server: that is no reason to have no monitor.
  if (!isCrash || performance.now() - startedAt > 15_000) process.exit(code ?? 0);
  electron.reason = `Electron ended at once (${error?.message ?? signal ?? `exit code ${code}`})`;
}
console.log(`No desktop app: ${electron.reason}. Starting headless instead.`);
const { code } = await runToEnd(projectNode(), [join(root, 'out', 'main', 'headless.js'), ...args]);
process.exit(code ?? 0);

/** An editor's terminal may carry this variable; Electron would then be a plain Node. */
function withoutRunAsNode() {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = projectEnvironment();
  return rest;
}
