import type { Duplex } from 'node:stream';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Fault } from '../../src/ports/fault.ts';
import type { ApiDeps } from './api.ts';
import { registerApi } from './api.ts';
import { readJsonBodies } from './body.ts';
import { toAnswer, toFault } from './faults.ts';
import { limits } from './limits.ts';
import { openapi } from './openapi.ts';
import { registerPage } from './page.ts';
import { addSecurityHeaders, securityHeaders } from './security.ts';
import { sharedLook } from './shared-look.ts';

/** Takes the metrics of this process, and answers how to read those of all processes behind the same port. */
export type GatherMetrics = (registry: Registry) => () => Promise<string>;

export type HttpServerDeps = ApiDeps & {
  readonly readiness: () => Promise<{ readonly ok: boolean; readonly reasons: readonly string[]; readonly warnings?: readonly string[] }>;
  /** Direct Line, Bot Framework and the webhooks: each registers its own routes. */
  readonly doors?: readonly ((server: FastifyInstance) => void)[];
  /** Each may put its own metrics into the registry. */
  readonly collectors?: readonly ((registry: Registry) => void)[];
  /** Without it, this process is the only one. */
  readonly gatherMetrics?: GatherMetrics;
  /** The folder of the built page. */
  readonly webRoot: string;
};

const registerFaults = (server: FastifyInstance, { log }: HttpServerDeps): void => {
  server.setErrorHandler((error, request, reply) => {
    const fault = toFault(error);
    if (fault.code === 'ZG_INTERNAL')
      log.error(
        { route: request.routeOptions.url, error: String(error), stack: error instanceof Error ? error.stack : '' },
        'a request failed',
      );
    const { status, body } = toAnswer(fault);
    if (status === 503) reply.header('retry-after', '5');
    if (fault.code === 'ZG_TOO_OFTEN') reply.header('retry-after', '60');
    return reply.code(status).send(body);
  });
  server.setNotFoundHandler((_request, reply) => {
    const { status, body } = toAnswer(toFault({ statusCode: 404 }));
    return reply.code(status).send(body);
  });
};

const registerHealth = (server: FastifyInstance, { readiness, collectors = [], gatherMetrics }: HttpServerDeps): void => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const collect of collectors) collect(registry);
  const readMetrics = sharedLook(gatherMetrics?.(registry) ?? (() => registry.metrics()));
  server.get('/healthz', async () => ({ ok: true }));
  server.get('/readyz', async (_request, reply) => {
    const state = await readiness();
    return reply.code(state.ok ? 200 : 503).send(state);
  });
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await readMetrics()));
  server.get('/openapi.json', async () => openapi);
};

/** What is no request comes to no handler at all. */
const refuseBytes = (socket: Duplex): void => {
  if (socket.destroyed || !socket.writable) return;
  const { status, body } = toAnswer(new Fault('ZG_BAD_REQUEST'));
  const content = JSON.stringify(body);
  const headers = { ...securityHeaders, 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(content) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Bad Request\r\nconnection: close\r\n${lines.join('')}\r\n${content}`);
};

/**
 * Everything that is reached over HTTP; the caller listens and closes. Closing ends event streams and sockets first.
 * Errors are `{ error: { code, message, what_to_do } }` from one table.
 */
export const createHttpServer = async (deps: HttpServerDeps): Promise<FastifyInstance> => {
  const server = fastify({
    logger: false,
    // Node would say so itself, in words of its own
    http: { requireHostHeader: false },
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    forceCloseConnections: 'idle',
    // links that sign somebody in are longer than the hundred characters that are usual
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: limits.pathPart },
    // an address that can't be read comes to no handler of errors
    frameworkErrors: (error, _request, reply) => {
      const { status, body } = toAnswer(toFault(error));
      void (reply as FastifyReply).headers(securityHeaders).code(status).send(body);
    },
    clientErrorHandler: (_error, socket) => refuseBytes(socket),
  });
  // nobody needs to expect anything of us: the request itself is answered
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
  server.server.headersTimeout = limits.headersMs;
  if (deps.limits) server.decorate('sharedLimits', deps.limits);
  addSecurityHeaders(server);
  server.addHook('onRequest', (request, _reply, done) => {
    const isNameless = request.headers.host === undefined && request.raw.httpVersion === '1.1';
    done(isNameless ? new Fault('ZG_BAD_REQUEST') : undefined);
  });
  readJsonBodies(server);
  registerFaults(server, deps);
  for (const register of deps.doors ?? []) register(server);
  registerHealth(server, deps);
  registerApi(server, deps);
  registerPage(server, deps.webRoot);
  await server.ready();
  return server;
};
