import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Received = { readonly id: string; readonly type: string; readonly body: string; readonly headers: IncomingHttpHeaders };

/** Whether it was signed with this secret, as any receiver would look: written from the specification, not from the sender. */
export const isSigned = ({ headers, body }: Received, secret: string): boolean => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const said = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const wanted = `v1,${createHmac('sha256', key).update(said).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(wanted);
};

/** A system that hears of events, on a port of its own; `answers` says what it answers from now on, undefined never. */
export const startReceiver = async (port = 0) => {
  const received: Received[] = [];
  let answer: number | undefined = 200;
  let headers: { readonly [name: string]: string } = {};
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({
        id: String(request.headers['webhook-id']),
        type: String((JSON.parse(body) as { type: unknown }).type),
        body,
        headers: request.headers,
      });
      if (answer !== undefined) response.writeHead(answer, headers).end('x'.repeat(10));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}/events`,
    port: own,
    received,
    answers: (status: number | undefined, more: { readonly [name: string]: string } = {}): void => {
      answer = status;
      headers = more;
    },
    /** With everything that is under way. */
    kill: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
