import { once } from 'node:events';
import { createServer } from 'node:http';
import { toAnswer } from '../../adapters/http/faults.ts';
import { Fault } from '../ports/fault.ts';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const sentences: { readonly [code: string]: (host: string, port: number) => string } = {
  EADDRINUSE: (host, port) =>
    `ZG_PORT_TAKEN: something else listens on ${host}:${port} already; end it, or set PORT to a port that is free`,
  EACCES: (host, port) => `ZG_PORT_DENIED: this account may not listen on ${host}:${port}; set PORT to one above 1023`,
  EADDRNOTAVAIL: (host) => `ZG_HOST_UNKNOWN: this machine has no address ${host}; set HOST to one that it has, such as 127.0.0.1`,
};

/** Why nobody can be listened to there, in a sentence for people where there is one. */
export const toPortFault = (error: unknown, host: string, port: number): unknown => {
  const sentence = sentences[codeOf(error)];
  return sentence ? new Error(sentence(host, port), { cause: error }) : error;
};

/**
 * Takes the port before anything else has begun, and answers 503 there until it is released to the service itself.
 * Port 0 is any that is free: there is nothing to take. Rejects with ZG_PORT_TAKEN and the like.
 */
export const claimPort = async (host: string, port: number): Promise<{ readonly release: () => Promise<void> }> => {
  if (port === 0) return { release: async () => {} };
  const { status, body } = toAnswer(new Fault('ZG_NOT_READY', 'it is starting'));
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1', connection: 'close' });
    response.end(JSON.stringify(body));
  });
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw toPortFault(error, host, port);
  }
  return {
    release: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

/** Where it is reached on this machine; ends with `/`. */
export const addressOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
