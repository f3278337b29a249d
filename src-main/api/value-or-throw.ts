import type { Failure, Outcome } from '../contract/outcome.ts';

/** Turns an expected failure into the contract's typed FAILED error; the caller passes the procedure's own `errors`. */
export function valueOrThrow<T>(
  outcome: Outcome<T>,
  errors: { FAILED(options: { message: string; data: Failure }): Error },
): T {
  if (outcome.ok) return outcome.value;
  throw errors.FAILED({ message: outcome.failure.message, data: outcome.failure });
}
