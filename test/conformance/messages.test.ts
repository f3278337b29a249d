/**
 * Every text of the core is there in every language, is its owner's alone, and is in the catalogue: new ones are tested
 * here.
 */
import { globSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { metricInfo } from '../../src-main/contract/metric.ts';
import { failed } from '../../src-main/contract/outcome.ts';
import { languages } from '../../src-main/contract/text/text.ts';
import { describeForms } from '../../src-main/core/forms.ts';
import { textsOfOwners } from '../../src-main/core/message-owners.ts';
import { repairs } from '../../src-main/doctor/repairs/index.ts';
import { createCatalogue } from '../../src-main/messages/catalogue.ts';
import { textsOfRepair } from '../../src-main/messages/texts-of.ts';
import { channelInfo } from '../../src-main/notify/channel.ts';
import { createChannels } from '../../src-main/notify/channels/index.ts';
import { makeSources } from '../support/all-sources.ts';

const sources = makeSources();
afterAll(() => sources.close());
const parts = () => [...textsOfOwners([...sources.all, ...sources.ofStore]), ...repairs.map(textsOfRepair)];
const all = parts().flatMap((part) => Object.entries(part));
const valuesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1] as string);

describe('the texts of the core', () => {
  it('stand in every language', () => {
    const lacking = all.flatMap(([code, text]) =>
      languages.filter((one) => !text[one]?.trim()).map((one) => `${code} (${one})`),
    );
    expect(lacking).toEqual([]);
  });

  it('name in no language a value that English does not name', () => {
    const wrong = all.filter(([, text]) => valuesIn(text.de).some((name) => !valuesIn(text.en).includes(name)));
    expect(wrong.map(([code]) => code)).toEqual([]);
  });

  it('have codes that no two mean differently', () => {
    const known = new Map<string, string>();
    const borrowed = all.filter(([code, text]) => {
      const before = known.get(code);
      known.set(code, JSON.stringify(text));
      return before !== undefined && before !== JSON.stringify(text);
    });
    expect(borrowed.map(([code]) => code)).toEqual([]);
  });

  it('are all in the catalogue, each under an owner of its own', () => {
    const owners = globSync('src-main/**/*.ts')
      .map((path) => readFileSync(path, 'utf8'))
      .flatMap((code) => [...code.matchAll(/\bsentences\(\s*'([^']+)'/g)].map((match) => match[1] as string));
    expect(owners.length).toBeGreaterThan(5);
    expect(owners.filter((owner, index) => owners.indexOf(owner) !== index)).toEqual([]);
    expect(owners.filter((owner) => !all.some(([code]) => code.startsWith(`${owner}.`)))).toEqual([]);
  });
});

describe('scripts', () => {
  it('read English strings, whatever the language of the window', () => {
    const metrics = sources.all.flatMap((source) => source.metrics).map(metricInfo);
    for (const { title, help } of metrics) expect([typeof title, typeof help]).toEqual(['string', 'string']);
    expect(metrics.find(({ name }) => name === 'system_memory_percent')).toMatchObject({
      title: 'Memory',
      help: 'Share of the memory that is not available to programs, in percent.',
    });
    const email = createChannels([])
      .map(channelInfo)
      .find(({ kind }) => kind === 'email');
    expect(email).toMatchObject({ title: 'Email', help: 'A mail through your own mail server or provider.' });
    const form = describeForms(createChannels([])).find((one) => one.form.id === 'channel.email')?.form;
    expect(JSON.stringify(form)).toContain('"label":"Recipients","isRequired":true');
    expect(JSON.stringify(form)).toContain('{"value":"none","label":"None (local server only)"}');
    expect(failed('held/by', { file: 'kb.db', programs: 'nginx' }).failure).toEqual({
      kind: 'held',
      code: 'held/by',
      message: 'kb.db is open in nginx.',
      next: 'Close that program or choose to wait until it lets go (--wait on the command line).',
      values: { file: 'kb.db', programs: 'nginx' },
    });
  });
});

describe('a further language', () => {
  const toy = {
    locale: 'eo',
    texts: {
      'source.pressure': 'Premo',
      'sampling.timed-out': 'Neniu respondo en {seconds} s',
      'window.app.skip': 'Al la enhavo',
    },
  };
  const catalogue = createCatalogue(parts, { eo: toy });

  it('is one file: what it has is said in it, by the core and in the window', () => {
    const { language, texts } = catalogue.list('eo');
    expect(language).toBe('eo');
    expect(texts).toMatchObject(toy.texts);
    const message = { code: 'sampling.timed-out', message: 'No answer within 8 s', values: { seconds: 8 } };
    expect(catalogue.speaker('eo').repeat(message)).toBe('Neniu respondo en 8 s');
  });

  it('falls back to English where it has nothing', () => {
    expect(catalogue.list('eo').texts['source.memory']).toBe('Memory');
    expect(catalogue.speaker('eo').name('source.memory')).toBe('Memory');
  });

  it('is English where nobody knows it', () => {
    expect(catalogue.list('tlh')).toMatchObject({ language: 'en', texts: { 'source.memory': 'Memory' } });
  });
});
