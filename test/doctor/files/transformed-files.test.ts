/**
 * Files that a transfer or a program has changed as a whole: the cause is named, and undone where the result proves
 * itself.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary.ts';
import { contextIn, look, repair, undo } from '../support/flow-for-test.ts';
import { integrity, sums } from '../support/make-database.ts';

const rows = 1_500;

/** Values of every kind of byte, so that nothing but the right inverse brings them back. */
function make(path: string, blob: readonly number[] = [10, 13, 13, 10, 200]): string {
  const database = new Database(path);
  database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, b BLOB); CREATE INDEX by_n ON t (n)');
  const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?, ?)');
  database.transaction(() => {
    for (let row = 1; row <= rows; row += 1)
      insert.run(
        row,
        `line ${row}\r\nnext\nä€${'x'.repeat((row * 7919) % 55)}`,
        (row * 31) % 1_000,
        Buffer.from([row & 255, ...blob]),
      );
  })();
  database.close();
  return path;
}

const contentOf = (path: string): unknown => {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare('SELECT count(*), sum(length(name)), sum(n), group_concat(hex(b)) FROM t').raw().get();
  } finally {
    database.close();
  }
};

const replaceAll = (bytes: Buffer, from: string, to: string): Buffer =>
  Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
const without = (bytes: Buffer, at: number, count = 1): Buffer =>
  Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)]);
const withBytes = (bytes: Buffer, at: number, added: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at)]);

/** Each gives the very file back. */
const reversible: Readonly<Record<string, readonly [kind: string, change: (bytes: Buffer) => Buffer]>> = {
  'gzip around it': ['file-gzip', (bytes) => gzipSync(bytes)],
  'Base64 in one line': ['file-base64', (bytes) => Buffer.from(bytes.toString('base64'))],
  'Base64 in lines of 76': [
    'file-base64',
    (bytes) => Buffer.from(bytes.toString('base64').replaceAll(/(.{76})/g, '$1\r\n')),
  ],
  'LF turned into CR LF': ['file-line-ends', (bytes) => replaceAll(bytes, '\n', '\r\n')],
  'Latin-1 written as UTF-8': ['file-text-encoding', (bytes) => Buffer.from(bytes.toString('latin1'), 'utf8')],
  'Windows-1252 written as UTF-8': [
    'file-text-encoding',
    (bytes) => Buffer.from(new TextDecoder('windows-1252').decode(bytes), 'utf8'),
  ],
  'a byte order mark before it': ['file-bytes-before', (bytes) => withBytes(bytes, 0, Buffer.from('\ufeff'))],
  'the head of a web answer before it': [
    'file-bytes-before',
    (bytes) => withBytes(bytes, 0, Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n')),
  ],
  'the NUL behind its name lost': ['file-bytes-lost', (bytes) => without(bytes, 15)],
  'a letter of its name lost': ['file-bytes-lost', (bytes) => without(bytes, 4)],
  'a reserved zero of its header lost': ['file-bytes-lost', (bytes) => without(bytes, 80)],
  'a byte too many in its name': ['file-bytes-added', (bytes) => withBytes(bytes, 7, Buffer.of(65))],
};

describe.each(Object.entries(reversible))('%s', (_, [kind, change]) => {
  it('is named, undone to the byte, and the undo gives the changed file back', async () => {
    const folder = temporaryFolder();
    const file = make(join(folder, 't.db'));
    const whole = readFileSync(file);
    const truth = contentOf(file);
    writeFileSync(file, change(whole));
    const changed = sums(file);
    const context = contextIn(folder);

    const { verdict, findings } = await look(context, file);
    expect(findings.map((one) => one.kind)).toEqual([kind]);
    expect(verdict).toBe('damaged');

    const outcome = await repair(context, file);
    expect(outcome).toMatchObject({ ok: true, value: { done: [{ id: 'undo-transformation' }] } });
    expect(contentOf(file)).toEqual(truth);
    expect(readFileSync(file).equals(whole)).toBe(true);
    expect(await undo(context, file)).toMatchObject({ ok: true });
    expect(sums(file)).toEqual(changed);
  });
});

/** Bytes that are gone for good cost at most the rows of the page they were on. */
const partly: Readonly<Record<string, readonly [kind: string, change: (bytes: Buffer) => Buffer]>> = {
  'a byte lost in the middle': ['file-bytes-lost', (bytes) => without(bytes, 4096 * 6 + 3_500)],
  'three bytes lost in the middle': ['file-bytes-lost', (bytes) => without(bytes, 4096 * 9 + 3_000, 3)],
  'a byte too many in the middle': ['file-bytes-added', (bytes) => withBytes(bytes, 4096 * 7 + 3_900, Buffer.of(77))],
  'bytes lost in two places': [
    'file-bytes-lost',
    (bytes) => without(without(bytes, 4096 * 12 + 3_600), 4096 * 4 + 3_700),
  ],
};

describe.each(Object.entries(partly))('%s', (_, [kind, change]) => {
  it('costs at most the rows of that page, and none of those that come back is wrong', async () => {
    const folder = temporaryFolder();
    const file = make(join(folder, 't.db'));
    const truth = new Map(rowsOf(file));
    writeFileSync(file, change(readFileSync(file)));
    const changed = sums(file);
    const context = contextIn(folder);
    expect((await look(context, file)).findings.map((one) => one.kind)).toEqual([kind]);

    const outcome = await repair(context, file);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    expect(outcome.value.done.map(({ id }) => id)).toContain('undo-transformation');
    expect(integrity(file)).toBe('ok');
    const back = rowsOf(file);
    for (const [id, row] of back) expect(row, `row ${id}`).toBe(truth.get(id));
    expect(back.length).toBeGreaterThan(rows - 150);
    expect(await undo(context, file, true)).toMatchObject({ ok: true });
    expect(sums(file)).toEqual(changed);
  });
});

function rowsOf(path: string): (readonly [number, string])[] {
  const database = new Database(path, { readonly: true });
  try {
    const all = database.prepare('SELECT id, name, n, hex(b) FROM t NOT INDEXED').raw().all() as [
      number,
      ...unknown[],
    ][];
    return all.map(([id, ...values]) => [id, JSON.stringify(values)]);
  } finally {
    database.close();
  }
}

describe('CR LF turned into LF', () => {
  it('is named, and what cannot be told is not made up', async () => {
    const folder = temporaryFolder();
    const file = make(join(folder, 't.db'), [10, 200]);
    const whole = readFileSync(file);
    writeFileSync(file, replaceAll(whole, '\r\n', '\n'));
    const context = contextIn(folder);
    expect((await look(context, file)).findings.map((one) => one.kind)).toEqual(['file-line-ends-lost']);
    expect(await repair(context, file)).toMatchObject({ ok: false, failure: { kind: 'nothing-helps' } });
  });

  it('is undone as far as one line feed of a page alone can have been it', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    const database = new Database(file);
    database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, b BLOB)');
    const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?, ?)');
    for (let row = 1; row <= rows; row += 1)
      insert.run(
        row,
        `${row % 331 === 0 ? 'two\r\nlines' : 'one line'} ${'x'.repeat((row * 7919) % 55)}`,
        row * 70_000,
        null,
      );
    database.close();
    const truth = new Map(rowsOf(file));
    writeFileSync(file, replaceAll(readFileSync(file), '\r\n', '\n'));
    const context = contextIn(folder);
    expect((await look(context, file)).findings.map((one) => one.kind)).toEqual(['file-line-ends-lost']);
    expect(await repair(context, file)).toMatchObject({ ok: true });
    expect(integrity(file)).toBe('ok');
    const back = rowsOf(file);
    for (const [id, row] of back) expect(row, `row ${id}`).toBe(truth.get(id));
    expect(back.length).toBeGreaterThan(rows - 4 * 80);
  });
});

