/**
 * Nothing can be set that nobody reads: each key of settings, targets, channels and rules is read somewhere beyond the
 * schemas. By name, in code without comments, texts and what is only written; of two settings with one name, one that
 * nobody reads goes unseen.
 */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { alertRuleSchema } from '../../src-main/contract/settings/alerts.ts';
import { channelSettingsSchema } from '../../src-main/contract/settings/notify.ts';
import { settingsAreas } from '../../src-main/contract/settings/settings.ts';
import { createChannels } from '../../src-main/notify/channels/index.ts';

/** What only names keys: schemas, their migration, rules as data. */
const isNaming = (path: string): boolean =>
  /src-main.(contract.(settings|forms)|settings.migrations|alerts.rules)\b/.test(path.replaceAll('\\', '/'));

const sources = globSync(['src-main/**/*.ts', 'src-renderer/**/*.{ts,tsx}'])
  .filter((path) => !isNaming(path))
  .map((path) => readFileSync(path, 'utf8'));
const code = sources.map(withoutWords).join('\n');
/** A secret of a target is asked for by its name. */
const isAskedFor = (name: string): boolean => sources.some((text) => text.includes(`('${name}')`));

/** What templates fill in stays: it is code. */
function withoutWords(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
}

/** `.name` that is not assigned to, or `name` in a pattern: `{ name }`, `{ name: other }` before `=`, `(` or `=>`. */
const isRead = (name: string): boolean =>
  new RegExp(`\\.${name}\\b(?!\\s*=[^=>])|[{,(]\\s*${name}\\s*(?:[,}]|=[^=>]|:\\s*[\\w{]+\\s*[,}])`).test(code);

const keysOf = (schema: z.core.$ZodType, path: string): readonly (readonly [path: string, key: string])[] => {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, inner]) => [
      [`${path}.${key}`, key] as const,
      ...keysOf(inner, `${path}.${key}`),
    ]);
  if (schema instanceof z.ZodArray) return keysOf(schema.element, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysOf(option, path));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return keysOf(schema.unwrap(), path);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return keysOf(schema.unwrap(), path);
  return [];
};

const all = [
  ...Object.entries(settingsAreas).flatMap(([area, schema]) => keysOf(schema, area)),
  ...keysOf(channelSettingsSchema, 'channel'),
  ...createChannels([]).flatMap(({ kind, options }) => keysOf(options, `channel.${kind}`)),
  ...keysOf(alertRuleSchema, 'rule'),
];

it('every key that can be set is read', () => {
  expect(all.length).toBeGreaterThan(120);
  expect(all.filter(([, key]) => !isRead(key) && !isAskedFor(key)).map(([path]) => path)).toEqual([]);
});

it('a key that is only named is found out', () => {
  expect(isRead('surelyNobodyReadsThis')).toBe(false);
});
