/**
 * History as text, one line a tick: a table with a column a series. CSV is what spreadsheets open; JSON is one valid
 * document whose rows lie on lines of their own, so that both are read back line by line. Pure.
 */
import type { Gap } from '../../contract/batch.ts';
import type { ExportedCell } from '../../contract/cost/cells.ts';
import type { ExportQuery } from '../../contract/history.ts';
import type { Piece } from '../compaction/merge-pieces.ts';

type Format = ExportQuery['format'];

const formatName = 'hakgal-history';

export function tableHead(format: Format, keys: readonly string[], gaps: readonly Gap[]): string {
  if (format === 'csv') return `${['time', ...keys.map(quoted)].join(',')}\n`;
  const lines = [
    `{"format":"${formatName}","version":1,`,
    `"series":${JSON.stringify(keys)},`,
    `"gaps":${JSON.stringify(gaps)},`,
    '"rows":[',
  ];
  return `${lines.join('\n')}\n`;
}

/** In a CSV the ledger of AI calls stands behind the ticks, a cell a line that begins so. */
export const costMark = '#cost ';

/** @param costs cells of the ledger, where all of the history is exported */
export function tableFoot(format: Format, costs: readonly ExportedCell[]): string {
  if (format === 'csv') return costs.map((cell) => `${quoted(`${costMark}${JSON.stringify(cell)}`)}\n`).join('');
  if (costs.length === 0) return '\n]}\n';
  return `\n],\n"costs":[\n${costs.map((cell) => JSON.stringify(cell)).join(',\n')}\n]}\n`;
}

/**
 * @param columns a piece for each series or undefined, in the order of the head; @param isFirst nothing stands before
 * these rows
 */
export function tableRows(
  format: Format,
  columns: readonly ((Pick<Piece, 'at'> & { readonly values: Float64Array }) | undefined)[],
  isFirst: boolean,
): { readonly text: string; readonly samples: number } {
  const places = new Uint32Array(columns.length);
  const isCsv = format === 'csv';
  const empty = isCsv ? '' : 'null';
  const rows: string[] = [];
  let samples = 0;
  for (;;) {
    let at = Number.POSITIVE_INFINITY;
    for (let index = 0; index < columns.length; index += 1)
      at = Math.min(at, columns[index]?.at[places[index] as number] ?? Number.POSITIVE_INFINITY);
    if (at === Number.POSITIVE_INFINITY) break;
    const time = new Date(at).toISOString();
    let row = isCsv ? time : `["${time}"`;
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      const place = places[index] as number;
      row += ',';
      if (column === undefined || column.at[place] !== at) {
        row += empty;
        continue;
      }
      const value = column.values[place] as number;
      row += Number.isFinite(value) || isCsv ? textOf(value) : `"${value}"`;
      places[index] = place + 1;
      samples += 1;
    }
    rows.push(isCsv ? `${row}\n` : `${row}]`);
  }
  if (isCsv) return { text: rows.join(''), samples };
  return { text: rows.length === 0 ? '' : `${isFirst ? '' : ',\n'}${rows.join(',\n')}`, samples };
}

const textOf = (value: number): string => (Object.is(value, -0) ? '-0' : `${value}`);

/** A field with a comma, a quote or a line break stands in quotes, its own quotes doubled (RFC 4180). */
const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
