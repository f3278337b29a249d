/** The end of this process when somebody asked for it, whatever still hangs. */

/** Windows says the end of a session and a closed console by SIGHUP, Ctrl+Break by SIGBREAK (not run there). */
const endSignals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGBREAK'] as const;
/**
 * Everything is written well before this; what then still runs (a thread within a call of SQLite) holds nothing of
 * ours.
 */
const hardEndMs = 4_700;

/**
 * Aborted by the first signal that asks for the end. From then on the process lasts no longer than five seconds.
 * @param names all that this system knows
 */
export function endRequested(names: readonly NodeJS.Signals[] = endSignals): AbortSignal {
  const controller = new AbortController();
  for (const name of names)
    process.once(name, () => {
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), hardEndMs).unref();
      controller.abort(new Error(`It was asked to end (${name}) before it had started`));
    });
  return controller.signal;
}
