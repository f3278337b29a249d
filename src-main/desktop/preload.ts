/** The window's only bridge: hands the message port that main sent on to the page, and nothing else. */
import { ipcRenderer } from 'electron';

/** What is needed of the page's window; src-main is typed without the DOM. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

ipcRenderer.on('monitor-port', (event) => {
  // To the page's own origin only: a document from elsewhere never gets the port.
  window.postMessage({ kind: 'monitor-port' }, window.location.origin, event.ports);
});
ipcRenderer.send('monitor-port-wanted');
