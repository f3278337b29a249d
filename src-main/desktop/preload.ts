/** The window's only bridge: hands the message port to the core on to the page when the page asks, and nothing else. */
import { ipcRenderer } from 'electron';

/** What is needed of the page's window; src-main is typed without the DOM. */
declare const window: {
  readonly location: { readonly origin: string };
  addEventListener(type: 'message', listener: (event: { source: unknown; data: unknown }) => void): void;
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

// The page asks, so that the port never comes before someone listens.
window.addEventListener('message', ({ source, data }) => {
  if (source === window && (data as { kind?: unknown } | null)?.kind === 'monitor-port-wanted')
    ipcRenderer.send('monitor-port-wanted');
});
ipcRenderer.on('monitor-port', (event) => {
  // To the page's own origin only: a document from elsewhere never gets the port.
  window.postMessage({ kind: 'monitor-port' }, window.location.origin, event.ports);
});
