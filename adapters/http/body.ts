import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../../src/ports/fault.ts';
import { hasOddLength } from '../bot/odd-length.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, where the route asks for it: signatures are over bytes, not over what they mean. */
    rawBody?: string;
  }
  interface FastifyContextConfig {
    keepsRawBody?: boolean;
  }
}

/** JSON as Fastify reads it (without `__proto__`), an empty body as none, and the text kept for webhooks. */
export const readJsonBodies = (server: FastifyInstance): void => {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeContentTypeParser(['application/json', 'text/plain']);
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request: FastifyRequest, body: string, done) => {
    if (request.routeOptions.config.keepsRawBody) request.rawBody = body;
    if (body === '') done(null, undefined);
    else if (hasOddLength(body)) done(new Fault('ZG_BAD_JSON', '`length` is a number'), undefined);
    else void parse(request, body, done);
  });
  // what some clients call an empty body; a form itself is refused, because any page may post one anywhere
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body: string, done) => {
    done(body === '' ? null : new Fault('ZG_UNSUPPORTED_MEDIA'), undefined);
  });
};
