/**
 * The next stretch of an export as text. Stateless: whoever writes the file asks for the next piece when it is ready
 * for it.
 */
import type { Gap } from '../../contract/batch.ts';
import type { ExportedCell } from '../../contract/cost/cells.ts';
import type { ExportPiece, ExportQuery } from '../../contract/history.ts';
import type { Piece } from '../compaction/merge-pieces.ts';
import { boundsOf, type Past, planSpans, readSpans } from '../read/read-series.ts';
import type { SeriesRow } from '../series-table.ts';
import { tableFoot, tableHead, tableRows } from './write-table.ts';

/** Samples of a piece, about: some megabytes of text. */
const samplesAPiece = 100_000;
const windowMs = 7_200_000;

export interface ExportCursor {
  /** Where the next piece begins, ms. */
  readonly at: number;
  readonly samples: number;
  readonly hasRows: boolean;
}

export interface ExportStep {
  readonly piece: ExportPiece;
  /** Undefined after the last one. */
  readonly next: ExportCursor | undefined;
}

export async function readExportPiece(
  past: Past,
  query: ExportQuery,
  series: readonly SeriesRow[],
  gaps: readonly Gap[],
  costs: () => readonly ExportedCell[],
  cursor: ExportCursor | undefined,
  pause: () => void | Promise<void>,
): Promise<ExportStep> {
  const { format } = query;
  const [oldest, newest] = boundsOf(past.segments, past.head);
  const from = Math.max(query.from, Number.isFinite(oldest) ? oldest : query.from);
  const until = Math.max(from, Math.min(query.until, Number.isFinite(newest) ? newest : from));
  const at = cursor?.at ?? from;
  const stepMs = Math.max(1000, Math.floor(samplesAPiece / Math.max(1, series.length)) * 1000);
  const end = Math.min(until, at + Math.min(windowMs, stepMs));
  const pieces = new Map<number, { at: Float64Array; values: Float64Array }[]>();
  await readSpans(
    past,
    planSpans(past, 'raw', at, end),
    new Set(series.map(({ id }) => id)),
    (id, piece, resolution) => {
      const list = pieces.get(id) ?? [];
      list.push({ at: piece.at, values: resolution === 'raw' ? (piece.columns[0] as Float64Array) : averages(piece) });
      pieces.set(id, list);
    },
    pause,
  );
  const columns = series.map(({ id }) => joined(pieces.get(id) ?? []));
  const hasRows = cursor?.hasRows ?? false;
  const rows = tableRows(format, columns, !hasRows);
  const isLast = end >= until;
  const samples = (cursor?.samples ?? 0) + rows.samples;
  const head =
    cursor === undefined
      ? tableHead(
          format,
          series.map(({ key }) => key),
          gaps,
        )
      : '';
  return {
    piece: {
      text: head + rows.text + (isLast ? tableFoot(format, costs()) : ''),
      samples,
      progress: until > from ? (end - from) / (until - from) : 1,
    },
    next: isLast ? undefined : { at: end, samples, hasRows: hasRows || rows.samples > 0 },
  };
}

/** Of what is left as roll-up alone, the average of each bucket stands at its beginning. */
const averages = ({ columns }: Piece): Float64Array => {
  const [, , , , sum, count] = columns as readonly Float64Array[];
  return (sum as Float64Array).map((one, index) => one / (count?.[index] as number));
};

function joined(list: readonly { at: Float64Array; values: Float64Array }[]): (typeof list)[number] | undefined {
  if (list.length < 2) return list[0];
  return {
    at: Float64Array.from(list.flatMap(({ at }) => [...at])),
    values: Float64Array.from(list.flatMap(({ values }) => [...values])),
  };
}
