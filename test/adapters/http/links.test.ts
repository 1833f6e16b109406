import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { toAnswer, toFault } from '../../../adapters/http/faults.ts';
import { limits } from '../../../adapters/http/limits.ts';
import { registerLinks } from '../../../adapters/http/links.ts';

let server: FastifyInstance;
let now = 0;

const start = (): void => {
  server = fastify();
  server.setErrorHandler((error, _request, reply) => {
    const { status, body } = toAnswer(toFault(error));
    return reply.code(status).send(body);
  });
  registerLinks({
    feeds: { read: async (token) => (token === 'u1.good' ? { ics: 'BEGIN:VCALENDAR' } : undefined) },
    sheets: { open: async (token) => (token === 'good.pdf' ? { format: 'pdf', bytes: new TextEncoder().encode('%PDF-') } : undefined) },
    realNow: () => now,
  })(server);
};
const get = (url: string) => server.inject({ url });

afterEach(() => server.close());

it('opens a calendar and a sheet to whoever holds the link, and keeps them out of caches', async () => {
  start();
  const feed = await get('/calendar/u1.good.ics');
  expect(feed).toMatchObject({ statusCode: 200, body: 'BEGIN:VCALENDAR' });
  expect(feed.headers).toMatchObject({ 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-cache' });
  const sheet = await get('/sheet/good.pdf');
  expect(sheet.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
});

it.each(['/calendar/u1.bad.ics', '/calendar/u1.good', '/calendar/.ics', '/sheet/bad.pdf', '/sheet/good.xlsx'])(
  'tells nothing of %s',
  async (url) => {
    start();
    expect((await get(url)).json()).toMatchObject({ error: { code: 'ZG_NO_SUCH_LINK' } });
  },
);

const status = async (url: string): Promise<number> => (await get(url)).statusCode;

it('lets nobody try out links, and keeps nobody out who holds one: behind a proxy all come from one address', async () => {
  start();
  for (let count = 0; count < limits.linksPerWindow; count += 1) expect(await status(`/calendar/x${count}.ics`)).toBe(404);
  expect([await status('/calendar/y.ics'), await status('/sheet/y.pdf')]).toEqual([429, 429]);
  expect([await status('/calendar/u1.good.ics'), await status('/sheet/good.pdf')]).toEqual([200, 200]);
  now += limits.linksWindowMs;
  expect(await status('/calendar/y.ics')).toBe(404);
});

it('opens each link so often, and again a minute later', async () => {
  start();
  for (let count = 0; count < limits.linksPerWindow; count += 1) expect(await status('/calendar/u1.good.ics')).toBe(200);
  expect([await status('/calendar/u1.good.ics'), await status('/sheet/good.pdf')]).toEqual([429, 200]);
  now += limits.linksWindowMs;
  expect(await status('/calendar/u1.good.ics')).toBe(200);
});
