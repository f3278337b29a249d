/** `app://hakgal/`: the dashboard's files for our windows, in place of `file:`. */
import { app, protocol } from 'electron';

export const appOrigin = 'app://hakgal';

/** Before the app is ready; a runtime that loads the app later (the one for tests) has declared it by then. */
export function declareAppProtocol(): void {
  if (app.isReady()) return;
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

export function serveAppProtocol(answer: (request: Request) => Response): void {
  protocol.handle('app', answer);
}
