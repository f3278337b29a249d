import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { requireDebian } from '../support/peers/debian.ts';
import { openTarget } from '../support/target.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}
const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(listener))}`;

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('an http target', () => {
  it('is up with its status and times', async () => {
    const url = await serve((_, response) => response.end('all is well'));
    await using target = openTarget({ kind: 'http', url, bodyContains: 'is well' });
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'up', kind: 'ok' });
    expect(values).toMatchObject({
      'http_target_status_code{target="x"}': 200,
      'http_target_body_bytes{target="x"}': 11,
      'target_up{target="x",kind="http"}': 1,
    });
    expect(values['http_target_response_seconds{target="x"}']).toBeGreaterThan(0);
  });

  it('follows redirects, and says so when they never end or lead astray', async () => {
    const url = await serve((request, response) => {
      const to = { '/a': '/b', '/loop': '/loop', '/file': 'file:///etc/passwd', '/nowhere': 'http://[' }[
        request.url ?? ''
      ];
      if (to === undefined) response.end('there');
      else response.writeHead(302, { location: to }).end();
    });
    const look = async (path: string) => {
      await using target = openTarget({ kind: 'http', url: url + path });
      return (await target.look()).finding.kind;
    };
    expect(await look('/a')).toBe('ok');
    expect(await look('/loop')).toBe('too-many-redirects');
    expect(await look('/file')).toBe('bad-redirect');
    expect(await look('/nowhere')).toBe('bad-redirect');
  });

  it('that never answers, or trickles without end, costs its timeout and no more', async () => {
    const silent = `http://127.0.0.1:${await listen(createTcpServer(() => {}))}`;
    const trickle = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    for (const url of [silent, trickle]) {
      await using target = openTarget({ kind: 'http', url, timeoutSeconds: 0.3 });
      expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'timed-out' });
    }
  });

  it('that streams without end is read for a megabyte', async () => {
    const url = await serve((_, response) => {
      const block = Buffer.alloc(65_536, 'x');
      const more = (): void => {
        while (response.write(block));
        response.once('drain', more);
      };
      more();
    });
    await using target = openTarget({ kind: 'http', url });
    expect((await target.look()).values['http_target_body_bytes{target="x"}']).toBe(1_048_576);
  });

  it.each([
    ['answers with the wrong status', { status: { from: 200, until: 204 } }, 'wrong', 'status'],
    ['does not say what it should', { status: { from: 500, until: 500 }, bodyContains: 'hello' }, 'wrong', 'body'],
  ] as const)('that %s is wrong', async (_, more, state, kind) => {
    const url = await serve((__, response) => response.writeHead(500).end('oops'));
    await using target = openTarget({ kind: 'http', url, ...more });
    expect((await target.look()).finding).toMatchObject({ state, kind });
  });

  it('says why when it is down', async () => {
    const look = async (url: string) => {
      await using target = openTarget({ kind: 'http', url });
      return (await target.look()).finding.kind;
    };
    expect(await look(`http://127.0.0.1:${await freePort()}`)).toBe('refused');
    const garbage = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
    expect(await look(`http://127.0.0.1:${garbage}`)).toBe('not-http');
  });
});

describe('a port target', () => {
  it('is up while someone listens and down when nobody does', async () => {
    const port = await listen(createTcpServer());
    await using up = openTarget({ kind: 'port', port });
    const { finding, values } = await up.look();
    expect(finding.state).toBe('up');
    expect(values['port_target_connect_seconds{target="x"}']).toBeGreaterThan(0);
    await using down = openTarget({ kind: 'port', port: await freePort() });
    expect((await down.look()).finding).toMatchObject({ state: 'down', kind: 'refused' });
  });
});

