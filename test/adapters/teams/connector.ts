import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ConnectorCall = { readonly method: string; readonly path: string; readonly body: Record<string, unknown> };

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};

/** The other side of the Bot Framework: takes what a bot sends and keeps it. */
export const startConnector = async () => {
  const calls: ConnectorCall[] = [];
  let next: { status: number; headers: Record<string, string> } | undefined;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      calls.push({ method: request.method ?? '', path: decodeURIComponent(request.url ?? ''), body });
      const { status, headers } = next ?? { status: 200, headers: {} };
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(status < 300 ? { id: `platform-${calls.length}` } : { error: { code: 'X', message: 'no' } }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answers: (status: number, headers: Record<string, string> = {}) => void (next = { status, headers }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
};

export type Connector = Awaited<ReturnType<typeof startConnector>>;
