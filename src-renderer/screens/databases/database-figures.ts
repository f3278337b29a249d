/** The facts of a database target as figures with names. Pure. */
import type { TargetStatus } from '@contract/targets.ts';
import type { MessageKey } from '../../i18n/en.ts';
import type { Texts } from '../../i18n/use-text.tsx';

export interface NamedFigure {
  readonly name: string;
  readonly value: string;
  /** More of it, in the words of SQLite or the system. */
  readonly detail?: string | undefined;
}

const bytes = ['file-bytes', 'wal-bytes', 'page-size'];
const counts = ['pages', 'free-pages', 'tables'];
/** Enough to see that two differ. */
const fingerprintShown = 8;
const verdictKeys: Readonly<Record<string, MessageKey>> = {
  ok: 'fact.quick-check.ok',
  damaged: 'doctor.verdict.damaged',
};
/** In the order in which they matter. */
const order = [
  'rows',
  'file-bytes',
  'wal-bytes',
  'quick-check',
  'quick-check-at',
  'tables',
  'pages',
  'free-pages',
  'page-size',
  'journal-mode',
  'schema-fingerprint',
];

export function databaseFigures(status: TargetStatus, { t, format }: Texts): readonly NamedFigure[] {
  return status.facts
    .filter(({ name }) => order.includes(name))
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    .map(({ name, value }) => {
      if (name === 'rows') {
        const [table = '', count = ''] = value.split(': ');
        return { name: t('fact.rows', { table }), value: format.value(Number(count), 'count') };
      }
      if (name === 'quick-check') {
        const [verdict, detail] = value.split(/: (.*)/s);
        return { name: t('fact.quick-check'), value: t(verdictKeys[verdict ?? ''] ?? 'target.state.unknown'), detail };
      }
      const shown = bytes.includes(name)
        ? format.value(Number(value), 'bytes')
        : counts.includes(name)
          ? format.value(Number(value), 'count')
          : name === 'quick-check-at'
            ? format.shortDateTime(Date.parse(value))
            : name === 'schema-fingerprint'
              ? value.slice(0, fingerprintShown)
              : name === 'journal-mode'
                ? value.toUpperCase()
                : value;
      return { name: t(`fact.${name}` as MessageKey), value: shown };
    });
}
