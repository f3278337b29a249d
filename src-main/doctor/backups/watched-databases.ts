import { statSync } from 'node:fs';
import type { TargetSettings } from '../../contract/settings/targets.ts';

/** Databases among the targets that exist now, with their sizes; logs count as well. */
export function watchedDatabases(
  list: readonly TargetSettings[],
): { readonly path: string; readonly sizeBytes: number }[] {
  const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return list.flatMap((target) => {
    if (target.kind !== 'sqlite' || !target.isEnabled) return [];
    try {
      return statSync(target.path).isFile()
        ? [{ path: target.path, sizeBytes: sizeOf(target.path) + sizeOf(`${target.path}-wal`) }]
        : [];
    } catch {
      // Gone or out of reach for now: its own target says so.
      return [];
    }
  });
}
