/**
 * Why a salvaged row is not certain: stable codes, and the words that follow a count of rows ("12 on a page that does
 * not add up").
 */
import { sentences } from '../text/message.ts';

export const doubtWords = sentences('doubt', {
  /** The page's cells, free blocks and free space. */
  'page-inconsistent': { en: 'on a page that does not add up', de: 'auf einer Seite, die nicht stimmig ist' },
  /** The cell's own lengths, varints or serial types are not as SQLite writes them. */
  'cell-malformed': { en: 'malformed in themselves', de: 'in sich fehlerhafte' },
  /** On its page, or outside what the page above allows. */
  'out-of-order': { en: 'whose key is out of order', de: 'deren Schlüssel nicht in der Reihenfolge steht' },
  'duplicate-key': { en: 'whose key is there twice', de: 'deren Schlüssel doppelt vorkommt' },
  /** The row itself, or so much of its page that the page may be an old one. */
  'index-disagrees': {
    en: 'that an index contradicts, or their page',
    de: 'denen oder deren Seite ein Index widerspricht',
  },
  /** The chain ends early, is shared, or leads through a page that is something else. */
  'overflow-broken': { en: 'whose overflow pages are broken', de: 'deren Überlaufseiten beschädigt sind' },
  /** The page belongs to no tree, and nothing proves which table it was part of. */
  'page-unowned': { en: 'on a page that no table leads to', de: 'auf einer Seite, zu der keine Tabelle führt' },
  'page-also-free': { en: 'on a page that is also listed as free', de: 'auf einer Seite, die auch als frei gilt' },
  'beyond-end': { en: 'beyond the end that the header names', de: 'hinter dem Ende, das der Dateikopf nennt' },
  /** A newer version of the page was in the log or journal but can't be read. */
  'newer-version-lost': { en: 'whose newer version is lost', de: 'deren neuere Fassung verloren ist' },
  /** Neither UTF-8 nor UTF-16. */
  'invalid-text': { en: 'with invalid text', de: 'mit ungültigem Text' },
  /** SQLite can't have stored it in that column. */
  'impossible-type': { en: 'with a value of an impossible type', de: 'mit einem Wert von unmöglichem Typ' },
  /** A control character, a blob among texts. */
  'unlike-its-column': {
    en: 'with a value unlike all others of its column',
    de: 'mit einem Wert, der zu keinem anderen der Spalte passt',
  },
  /** NOT NULL, CHECK, UNIQUE or a generated value. */
  constraint: { en: 'that break a rule of the table', de: 'die eine Bedingung der Tabelle verletzen' },
  /** One damaged bit or byte away. */
  'backup-disagrees': {
    en: 'that differ from the backup by a damaged byte',
    de: 'die sich um ein beschädigtes Byte von der Sicherung unterscheiden',
  },
  /** The table was told by its shape alone. */
  'table-ambiguous': { en: 'that fit more than one table', de: 'die zu mehr als einer Tabelle passen' },
});
export type DoubtReason = keyof typeof doubtWords;
