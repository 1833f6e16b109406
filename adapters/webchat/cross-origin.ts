import type { FastifyInstance } from 'fastify';

const prefix = '/v3/directline';

const isLoopbackPage = (origin: string): boolean => /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/iu.test(origin);

const allowed = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
  'access-control-max-age': '600',
} as const;

/**
 * Clients of Direct Line may stand in pages elsewhere, such as Web Chat in a bureau's own portal. Whoever speaks shows a
 * token, and no cookie comes along: any page may try. A demo gives tokens to anybody on this machine, and so only to pages
 * of this machine. Source: fetch.spec.whatwg.org, "CORS protocol".
 */
export const allowOtherPages = (server: FastifyInstance, mode: 'demo' | 'production'): void => {
  const originFor = (origin: string): string | undefined => {
    if (mode === 'production') return '*';
    return isLoopbackPage(origin) ? origin : undefined;
  };
  server.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    if (origin === undefined || !request.url.startsWith(prefix)) return done();
    const shown = originFor(origin);
    if (shown !== undefined)
      reply.headers({ 'access-control-allow-origin': shown, 'cross-origin-resource-policy': 'cross-origin', vary: 'origin' });
    return done();
  });
  server.options(`${prefix}/*`, (_request, reply) => reply.headers(allowed).code(204).send());
};
