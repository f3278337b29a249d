import type { TargetSettings } from '../../contract/settings/targets.ts';
import { findDatabaseFiles } from '../files/database-files.ts';

/** Databases among the targets that exist now, with their sizes; what lies beside counts as well. */
export function watchedDatabases(
  list: readonly TargetSettings[],
): { readonly path: string; readonly sizeBytes: number }[] {
  return list.flatMap((target) => {
    if (target.kind !== 'sqlite' || !target.isEnabled) return [];
    // Gone or out of reach for now: its own target says so.
    const found = findDatabaseFiles(target.path);
    return found.ok ? [{ path: target.path, sizeBytes: found.value.totalBytes }] : [];
  });
}
