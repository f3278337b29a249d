/** Stores ticks as fast as it can and tells each one once it is committed, until somebody kills it. */
import { readSync, writeSync } from 'node:fs';
import { createStoreThread } from '../../src-main/store/store-thread.ts';

const start = Date.UTC(2026, 0, 1);
const width = 20;
const thread = createStoreThread({ path: process.argv[2] as string, clock: { monotonic: () => performance.now() } });
readSync(0, Buffer.alloc(2));
const { newestAt, recoveryLevel, series } = await thread.open(null);
if (recoveryLevel !== 'open') {
  writeSync(2, `The store came up ${recoveryLevel}\n`);
  process.exit(3);
}
const ids = Uint32Array.from({ length: width }, (_, index) => index + 1);
for (let second = newestAt === null ? 0 : (newestAt - start) / 1000 + 1; ; second += 1) {
  const newSeries =
    second === 0 && series.length === 0
      ? Array.from(ids, (id) => ({ id, key: `of_${id}`, metric: `of_${id}`, labels: {} }))
      : [];
  const values = Float64Array.from(ids, (id) => (id === 1 ? second : Math.round(Math.sin(second / id) * 1000) / 10));
  await thread.append([{ at: start + second * 1000, newSeries, ids, values, gaps: [] }]);
  writeSync(1, `${second}\n`);
  // Lets packing and sealing go on between the ticks, as they do between real ones.
  if (second % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
}
