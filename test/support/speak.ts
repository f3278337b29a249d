/** Speaks as the monitor does, with the words of every rule and channel. */
import type { AnyLanguage } from '../../src-main/contract/text/text.ts';
import { createMessageCatalogue } from '../../src-main/core/message-owners.ts';
import type { Speaker } from '../../src-main/messages/catalogue.ts';

const catalogue = createMessageCatalogue(() => []);

export const speakerIn = (language: AnyLanguage): Speaker => catalogue.speaker(language);
