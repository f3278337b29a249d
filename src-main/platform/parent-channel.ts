/**
 * The other end of a `NodeProcess`: how a program of ours talks with the process that started it, under Node and under
 * Electron.
 */

export interface ParentChannel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The process that started us is gone, however it ended. Electron ends its utility processes itself. */
  onGone(listener: () => void): void;
}

interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export function parentChannel(): ParentChannel {
  const port = (process as { readonly parentPort?: UtilityPort }).parentPort;
  if (port !== undefined && port !== null)
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      onGone: () => {},
    };
  return {
    send: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.on('disconnect', listener),
  };
}
