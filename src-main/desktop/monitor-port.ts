/** Serves the contract over a MessagePort to our own pages. */
import { ipcMain, MessageChannelMain, type WebContents } from 'electron';
import type { Router } from '../api/router.ts';
import { appOrigin } from './app-protocol.ts';

/** @param isOurs whether a window is one that we opened */
export function serveMonitorPort(
  loadRouter: () => Promise<Router>,
  isOurs: (contents: WebContents) => boolean,
): Disposable {
  // Loaded with the first window: while only the tray is there nobody needs it.
  const loadHandler = async () => {
    const [{ RPCHandler }, router] = await Promise.all([import('@orpc/server/message-port'), loadRouter()]);
    return new RPCHandler(router);
  };
  /** A page asks once; whoever asks again in the same document is not the dashboard. */
  const served = new WeakMap<WebContents, string>();
  let loading: ReturnType<typeof loadHandler> | undefined;
  const handOver = async (event: Electron.IpcMainEvent): Promise<void> => {
    const frame = event.senderFrame;
    // Only the top document of our own window, loaded from our own origin; a frame inside it gets nothing.
    if (frame === null || frame.parent !== null || frame.origin !== appOrigin || !isOurs(event.sender)) return;
    const document = `${frame.processId} ${frame.routingId} ${documentOf(event.sender)}`;
    if (served.get(event.sender) === document) return;
    served.set(event.sender, document);
    loading ??= loadHandler();
    const handler = await loading;
    if (event.sender.isDestroyed() || frame.detached) return;
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(port1);
    port1.start();
    // A page that goes takes its end along, and with it every stream it watched.
    frame.postMessage('monitor-port', null, [port2]);
  };
  const documents = new WeakMap<WebContents, number>();
  /** Counts the pages that a window has loaded. */
  function documentOf(contents: WebContents): number {
    if (!documents.has(contents)) {
      documents.set(contents, 0);
      contents.on('did-navigate', () => documents.set(contents, (documents.get(contents) ?? 0) + 1));
    }
    return documents.get(contents) ?? 0;
  }
  ipcMain.on('monitor-port-wanted', handOver);
  return { [Symbol.dispose]: () => void ipcMain.off('monitor-port-wanted', handOver) };
}
