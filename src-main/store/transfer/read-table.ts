/**
 * Reads back, line by line, what `write-table.ts` writes, or any CSV of that shape. A bad line is counted, never half
 * taken. Pure.
 */
import type { Gap } from '../../contract/batch.ts';
import { gapCauses } from '../../contract/batch.ts';
import { type ExportedCell, exportedCellSchema } from '../../contract/cost/cells.ts';
import { parseSeriesKey } from '../../contract/metric.ts';
import { costMark } from './write-table.ts';

/** Samples of some ticks, as parallel arrays: `ends[i]` is where the samples of tick i end. */
export interface TickColumns {
  readonly at: Float64Array;
  readonly ends: Uint32Array;
  /** Index into the series of the head. */
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

/** Bad lines that are told one by one; the others are counted. */
const maxTold = 20;
const maxTime = 8.64e15;

export class TableReader {
  /** Series in the order of the columns; undefined until the head was read. */
  series: readonly string[] | undefined;
  gaps: readonly Gap[] = [];
  /** Cells of the ledger of AI calls. */
  costs: ExportedCell[] = [];
  readonly badLines: BadLine[] = [];
  badLineCount = 0;
  #line = 0;
  #isJson = false;
  #at: number[] = [];
  #ends: number[] = [];
  #columns: number[] = [];
  #values: number[] = [];
  /** Columns whose name is no series. */
  #refused = new Set<number>();

  get pendingSamples(): number {
    return this.#values.length;
  }

  /** @throws nothing: what is wrong is in `badLines` */
  push(line: string): void {
    this.#line += 1;
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (this.#line === 1 && text.startsWith('{')) this.#isJson = true;
    if (this.#isJson) this.#pushJson(text);
    else if (this.series === undefined) this.#readHead(splitCsv(text));
    else if (text.startsWith(`"${costMark}`)) this.#pushCost(splitCsv(text)[0]?.slice(costMark.length) ?? '');
    else if (text !== '') this.#pushCsv(text);
  }

  /** What was read since the last time. */
  take(): TickColumns {
    const taken = {
      at: Float64Array.from(this.#at),
      ends: Uint32Array.from(this.#ends),
      columns: Uint32Array.from(this.#columns),
      values: Float64Array.from(this.#values),
    };
    [this.#at, this.#ends, this.#columns, this.#values] = [[], [], [], []];
    return taken;
  }

  #readHead(fields: readonly string[]): void {
    const [time, ...series] = fields;
    if (time !== 'time') {
      this.#bad('the first line must begin with "time" and name the series');
      this.series = [];
      return;
    }
    this.#setSeries(series);
  }

  #setSeries(series: readonly unknown[]): void {
    this.series = series.map(String);
    for (const [index, key] of this.series.entries())
      if (key.length > 500 || parseSeriesKey(key) === undefined) {
        this.#refused.add(index);
        this.#bad(`"${key.slice(0, 60)}" is not the name of a series`);
      }
  }

  #pushJson(text: string): void {
    const body = text.endsWith(',') ? text.slice(0, -1) : text;
    try {
      if (body.startsWith('["')) this.#row((JSON.parse(body) as unknown[]).map(fieldOfJson));
      else if (body.startsWith('"series":')) this.#setSeries(JSON.parse(body.slice(9)) as unknown[]);
      else if (body.startsWith('{"origin":')) this.#pushCost(body);
      else if (body.startsWith('"gaps":')) this.gaps = (JSON.parse(body.slice(7)) as unknown[]).filter(isGap);
    } catch (error) {
      this.#bad((error as Error).message);
    }
  }

  #pushCost(text: string): void {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch (error) {
      this.#bad((error as Error).message);
      return;
    }
    const parsed = exportedCellSchema.safeParse(body);
    if (parsed.success) this.costs.push(parsed.data);
    else this.#bad(parsed.error.issues[0]?.message ?? 'it is no cell of the ledger');
  }

  /** The hot path: numbers are cut out of the line where they stand. */
  #pushCsv(text: string): void {
    const series = this.series as readonly string[];
    if (text.includes('"')) {
      this.#row(splitCsv(text));
      return;
    }
    const firstSample = this.#values.length;
    const timeEnd = text.indexOf(',');
    const at = timeOf(timeEnd === -1 ? text : text.slice(0, timeEnd));
    let column = 0;
    let reason = Number.isNaN(at) ? 'it does not begin with a time' : undefined;
    let from = timeEnd === -1 ? text.length + 1 : timeEnd + 1;
    while (reason === undefined && from <= text.length) {
      let end = text.indexOf(',', from);
      if (end === -1) end = text.length;
      if (end > from) {
        const field = text.slice(from, end);
        const value = +field;
        if (Number.isNaN(value) && field !== 'NaN') reason = `"${field.slice(0, 30)}" is not a number`;
        else if (!this.#refused.has(column)) {
          this.#columns.push(column);
          this.#values.push(value);
        }
      }
      column += 1;
      from = end + 1;
    }
    if (reason === undefined && column > series.length) reason = 'it has more fields than the first line';
    this.#end(at, firstSample, reason);
  }

  #row(fields: readonly string[]): void {
    const firstSample = this.#values.length;
    const at = timeOf(fields[0] ?? '');
    let reason = Number.isNaN(at) ? 'it does not begin with a time' : undefined;
    if (fields.length - 1 > (this.series?.length ?? 0)) reason = 'it has more fields than the first line';
    for (let column = 0; reason === undefined && column < fields.length - 1; column += 1) {
      const field = fields[column + 1] as string;
      if (field === '') continue;
      const value = Number(field);
      if (Number.isNaN(value) && field !== 'NaN') reason = `"${field.slice(0, 30)}" is not a number`;
      else if (!this.#refused.has(column)) {
        this.#columns.push(column);
        this.#values.push(value);
      }
    }
    this.#end(at, firstSample, reason);
  }

  #end(at: number, firstSample: number, reason: string | undefined): void {
    if (reason !== undefined) {
      this.#columns.length = firstSample;
      this.#values.length = firstSample;
      this.#bad(reason);
      return;
    }
    this.#at.push(at);
    this.#ends.push(this.#values.length);
  }

  #bad(reason: string): void {
    this.badLineCount += 1;
    if (this.badLines.length < maxTold) this.badLines.push({ line: this.#line, reason });
  }
}

/** ISO 8601 or ms since the epoch; NaN where it is neither. */
export function timeOf(text: string): number {
  if (text === '') return Number.NaN;
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return at >= 0 && at <= maxTime ? Math.round(at) : Number.NaN;
}

const fieldOfJson = (value: unknown): string => (value === null ? '' : String(value));

function isGap(value: unknown): value is Gap {
  const { from, until, cause, source } = (value ?? {}) as Partial<Gap>;
  return (
    Number.isFinite(from) &&
    Number.isFinite(until) &&
    gapCauses.some((one) => one === cause) &&
    (source === undefined || typeof source === 'string')
  );
}

function splitCsv(line: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/gy;
  for (let match = field.exec(line); match !== null; match = field.exec(line)) {
    fields.push(match[1] === undefined ? (match[2] as string) : match[1].replaceAll('""', '"'));
    if (match[3] === '') break;
  }
  return fields;
}
