/** `npm run bench [PART…]`: runs the benches named, or all, and prints one table. No test depends on these figures. */
import { ensureBuilt } from '../../build/bootstrap.mjs';
import type { BenchRow } from './bench-row.ts';

const parts: Record<string, () => Promise<{ bench(): Promise<readonly BenchRow[]> }>> = {
  store: () => import('./store.bench.ts'),
  salvage: () => import('./salvage.bench.ts'),
  doctor: () => import('./doctor.bench.ts'),
  sampling: () => import('./sampling.bench.ts'),
  events: () => import('./events.bench.ts'),
  core: () => import('./core.bench.ts'),
  alerts: () => import('./alerts.bench.ts'),
  insights: () => import('./insights.bench.ts'),
  renderer: () => import('./renderer.bench.ts'),
  desktop: () => import('./desktop.bench.ts'),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No bench called ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
ensureBuilt();
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
  const { bench } = await (parts[name] as (typeof parts)[string])();
  console.log(`\n## ${name}\n\n| what | ours | reference, same run | target | met |\n|---|---|---|---|---|`);
  for (const row of await bench()) {
    const met = row.isMet === undefined ? '' : row.isMet ? 'yes' : 'no';
    console.log(
      `| ${row.what} | ${row.ours} | ${row.reference ?? ''} | ${row.target ?? ''} | ${met} |${row.note ? ` ${row.note}` : ''}`,
    );
  }
}
