/** Serves the contract over a MessagePort to our own pages. */
import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain, MessageChannelMain, type WebContents } from 'electron';
import type { Router } from '../api/router.ts';
import { appOrigin } from './app-protocol.ts';

/** @param isOurs whether a window is one that we opened */
export function serveMonitorPort(router: Router, isOurs: (contents: WebContents) => boolean): Disposable {
  const handler = new RPCHandler(router);
  const handOver = (event: Electron.IpcMainEvent): void => {
    const frame = event.senderFrame;
    // Only the top document of our own window, loaded from our own origin; a frame inside it gets nothing.
    if (frame === null || frame.parent !== null || frame.origin !== appOrigin || !isOurs(event.sender)) return;
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(port1);
    port1.start();
    // A page that goes takes its end along, and with it every stream it watched.
    frame.postMessage('monitor-port', null, [port2]);
  };
  ipcMain.on('monitor-port-wanted', handOver);
  return { [Symbol.dispose]: () => void ipcMain.off('monitor-port-wanted', handOver) };
}
