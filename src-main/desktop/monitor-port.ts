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
  let loading: ReturnType<typeof loadHandler> | undefined;
  const handOver = async (event: Electron.IpcMainEvent): Promise<void> => {
    const frame = event.senderFrame;
    // Only the top document of our own window, loaded from our own origin; a frame inside it gets nothing.
    if (frame === null || frame.parent !== null || frame.origin !== appOrigin || !isOurs(event.sender)) return;
    loading ??= loadHandler();
    const handler = await loading;
    if (event.sender.isDestroyed() || frame.detached) return;
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(port1);
    port1.start();
    // A page that goes takes its end along, and with it every stream it watched.
    frame.postMessage('monitor-port', null, [port2]);
  };
  ipcMain.on('monitor-port-wanted', handOver);
  return { [Symbol.dispose]: () => void ipcMain.off('monitor-port-wanted', handOver) };
}
