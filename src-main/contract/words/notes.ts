/** What else one should know of a repair. */
import { sentences } from '../text/message.ts';

export const noteWords = sentences('note', {
  'auto-vacuum-changed': {
    en: 'auto_vacuum was {before} and is {after} now.',
    de: 'auto_vacuum war {before} und ist jetzt {after}.',
  },
  'backup-unusable': {
    en: 'The backup could not be used for comparison.',
    de: 'Die Sicherung ließ sich nicht zum Vergleich heranziehen.',
  },
  'beyond-end': {
    en: 'The file goes on for {pages} {pages|page|pages} after the end of the database.',
    de: 'Die Datei geht nach dem Ende der Datenbank noch {pages} {pages|Seite|Seiten} weiter.',
  },
  'column-added-plain': {
    en: '{column} was added without its default, which cannot be given to rows that are there.',
    de: '{column} wurde ohne Vorgabewert hinzugefügt, weil er vorhandenen Zeilen nicht gegeben werden kann.',
  },
  'doubtful-included': {
    en: '{rows} doubtful {rows|row was|rows were} put into {table}, as asked.',
    de: 'Wie gewünscht {rows|kam|kamen} {rows} zweifelhafte {rows|Zeile|Zeilen} in {table}.',
  },
  'encoding-changed': {
    en: 'The text encoding was {before} and is {after} now.',
    de: 'Die Kodierung der Texte war {before} und ist jetzt {after}.',
  },
  'encoding-inferred': {
    en: 'The text encoding was inferred from the texts: {encoding}.',
    de: 'Die Kodierung wurde aus den Texten erschlossen: {encoding}.',
  },
  'free-pages-inferred': {
    en: '{pages} {pages|page|pages} of the list of free pages were recognised.',
    de: '{pages} {pages|Seite|Seiten} der Liste freier Seiten wurden wiedererkannt.',
  },
  'full-text-rebuilt': {
    en: 'The full-text index {name} was rebuilt from its rows.',
    de: 'Der Volltextindex {name} wurde aus seinen Zeilen neu aufgebaut.',
  },
  'header-damaged': { en: 'Fields of the header are damaged.', de: 'Felder des Dateikopfs sind beschädigt.' },
  'header-lost': {
    en: 'The header is destroyed; what it said was inferred from the pages.',
    de: 'Der Dateikopf ist zerstört; was darin stand, wurde aus den Seiten erschlossen.',
  },
  'index-no-witness': {
    en: 'The index {name} disagrees with so many rows that it was not taken as a witness: no row was put aside for it.',
    de: 'Der Index {name} widerspricht so vielen Zeilen, dass er nicht als Zeuge galt: keine Zeile wurde seinetwegen beiseitegelegt.',
  },
  'rows-of-another': {
    en: 'The {rows} rows found for {table} are those that an index of {owner} names; they were put aside.',
    de: 'Die für {table} gefundenen Zeilen ({rows}) sind die, die ein Index von {owner} nennt; sie wurden beiseitegelegt.',
  },
  'index-left-out': {
    en: 'The index {name} was damaged, and only its application can build it again; it was left out.',
    de: 'Der Index {name} war beschädigt, und nur die Anwendung kann ihn neu aufbauen; er wurde weggelassen.',
  },
  'index-order-unproven': {
    en: 'Entries of {name} were missing; whether its order is right only its application can tell (REINDEX).',
    de: 'In {name} fehlten Einträge; ob die Reihenfolge stimmt, weiß nur die Anwendung (REINDEX).',
  },
  'index-not-rebuilt': { en: 'The index {name} was not rebuilt.', de: 'Der Index {name} wurde nicht neu aufgebaut.' },
  'journal-rolled-back': {
    en: 'An unfinished transaction was rolled back ({pages} {pages|page|pages} in its journal).',
    de: 'Eine nicht beendete Transaktion wurde zurückgerollt ({pages} {pages|Seite|Seiten} in ihrem Journal).',
  },
  'log-applied': {
    en: '{pages} {pages|page|pages} of the log beside the file were used.',
    de: '{pages} {pages|Seite|Seiten} aus dem Log neben der Datei wurden benutzt.',
  },
  'log-torn': {
    en: '{pages} {pages|page|pages} of the log are damaged; older versions of them are doubtful.',
    de: '{pages} {pages|Seite|Seiten} des Logs sind beschädigt; ältere Fassungen davon sind zweifelhaft.',
  },
  'log-unfinished': {
    en: 'The log ends in a transaction without an end ({pages} {pages|page|pages}): never committed, or lost.',
    de: 'Das Log endet in einer Transaktion ohne Ende (Seiten: {pages}): nie abgeschlossen, oder verloren.',
  },
  'log-unusable': {
    en: 'The log beside the file holds no whole transaction for it.',
    de: 'Im Log neben der Datei ist keine vollständige Transaktion für sie.',
  },
  'nothing-needed': { en: 'Nothing needed repair.', de: 'Es war nichts zu reparieren.' },
  'object-not-created': { en: '{name} was not created.', de: '{name} wurde nicht angelegt.' },
  'orphans-left': {
    en: '{rows} {rows|row|rows} of tables without rowids stayed where they were.',
    de: '{rows} {rows|Zeile|Zeilen} von Tabellen ohne Rowid blieben, wo sie waren.',
  },
  'journal-mode-changed': {
    en: 'The journal mode was {before} and is {after} now.',
    de: 'Der Journalmodus war {before} und ist jetzt {after}.',
  },
  'page-size-changed': {
    en: 'The page size was {before} bytes and is {after} bytes now.',
    de: 'Die Seitengröße war {before} Bytes und ist jetzt {after} Bytes.',
  },
  'page-size-inferred': {
    en: 'The page size was inferred from the pages: {bytes:bytes}.',
    de: 'Die Seitengröße wurde aus den Seiten erschlossen: {bytes:bytes}.',
  },
  'repair-failed': { en: 'Did not succeed', de: 'Nicht gelungen' },
  'reserved-changed': {
    en: '{before} bytes of each page were reserved, and {after} are now.',
    de: 'Reserviert waren {before} Bytes jeder Seite, jetzt sind es {after}.',
  },
  'rows-without-entry': {
    en: '{rows} {rows|row|rows} had no entry in {index} (row {rowids}). Either the index had lost them, or an old version of a page brought them back after they were changed or deleted: look at them before you rely on them.',
    de: 'Zeilen ohne Eintrag in {index}: {rows} (Zeile {rowids}). Entweder hatte der Index sie verloren, oder eine alte Fassung einer Seite brachte sie zurück, nachdem sie geändert oder gelöscht waren: Sehen Sie sie an, bevor Sie sich auf sie verlassen.',
  },
  'rules-broken-kept': {
    en: '{rows} {rows|row|rows} of {table} hold what its declaration forbids (an empty value, a violated CHECK, text of another encoding). So many do that it is how they were written: they are kept.',
    de: 'Zeilen von {table}, die enthalten, was die Deklaration verbietet (einen leeren Wert, eine verletzte CHECK-Bedingung, Text in anderer Kodierung): {rows}. Es sind so viele, dass sie so geschrieben wurden: Sie bleiben.',
  },
  'schema-damaged': { en: '{name} could not be created.', de: '{name} ließ sich nicht anlegen.' },
  truncated: {
    en: '{missing} of {pages} pages are missing at the end of the file.',
    de: 'Am Ende der Datei fehlen {missing} von {pages} Seiten.',
  },
  'used-beyond-end': {
    en: '{pages} {pages|page|pages} after the named end of the database were in use.',
    de: 'Nach dem genannten Ende der Datenbank waren {pages} {pages|Seite|Seiten} in Gebrauch.',
  },
  'virtual-table-made-anew': {
    en: 'The virtual table {name} was rebuilt ({rows} {rows|row|rows}), because its own tables no longer agree. What is not in it is kept as hakgal_kept_{name}_….',
    de: 'Die virtuelle Tabelle {name} wurde neu aufgebaut ({rows} {rows|Zeile|Zeilen}), weil ihre eigenen Tabellen nicht mehr zueinander passen. Was nicht in ihr steht, ist als hakgal_kept_{name}_… aufgehoben.',
  },
  'virtual-table-not-created': {
    en: 'The virtual table {name} was not created. What was in its own tables is there.',
    de: 'Die virtuelle Tabelle {name} wurde nicht angelegt. Was in ihren eigenen Tabellen stand, ist da.',
  },
});

export type NoteKind = keyof typeof noteWords;
