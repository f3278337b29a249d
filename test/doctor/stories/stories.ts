/** One story for each thing that can be wrong: how it comes about, what is found, what repairs it. */
import { existsSync } from 'node:fs';
import { makeKnowledgeBase } from '../support/make-database.ts';
import { fileStories } from './file.ts';
import { indexesStories } from './indexes.ts';
import { logsStories } from './logs.ts';
import { rowsStories } from './rows.ts';
import { schemaStories } from './schema.ts';
import type { DamageStory } from './story.ts';

export const damageStories: readonly DamageStory[] = [
  ...fileStories,
  ...schemaStories,
  ...logsStories,
  ...indexesStories,
  ...rowsStories,
];

export function makeHurt(path: string, story: DamageStory): void {
  if (!existsSync(path)) makeKnowledgeBase(path);
  story.hurt(path);
}
