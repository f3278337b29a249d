/** What goes over each network interface, and what went wrong there. */

import type { MetricDescription } from '../contract/metric.ts';
import { sentences } from '../contract/text/message.ts';
import type { Text } from '../contract/text/text.ts';
import { NoData, type Source } from '../sampling/source.ts';
import type { CollectorDeps } from './collector-deps.ts';
import { Rates } from './rates.ts';
import { HeldFile } from './readers/held-file.ts';
import { type InterfaceCounters, parseNetDev } from './readers/network-counters.ts';
import { readInterfaceCounters } from './readers/system-information.ts';

const rateOf = (direction: 'receive' | 'transmit', title: Text, verb: Text): MetricDescription => ({
  name: `network_${direction}_bytes_per_second`,
  title,
  help: {
    en: `Bytes ${verb.en} over this interface a second.`,
    de: `Über diese Schnittstelle ${verb.de} Bytes je Sekunde.`,
  },
  unit: 'bytes_per_second',
  kind: 'gauge',
  labels: ['interface'],
});
const receiveRate = rateOf('receive', { en: 'Network in', de: 'Netzwerk ein' }, { en: 'received', de: 'empfangene' });
const transmitRate = rateOf('transmit', { en: 'Network out', de: 'Netzwerk aus' }, { en: 'sent', de: 'gesendete' });
const received: MetricDescription = {
  name: 'network_received_bytes_total',
  title: { en: 'Bytes received', de: 'Empfangene Bytes' },
  help: {
    en: 'Bytes received over this interface since it came up.',
    de: 'Über diese Schnittstelle empfangene Bytes, seit sie da ist.',
  },
  unit: 'bytes',
  kind: 'counter',
  labels: ['interface'],
};
const transmitted: MetricDescription = {
  name: 'network_transmitted_bytes_total',
  title: { en: 'Bytes sent', de: 'Gesendete Bytes' },
  help: {
    en: 'Bytes sent over this interface since it came up.',
    de: 'Über diese Schnittstelle gesendete Bytes, seit sie da ist.',
  },
  unit: 'bytes',
  kind: 'counter',
  labels: ['interface'],
};
const errors: MetricDescription = {
  name: 'network_errors_total',
  title: { en: 'Network errors', de: 'Netzwerkfehler' },
  help: {
    en: 'Packets that were damaged or could not be sent, since the interface came up.',
    de: 'Pakete, die beschädigt waren oder nicht gesendet werden konnten, seit die Schnittstelle da ist.',
  },
  unit: 'count',
  kind: 'counter',
  labels: ['interface', 'direction'],
};
const drops: MetricDescription = {
  name: 'network_drops_total',
  title: { en: 'Dropped packets', de: 'Verworfene Pakete' },
  help: {
    en: 'Packets thrown away for want of room, since the interface came up.',
    de: 'Aus Platzmangel verworfene Pakete, seit die Schnittstelle da ist.',
  },
  unit: 'count',
  kind: 'counter',
  labels: ['interface', 'direction'],
};

const totalsEvery = 10;
const maxInterfaces = 32;

const reasons = sentences('source.network', {
  'no-network': {
    en: 'This machine has no network interface but the loop-back',
    de: 'Dieser Rechner hat außer der lokalen keine Netzwerkschnittstelle',
  },
});

export function networkCollector({ platform, procRoot = '/proc' }: CollectorDeps): Source {
  const isLinux = platform === 'linux';
  const file = isLinux ? new HeldFile(`${procRoot}/net/dev`) : undefined;
  const rates = new Rates();
  let runs = 0;
  return {
    id: 'network',
    title: { en: 'Network', de: 'Netzwerk' },
    interval: isLinux ? 'fast' : 'slow',
    timeoutMs: 8_000,
    reasons,
    metrics: [receiveRate, transmitRate, received, transmitted, errors, drops],
    collect(sink, { monotonic }) {
      const emit = (interfaces: readonly InterfaceCounters[]): void => {
        if (interfaces.length === 0) throw new NoData(reasons['no-network']);
        for (const one of interfaces.slice(0, maxInterfaces)) {
          const labels = { interface: one.name };
          const rate = (name: string, value: number): number | undefined => {
            const perSecond = rates.perSecond(`${one.name} ${name}`, value, monotonic);
            return perSecond === undefined ? undefined : Math.round(perSecond);
          };
          sink.sample(receiveRate, rate('in', one.receivedBytes), labels);
          sink.sample(transmitRate, rate('out', one.transmittedBytes), labels);
          if (isLinux && runs % totalsEvery !== 0) continue;
          sink.sample(received, one.receivedBytes, labels);
          sink.sample(transmitted, one.transmittedBytes, labels);
          sink.sample(errors, one.receiveErrors, { ...labels, direction: 'receive' });
          sink.sample(errors, one.transmitErrors, { ...labels, direction: 'transmit' });
          sink.sample(drops, one.receiveDrops, { ...labels, direction: 'receive' });
          sink.sample(drops, one.transmitDrops, { ...labels, direction: 'transmit' });
        }
        runs += 1;
      };
      if (file !== undefined) return emit(parseNetDev(file.read()));
      return readInterfaceCounters().then(emit);
    },
    close: () => file?.[Symbol.dispose](),
  };
}
