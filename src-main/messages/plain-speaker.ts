/** Speaks the sentences that are handed to it where no catalogue is at hand: before the monitor runs, and in tests. */
import type { AnyLanguage } from '../contract/text/text.ts';
import { createCatalogue, type Speaker } from './catalogue.ts';
import { furtherLanguages } from './further-languages.ts';

export const plainSpeaker = (language: AnyLanguage): Speaker =>
  createCatalogue(() => [], furtherLanguages).speaker(language);
