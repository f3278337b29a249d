import { implement } from '@orpc/server';
import { messagesContract } from '../contract/messages.ts';
import type { Catalogue } from '../messages/catalogue.ts';

export function messagesProcedures(catalogue: Pick<Catalogue, 'list'>) {
  const os = implement(messagesContract);
  return os.router({
    messages: { list: os.messages.list.handler(({ input }) => catalogue.list(input.language)) },
  });
}
