// Reports each query of a program with its duration. Needs Node 18 or newer and nothing else.
import { randomUUID } from 'node:crypto';

const hakgal = process.env.HAKGAL ?? 'http://127.0.0.1:5000';

async function report(...events) {
  const answer = await fetch(`${hakgal}/api/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(events),
  });
  return answer.json();
}

const began = performance.now();
for (let turn = 0; turn < 100_000; turn += 1); // your query
// The id makes it safe to send an event again when an answer was lost.
const event = { id: randomUUID(), type: 'query', query_type: 'add_fact', success: true };
console.log(JSON.stringify(await report({ ...event, duration: (performance.now() - began) / 1000 })));
