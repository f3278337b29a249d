/** Indexes and full-text tables. */
import { randomBytes } from 'node:crypto';
import { factCount } from '../support/make-database.ts';
import { type DamageStory, divert, leafOf, page, pageSize, sql, unsafeSql } from './story.ts';

export const indexesStories: readonly DamageStory[] = [
  {
    name: 'an index that lacks a row which another index knows',
    hurt: (path) => divert(path, 'facts_by_source', "INSERT INTO facts (statement, source) VALUES ('unseen', 's9')"),
    finds: ['index-disagrees'],
    verdict: 'damaged',
    runs: ['rebuild-indexes'],
    facts: factCount + 1,
  },
  {
    name: 'a row that a partial index lacks: no other could tell more',
    hurt: (path) => {
      sql(path, 'CREATE TABLE k (name TEXT); CREATE INDEX k_name ON k (name) WHERE name > 1');
      divert(path, 'k_name', "INSERT INTO k VALUES ('unseen')");
    },
    finds: ['index-disagrees'],
    verdict: 'damaged',
    runs: ['rebuild-indexes'],
    notes: /^1 row had no entry in k_name \(row 1\)/,
    facts: factCount,
  },
  {
    name: 'a destroyed index page',
    hurt: (path) => page(path, leafOf(path, 'facts_by_statement'), randomBytes(pageSize)),
    finds: ['index-damaged'],
    verdict: 'damaged',
    runs: ['rebuild-by-reading'],
    facts: factCount,
  },
  {
    name: 'a destroyed index page, and a value that another index still knows as it was',
    hurt: (path) => {
      divert(path, 'facts_by_source', "UPDATE facts SET source = 'altered' WHERE id = 77");
      page(path, leafOf(path, 'facts_by_statement'), randomBytes(pageSize));
    },
    finds: ['index-damaged', 'rows-contradicted'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: factCount - 1,
  },
  {
    name: 'the same key twice in a unique index',
    hurt: (path) => {
      sql(path, 'CREATE TABLE k (id INTEGER PRIMARY KEY, name TEXT); CREATE UNIQUE INDEX k_name ON k (name)');
      sql(path, "INSERT INTO k (name) VALUES ('a'), ('b')");
      divert(path, 'k_name', "INSERT INTO k (name) VALUES ('a')");
    },
    finds: ['index-disagrees', 'rows-contradicted'],
    verdict: 'damaged',
    runs: ['salvage-rows'],
    facts: factCount,
  },
  {
    name: 'a damaged full-text index',
    hurt: (path) => {
      sql(
        path,
        'CREATE VIRTUAL TABLE search USING fts5 (text); INSERT INTO search SELECT statement FROM facts LIMIT 500',
      );
      unsafeSql(path, ["UPDATE search_content SET c0 = 'something else' WHERE id = 3"]);
    },
    finds: ['full-text-damaged'],
    verdict: 'damaged',
    runs: ['rebuild-full-text'],
    facts: factCount,
  },
];
