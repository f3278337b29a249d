/** What no page in our windows may do, for every web contents there will ever be. */
import { app, type Session, session } from 'electron';
import { appOrigin } from '../app-protocol.ts';

export const webPreferences = (preload: string): Electron.WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  devTools: !app.isPackaged,
});

/** Only web pages and mail: a `file:` or a program's own scheme would start things on this machine. */
const outsideSchemes = ['https:', 'http:', 'mailto:'];

/** @param openOutside opens an address in the user's own browser */
export function harden(openOutside: (url: string) => void): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (new URL(event.url).origin !== appOrigin && !event.url.startsWith(`${appOrigin}/`)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (URL.canParse(url) && outsideSchemes.includes(new URL(url).protocol)) openOutside(url);
      return { action: 'deny' };
    });
  });
  denyPermissions(session.defaultSession);
}

/** The dashboard copies text on a click; nothing else of the machine is for a page. */
function denyPermissions(own: Session): void {
  own.setPermissionRequestHandler((_, permission, decide) => decide(permission === 'clipboard-sanitized-write'));
  own.setPermissionCheckHandler((_, permission) => permission === 'clipboard-sanitized-write');
  own.setDevicePermissionHandler(() => false);
}
