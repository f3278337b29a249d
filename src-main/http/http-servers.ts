/** The two servers of CONTRACT §1 and what they route; every request passes the guard before anything else looks at it. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Router } from '../api/router.ts';
import type { LiveState, PortInUse, SeriesInfo } from '../contract/live.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { answerJson, answerPrepared, PreparedBody, refuseWith } from './answer.ts';
import { healthAnswer, metricsAnswer, statusAnswer } from './contract-answers.ts';
import { type ExpositionFormat, expositionContentType, negotiateFormat, renderExposition } from './exposition.ts';
import { type Access, cookieName, isSame, refuse } from './guard.ts';
import { type Listening, listenOnLoopback } from './listen.ts';
import type { ProcedureHandler } from './procedure-handler.ts';
import { type ReportRoutes, reportRoutes } from './report-routes.ts';
import { createStaticFiles } from './static-files.ts';

export interface HttpDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly live: { readonly current: LiveState | undefined };
  readonly series: () => Iterable<SeriesInfo>;
  readonly loadRouter: () => Promise<Router>;
  readonly token: string;
  readonly staticDir: string;
  readonly settings: () => { readonly readsWithoutToken: boolean; readonly eventsWithoutToken: boolean };
  readonly reports: ReportRoutes;
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
  const listening: Listening[] = [
    await listenOnLoopback('dashboard', deps.ports.dashboard, (port) => listener(deps, dashboardRoutes(deps), port)),
    await listenOnLoopback('prometheus', deps.ports.prometheus, (port) => listener(deps, prometheusRoutes(deps), port)),
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

function dashboardRoutes(deps: HttpDeps): (path: string) => Route | undefined {
  const { clock, live, token } = deps;
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
      const given = url.searchParams.get('token');
      if (url.pathname === '/' && given !== null) {
        if (!isSame(given, token))
          return refuseWith(
            response,
            401,
            'That token is not (or no longer) valid. Open the dashboard from the app or the command line again.',
          );
        // Out of the address bar at once: the token stays in a cookie that no script and no other site can use.
        response.writeHead(303, {
          location: '/',
          'set-cookie': `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        });
        return void response.end();
      }
      if (!staticFiles(url.pathname, request, response))
        refuseWith(response, 404, 'There is nothing under this address.');
    },
  };
  return (path) => (Object.hasOwn(fixed, path) ? fixed[path] : path.startsWith('/rpc/') ? procedures : page);
}

function listener(deps: HttpDeps, routeOf: (path: string) => Route | undefined, port: number): RequestListener {
  return (request, response) => {
    const url = URL.canParse(request.url ?? '', 'http://localhost')
      ? new URL(request.url ?? '', 'http://localhost')
      : undefined;
    const route = url === undefined ? undefined : routeOf(url.pathname);
    const access = route?.access ?? openRead;
    const method = request.method ?? '';
    const refusal = refuse({ method, headers: request.headers }, access, {
      port,
      token: deps.token,
      ...deps.settings(),
    });
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
