/** The two servers on loopback. */
import { join } from 'node:path';
import type { Router } from '../../api/router.ts';
import type { PortInUse } from '../../contract/live.ts';
import type { CostDesk } from '../../cost/cost-desk.ts';
import { startHttpServers } from '../../http/http-servers.ts';
import { lookAtHolders } from '../../http/listen.ts';
import { openToken, type TokenKeeper } from '../../http/token.ts';
import { projectRoot } from '../../platform/product.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import type { Reporting } from '../reporting.ts';
import type { Live } from './live.ts';
import type { OwnAddresses } from './own-addresses.ts';

export interface HttpPartDeps extends Foundation {
  readonly live: Live;
  readonly loadRouter: () => Promise<Router>;
  readonly reporting: Reporting;
  readonly cost: Pick<CostDesk, 'analysis'>;
  readonly ownAddresses: OwnAddresses;
}

const holdersEveryMs = 60_000;

/** @returns the secret of local programs */
export function createHttp(deps: HttpPartDeps): Module<TokenKeeper> {
  const { options, settings, hub, live, ownAddresses } = deps;
  const token = openToken(deps.paths.token);
  let close = async (): Promise<void> => {};
  let looking: Disposable | undefined;
  /** Only while another program has a port of ours. */
  const lookAgain = (ports: readonly PortInUse[]): void => {
    if (ports.every(({ wanted, actual }) => wanted === 0 || wanted === actual)) return;
    looking = deps.clock.after(holdersEveryMs, async () => {
      const now = await lookAtHolders(ports);
      if (looking === undefined) return;
      ownAddresses.announce(now);
      lookAgain(now);
    });
  };
  return {
    api: token,
    part: {
      name: 'http',
      async start() {
        const { dashboardPort, prometheusPort } = settings.current.http;
        const servers = await startHttpServers({
          clock: deps.clock,
          logger: deps.logger,
          live: live.feed,
          series: () => live.window.series(),
          loadRouter: deps.loadRouter,
          token,
          staticDir: join(projectRoot(), 'out', 'renderer'),
          settings: () => settings.current.http,
          reports: deps.reporting,
          costs: deps.cost.analysis,
          version: options.version,
          ports: { dashboard: options.apiPort ?? dashboardPort, prometheus: options.metricsPort ?? prometheusPort },
        });
        close = servers.close;
        ownAddresses.announce(servers.ports);
        lookAgain(servers.ports);
        hub.emit('serversStarted', undefined);
      },
      stop: () => {
        looking?.[Symbol.dispose]();
        looking = undefined;
        return close();
      },
    },
  };
}
