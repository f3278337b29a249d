/** What a check is. To add one: a file here, a line in index.ts, a test. */
import type Database from 'better-sqlite3';
import type { Finding } from '../../contract/doctor/examination.ts';
import type { Expected } from '../examine/expected.ts';
import type { Checkable } from '../examine/stand-in-view.ts';
import type { FileFacts } from '../files/file-facts.ts';

interface ByteContext {
  readonly facts: FileFacts;
  /** Nobody else has it open, so a log or journal beside it was left behind. */
  readonly isLeftAlone: boolean;
  readonly signal?: AbortSignal;
}

export interface SqlContext extends ByteContext {
  /** Read-only, or a copy. Never written by a check. */
  readonly database: Database.Database;
  readonly expected: Expected;
  /**
   * The same, or a copy whose schema does without what only the application has; for checks that read rows or trees.
   */
  readonly checkable: Pick<Checkable, 'database' | 'objects' | 'unjudged'>;
}

interface CheckBase {
  /** kebab-case, equal to the file's name. */
  readonly id: string;
  readonly title: string;
  /** Left out of a quick examination. */
  readonly isSlow?: boolean;
}

/** Looks at bytes alone; runs on any file. */
export interface ByteCheck extends CheckBase {
  readonly needs: 'bytes';
  find(context: ByteContext): readonly Finding[];
}

/**
 * Runs where SQLite can open the file. Yields a breath before each long statement, so that a cancellation is seen.
 * Throw Unknown, or let SQLite's own error out, where it can't finish: it then counts as unknown and never as passed.
 */
export interface SqlCheck extends CheckBase {
  readonly needs: 'sql';
  find(context: SqlContext): Iterable<Finding | typeof breath>;
}

export type Check = ByteCheck | SqlCheck;

export const breath: unique symbol = Symbol('breath');

/** The check can't tell; the reason is shown. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
}
