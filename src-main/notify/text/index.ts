/** The languages in which notices exist. */
import type { Language } from '../channel.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { NoticeText } from './text.ts';

export const noticeTexts: Readonly<Record<Language, NoticeText>> = { en, de };
