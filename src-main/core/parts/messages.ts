/** Everything that the core says to people, in their language. */
import type { Catalogue } from '../../messages/catalogue.ts';
import type { Scheduler } from '../../sampling/scheduler.ts';
import { createMessageCatalogue } from '../message-owners.ts';
import type { Module } from '../part.ts';

export const createMessages = ({ scheduler }: { readonly scheduler: Scheduler }): Module<Catalogue> => ({
  api: createMessageCatalogue(scheduler.sources),
  part: { name: 'messages' },
});
