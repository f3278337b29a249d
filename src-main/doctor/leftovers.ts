/** What is said of an operation that a crash had cut off. Pure. */
import type { AppNotification } from '../contract/live.ts';
import { assertNever } from '../contract/outcome.ts';
import type { RecoveredOperation } from './doctor-types.ts';

export function describeLeftover({ file, end }: Pick<RecoveredOperation, 'file' | 'end'>): string {
  switch (end) {
    case 'taken-back':
      return `A repair of ${file} was cut off before it replaced anything; the file is as it was.`;
    case 'finished':
      return `A repair of ${file} that was cut off has been finished.`;
    case 'kept-newer':
      return `A repair of ${file} was cut off, and another program has written to it since. What it wrote stays.`;
    case 'waits':
      return `A repair of ${file} was cut off, and a program has the file open. It is finished once that program is closed.`;
    default:
      return assertNever(end);
  }
}

/** Of what the user should look at; the rest is only logged. */
export const notificationsOfLeftovers = (recovered: readonly RecoveredOperation[], at: number): AppNotification[] =>
  recovered
    .filter(({ end }) => end === 'kept-newer')
    .map((one) => ({
      kind: 'repair-kept-newer',
      message: describeLeftover(one),
      next: 'Examine the database again.',
      values: { file: one.file },
      at,
    }));
