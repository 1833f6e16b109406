import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';
import fastify from 'fastify';
import { expect, it, onTestFinished, vi } from 'vitest';
import { limits } from '../../../adapters/http/limits.ts';
import { createLive } from '../../../adapters/http/live.ts';
import type { WallMessage } from '../../../adapters/http/views.ts';
import { quietLog } from '../../support/quiet-log.ts';

const message = (version: number, event: WallMessage['event'] = 'news', size = 0): WallMessage => ({
  event,
  version,
  text: JSON.stringify({ version, filler: 'x'.repeat(size) }),
});

/** A service with one wall in it, of which the test says what is told. */
const start = async () => {
  const tells = new Set<(message: WallMessage) => void>();
  const asked: (number | undefined)[] = [];
  let version = 1;
  const live = createLive({
    followFor: () => Promise.reject(new Error('no ledger')),
    wallFor: async (_access, tell, known) => {
      tells.add(tell);
      asked.push(known);
      const since = (): WallMessage => message(version, 'news');
      return { first: known === undefined ? message(version, 'wall') : since(), since, leave: () => void tells.delete(tell) };
    },
    log: quietLog(),
    stillMay: async () => true,
  });
  const server = fastify();
  server.decorateRequest('access', null as never);
  server.addHook('onRequest', async (request) => {
    const person = request.headers['x-person'];
    request.access = { held: [], ...(typeof person === 'string' ? { personId: person } : {}) };
  });
  server.get('/live', live.wall);
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    live.close();
    await server.close();
  });
  const { port } = server.server.address() as AddressInfo;
  const open = async (headers: Record<string, string> = {}): Promise<IncomingMessage> => {
    const request = get({ host: '127.0.0.1', port, path: '/live', headers, agent: false });
    onTestFinished(() => void request.destroy());
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return response;
  };
  const tell = (size = 0): void => {
    version += 1;
    const told = message(version, 'news', size);
    for (const each of tells) each(told);
  };
  return { open, tell, tells, asked, version: () => version };
};

/** Versions that were heard, as they come, and the lines that say which process counted them. */
const hear = (stream: NodeJS.ReadableStream) => {
  const heard = { versions: [] as number[], ids: [] as string[], events: [] as string[] };
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('id: ')) heard.ids.push(line.slice(4));
      if (line.startsWith('event: ')) heard.events.push(line.slice(7));
      if (line.startsWith('data: ')) heard.versions.push((JSON.parse(line.slice(6)) as { readonly version: number }).version);
    }
  });
  stream.on('error', () => undefined);
  return heard;
};

const patience = { timeout: 20_000 };

it.each(['identity', 'gzip'])('tells the whole, then what is new, at once (%s)', async (coding) => {
  const { open, tell } = await start();
  const response = await open({ 'accept-encoding': coding });
  expect(response.headers['content-encoding']).toBe(coding === 'gzip' ? 'gzip' : undefined);
  const heard = hear(coding === 'gzip' ? response.pipe(createGunzip()) : response);
  await expect.poll(() => heard.versions, patience).toEqual([1]);
  for (const said of [2, 3]) {
    tell();
    await expect.poll(() => heard.versions, patience).toEqual([1, 2, 3].slice(0, said));
  }
  expect(heard.events).toEqual(['wall', 'news', 'news']);
  expect(heard.ids[0]).toMatch(/^[0-9a-f]{12}\.1$/u);
});

it('goes on where a browser was cut off, if that was here; else begins anew', async () => {
  const { open, asked } = await start();
  const heard = hear(await open());
  await expect.poll(() => heard.versions, patience).toEqual([1]);
  await open({ 'last-event-id': heard.ids[0] ?? '' });
  await open({ 'last-event-id': 'abcdefabcdef.7' });
  await open({ 'last-event-id': '17' });
  await expect.poll(() => asked, patience).toEqual([undefined, 1, undefined, undefined]);
});

it('keeps nothing in store for a wall that reads slowly: it hears once what has become of everything, others hear each', async () => {
  const { open, tell, version } = await start();
  const slow = await open();
  slow.pause();
  const quick = hear(await open());
  await expect.poll(() => quick.versions, patience).toEqual([1]);
  const said = 100;
  for (let count = 0; count < said; count++) {
    tell(200_000);
    // the quick one reads meanwhile
    await vi.waitUntil(() => quick.versions.at(-1) === version(), patience);
  }
  const heard = hear(slow);
  slow.resume();
  await expect.poll(() => heard.versions.at(-1), patience).toBe(said + 1);
  const versions = heard.versions;
  expect(versions.length).toBeLessThan(said / 2);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(quick.versions.length).toBeGreaterThan(versions.length);
});

it('lets nobody take up what is for all', async () => {
  const { open } = await start();
  const opened = await Promise.all(Array.from({ length: limits.livePerPerson }, () => open({ 'x-person': 'm1' })));
  expect(new Set(opened.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  expect((await open({ 'x-person': 'm1' })).statusCode).not.toBe(200);
  expect((await open({ 'x-person': 'm2' })).statusCode).toBe(200);
  opened[0]?.destroy();
  await expect.poll(async () => (await open({ 'x-person': 'm1' })).statusCode, patience).toBe(200);
});

it('forgets a wall that has gone', async () => {
  const { open, tells } = await start();
  const response = await open();
  await expect.poll(() => tells.size, patience).toBe(1);
  response.destroy();
  await expect.poll(() => tells.size, patience).toBe(0);
});
