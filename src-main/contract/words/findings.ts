/**
 * What the doctor finds. A template may name the table, column or index of its place; how often is told by its count.
 */
import { sentences } from '../text/message.ts';

export const findingWords = sentences('finding', {
  'application-collation': {
    en: 'The schema uses the collation {name}, which only its application has',
    de: 'Das Schema benutzt die Sortierfolge {name}, die nur die Anwendung selbst hat',
  },
  'application-function': {
    en: 'The schema uses the function {name}, which only its application has',
    de: 'Das Schema benutzt die Funktion {name}, die nur die Anwendung selbst hat',
  },
  'application-module': {
    en: 'The schema uses the module {name}, which only its application has',
    de: 'Das Schema benutzt das Modul {name}, das nur die Anwendung selbst hat',
  },
  'application-tokenizer': {
    en: 'The schema uses the tokenizer {name}, which only its application has',
    de: 'Das Schema benutzt den Tokenizer {name}, den nur die Anwendung selbst hat',
  },
  bloated: {
    en: '{percent:percent} of the file ({bytes:bytes}) is free pages',
    de: '{percent:percent} der Datei ({bytes:bytes}) sind freie Seiten',
  },
  'comparison-stopped': { en: 'A comparison stopped at damage', de: 'Ein Vergleich kam wegen Schäden nicht zu Ende' },
  'constraint-violated': { en: 'A constraint is violated', de: 'Eine Bedingung ist verletzt' },
  'duplicate-key': { en: 'A unique key is there twice', de: 'Ein Schlüssel kommt doppelt vor' },
  'empty-file': {
    en: 'The file is empty: a database without a single table',
    de: 'Die Datei ist leer: eine Datenbank ohne eine einzige Tabelle',
  },
  encrypted: {
    en: 'The file looks encrypted: random from the first byte to the last',
    de: 'Die Datei sieht verschlüsselt aus: Zufall vom ersten bis zum letzten Byte',
  },
  'file-base64': { en: 'The file is a database encoded as Base64', de: 'Die Datei ist eine Datenbank in Base64' },
  'file-bytes-added': {
    en: '{count} {count|byte|bytes} too many: the pages from {from} on lie too late',
    de: '{count} {count|Byte|Bytes} zu viel: Ab Seite {from} liegt alles zu weit hinten',
  },
  'file-bytes-before': {
    en: '{count} {count|byte precedes|bytes precede} the database in the file',
    de: 'Vor der Datenbank {count|steht|stehen} in der Datei {count} {count|Byte|Bytes}',
  },
  'file-bytes-lost': {
    en: '{count} {count|byte is|bytes are} lost: the pages from {from} on lie too early',
    de: '{count} {count|Byte fehlt|Bytes fehlen}: Ab Seite {from} liegt alles zu weit vorn',
  },
  'file-gzip': { en: 'The file is a database packed with gzip', de: 'Die Datei ist eine mit gzip gepackte Datenbank' },
  'file-line-ends': {
    en: 'A transfer in text mode has turned each line feed of the file into carriage return and line feed',
    de: 'Eine Übertragung im Textmodus hat jeden Zeilenvorschub durch Wagenrücklauf und Zeilenvorschub ersetzt',
  },
  'file-line-ends-lost': {
    en: 'A transfer in text mode has turned CR LF into LF; {count} {count|byte is|bytes are} lost',
    de: 'Eine Übertragung im Textmodus hat CR LF durch LF ersetzt; {count} {count|Byte fehlt|Bytes fehlen}',
  },
  'file-text-encoding': {
    en: 'A program has taken the file for text and written it as UTF-8',
    de: 'Ein Programm hat die Datei für Text gehalten und als UTF-8 geschrieben',
  },
  'file-text-replaced': {
    en: 'A program has taken the file for text and replaced every byte that is not UTF-8; what stood there is lost',
    de: 'Ein Programm hat die Datei für Text gehalten und alles ersetzt, was kein UTF-8 ist; was dort stand, ist verloren',
  },
  'file-missing': {
    en: 'The file is missing: it was deleted or moved',
    de: 'Die Datei ist nicht da: Sie wurde gelöscht oder verschoben',
  },
  'first-page-destroyed': {
    en: 'The first page, with the header and the list of tables, is destroyed',
    de: 'Die erste Seite mit dem Dateikopf und der Liste der Tabellen ist zerstört',
  },
  'free-list-damaged': { en: 'The list of free pages is damaged', de: 'Die Liste freier Seiten ist beschädigt' },
  'full-text-damaged': { en: 'A full-text index is damaged', de: 'Ein Volltextindex ist beschädigt' },
  'hard-linked': {
    en: 'The file has other names, too; a repair changes only this one',
    de: 'Die Datei hat noch andere Namen; eine Reparatur ändert nur diesen',
  },
  'header-wrong': { en: 'The header is wrong at byte {byte}', de: 'Der Dateikopf ist an Byte {byte} falsch' },
  'hot-journal': {
    en: 'An unfinished write waits to be rolled back',
    de: 'Ein abgebrochener Schreibvorgang wartet darauf, zurückgerollt zu werden',
  },
  'index-damaged': { en: 'An index is damaged', de: 'Ein Index ist beschädigt' },
  'index-disagrees': { en: 'An index does not agree with its table', de: 'Ein Index passt nicht zu seiner Tabelle' },
  'log-beside-empty': {
    en: 'The file is empty, but its log holds {pages} {pages|page|pages}',
    de: 'Die Datei ist leer, aber ihr Log enthält {pages} {pages|Seite|Seiten}',
  },
  'log-broken': {
    en: 'The log is damaged at frame {frame}; {pages} {pages|page|pages} behind it, committed and whole, would be dropped',
    de: 'Das Log ist bei Frame {frame} beschädigt; dahinter stehen {pages} abgeschlossene, heile {pages|Seite|Seiten}, die wegfielen',
  },
  'log-generation': {
    en: 'The log belongs to a database that lay here before. Without it: {without} rows, sound; with it: {with} rows, damaged',
    de: 'Das Log gehört zu einer Datenbank, die früher hier lag. Ohne es: {without} Zeilen, heil; mit ihm: {with} Zeilen, beschädigt',
  },
  'log-generation-both': {
    en: 'The log belongs to a database that lay here before. Without it: {without} rows, sound; with it: {with} rows, sound',
    de: 'Das Log gehört zu einer Datenbank, die früher hier lag. Ohne es: {without} Zeilen, heil; mit ihm: {with} Zeilen, heil',
  },
  'log-generation-neither': {
    en: 'The log belongs to a database that lay here before. Without it: {without} rows, damaged; with it: {with} rows, damaged',
    de: 'Das Log gehört zu einer Datenbank, die früher hier lag. Ohne es: {without} Zeilen, beschädigt; mit ihm: {with} Zeilen, beschädigt',
  },
  'log-left-behind': {
    en: 'The log holds changes that the last program did not write back',
    de: 'Im Log stehen Änderungen, die das letzte Programm nicht übernommen hat',
  },
  'log-orphaned': {
    en: 'The log beside the database belongs to another one',
    de: 'Das Log neben der Datenbank gehört zu einer anderen',
  },
  'log-oversized': { en: 'The log has grown to {bytes:bytes}', de: 'Das Log ist auf {bytes:bytes} gewachsen' },
  'log-torn': {
    en: 'The log ends in the middle of a transaction, which never took place',
    de: 'Das Log endet mitten in einer Transaktion, die damit nie stattfand',
  },
  'log-unreadable': {
    en: 'The log cannot be read; what it held is lost',
    de: 'Das Log ist nicht lesbar; was darin stand, ist verloren',
  },
  'missing-column': { en: 'Column {column} of {table} is missing', de: 'Spalte {column} von {table} fehlt' },
  'missing-index': { en: 'Index {index} is missing', de: 'Index {index} fehlt' },
  'missing-table': { en: 'Table {table} is missing', de: 'Tabelle {table} fehlt' },
  'missing-trigger': { en: 'A trigger is missing', de: 'Ein Trigger fehlt' },
  'missing-view': { en: 'A view is missing', de: 'Eine Sicht fehlt' },
  'no-statistics': {
    en: 'The database was never analysed; queries may take the wrong index',
    de: 'Die Datenbank wurde nie analysiert; Abfragen nehmen vielleicht den falschen Index',
  },
  'not-a-database': {
    en: 'Nothing in the file looks like a SQLite database',
    de: 'Nichts in der Datei sieht nach einer SQLite-Datenbank aus',
  },
  'on-network-share': {
    en: 'The file lies on a network share, where locks and renaming are less reliable',
    de: 'Die Datei liegt auf einer Netzwerkfreigabe, wo Sperren und Umbenennen weniger zuverlässig sind',
  },
  'orphaned-rows': { en: 'Rows refer to rows that are not there', de: 'Zeilen verweisen ins Leere' },
  'pages-unused': { en: 'Pages belong to nothing', de: 'Seiten gehören zu nichts' },
  'pointer-map-damaged': { en: 'The map that auto-vacuum uses is damaged', de: 'Das Seitenverzeichnis ist beschädigt' },
  'rows-contradicted': { en: 'Indexes contradict rows of a table', de: 'Indizes widersprechen Zeilen einer Tabelle' },
  'rows-missing': {
    en: 'Indexes name rows that the table lacks',
    de: 'Indizes nennen Zeilen, die in der Tabelle fehlen',
  },
  'schema-unreadable': { en: 'The list of tables cannot be read', de: 'Die Liste der Tabellen ist nicht lesbar' },
  'sequence-behind': {
    en: 'AUTOINCREMENT stands at {given}, but there is a row {highest}; numbers may come twice',
    de: 'AUTOINCREMENT steht bei {given}, es gibt aber eine Zeile {highest}; Nummern können doppelt kommen',
  },
  'sequence-missing': {
    en: 'The last number that AUTOINCREMENT gave is not known; numbers may come twice',
    de: 'Die letzte Nummer von AUTOINCREMENT ist nicht bekannt; Nummern können doppelt kommen',
  },
  'shadow-orphaned': {
    en: 'The tables of the {module} table {name} are there, the table itself is missing',
    de: 'Die Hilfstabellen der {module}-Tabelle {name} sind da, sie selbst fehlt',
  },
  'trigger-broken': {
    en: 'Each {writes} on {table} fails: a trigger ({names}) names {missing}, which is not there',
    de: 'Jedes {writes} in {table} schlägt fehl: Ein Trigger ({names}) nennt {missing}, und das gibt es nicht',
  },
  'view-broken': {
    en: 'The view {name} names {missing}, which is not there',
    de: 'Die Sicht {name} nennt {missing}, und das gibt es nicht',
  },
  'size-uneven': {
    en: 'The size of the file is no multiple of its pages: {bytes:bytes} are left over',
    de: 'Die Größe der Datei ist kein Vielfaches ihrer Seiten: {bytes:bytes} bleiben übrig',
  },
  'structure-damaged': { en: 'The structure of the file is damaged', de: 'Die Struktur der Datei ist beschädigt' },
  'table-damaged': { en: 'A table is damaged', de: 'Eine Tabelle ist beschädigt' },
  'tail-appended': {
    en: '{pages} {pages|page follows|pages follow} after the end that the header names',
    de: 'Nach dem Ende, das der Dateikopf nennt, {pages|folgt|folgen} {pages} {pages|weitere Seite|weitere Seiten}',
  },
  truncated: {
    en: 'The end is missing: {missing} of {pages} pages',
    de: 'Das Ende fehlt: {missing} von {pages} Seiten',
  },
});

export type FindingKind = keyof typeof findingWords;
