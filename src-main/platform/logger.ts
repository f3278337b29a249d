/** What the app says about itself: lines of JSON in a file that is cut at a size, and on stderr when someone looks. */
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { redactText } from '../contract/text/redact.ts';
import { withoutUnseen } from '../contract/text/visible-text.ts';
import type { Clock } from './clock.ts';

const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Fields are for numbers, names and paths. Never hand a secret in: nothing is taken out again. */
type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LogFile extends Logger {
  setLevel(level: LogLevel): void;
  /** The last lines, oldest first. */
  tail(lines: number): readonly string[];
}

/** One file of this size and one before it are kept. */
const maxFileBytes = 1_000_000;

/**
 * A log in `folder`. Appends synchronously: a line that explains a crash must be there after it, and in steady
 * state nothing is logged. A log that can't be written is no reason to stop; lines then go to stderr alone.
 */
export function createLogFile(
  folder: string,
  clock: Clock,
  options: { readonly echo: boolean; readonly level?: LogLevel },
): LogFile {
  const path = join(folder, 'monitor.log');
  let level = options.level ?? 'info';
  let size = -1;

  const write = (line: string): void => {
    try {
      if (size === -1) {
        mkdirSync(folder, { recursive: true });
        size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      }
      if (size > maxFileBytes) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      size = -1;
      if (!options.echo) process.stderr.write(line);
    }
  };
  const log = (at: LogLevel) => (message: string, fields?: LogFields) => {
    if (logLevels.indexOf(at) < logLevels.indexOf(level)) return;
    const line = `${JSON.stringify({ at: new Date(clock.now()).toISOString(), level: at, message, ...fields }, errorsAsText)}\n`;
    if (options.echo) process.stderr.write(line);
    write(line);
  };
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    setLevel: (next) => {
      level = next;
    },
    tail: (lines) => {
      try {
        return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines);
      } catch {
        return [];
      }
    },
  };
}

/** What failed may repeat an address with a password in it. */
const errorsAsText = (_: string, value: unknown): unknown => {
  const text = value instanceof Error ? (value.stack ?? value.message) : value;
  return typeof text === 'string' ? withoutUnseen(redactText(text)) : text;
};

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
