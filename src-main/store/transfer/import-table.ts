/** A table of history, as bytes, into a store: cut into lines, read, handed over some thousand samples at a time. */
import { StringDecoder } from 'node:string_decoder';
import type { Store, StoreImport } from '../open-store.ts';
import { type BadLine, TableReader } from './read-table.ts';

/**
 * Samples that go over at once; two such loads are on their way, so that memory stays bounded whatever the file's size.
 */
const samplesAtOnce = 50_000;

export interface Imported {
  readonly series: number;
  readonly ticks: number;
  readonly samples: number;
  /** Cells of the ledger of AI calls. */
  readonly costs: number;
  /** The first ones, with their reason. */
  readonly badLines: readonly BadLine[];
  readonly badLineCount: number;
}

export async function importTable(
  store: Pick<Store, 'beginImport' | 'costs'>,
  bytes: AsyncIterable<Buffer>,
): Promise<Imported> {
  const reader = new TableReader();
  const decoder = new StringDecoder('utf8');
  let target: StoreImport | undefined;
  let onItsWay: Promise<void> = Promise.resolve();
  let [ticks, samples] = [0, 0];
  let rest = '';

  const handOver = async (): Promise<void> => {
    const taken = reader.take();
    if (taken.at.length === 0 && target !== undefined) return;
    target ??= await store.beginImport(reader.series ?? [], reader.gaps);
    ticks += taken.at.length;
    samples += taken.values.length;
    await onItsWay;
    onItsWay = target.add(taken);
    // Whoever awaits it next learns of a failure.
    onItsWay.catch(() => {});
  };

  for await (const chunk of bytes) {
    const text = rest + decoder.write(chunk);
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      reader.push(text.slice(from, end));
      from = end + 1;
      if (reader.pendingSamples >= samplesAtOnce) await handOver();
    }
    rest = text.slice(from);
  }
  if (rest !== '') reader.push(rest);
  await handOver();
  await onItsWay;
  await target?.end();
  if (reader.costs.length > 0) await store.costs.import(reader.costs);
  return {
    series: reader.series?.length ?? 0,
    ticks,
    samples,
    costs: reader.costs.length,
    badLines: reader.badLines,
    badLineCount: reader.badLineCount,
  };
}
