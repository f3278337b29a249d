/** Alerts and who is notified of them. */
import type { Catalogue } from '../../messages/catalogue.ts';
import { showByNodeNotifier } from '../../notify/channels/desktop.ts';
import type { Store } from '../../store/open-store.ts';
import { type Alerting, startAlerting } from '../alerting.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import type { Explain } from './explain.ts';
import type { OwnAddresses } from './own-addresses.ts';
import type { Sampling } from './sampling.ts';

export interface AlertingPartDeps extends Foundation, Sampling {
  readonly store: Store;
  readonly messages: Catalogue;
  readonly explain: Explain;
  readonly ownAddresses: OwnAddresses;
}

export async function createAlerting(deps: AlertingPartDeps): Promise<Module<Alerting>> {
  const { options, store, messages, ownAddresses, hub } = deps;
  const alerting = await startAlerting({
    clock: deps.clock,
    logger: deps.logger,
    settings: deps.settings,
    secrets: deps.secrets,
    records: store.records,
    store,
    lastAt: store.newestAt,
    desktop: [...(options.showNotification === undefined ? [] : [options.showNotification]), showByNodeNotifier],
    processes: deps.processes.table,
    explained: () => deps.explain.current,
    dashboard: () => ownAddresses.addresses().apiUrl ?? undefined,
    speaker: () => messages.speaker(deps.language()),
    onChange: () => hub.emit('viewChanged', undefined),
  });
  return { api: alerting, part: { name: 'alerts', stop: alerting.stop } };
}
