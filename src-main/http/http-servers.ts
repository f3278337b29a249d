/**
 * The two servers, Prometheus and dashboard with API, and what they route; every request passes the guard before
 * anything else looks at it.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Router } from '../api/router.ts';
import type { CostAnalysis } from '../contract/cost/analysis.ts';
import type { LiveState, PortInUse, SeriesInfo } from '../contract/live.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { answerJson, answerPrepared, PreparedBody, refuseWith } from './answer.ts';
import { healthAnswer, metricsAnswer, statusAnswer } from './contract-answers.ts';
import { type ExpositionFormat, expositionContentType, negotiateFormat, renderExposition } from './exposition.ts';
import { type Access, bearerOf, isSame, refuse } from './guard.ts';
import { type Listening, listenOnLoopback } from './listen.ts';
import { performanceRoutes } from './performance-routes.ts';
import type { ProcedureHandler } from './procedure-handler.ts';
import { type ReportRoutes, reportRoutes } from './report-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createStaticFiles } from './static-files.ts';
import type { TokenKeeper } from './token.ts';

export interface HttpDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly live: { readonly current: LiveState | undefined };
  readonly series: () => Iterable<SeriesInfo>;
  readonly loadRouter: () => Promise<Router>;
  readonly token: TokenKeeper;
  readonly staticDir: string;
  readonly settings: () => { readonly readsWithoutToken: boolean; readonly eventsWithoutToken: boolean };
  readonly reports: ReportRoutes;
  readonly costs: () => Promise<CostAnalysis>;
  readonly version: string;
  readonly ports: { readonly dashboard: number; readonly prometheus: number };
}

export interface HttpServers {
  readonly ports: readonly PortInUse[];
  close(): Promise<void>;
}

interface Route {
  readonly methods: readonly string[];
  readonly access: Access;
  handle(request: IncomingMessage, response: ServerResponse, url: URL, port: number): void | Promise<void>;
}

const read = ['GET', 'HEAD'] as const;
const openRead: Access = { kind: 'open' };

export async function startHttpServers(deps: HttpDeps): Promise<HttpServers> {
  const sessions = createSessions(deps.clock, () => deps.token.current);
  const dashboard = dashboardRoutes(deps, sessions);
  const prometheus = prometheusRoutes(deps);
  const listening: Listening[] = [
    await listenOnLoopback('dashboard', deps.ports.dashboard, (port) => listener(deps, sessions, dashboard, port)),
    await listenOnLoopback('prometheus', deps.ports.prometheus, (port) => listener(deps, sessions, prometheus, port)),
  ];
  return {
    ports: listening.map(({ port }) => port),
    close: async () => {
      await Promise.all(listening.map((one) => one.close()));
    },
  };
}

function prometheusRoutes({ live, series }: HttpDeps): (path: string) => Route | undefined {
  // One text a tick and format, however many scrape it.
  const prepared: Partial<
    Record<ExpositionFormat, { readonly state: LiveState | undefined; readonly body: PreparedBody }>
  > = {};
  const metrics: Route = {
    methods: read,
    access: openRead,
    handle(request, response) {
      const format = negotiateFormat(request.headers.accept);
      let made = prepared[format];
      if (made === undefined || made.state !== live.current) {
        made = { state: live.current, body: new PreparedBody(renderExposition(live.current, series(), format)) };
        prepared[format] = made;
      }
      answerPrepared(request, response, expositionContentType[format], made.body);
    },
  };
  return (path) => (path === '/metrics' ? metrics : undefined);
}

function dashboardRoutes(deps: HttpDeps, sessions: Sessions): (path: string) => Route | undefined {
  const { clock, live } = deps;
  let procedureHandler: Promise<ProcedureHandler> | undefined;
  const staticFiles = createStaticFiles(deps.staticDir);

  const fixed: Readonly<Record<string, Route>> = {
    '/api/health': {
      methods: read,
      access: openRead,
      handle(_, response) {
        const { httpStatus, body } = healthAnswer(live.current, clock.now());
        answerJson(response, httpStatus, body);
      },
    },
    '/api/metrics': {
      methods: read,
      access: openRead,
      handle: (_, response) => answerJson(response, 200, metricsAnswer(live.current)),
    },
    '/api/status': {
      methods: read,
      access: openRead,
      handle: (_, response) => answerJson(response, 200, statusAnswer(live.current, clock.now())),
    },
    ...reportRoutes(deps.reports),
    ...performanceRoutes(deps),
    ...sessionRoutes(sessions, deps.token),
  };
  const procedures: Route = {
    methods: ['GET', 'POST'],
    access: { kind: 'token', contentTypes: ['application/json'] },
    async handle(request, response) {
      procedureHandler ??= import('./procedure-handler.ts').then(async ({ createProcedureHandler }) =>
        createProcedureHandler(await deps.loadRouter()),
      );
      const handle = await procedureHandler;
      if (!(await handle(request, response))) refuseWith(response, 404, 'There is no such procedure.');
    },
  };
  const page: Route = {
    methods: read,
    access: { kind: 'page' },
    handle(request, response, url, port) {
      // Versions before kept the token itself in a cookie, which goes to every port of this machine: browsers forget
      // it.
      const old = `hakgal_token_${port}`;
      if (request.headers.cookie?.includes(`${old}=`))
        response.setHeader('set-cookie', `${old}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
      if (!staticFiles(url.pathname, request, response))
        refuseWith(response, 404, 'There is nothing under this address.');
    },
  };
  return (path) => (Object.hasOwn(fixed, path) ? fixed[path] : path.startsWith('/rpc/') ? procedures : page);
}

function listener(
  deps: HttpDeps,
  sessions: Sessions,
  routeOf: (path: string) => Route | undefined,
  port: number,
): RequestListener {
  const isKnown = (secret: string, headers: IncomingMessage['headers']): boolean =>
    isSame(secret, deps.token.current) || sessions.isValid(secret, headers);
  return (request, response) => {
    const target = request.url ?? '';
    // A path of two slashes is a path, not another host.
    const address = target.startsWith('/') ? `http://localhost${target}` : target;
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const route = url === undefined ? undefined : routeOf(url.pathname);
    const access = route?.access ?? openRead;
    const { method = '', headers, rawHeaders } = request;
    const guarded = { method, target, headers, rawHeaders };
    const refusal = refuse(guarded, access, { port, isKnown, ...deps.settings() });
    if (refusal !== undefined) {
      const challenge = refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : undefined;
      return refuseWith(response, refusal.status, refusal.reason, challenge);
    }
    if (url === undefined || route === undefined)
      return refuseWith(response, 404, 'There is nothing under this address.');
    if (!route.methods.includes(method)) {
      return refuseWith(response, 405, `Only ${route.methods.join(' and ')} work here.`, {
        allow: route.methods.join(', '),
      });
    }
    const secret = access.kind === 'token' ? bearerOf(headers) : undefined;
    if (secret !== undefined) sessions.hold(secret, response);
    // An error here is a bug of ours; the client learns no more than that.
    const fail = (error: unknown): void => {
      deps.logger.error('A request failed', { path: url.pathname, error });
      if (response.headersSent) response.destroy();
      else refuseWith(response, 500, 'The monitor could not answer; its log says why.');
    };
    try {
      void Promise.resolve(route.handle(request, response, url, port)).catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}
