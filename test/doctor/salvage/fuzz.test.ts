import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { salvage } from '../../../src-main/doctor/salvage/salvage.ts';
import { build } from '../../fixtures/corpus/build.ts';
import { type Random, seeded } from '../../fixtures/corpus/random.ts';
import { zoo } from '../../fixtures/corpus/zoo.ts';

const isLong = process.env.HAKGAL_LONG === '1';
const files = Number(process.env.HAKGAL_FUZZ_FILES ?? (isLong ? 100_000 : 2_000));
/** Another seed makes other files; a failure names the one that was used. */
const seed = Number(process.env.HAKGAL_FUZZ_SEED ?? 20_260_101);
/** Failures kept before the run gives up. */
const maxFailures = 10;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hakgal-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Values that sit on the edges of the format's checks. */
const edges = [0, 1, 2, 4, 5, 10, 13, 0x7f, 0x80, 0x81, 0xfe, 0xff];

function mutate(source: Buffer, random: Random, pageSize: number): Buffer {
  let bytes = Buffer.from(source);
  const rounds = 1 + random.below(30);
  for (let round = 0; round < rounds; round += 1) {
    const page = random.below(Math.max(1, Math.floor(bytes.length / pageSize))) * pageSize;
    // Headers and pointers are where a reader can be led astray.
    const at = Math.min(
      bytes.length - 4,
      random.below(3) === 0 ? random.below(bytes.length - 4) : page + random.below(40),
    );
    const kind = random.below(6);
    if (kind === 0) bytes[at] = random.pick(edges);
    else if (kind === 1) bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
    else if (kind === 2) bytes.writeUInt32BE(random.pick([0, 1, 2, 3, 0x7fffffff, 0xffffffff, random.below(20)]), at);
    else if (kind === 3) bytes.fill(random.pick(edges), at, Math.min(bytes.length, at + random.below(64)));
    else if (kind === 4) bytes.copy(bytes, at, page, Math.min(bytes.length, page + random.below(pageSize)));
    else if (random.below(10) === 0) bytes = Buffer.from(bytes.subarray(0, Math.max(600, random.below(bytes.length))));
  }
  return bytes;
}

it(
  `survives ${files} mutated files without a crash, a hang or unbounded memory`,
  async () => {
    const random = seeded(seed);
    const sources = zoo.map((animal, index) => ({
      plain: build(
        folder,
        { ...animal, fill: (db, r, round) => animal.fill(db, r, round, 12) },
        small(seeded(index)),
        'plain',
        2,
      ),
      wal: build(
        folder,
        { ...animal, fill: (db, r, round) => animal.fill(db, r, round, 12) },
        small(seeded(index)),
        'wal',
        2,
      ),
    }));
    const path = join(folder, 'fuzzed.db');
    const into = join(folder, 'out.db');
    let read = 0;
    let slowest = 0;
    const failures: string[] = [];
    for (let file = 0; file < files && failures.length < maxFailures; file += 1) {
      const { plain, wal } = random.pick(sources);
      const built = random.below(5) === 0 ? wal : plain;
      rmSync(`${path}-wal`, { force: true });
      writeFileSync(path, mutate(built.bytes, random, built.pageSize));
      if (built.wal !== undefined) writeFileSync(`${path}-wal`, mutate(built.wal, random, built.pageSize));
      rmSync(into, { force: true });
      const start = process.cpuUsage();
      const outcome = await salvage({ path, into }).catch((error: unknown) => {
        const kept = join(tmpdir(), `hakgal-fuzz-failure-${seed}-${file}.db`);
        for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, kept + suffix);
        failures.push(`File ${file} of seed ${seed}, kept as ${kept}: ${(error as Error).stack}`);
        return undefined;
      });
      const used = process.cpuUsage(start);
      slowest = Math.max(slowest, (used.user + used.system) / 1000);
      if (outcome?.ok === true) read += 1;
    }
    const memory = process.memoryUsage();
    console.log(
      `${read} of ${files} mutated files gave a database; slowest ${slowest.toFixed(0)} ms of CPU; ${Math.round(memory.rss / 1e6)} MB`,
    );
    expect(failures).toEqual([]);
    expect(read).toBeGreaterThan(files / 2);
    expect(memory.rss).toBeLessThan(600e6);
  },
  isLong ? 7_200_000 : 180_000,
);

/** Small pages only: files of a few kilobytes, so that thousands take seconds. */
function small(random: Random): Random {
  return { ...random, pick: (list) => (list.includes(512 as never) ? (512 as never) : random.pick(list)) };
}
