import type { Session } from '../../session.ts';

/** A page that is there twice took the place of another one. Two indexes of the same columns have the same pages. */
export function isCopied({ map, forest }: Session, page: number): boolean {
  const twin = map.twin[page] as number;
  if (twin === 0 || map.isFree[twin] === 1) return false;
  const sourceOf = (one: number): string | undefined => forest.trees[(map.owner[one] as number) - 1]?.shape?.source;
  return map.owner[page] === map.owner[twin] || sourceOf(page) === undefined || sourceOf(page) !== sourceOf(twin);
}
