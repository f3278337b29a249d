import { implement } from '@orpc/server';
import { messagesContract } from '../contract/text/message-procedures.ts';
import { repairs } from '../doctor/repairs/index.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import { textsOfRepair } from '../messages/texts-of.ts';

export function messagesProcedures(catalogue: Pick<Catalogue, 'list'>) {
  const os = implement(messagesContract);
  return os.router({
    messages: {
      // Repairs are the doctor's thread's own; only a window names them, so they are loaded with the procedures.
      list: os.messages.list.handler(({ input }) => catalogue.list(input.language, repairs.map(textsOfRepair))),
    },
  });
}
