import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * Keep-alive connections that post requests written out beforehand, one at a time each: a client library would take
 * as much of the machine as the service under test.
 */
export type Poster = {
  /** Resolves with the response's last byte. */
  readonly post: (request: string) => Promise<void>;
  /** Responses other than 200. */
  readonly refused: () => number;
  readonly close: () => void;
};

const headEnd = '\r\n\r\n';

/** Where a whole response ends, or -1 while it is not there. Responses carry their length. */
const endOfResponse = (text: string): number => {
  const head = text.indexOf(headEnd);
  if (head < 0) return -1;
  const length = Number(/content-length: *(\d+)/iu.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(length)) return text.endsWith('0\r\n\r\n') ? text.length : -1;
  return text.length >= head + headEnd.length + length ? head + headEnd.length + length : -1;
};

export const openPoster = async (port: number, connections: number): Promise<Poster> => {
  const idle: ((request: string) => Promise<void>)[] = [];
  const waiting: ((send: (request: string) => Promise<void>) => void)[] = [];
  const sockets: Socket[] = [];
  let refused = 0;

  const open = async (): Promise<void> => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    sockets.push(socket);
    socket.setEncoding('latin1');
    await once(socket, 'connect');
    let text = '';
    let answered = (): void => {};
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (endOfResponse(text) < 0) return;
      if (!text.startsWith('HTTP/1.1 200')) refused += 1;
      text = '';
      answered();
    });
    const send = async (request: string): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      answered = resolve;
      socket.write(request);
      await promise;
      const next = waiting.shift();
      if (next) next(send);
      else idle.push(send);
    };
    idle.push(send);
  };
  await Promise.all(Array.from({ length: connections }, open));

  return {
    post: async (request) => {
      const send = idle.pop() ?? (await new Promise<(request: string) => Promise<void>>((resolve) => void waiting.push(resolve)));
      await send(request);
    },
    refused: () => refused,
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
};
