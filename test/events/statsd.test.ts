import { createSocket } from 'node:dgram';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatsdLine } from '../../src-main/events/statsd-line.ts';
import { createStatsdReceiver } from '../../src-main/events/statsd-receiver.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { runOnce } from '../support/run-once.ts';

const receiver = () => createStatsdReceiver(new FakeClock(), 100);

describe('StatsD', () => {
  it('counts, sets, changes and times', async () => {
    const statsd = receiver();
    statsd.take(
      'jobs.done:1|c\njobs.done:3|c|@0.5\nqueue:10|g\nqueue:-4|g\ntook:20|ms|#kind:a\ntook:2000|ms|#kind:a\n',
    );
    expect(await runOnce(statsd.source)).toMatchObject({
      statsd_lines_total: 6,
      statsd_jobs_done_total: 7,
      statsd_queue: 6,
      'statsd_took_seconds_bucket{kind="a",le="0.05"}': 1,
      'statsd_took_seconds_bucket{kind="a",le="+Inf"}': 2,
      'statsd_took_seconds_count{kind="a"}': 2,
      'statsd_took_seconds_sum{kind="a"}': 2.02,
    });
  });

  it('refuses nonsense and lies, and keeps the rest of the datagram', async () => {
    const statsd = receiver();
    statsd.take('nonsense\nx:1|q\nx:-1|c\nx:1|c|@7\nx:NaN|g\nfine:1|c');
    expect(await runOnce(statsd.source)).toMatchObject({ statsd_lines_total: 1, statsd_lines_refused_total: 5 });
  });

  it('never throws, whatever is sent', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseStatsdLine(text)));
  });

  it('listens on loopback, and says so when the port is taken', async () => {
    const statsd = receiver();
    const listening = await statsd.listen(0);
    const port = listening.ok ? listening.value : 0;
    const second = receiver();
    expect(await second.listen(port)).toMatchObject({ ok: false, failure: { kind: 'statsd-port' } });
    const sender = createSocket('udp4');
    for (let values: object = {}; !('statsd_hello_total' in values); values = await runOnce(statsd.source)) {
      sender.send('hello:1|c', port, '127.0.0.1');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    sender.close();
    await statsd.close();
    await second.close();
  });
});
