/**
 * Languages beyond those that everything is written in: one file each, one line here and its name in
 * `contract/text.ts`.
 */
import type { AnyLanguage, Language } from '../contract/text/text.ts';
import type { FurtherLanguage } from './catalogue.ts';

export const furtherLanguages: Readonly<Record<Exclude<AnyLanguage, Language>, FurtherLanguage>> = {};
