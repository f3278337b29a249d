/**
 * Room for new connections: where all places are taken, one that waits for nothing gives way, then one whose request is
 * still coming in. Who is being answered stays. Without this, a program that only opens connections would lock
 * everybody out.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export function limitConnections(server: Server, maxConnections: number): void {
  // Sets keep their order: the first has been in its state for longest.
  const idle = new Set<Socket>();
  const receiving = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    if (count >= maxConnections) {
      const [givesWay = socket] = idle.size > 0 ? idle : receiving;
      forget(givesWay);
      givesWay.destroy();
      if (givesWay === socket) return;
    }
    count += 1;
    idle.add(socket);
    socket.once('close', () => {
      count -= 1;
      forget(socket);
    });
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    idle.delete(socket);
    receiving.add(socket);
    request.once('end', () => receiving.delete(socket));
    response.once('close', () => {
      receiving.delete(socket);
      if (!socket.destroyed) idle.add(socket);
    });
  });
  function forget(socket: Socket): void {
    idle.delete(socket);
    receiving.delete(socket);
  }
}
