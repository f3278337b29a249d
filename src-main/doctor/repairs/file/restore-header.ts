/**
 * Writes header fields whose right value the rest of the file tells. Whether it was enough, the next examination says.
 */
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import type { FileFacts } from '../../files/file-facts.ts';
import { magic as magicText } from '../../sqlite-file/header.ts';
import { achieve, findingsOf, intend, type Repair } from '../repair.ts';

const magic = Buffer.from(magicText, 'latin1');

/**
 * The first page must still be a tree page behind its header, else there is no list of tables to restore a header for.
 */
export function canRestoreHeader(facts: FileFacts): boolean {
  const { header, likelyPageSize } = facts;
  return header !== null && likelyPageSize !== null && facts.isFirstPageTree && facts.hasTreePages;
}

const words = sentences('repair.restore-header', {
  planned: {
    en: 'Rewrites the damaged fields of the header, from what the pages show.',
    de: 'Schreibt die beschädigten Felder des Dateikopfs neu, wie die Seiten sie verraten.',
  },
  done: { en: 'The header is restored.', de: 'Der Dateikopf ist wiederhergestellt.' },
});

export const restoreHeader: Repair = {
  id: 'restore-header',
  title: { en: 'Restore the header', de: 'Dateikopf wiederherstellen' },
  words,
  risk: 'safe',
  stage: 'file',
  plan(situation) {
    const answers = findingsOf(situation, 'header-wrong');
    if (answers.length === 0 || !canRestoreHeader(situation.facts)) return null;
    return { ...intend(words.planned), answers, isChosen: true };
  },
  async run({ work, facts }) {
    const pageSize = facts.likelyPageSize as number;
    const file = openSync(work, 'r+');
    const restored: string[] = [];
    const head = Buffer.alloc(100);
    try {
      readSync(file, head, 0, 100, 0);
      const set = (name: string, isRight: boolean, write: () => void): void => {
        if (isRight) return;
        write();
        restored.push(name);
      };
      const pages = Math.floor(facts.sizeBytes / pageSize);
      const version = facts.log === null ? 1 : 2;
      set('name', head.subarray(0, 16).equals(magic), () => magic.copy(head));
      const size = pageSize === 65_536 ? 1 : pageSize;
      set('page size', head.readUInt16BE(16) === size, () => head.writeUInt16BE(size, 16));
      for (const at of [18, 19])
        set('format version', [1, 2].includes(head[at] as number), () => head.writeUInt8(version, at));
      set('reserved bytes', (head[20] as number) <= pageSize - 480, () => head.writeUInt8(0, 20));
      for (const [at, value] of [
        [21, 64],
        [22, 32],
        [23, 32],
      ] as const)
        set('payload fractions', head[at] === value, () => head.writeUInt8(value, at));
      set('page count', head.readUInt32BE(28) === pages || facts.log !== null, () => {
        head.writeUInt32BE(pages, 28);
        // The count holds only while these two agree.
        head.writeUInt32BE(head.readUInt32BE(24), 92);
      });
      set('free list', head.readUInt32BE(32) <= pages && head.readUInt32BE(36) <= pages, () => {
        head.writeUInt32BE(0, 32);
        head.writeUInt32BE(0, 36);
      });
      set('schema format', head.readUInt32BE(44) >= 1 && head.readUInt32BE(44) <= 4, () => head.writeUInt32BE(4, 44));
      const encoding = head.readUInt32BE(56);
      set('text encoding', encoding >= 1 && encoding <= 3, () => head.writeUInt32BE(1, 56));
      writeSync(file, head, 0, 100, 0);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (restored.includes('text encoding') && !findEncoding(work)) return failed('header-not-restored');
    return ok(achieve(words.done));
  },
};

/** With the right encoding every entry of the schema has one of four types. */
function findEncoding(path: string): boolean {
  for (const encoding of [1, 2, 3]) {
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.from([0, 0, 0, encoding]), 0, 4, 56);
    closeSync(file);
    try {
      using view = openWorkingCopy(path);
      const strange = view.database
        .prepare(`SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table', 'index', 'view', 'trigger')`)
        .pluck()
        .get();
      if (strange === 0) return true;
    } catch {
      // Not this one.
    }
  }
  return false;
}
