/** Errors of the watched databases from wherever they are seen: our own probes, and lines of logs that say so. */
import type { MetricDescription } from '../contract/metric.ts';
import type { Source } from '../sampling/source.ts';

const total: MetricDescription = {
  name: 'database_errors_total',
  title: { en: 'Database errors', de: 'Datenbankfehler' },
  help: {
    en: 'Errors of watched databases, seen by probes and in logs, since the monitor started.',
    de: 'Fehler der beobachteten Datenbanken, bei der Prüfung und in Protokollen gesehen, seit dem Start des Monitors.',
  },
  unit: 'count',
  kind: 'counter',
  labels: [],
};

export class DatabaseErrors {
  #count = 0;
  #watchers = 0;

  add(errors: number): void {
    this.#count += errors;
  }

  /** While nobody watches a database, the number of errors is unknown and not 0. */
  watch(): Disposable {
    this.#watchers += 1;
    return {
      [Symbol.dispose]: () => {
        this.#watchers -= 1;
      },
    };
  }

  readonly source: Source = {
    id: 'database-errors',
    title: { en: 'Database errors', de: 'Datenbankfehler' },
    interval: 'fast',
    timeoutMs: 5_000,
    metrics: [total],
    collect: (sink) => {
      if (this.#watchers > 0) sink.sample(total, this.#count);
    },
  };
}
