/** An expected failure is a value: what happened, to what, and what the user can do next. */
import type { NamesOf, Values, ValuesArgument } from './text/message.ts';
import type { FailureKind, failureWords, UnseenFailureKind } from './words/failures.ts';

export interface Failure {
  /** Stable, kebab-case; code may switch on it and the catalogue may translate it. */
  readonly kind: string;
  /** What happened, to what; English, one sentence. */
  readonly message: string;
  /** What the user can do next; English, one sentence. */
  readonly next: string;
  /** What the catalogue fills into its sentence; `detail` is what the system or a library said. */
  readonly values?: Values;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = <K extends FailureKind | UnseenFailureKind>(
  kind: K,
  message: string,
  next: string,
  ...[values]: K extends FailureKind ? ValuesArgument<NamesOf<(typeof failureWords)[K]>> : []
): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { kind, message, next, ...(values !== undefined && { values }) },
});

/** Ends a closed union: a new member that nobody handles does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
