/** Events that applications report: five writers at once against the built monitor over HTTP, counted exactly. */
import type { BenchRow } from './bench-row.ts';
import { startBuilt } from './support/built-monitor.ts';

const writers = 5;
const eventsEach = 100_000;
const batch = 1_000;

async function write(url: string, writer: number): Promise<number> {
  let accepted = 0;
  for (let sent = 0; sent < eventsEach; sent += batch) {
    const body = JSON.stringify(
      Array.from({ length: batch }, (_, index) => ({
        type: 'query',
        duration: 0.001 * ((sent + index) % 100),
        query_type: 'search_knowledge',
        success: true,
        id: `${writer}-${sent + index}`,
      })),
    );
    for (;;) {
      const answer = await fetch(`${url}/api/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      if (answer.status === 429) {
        await answer.arrayBuffer();
        await new Promise((resolve) => setTimeout(resolve, Number(answer.headers.get('retry-after') ?? 1) * 1_000));
        continue;
      }
      if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
      accepted += ((await answer.json()) as { accepted: number }).accepted;
      break;
    }
  }
  return accepted;
}

export async function bench(): Promise<readonly BenchRow[]> {
  await using monitor = await startBuilt();
  const began = performance.now();
  const accepted = await Promise.all(Array.from({ length: writers }, (_, writer) => write(monitor.api, writer)));
  const seconds = (performance.now() - began) / 1_000;
  const total = accepted.reduce((sum, count) => sum + count, 0);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const text = await (await fetch(monitor.metrics)).text();
  const counted = Number(/^hakgal_queries_total (\S+)$/m.exec(text)?.[1]);
  return [
    {
      what: `${writers} writers × ${eventsEach} events in batches of ${batch}, counted`,
      ours: `${counted} of ${writers * eventsEach}`,
      target: 'exactly',
      isMet: counted === writers * eventsEach && total === counted,
    },
    {
      what: 'events a second accepted over HTTP, each with an id',
      ours: Math.round(total / seconds).toLocaleString('en'),
      target: '≥ 20,000',
      isMet: total / seconds >= 20_000,
      note: 'the writers share the machine with the monitor',
    },
  ];
}
