import fastify from 'fastify';
import { expect, it } from 'vitest';
import { createApiGuard } from '../../../adapters/http/api-guard.ts';
import { limits } from '../../../adapters/http/limits.ts';
import type { RateLimits } from '../../../src/ports/rate-limits.ts';

it('counts every request of a person by their own name, in all processes together, and refuses what is over', async () => {
  const taken = new Map<string, number>();
  const shared: RateLimits = {
    take: async (key, [rule]) => {
      taken.set(key, (taken.get(key) ?? 0) + 1);
      return taken.get(key)! > rule!.count ? { isTaken: false, retryAfterMs: 1 } : { isTaken: true };
    },
    left: async () => [],
  };
  const held = [{ role: 'liaison', unitId: 'u2' }] as const;
  const { guard } = createApiGuard({ mode: 'production', limits: shared, whoCalls: async (token) => ({ personId: token, held }) });
  const server = fastify();
  server.addHook('onRequest', guard);
  server.setErrorHandler((error, _, reply) =>
    reply.code(error instanceof Error && 'code' in error && error.code === 'ZG_TOO_OFTEN' ? 429 : 403).send(),
  );
  server.get('/people', { config: { may: 'seePeople' } }, async () => []);
  server.get('/items', { config: { may: 'addItem' } }, async () => []);
  const ask = async (path: string, personId: string): Promise<number> =>
    (await server.inject({ url: path, headers: { authorization: `Bearer ${personId}` } })).statusCode;
  expect([await ask('/people', 'm9'), await ask('/items', 'm9')]).toEqual([200, 403]);
  // what is refused by its role counts as well
  expect(taken.get('http:requests:m9')).toBe(2);
  taken.set('http:requests:m9', limits.requestsPerWindow);
  expect([await ask('/people', 'm9'), await ask('/people', 'm10')]).toEqual([429, 200]);
  await server.close();
});
