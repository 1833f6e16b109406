import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { Fault } from '../../src/ports/fault.ts';
import type { Doors } from './doors.ts';
import { limits } from './limits.ts';
import { followConversation, type Follower, type StreamDeps } from './stream.ts';
import { parseWatermark } from './watermark.ts';

const path = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;
const goingAway = 1001;

/** Undefined for what is no part of an address. */
const decoded = (part: string | undefined): string | undefined => {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/** The WebSockets of one HTTP server. */
export const createSockets = (
  doors: Doors,
  deps: StreamDeps,
  refuse: (request: IncomingMessage, socket: Duplex, error: unknown) => void,
) => {
  const server = new WebSocketServer({ noServer: true, maxPayload: limits.socketMessageBytes, perMessageDeflate: false });
  server.on('wsClientError', (_error, socket, request) => refuse(request, socket, new Fault('ZG_BAD_REQUEST')));
  const countOf = new Map<string, number>();
  const answering = new WeakSet<WebSocket>();

  const count = (personId: string, by: 1 | -1): void => {
    const now = (countOf.get(personId) ?? 0) + by;
    if (now > 0) countOf.set(personId, now);
    else countOf.delete(personId);
  };

  const knock = async (request: IncomingMessage): Promise<Follower> => {
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    const conversation = decoded(path.exec(url?.pathname ?? '')?.[1]);
    if (url === null || conversation === undefined) throw new Fault('ZG_NO_SUCH_PATH');
    const session = await doors.enterStream(url.searchParams.get('t'), conversation);
    const after = parseWatermark(url.searchParams.get('watermark') ?? undefined);
    const isFull = server.clients.size >= limits.sockets || (countOf.get(session.personId) ?? 0) >= limits.socketsPerPerson;
    if (isFull) throw new Fault('ZG_TOO_MANY');
    return { session, after, isWebChat: url.searchParams.get('client') === 'WebChat' };
  };

  const follow = (socket: WebSocket, follower: Follower): void => {
    const { session } = follower;
    count(session.personId, 1);
    answering.add(socket);
    socket.on('pong', () => answering.add(socket));
    socket.on('error', () => socket.terminate());
    // whoever has signed out, or is nobody here any more, hears nothing more
    const asking = setInterval(() => {
      doors.admit(session).catch((error: unknown) => error instanceof Fault && error.code !== 'ZG_STORE_AWAY' && socket.close(goingAway));
    }, limits.readmitMs);
    asking.unref();
    socket.once('close', () => {
      clearInterval(asking);
      count(session.personId, -1);
    });
    followConversation(socket, follower, deps).catch((error: unknown) => {
      deps.log.warn({ error: String(error) }, 'a conversation could not be followed');
      socket.terminate();
    });
  };

  // a peer that is gone without a word must not count as reached
  const pinging = setInterval(() => {
    for (const socket of server.clients) {
      if (!answering.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, limits.pingMs);
  pinging.unref();

  return {
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      socket.on('error', () => socket.destroy());
      knock(request).then(
        (follower) => server.handleUpgrade(request, socket, head, (opened) => follow(opened, follower)),
        (error: unknown) => refuse(request, socket, error),
      );
    },
    close: (): void => {
      clearInterval(pinging);
      for (const socket of server.clients) socket.close(goingAway);
      // who does not answer must not keep the service from ending
      setTimeout(() => {
        for (const socket of server.clients) socket.terminate();
      }, limits.closeMs);
      server.close();
    },
  };
};
