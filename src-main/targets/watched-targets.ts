/**
 * Which targets are watched right now: those of the settings and the demo's, less a database that the doctor is
 * replacing.
 */
import type { TargetSettings } from '../contract/settings/targets.ts';
import { realPath } from '../platform/paths.ts';
import type { TargetSet } from './target-set.ts';

export interface WatchedTargets {
  /** Looks at the list anew. */
  refresh(): void;
  /** Nobody of ours has this file open until it is disposed. */
  release(file: string): Disposable;
}

export function watchTargets(targets: Pick<TargetSet, 'apply'>, list: () => readonly TargetSettings[]): WatchedTargets {
  const released = new Set<string>();
  const isReleased = (target: TargetSettings): boolean =>
    target.kind === 'sqlite' && released.has(realPath(target.path));
  const refresh = (): void => {
    const all = list();
    targets.apply(all, new Set(all.filter(isReleased).map(({ id }) => id)));
  };
  return {
    refresh,
    release(file) {
      const path = realPath(file);
      released.add(path);
      refresh();
      return {
        [Symbol.dispose]() {
          released.delete(path);
          refresh();
        },
      };
    },
  };
}
