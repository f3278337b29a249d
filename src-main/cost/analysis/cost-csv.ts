/** The ledger as CSV: a line for each day, provider, model, service and currency. */
import type { CostCell } from '../../contract/cost/cells.ts';
import type { CostRecords } from '../../contract/cost/records.ts';
import { dateText, dayEdges, dayStart } from './calendar.ts';

const head = [
  ...['date', 'provider', 'model', 'service', 'calls', 'failed_calls', 'cache_hits', 'input_tokens'],
  ...['cache_read_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens', 'cost', 'currency', 'basis'],
  'saved',
];

export async function costCsv(
  records: Pick<CostRecords, 'read'>,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<string> {
  const { firstAt } = await records.read({ edges: [] });
  const lines = [head.join(',')];
  if (firstAt !== null && firstAt < until) {
    const { spans } = await records.read({ edges: dayEdges(dayStart(Math.max(from, firstAt)), until) });
    for (const span of spans) for (const cell of span.cells) lines.push(lineOf(span.from, cell));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** What nobody knows is an empty field, not 0. */
function lineOf(day: number, cell: CostCell): string {
  const hasPrice = cell.currency !== '' && (cell.calls > 0 || cell.cost > 0 || cell.savedHits === 0);
  return [
    dateText(day),
    ...[cell.provider, cell.model, cell.service].map(quoted),
    ...[cell.calls, cell.failed, cell.hits, cell.input, cell.cacheRead, cell.cacheWrite, cell.output, cell.reasoning],
    hasPrice ? cell.cost + cell.costLow : '',
    cell.currency,
    cell.basis === 'none' ? 'unpriced' : cell.basis,
    cell.savedHits > 0 ? cell.saved + cell.savedLow : '',
  ].join(',');
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
