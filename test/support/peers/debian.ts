/**
 * Programs from Debian that tests use as real peers: found, else installed where apt-get works as root, else a reason
 * to print.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Program = { readonly path: string } | { readonly missing: string };

function find(binary: string): string | undefined {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin'])
    if (folder !== '' && existsSync(join(folder, binary))) return join(folder, binary);
  return undefined;
}

export function requireDebian(packageName: string, binary: string): Program {
  const present = find(binary);
  if (present !== undefined) return { path: present };
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || find('apt-get') === undefined)
    return { missing: `${binary} is not installed, and apt-get can't be used here` };
  // A daemon that a package would start is not wanted: policy-rc.d keeps it down.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env: environment });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', packageName], {
      stdio: 'ignore',
      env: environment,
    });
  } catch (error) {
    return { missing: `apt-get could not install ${packageName}: ${(error as Error).message}` };
  }
  const installed = find(binary);
  return installed === undefined ? { missing: `${packageName} brought no ${binary}` } : { path: installed };
}
