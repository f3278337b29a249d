import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openTarget } from '../support/target.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { badLine as bad, follow, matches } from './support/follow-log.ts';

describe('a log target', () => {
  it('counts new lines only, each once, and whole ones only', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, bad.repeat(5));
    await using target = openTarget({ kind: 'log', path });
    expect((await target.look()).values[matches]).toBe(0);
    appendFileSync(path, `fine\n${bad}NO SUCH TABLE: x\nhalf a line with no such`);
    expect((await target.look()).values).toMatchObject({ [matches]: 2, 'log_target_lines_total{target="x"}': 3 });
    appendFileSync(path, ' table\n');
    expect((await target.look()).values[matches]).toBe(3);
  });

  it('goes on after rotation and truncation', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, 'old\n');
    await using target = openTarget({ kind: 'log', path });
    await target.look();
    renameSync(path, `${path}.1`);
    expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'missing' });
    writeFileSync(path, bad.repeat(2));
    expect((await target.look()).values[matches]).toBe(2);
    truncateSync(path, 0);
    appendFileSync(path, bad);
    expect((await target.look()).values).toMatchObject({ [matches]: 3, 'log_target_rotations_total{target="x"}': 2 });
  });

  it('resumes after a restart where it stopped', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'app.log');
    const memoryPath = join(folder, 'targets.json');
    writeFileSync(path, 'begin\n');
    {
      await using target = openTarget({ kind: 'log', path }, { memoryPath });
      await target.look();
    }
    appendFileSync(path, bad.repeat(7));
    await using target = openTarget({ kind: 'log', path }, { memoryPath });
    expect((await target.look()).values[matches]).toBe(7);
  });

  it('passes over a line without an end', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, '');
    await using target = openTarget({ kind: 'log', path });
    await target.look();
    for (let part = 0; part < 3; part += 1) {
      appendFileSync(path, 'y'.repeat(9 * 1_048_576));
      await target.look();
    }
    appendFileSync(path, `\n${bad}`);
    expect((await target.look()).values[matches]).toBe(1);
  });

  it('counts what a cruel pattern matches as fast as any other', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, '');
    await using target = openTarget({ kind: 'log', path, patterns: [{ name: 'cruel', pattern: '^(a+)+$' }] });
    await target.look();
    // JavaScript's own matcher would try 2^40 ways on the first line.
    appendFileSync(path, `${'a'.repeat(40)}!\n${'a'.repeat(3_000)}\n`);
    const { values } = await target.look();
    expect(values['log_target_matches_total{target="x",pattern="cruel"}']).toBe(1);
  });

  it('names a pattern that can not be used, and counts the others', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, '');
    const patterns = [
      { name: 'behind', pattern: '(?<=user )root' },
      { name: 'plain', pattern: 'root' },
    ];
    await using target = openTarget({ kind: 'log', path, patterns });
    await target.look();
    appendFileSync(path, 'user root\n');
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'wrong', kind: 'pattern-refused' });
    expect(finding.message).toContain('(?<=user )root');
    expect(values['log_target_matches_total{target="x",pattern="plain"}']).toBe(1);
    expect(values['log_target_matches_total{target="x",pattern="behind"}']).toBeUndefined();
  });

  it('that is a folder, or not there, says so', async () => {
    const folder = temporaryFolder();
    await using target = openTarget({ kind: 'log', path: folder });
    expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'not-a-file' });
  });

  it('reads a flood over several looks, and says how much of a larger one is left out', async () => {
    const { path, target, count, values } = await follow('');
    const line = `${'x'.repeat(84)} no such table\n`;
    writeFileSync(path, line.repeat(200_000));
    expect(await count()).toBe(Math.floor((16 * 1_048_576) / line.length));
    expect(await count()).toBe(200_000);
    appendFileSync(path, line.repeat(800_000));
    const first = await values();
    expect(first['log_target_skipped_bytes_total{target="x"}']).toBeGreaterThan(
      800_000 * line.length - 64 * 1_048_576 - 1,
    );
    for (let look = 0; look < 5; look += 1) await target.look();
    const last = await values();
    // Every byte is either in a counted line or among the skipped ones.
    expect(
      (last['log_target_lines_total{target="x"}'] ?? 0) * line.length +
        (last['log_target_skipped_bytes_total{target="x"}'] ?? 0),
    ).toBeGreaterThanOrEqual(1_000_000 * line.length - line.length);
    expect(last['log_target_waiting_bytes{target="x"}']).toBe(0);
    await target[Symbol.asyncDispose]();
  });

  it.each([
    [
      'UTF-16 as PowerShell writes it',
      'auto',
      (text: string) => Buffer.from(text, 'utf16le'),
      Buffer.from([0xff, 0xfe]),
    ],
    ['UTF-16 without a mark', 'auto', (text: string) => Buffer.from(text, 'utf16le'), Buffer.alloc(0)],
    ['big UTF-16', 'auto', (text: string) => Buffer.from(text, 'utf16le').swap16(), Buffer.from([0xfe, 0xff])],
    ['UTF-8 with a mark', 'auto', (text: string) => Buffer.from(text), Buffer.from([0xef, 0xbb, 0xbf])],
    ['Western text', 'auto', (text: string) => Buffer.from(text, 'latin1'), Buffer.alloc(0)],
    ['Western text by name', 'windows-1252', (text: string) => Buffer.from(text, 'latin1'), Buffer.alloc(0)],
  ] as const)('reads %s', async (_, encoding, encode, mark) => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, Buffer.concat([mark, encode('Anfang des Protokolls\r\n')]));
    const patterns = [{ name: 'p', pattern: '^Größe überschritten\\.$' }];
    await using target = openTarget({ kind: 'log', path, encoding, patterns });
    await target.look();
    appendFileSync(path, encode('Größe überschritten.\r\nJede Größe überschritten.\r\nGröße überschritten.\r\n'));
    const { values } = await target.look();
    expect(values['log_target_matches_total{target="x",pattern="p"}']).toBe(2);
    expect(values['log_target_lines_total{target="x"}']).toBe(3);
  });

  it('reads the Japanese of Shift JIS, and characters of UTF-16 that hold a line feed', async () => {
    const folder = temporaryFolder();
    const japanese = join(folder, 'sjis.log');
    writeFileSync(japanese, '');
    await using one = openTarget({
      kind: 'log',
      path: japanese,
      encoding: 'shift_jis',
      patterns: [{ name: 'p', pattern: 'エラー' }],
    });
    await one.look();
    appendFileSync(japanese, Buffer.from([0x83, 0x47, 0x83, 0x89, 0x81, 0x5b, 0x0a]));
    expect((await one.look()).values['log_target_matches_total{target="x",pattern="p"}']).toBe(1);
    const wide = join(folder, 'wide.log');
    writeFileSync(wide, '');
    await using two = openTarget({
      kind: 'log',
      path: wide,
      encoding: 'utf-16le',
      patterns: [{ name: 'p', pattern: '^Ċ਀Ċ$' }],
    });
    await two.look();
    appendFileSync(wide, Buffer.from('Ċ਀Ċ\nx\n', 'utf16le'));
    expect((await two.look()).values['log_target_matches_total{target="x",pattern="p"}']).toBe(1);
  });

  it('follows every file that a path with stars means, also those that come later', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a', 'deep'), { recursive: true });
    const file = (name: string) => join(folder, name);
    writeFileSync(file('a/web-1.log'), bad);
    writeFileSync(file('a/notes.txt'), bad);
    await using flat = openTarget({ kind: 'log', path: file('*/web-[0-9].log') });
    await using deep = openTarget({ kind: 'log', path: file('**/*.log') });
    await flat.look();
    await deep.look();
    appendFileSync(file('a/web-1.log'), bad);
    writeFileSync(file('a/web-2.log'), bad);
    writeFileSync(file('a/notes.txt'), bad.repeat(9));
    writeFileSync(file('a/deep/web-x.log'), bad);
    expect((await flat.look()).values[matches]).toBe(2);
    const { finding, values } = await deep.look();
    expect(values[matches]).toBe(3);
    expect(finding.facts).toContainEqual({ name: 'log-files', value: '3' });
    await using none = openTarget({ kind: 'log', path: file('*.nothing') });
    expect((await none.look()).finding).toMatchObject({ state: 'down', kind: 'missing' });
  });

  it('whose stars take in the rotated ones counts each line once', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'app.log');
    writeFileSync(path, 'begin 1\n');
    writeFileSync(`${path}.1`, `older\n${bad}`);
    await using target = openTarget({ kind: 'log', path: `${path}*` });
    await target.look();
    appendFileSync(path, bad.repeat(2));
    writeFileSync(`${path}.2.gz`, gzipSync(readFileSync(`${path}.1`)));
    copyFileSync(path, `${path}.1.new`);
    renameSync(`${path}.1.new`, `${path}.1`);
    truncateSync(path, 0);
    appendFileSync(path, `begin 2\n${bad}`);
    expect((await target.look()).values[matches]).toBe(3);
    renameSync(path, `${path}.0`);
    writeFileSync(path, bad);
    expect((await target.look()).values[matches]).toBe(4);
  });

  it('that means too many files reads some and says so', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 205; index += 1) writeFileSync(join(folder, `${index}.log`), '');
    await using target = openTarget({ kind: 'log', path: join(folder, '*.log') });
    expect((await target.look()).finding).toMatchObject({ state: 'wrong', kind: 'too-many-files' });
  });

  it('is a file whose name has the characters of a pattern, where there is one', async () => {
    const path = join(temporaryFolder(), '[app]*.log');
    writeFileSync(path, '');
    await using target = openTarget({ kind: 'log', path });
    await target.look();
    appendFileSync(path, bad);
    expect((await target.look()).values[matches]).toBe(1);
  });

  it('that is a pipe is no file, and nobody waits for who writes to it', async () => {
    const path = join(temporaryFolder(), 'pipe.log');
    execFileSync('mkfifo', [path]);
    await using target = openTarget({ kind: 'log', path });
    expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'not-a-file' });
  });
});
