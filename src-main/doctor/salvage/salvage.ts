/** Reads a damaged database page by page and writes what it holds into a fresh one. Runs inside a worker: file access is synchronous. */
import { failed, type Outcome } from '../../contract/outcome.ts';
import type { SalvageOptions, SalvageReport } from './salvage-types.ts';

/** Expected failures: `not-readable`, `nothing-found` (no page of any SQLite table), `encrypted`, `target-exists`, `disk-full`. Rejects with the
 * signal's reason when cancelled. */
export async function salvage(options: SalvageOptions): Promise<Outcome<SalvageReport>> {
  options.signal?.throwIfAborted();
  return failed('not-readable', `Salvage of ${options.path} is not built yet`, 'Wait for the next version');
}
