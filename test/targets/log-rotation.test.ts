import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openTarget } from '../support/target.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { badLine as bad, follow, matches } from './support/follow-log.ts';

describe('a log that is rotated', () => {
  it('counts what was written before a rename, and what the writer adds after it', async () => {
    const { path, target, count } = await follow();
    appendFileSync(path, bad.repeat(3));
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, bad);
    writeFileSync(path, bad.repeat(2));
    expect(await count()).toBe(6);
    // Until it is told to open its log again, a writer goes on in the old one.
    appendFileSync(`${path}.1`, bad);
    expect(await count()).toBe(7);
    await target[Symbol.asyncDispose]();
  });

  it('counts every file of several rotations between two looks', async () => {
    const { path, target, count, values } = await follow();
    appendFileSync(path, bad);
    renameSync(path, `${path}.1`);
    writeFileSync(path, bad.repeat(10));
    renameSync(`${path}.1`, `${path}.2`);
    renameSync(path, `${path}.1`);
    writeFileSync(path, bad.repeat(100));
    expect(await count()).toBe(111);
    expect(await count()).toBe(111);
    expect((await values())['log_target_rotations_total{target="x"}']).toBe(2);
    await target[Symbol.asyncDispose]();
  });

  it('counts what was written to a file that is deleted, and to the next with its inode', async () => {
    const { path, target, count } = await follow();
    for (let round = 1; round <= 3; round += 1) {
      appendFileSync(path, `${bad}no such table, and no end of line`);
      unlinkSync(path);
      writeFileSync(path, bad);
      // Two in the deleted file, one in the new one.
      expect(await count()).toBe(3 * round);
    }
    await target[Symbol.asyncDispose]();
  });

  it('tells a file that was emptied and grew beyond its old size from one that only grew', async () => {
    const { path, target, count, values } = await follow('first line of the first file\n');
    appendFileSync(path, bad);
    expect(await count()).toBe(1);
    writeFileSync(path, `first line of the second file\n${bad.repeat(50)}`);
    expect(await count()).toBe(51);
    // Emptied without a copy: whether something had been written before, nobody can say.
    expect((await values())['log_target_unknown_ends_total{target="x"}']).toBe(1);
    await target[Symbol.asyncDispose]();
  });

  it('reads the copy that is made before a file is emptied, and each line once', async () => {
    const { path, target, count, values } = await follow('begin 1\n');
    appendFileSync(path, bad.repeat(4));
    copyFileSync(path, `${path}.1`);
    truncateSync(path, 0);
    appendFileSync(path, `begin 2\n${bad.repeat(2)}`);
    expect(await count()).toBe(6);
    // Looked at between copying and emptying.
    renameSync(`${path}.1`, `${path}.2`);
    copyFileSync(path, `${path}.1`);
    expect(await count()).toBe(6);
    truncateSync(path, 0);
    appendFileSync(path, `begin 3\n${bad}`);
    expect(await count()).toBe(7);
    expect((await values())['log_target_unknown_ends_total{target="x"}']).toBe(1);
    await target[Symbol.asyncDispose]();
  });

  it('reads on in a file that was packed after its rotation, and in one that came and was packed between two looks', async () => {
    const { path, target, count } = await follow('begin 1\n');
    appendFileSync(path, bad.repeat(3));
    writeFileSync(`${path}.2.gz`, gzipSync(readFileSync(path)));
    writeFileSync(`${path}.1.gz`, gzipSync(`begin 2\n${bad.repeat(20)}`));
    unlinkSync(path);
    writeFileSync(path, `begin 3\n${bad}`);
    expect(await count()).toBe(24);
    renameSync(`${path}.2.gz`, `${path}.3.gz`);
    renameSync(`${path}.1.gz`, `${path}.2.gz`);
    expect(await count()).toBe(24);
    await target[Symbol.asyncDispose]();
  });

  it('says how much is left out of what can not be unpacked', async () => {
    const { path, target, count, values } = await follow('begin 1\n');
    renameSync(path, `${path}.2`);
    writeFileSync(`${path}.1.xz`, Buffer.alloc(5_000, 7));
    writeFileSync(path, bad);
    expect(await count()).toBe(1);
    expect((await values())['log_target_skipped_bytes_total{target="x"}']).toBe(5_000);
    await target[Symbol.asyncDispose]();
  });

  it('counts after a restart what was written to a file that was renamed meanwhile', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'app.log');
    const memoryPath = join(folder, 'targets.json');
    writeFileSync(path, 'begin 1\n');
    {
      await using target = openTarget({ kind: 'log', path }, { memoryPath });
      await target.look();
    }
    appendFileSync(path, bad.repeat(7));
    renameSync(path, `${path}.1`);
    writeFileSync(path, `begin 2\n${bad}`);
    await using target = openTarget({ kind: 'log', path }, { memoryPath });
    expect((await target.look()).values[matches]).toBe(8);
  });
});
