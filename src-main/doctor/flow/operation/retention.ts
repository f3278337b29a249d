/**
 * Originals of old operations go when they are too old or too many; the newest of each database stays. Decide is pure,
 * remove does.
 */

import { rmSync } from 'node:fs';
import { dayMs } from '../../../contract/shared/durations.ts';
import { isIntoNothing, type Operation, originalBytes } from './operation.ts';

export interface UndoLimits {
  readonly keepDays: number;
  readonly maxMegabytes: number;
}

/** @param operations finished ones, oldest first */
export function expiredOf(operations: readonly Operation[], limits: UndoLimits, now: number): Operation[] {
  const newest = new Map(
    operations.filter((one) => !isIntoNothing(one) && one.last !== 'set-aside').map(({ file, id }) => [file, id]),
  );
  const removable = operations.filter(({ file, id }) => newest.get(file) !== id);
  const oldest = now - limits.keepDays * dayMs;
  let bytes = operations.reduce((sum, operation) => sum + originalBytes(operation), 0);
  const expired: Operation[] = [];
  for (const operation of removable) {
    if (operation.at >= oldest && bytes <= limits.maxMegabytes * 1_048_576) continue;
    expired.push(operation);
    bytes -= originalBytes(operation);
  }
  return expired;
}

export function removeExpired(operations: readonly Operation[], limits: UndoLimits, now: number): void {
  for (const { folder } of expiredOf(operations, limits, now)) rmSync(folder, { recursive: true, force: true });
}
