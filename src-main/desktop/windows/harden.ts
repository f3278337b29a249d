/** What no page in our windows may do, for every web contents there will ever be. */
import { app, type Session, session } from 'electron';
import { systemClock } from '../../platform/clock.ts';
import { appOrigin } from '../app-protocol.ts';
import { outsideAddress } from '../outside-address.ts';

/** From a click to the window that the page asks for. */
const clickHoldsMs = 1_000;
/** Of mouse, finger and keyboard. */
const gestures: ReadonlySet<string> = new Set([
  'mouseDown',
  'mouseUp',
  'gestureTap',
  'touchEnd',
  'rawKeyDown',
  'keyDown',
]);

export const webPreferences = (preload: string): Electron.WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  devTools: !app.isPackaged,
});

/** @param openOutside opens an address in the user's own browser */
export function harden(openOutside: (url: string) => void): void {
  app.on('web-contents-created', (_, contents) => {
    // A page talks with nobody but us: no address of this machine or its network is told to a peer, no UDP leaves.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    // A link is opened because somebody clicked on it, not because a script says so.
    let clickedAt = Number.NEGATIVE_INFINITY;
    contents.on('input-event', (_event, { type }) => {
      if (gestures.has(type)) clickedAt = systemClock.monotonic();
    });
    // Also to about:blank, which would have our origin and none of our policy.
    const stay = (event: { readonly url: string; preventDefault(): void }): void => {
      if (!event.url.startsWith(`${appOrigin}/`)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      const wasClicked = systemClock.monotonic() - clickedAt < clickHoldsMs;
      const outside = wasClicked ? outsideAddress(url) : undefined;
      clickedAt = Number.NEGATIVE_INFINITY;
      if (outside !== undefined) openOutside(outside);
      return { action: 'deny' };
    });
  });
  const own = session.defaultSession;
  denyPermissions(own);
  // Nothing is fetched into the user's folders by itself; what the dashboard saves is made in the page.
  own.on('will-download', (event, item) => {
    if (!/^(blob|data):/.test(item.getURL()) && !item.getURL().startsWith(`${appOrigin}/`)) event.preventDefault();
  });
}

/** The dashboard copies text on a click; nothing else of the machine is for a page. */
function denyPermissions(own: Session): void {
  own.setPermissionRequestHandler((_, permission, decide) => decide(permission === 'clipboard-sanitized-write'));
  own.setPermissionCheckHandler((_, permission) => permission === 'clipboard-sanitized-write');
  own.setDevicePermissionHandler(() => false);
}
