/** SQLite's own words about damage, sorted into findings. Pure; tested on captured text. */
import type { Finding, Place } from '../../contract/doctor/examination.ts';
import { isIntegrityAdvice } from '../../contract/doctor/integrity-advice.ts';
import type { Values } from '../../contract/text/message.ts';
import type { FindingKind } from '../../contract/words/findings.ts';

export interface Owner {
  readonly type: 'table' | 'index';
  readonly name: string;
  readonly table: string;
}

/** Root page → what grows from it. */
export type Owners = ReadonlyMap<number, Owner>;

interface Sorted {
  readonly kind: FindingKind;
  readonly place: Place;
  readonly message: string;
  readonly values?: Values;
}

const indexDisagrees = (index: string, rowid?: number): Sorted => ({
  kind: 'index-disagrees',
  place: { index, ...(rowid !== undefined && { rowid }) },
  message: `The index ${index} does not agree with its table.`,
});

const rules: readonly (readonly [pattern: RegExp, sort: (found: readonly string[], owners: Owners) => Sorted])[] = [
  [/^Tree (\d+)(?: page (\d+))?(.*)$/, sortTree],
  [/^(?:row|rowid) (-?\d+) missing from index (.+)$/, ([, rowid, index]) => indexDisagrees(index ?? '', Number(rowid))],
  [
    /^(?:row missing from index|wrong # of entries in index|row \d+ values differ from index|rowid not at end-of-record for row \d+ of index) (.+)$/,
    ([, index]) => indexDisagrees(index ?? ''),
  ],
  [
    /^non-unique entry in index (.+)$/,
    ([, index]) => ({
      kind: 'duplicate-key',
      place: { index: index ?? '' },
      message: `The unique index ${index} holds the same key twice.`,
    }),
  ],
  [
    /^(?:NULL|NUMERIC|TEXT|INT|INTEGER|REAL|BLOB|non-\w+) value (?:in|missing from) (.+)\.([^.]+)$/,
    ([, table, column]) => ({
      kind: 'constraint-violated',
      place: { table: table ?? '', column: column ?? '' },
      message: `Rows of ${table} hold a value in ${column} that its declaration forbids.`,
    }),
  ],
  [
    /^CHECK constraint failed in (.+)$/,
    ([, table]) => ({
      kind: 'constraint-violated',
      place: { table: table ?? '' },
      message: `Rows of ${table} violate a CHECK of the table.`,
    }),
  ],
  [
    /^(?:malformed inverted index for|unable to validate the inverted index for) FTS\d table (?:main\.)?(.+?)(?::.*)?$/,
    ([, table]) => ({
      kind: 'full-text-damaged',
      place: { table: table ?? '' },
      message: `The full-text index of ${table} is damaged.`,
    }),
  ],
  [/^Freelist/, () => ({ kind: 'free-list-damaged', place: {}, message: 'The list of free pages is damaged.' })],
  [
    /^Page (\d+)(?: is|:) never used$/,
    ([, page]) => ({
      kind: 'pages-unused',
      place: { page: Number(page) },
      message: 'Some pages belong to nothing.',
    }),
  ],
  [
    /pointer map|^max rootpage|^incremental_vacuum/i,
    () => ({ kind: 'pointer-map-damaged', place: {}, message: 'The map that auto-vacuum uses is damaged.' }),
  ],
];

function sortTree([, root, page, rest]: readonly string[], owners: Owners): Sorted {
  const owner = owners.get(Number(root));
  const where = page === undefined ? {} : { page: Number(page) };
  const fault = (rest ?? '').replace(/^[\s:]+/, '');
  if (owner?.type === 'index')
    return {
      kind: 'index-damaged',
      place: { table: owner.table, index: owner.name, ...where },
      message: `Pages of the index ${owner.name} are damaged (${fault}).`,
      values: { detail: fault },
    };
  const table = owner?.name ?? (root === '1' ? 'sqlite_schema' : `at page ${root}`);
  return {
    kind: 'table-damaged',
    place: { ...(owner !== undefined && { table: owner.name }), ...where },
    message: `Pages of the table ${table} are damaged (${fault}).`,
    values: { detail: fault },
  };
}

function sortMessage(text: string, owners: Owners): Sorted {
  for (const [pattern, sort] of rules) {
    const found = pattern.exec(text);
    if (found !== null) return sort(found, owners);
  }
  return {
    kind: 'structure-damaged',
    place: {},
    message: `The database is damaged (${text}).`,
    values: { detail: text },
  };
}

/** SQLite names an index without its table. */
function withTable(place: Place, owners: Owners): Place {
  if (place.index === undefined || place.table !== undefined) return place;
  const owner = [...owners.values()].find(({ type, name }) => type === 'index' && name === place.index);
  return owner === undefined ? place : { table: owner.table, ...place };
}

/** One finding for each kind and object, with the first place and the number of messages. */
export function sortMessages(messages: readonly string[], check: string, owners: Owners): Finding[] {
  const byObject = new Map<string, Finding>();
  for (const line of messages.flatMap((message) => message.split('\n'))) {
    const text = line.trim();
    if (text === '' || text === 'ok' || text.startsWith('***')) continue;
    const { kind, message, values, ...sorted } = sortMessage(text, owners);
    const severity = isIntegrityAdvice(text) ? 'warning' : 'critical';
    const place = withTable(sorted.place, owners);
    const key = JSON.stringify([kind, place.table, place.index]);
    const known = byObject.get(key);
    byObject.set(
      key,
      known === undefined
        ? { kind, check, severity, place, message, count: 1, ...(values !== undefined && { values }) }
        : { ...known, count: (known.count ?? 1) + 1 },
    );
  }
  return [...byObject.values()];
}
