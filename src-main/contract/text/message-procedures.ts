/** The words of the core in one language: what its parts are called and everything that they say, by code. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { base } from '../base.ts';

export interface MessageTexts {
  readonly language: string;
  /**
   * Templates as `message.ts` fills them in. Those under `window.` are for a language that the window itself does not
   * have.
   */
  readonly texts: Readonly<Record<string, string>>;
}

export const messagesContract = {
  messages: {
    /** A language that the core does not speak is answered in English. */
    list: base.input(z.object({ language: z.string().min(2).max(35) })).output(type<MessageTexts>()),
  },
};
