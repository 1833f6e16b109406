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

it('lets nobody try out links, and lets them in again a minute later', async () => {
  start();
  for (let count = 0; count < limits.linksPerWindow; count += 1) expect((await get('/calendar/x.ics')).statusCode).toBe(404);
  expect((await get('/calendar/u1.good.ics')).statusCode).toBe(429);
  now += limits.linksWindowMs;
  expect((await get('/calendar/u1.good.ics')).statusCode).toBe(200);
});
