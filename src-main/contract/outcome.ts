/** An expected failure is a value: what happened, to what, and what the user can do next. */
import { fillIn, type Message, type NamesOf, type Values, type ValuesArgument } from './text/message.ts';
import { valueFormats } from './text/value-formats.ts';
import { type FailureCode, failureNextWords, failureWords } from './words/failures/index.ts';

export interface Failure {
  /** Stable, kebab-case; code may switch on it. */
  readonly kind: string;
  /** The words of the catalogue, where they are not those of the kind: `kind/variant`. */
  readonly code?: string;
  /** What happened, to what; English, one sentence. */
  readonly message: string;
  /** What the user can do next; English, one sentence. */
  readonly next: string;
  /** What the catalogue fills into its sentence; `detail` is what the system or a library said. */
  readonly values?: Values;
  /** What `detail` says, where the catalogue has words for it. */
  readonly cause?: Message;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
interface Failed {
  readonly ok: false;
  readonly failure: Failure;
}

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });

type NamesOfFailure<C extends FailureCode> = NamesOf<(typeof failureWords)[C]> | NamesOf<(typeof failureNextWords)[C]>;

/** The catalogue has the words; a call site has none of its own. */
export const failed = <C extends FailureCode>(code: C, ...[values]: ValuesArgument<NamesOfFailure<C>>): Failed => ({
  ok: false,
  failure: failureFrom(code, values),
});

/** A failure for which another sentence of the catalogue is the reason. */
export const failedBecause = <C extends FailureCode>(
  code: C,
  cause: Message,
  ...[values]: ValuesArgument<NamesOfFailure<C>>
): Failed => ({ ok: false, failure: { ...failureFrom(code, { ...values, detail: cause.message }), cause } });

/** What the parser of a command line, or of a file that is named there, says: English, as all of the command line. */
export const wrongUse = (message: string, next: string): Failed => ({
  ok: false,
  failure: { kind: 'wrong-use', message, next },
});

function failureFrom(code: FailureCode, values?: Values): Failure {
  const kind = code.split('/', 1)[0] as string;
  const formats = valueFormats('en');
  // What the system said belongs to what happened, not to what helps.
  const { detail: _, ...others } = values ?? {};
  return {
    kind,
    ...(code !== kind && { code }),
    message: fillIn(failureWords[code].text.en, values ?? {}, formats),
    next: fillIn(failureNextWords[code].text.en, others, formats),
    ...(values !== undefined && { values }),
  };
}

/** A failure as a sentence that others can give as their reason. */
export const messageOf = ({ kind, code = kind, message, values }: Failure): Message => ({
  code: `failure.${code}`,
  message,
  ...(values !== undefined && { values }),
});

/** Ends a closed union: a new member that nobody handles does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
