/** What the window says in each language, and where it falls back. */
import { describe, expect, it } from 'vitest';
import type { AnyLanguage } from '../../src-main/contract/text/text.ts';
import { createMessageCatalogue } from '../../src-main/core/message-owners.ts';
import { createTexts, loadCatalogue } from '../../src-renderer/i18n/create-texts.ts';
import { createFormats } from '../../src-renderer/i18n/format.ts';

const core = (language: string) => createMessageCatalogue(() => []).list(language).texts;
const textsIn = async (language: string, words = core(language)) =>
  createTexts(language as AnyLanguage, await loadCatalogue(language), words, createFormats(language));

describe('the window', () => {
  it('says what the core says in its own language and its own formats', async () => {
    const de = await textsIn('de');
    expect(de.say('rule.high_cpu', 'CPU is busy')).toBe('CPU ist stark ausgelastet');
    expect(de.say('finding.log-oversized', '', { bytes: 5 * 2 ** 20 })).toBe('Das Log ist auf 5,0 MiB gewachsen');
    expect(de.t('alerts.none')).toBe('Keine aktiven Alarme');
  });

  it('shows the English of the core for a code that is newer than its words, and for one that lacks a value', async () => {
    const de = await textsIn('de');
    expect(de.say('failure.from-tomorrow', 'The moon is in the way.')).toBe('The moon is in the way.');
    expect(de.say('finding.log-oversized', 'The log is large.')).toBe('The log is large.');
  });

  it('takes a language that it does not have itself from the core, and English where the core lacks it, too', async () => {
    const toy = await textsIn('eo', { 'window.alerts.none': 'Neniuj alarmoj' });
    expect(toy.t('alerts.none')).toBe('Neniuj alarmoj');
    expect(toy.t('alerts.title')).toBe('Active alerts');
    expect(toy.say('rule.high_cpu', 'CPU is busy')).toBe('CPU is busy');
  });
});