describe('what cannot be undone', () => {
  it('is named all the same: bytes replaced by U+FFFD', async () => {
    const folder = temporaryFolder();
    const file = make(join(folder, 't.db'));
    writeFileSync(file, Buffer.from(readFileSync(file).toString('utf8'), 'utf8'));
    const changed = sums(file);
    const context = contextIn(folder);
    expect((await look(context, file)).findings.map((one) => one.kind)).toEqual(['file-text-replaced']);
    expect(await repair(context, file)).toMatchObject({ ok: false, failure: { kind: 'nothing-helps' } });
    expect(sums(file)).toEqual(changed);
  });

  it('is no transformation where a file was only cut or went on', async () => {
    const folder = temporaryFolder();
    for (const [name, change] of Object.entries({
      cut: (bytes: Buffer) => bytes.subarray(0, 4096 * 10 + 700),
      'went on': (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(777, 3)]),
    })) {
      const file = make(join(folder, `${name}.db`));
      writeFileSync(file, change(readFileSync(file)));
      const kinds = (await look(contextIn(folder), file)).findings.map((one) => one.kind);
      expect(kinds.filter((kind) => kind.startsWith('file-'))).toEqual([]);
    }
  });
});

describe('a file that is what its header says', () => {
  it.each([4096, 1024, 8192])('is healthy when it lies twice in one, with pages of %i bytes', async (pageSize) => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    const database = new Database(file);
    database.pragma(`page_size = ${pageSize}`);
    database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)');
    const insert = database.prepare('INSERT INTO t (name) VALUES (?)');
    for (let row = 0; row < 300; row += 1) insert.run(`name ${row} ${'x'.repeat((row * 13) % 60)}`);
    database.close();
    const once = readFileSync(file);
    writeFileSync(file, Buffer.concat([once, once]));
    const { verdict, findings } = await look(contextIn(folder), file);
    expect(verdict).toBe('healthy');
    expect(findings.map(({ kind, values }) => [kind, values])).toEqual([
      ['tail-appended', { pages: once.length / pageSize }],
    ]);
  });
});

describe('an encrypted file', () => {
  /** Never twice the same, and the same each time. */
  const noise = (length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    let state = 7;
    for (let at = 0; at < length; at += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[at] = state >>> 24;
    }
    return bytes;
  };
  it.each([0, 16, 24, 32, 100])('is called encrypted with its first %i bytes plain', async (plain) => {
    const folder = temporaryFolder();
    const file = make(join(folder, 't.db'));
    const bytes = noise(4096 * 24);
    readFileSync(file).copy(bytes, 0, 0, plain);
    writeFileSync(file, bytes);
    const before = sums(file);
    const { verdict, findings } = await look(contextIn(folder), file);
    expect(verdict).toBe('encrypted');
    expect(findings.map(({ kind }) => kind)).toEqual(['encrypted']);
    const outcome = await repair(contextIn(folder), file);
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'encrypted' } });
    if (!outcome.ok) expect(outcome.failure.message).not.toMatch(/operations|original/);
    expect(sums(file)).toEqual(before);
  });
});
