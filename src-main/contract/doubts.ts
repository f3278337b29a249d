/** Why a salvaged row is not certain: stable codes, and the words that follow a count of rows ("12 on a page that does not add up"). */
export const doubtReasons = {
  /** The page's cells, free blocks and free space. */
  'page-inconsistent': 'on a page that does not add up',
  /** The cell's own lengths, varints or serial types are not as SQLite writes them. */
  'cell-malformed': 'malformed in themselves',
  /** On its page, or outside what the page above allows. */
  'out-of-order': 'whose key is out of order',
  'duplicate-key': 'whose key is there twice',
  /** The row itself, or so much of its page that the page may be an old one. */
  'index-disagrees': 'that an index contradicts, or their page',
  /** The chain ends early, is shared, or leads through a page that is something else. */
  'overflow-broken': 'whose overflow pages are broken',
  /** The page belongs to no tree, and nothing proves which table it was part of. */
  'page-unowned': 'on a page that no table leads to',
  'page-also-free': 'on a page that is also listed as free',
  'beyond-end': 'beyond the end that the header names',
  /** A newer version of the page was in the log or journal but can't be read. */
  'newer-version-lost': 'whose newer version is lost',
  /** Neither UTF-8 nor UTF-16. */
  'invalid-text': 'with invalid text',
  /** SQLite can't have stored it in that column. */
  'impossible-type': 'with a value of an impossible type',
  /** A control character, a blob among texts. */
  'unlike-its-column': 'with a value unlike all others of its column',
  /** NOT NULL, CHECK, UNIQUE or a generated value. */
  constraint: 'that break a rule of the table',
  /** One damaged bit or byte away. */
  'backup-disagrees': 'that differ from the backup by a damaged byte',
  /** The table was told by its shape alone. */
  'table-ambiguous': 'that fit more than one table',
} as const;
export type DoubtReason = keyof typeof doubtReasons;