describe('a process target', () => {
  it('goes by how many run', async () => {
    const processes = { count: 2, cpu: 0.5, memoryBytes: 1_000 };
    await using enough = openTarget({ kind: 'process', name: 'node', minCount: 2 }, { processes });
    expect(await enough.look()).toMatchObject({
      finding: { state: 'up' },
      values: { 'process_target_instances{target="x"}': 2, 'process_target_cpu_cores_ratio{target="x"}': 0.5 },
    });
    await using few = openTarget({ kind: 'process', name: 'node', minCount: 3 }, { processes });
    expect((await few.look()).finding).toMatchObject({ state: 'wrong', kind: 'too-few' });
    await using none = openTarget(
      { kind: 'process', name: 'node' },
      { processes: { count: 0, cpu: 0, memoryBytes: 0 } },
    );
    expect((await none.look()).finding).toMatchObject({ state: 'down', kind: 'not-running' });
    await using unknown = openTarget({ kind: 'process', name: 'node' });
    expect((await unknown.look()).finding.state).toBe('unknown');
  });
});

describe('a prometheus target', () => {
  const text = `# HELP jobs_total Jobs done.
# TYPE jobs_total counter
jobs_total{queue="a b",text="say \\"hi\\"\\n"} 12 1700000000000
# TYPE room_celsius gauge
room_celsius 21.5
# TYPE took_seconds histogram
took_seconds_bucket{le="0.1"} 3
took_seconds_bucket{le="+Inf"} 4
took_seconds_sum 1.5
took_seconds_count 4
nothing NaN
this is not a metric
`;

  it('has its counters, gauges and histograms as series of ours', async () => {
    const url = await serve((_, response) => response.end(text));
    await using target = openTarget({ kind: 'prometheus', url });
    const { finding, values } = await target.look();
    expect(finding.state).toBe('up');
    expect(values).toMatchObject({
      'scraped_jobs_total{queue="a b",target="x",text="say \\"hi\\"\\n"}': 12,
      'scraped_room_celsius{target="x"}': 21.5,
      'scraped_took_seconds_bucket{le="0.1",target="x"}': 3,
      'scraped_took_seconds_sum{target="x"}': 1.5,
      'scraped_took_seconds_count{target="x"}': 4,
      'prometheus_target_bad_lines{target="x"}': 1,
    });
  });

  it('takes only what was asked for, and no more series than allowed', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `many{n="${index}"} ${index}`).join('\n');
    const url = await serve((_, response) => response.end(`${text}${many}\n`));
    await using chosen = openTarget({ kind: 'prometheus', url, include: ['room_celsius', 'jobs*'] });
    expect((await chosen.look()).values['prometheus_target_samples{target="x"}']).toBe(2);
    await using limited = openTarget({ kind: 'prometheus', url, maxSeries: 50 });
    const { finding, values } = await limited.look();
    expect(finding).toMatchObject({ state: 'up', kind: 'cut' });
    expect(Object.keys(values).filter((key) => key.startsWith('scraped_'))).toHaveLength(49);
  });

  it('of millions of lines costs a bounded amount', async () => {
    const block = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `x{n="${index}"} 1\n`).join(''));
    const url = await serve((_, response) => {
      for (let sent = 0; sent < 100; sent += 1) response.write(block);
      response.end();
    });
    await using target = openTarget({ kind: 'prometheus', url });
    expect((await target.look()).finding).toMatchObject({ state: 'up', kind: 'cut' });
  });

  it('that answers with a page is wrong', async () => {
    const url = await serve((_, response) => response.end('<html><body>hello</body></html>'));
    await using target = openTarget({ kind: 'prometheus', url });
    expect((await target.look()).finding).toMatchObject({ state: 'wrong', kind: 'no-samples' });
  });

  it('that is a real node-exporter is scraped', async (context) => {
    const program = requireDebian('prometheus-node-exporter', 'prometheus-node-exporter');
    if ('missing' in program) return context.skip(program.missing);
    const port = await freePort();
    const exporter = spawn(program.path, [`--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
    closing.push(() => exporter.kill('SIGKILL'));
    await using target = openTarget({ kind: 'prometheus', url: `http://127.0.0.1:${port}/metrics`, maxSeries: 5_000 });
    let { finding, values } = await target.look();
    while (finding.kind === 'refused') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ({ finding, values } = await target.look());
    }
    expect(finding).toMatchObject({ state: 'up', kind: 'ok' });
    expect(values['scraped_node_memory_MemTotal_bytes{target="x"}']).toBeGreaterThan(1e8);
    expect(values['prometheus_target_bad_lines{target="x"}']).toBe(0);
    expect(values['prometheus_target_samples{target="x"}']).toBeGreaterThan(300);
  });
});
