/** Where Electron's runtime is, or in one phrase why the desktop app can't open here. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root } from './bootstrap.mjs';

const electronFolder = join(root, 'node_modules', 'electron');
const failureNote = join(root, 'node_modules', '.cache', 'hakgal-monitor', 'no-electron-runtime');
const failureHoldsMs = 24 * 60 * 60 * 1000;
/** 120 MB on a slow line; without a network it fails within seconds. */
const fetchDeadlineMs = 5 * 60 * 1000;

/** @returns {{ path?: string, reason?: string }} */
export function findElectron() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { reason: 'there is no display' };
  if (process.platform === 'linux' && process.getuid?.() === 0) return { reason: 'Electron does not run as root' };
  const present = runtimePath();
  if (present !== undefined) return { path: present };
  if (!fetchRuntime()) return { reason: "Electron's runtime could not be fetched" };
  const fetched = runtimePath();
  return fetched === undefined ? { reason: "Electron's runtime is incomplete" } : { path: fetched };
}

function runtimePath() {
  const note = join(electronFolder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const path = join(electronFolder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(path) ? path : undefined;
}

/** Electron fetches its runtime on first use; a failure is remembered for a day, so that every start is not slow. */
function fetchRuntime() {
  if (existsSync(failureNote) && Date.now() - statSync(failureNote).mtimeMs < failureHoldsMs) return false;
  console.log("Fetching Electron's runtime, once …");
  const result = spawnSync(projectNode(), [join(electronFolder, 'install.js')], {
    cwd: root,
    stdio: 'ignore',
    timeout: fetchDeadlineMs,
    env: projectEnvironment(),
  });
  if (result.status === 0) return true;
  mkdirSync(join(failureNote, '..'), { recursive: true });
  writeFileSync(failureNote, '');
  return false;
}
