import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { Gauge } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultTable } from '../../../adapters/http/faults.ts';
import { openapi } from '../../../adapters/http/openapi.ts';
import { registerCampaignSetUp } from '../../../adapters/http/set-up-campaign.ts';
import { registerChecklist } from '../../../adapters/http/set-up-checklist.ts';
import { registerImportSetUp } from '../../../adapters/http/set-up-import.ts';
import { createHttpServer, type HttpServerDeps } from '../../../adapters/http/server.ts';
import { setUpChannels } from '../../../adapters/http/set-up-channels.ts';
import { setUpWebhooks } from '../../../adapters/http/set-up-webhooks.ts';
import { setUpPolicies } from '../../../adapters/http/set-up-policies.ts';
import { createMemoryFiles } from '../../../adapters/memory/memory-files.ts';
import { Fault } from '../../../src/ports/fault.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { signInWithoutAnybody } from '../../support/sign-in.ts';
import { silentViews } from '../../support/silent-views.ts';

let webRoot = '';
let server: FastifyInstance;
let origin = '';
let asked: unknown[] = [];

const { views, items, utf8 } = silentViews((query) => void asked.push(query));

const start = async (more: Partial<HttpServerDeps> = {}): Promise<void> => {
  server = await createHttpServer({
    mode: 'demo',
    log: quietLog(),
    whoCalls: async (token) => {
      if (token === 'office') return { personId: 'm2', held: [{ role: 'office' }] };
      if (token === 'officer') return { personId: 'm1', held: [{ role: 'officer', unitId: 'u1' }] };
      throw new Fault('ZG_TOKEN_INVALID');
    },
    readiness: async () => ({ ok: false, reasons: ['Redis is away'] }),
    views: () => views,
    items: () => items,
    channels: async () => ({ at: '2021-08-27T10:00:00+08:00', windowMinutes: 5, items: [] }),
    handovers: {
      read: async (given) => (asked.push(given), given.post === 'nowhere' ? { ok: false, post: 'nowhere' } : { ok: true, items: [] }),
      page: (list, query) => (asked.push(query), { items: list, next: null }),
      workbook: async () => utf8.encode('a workbook'),
    },
    closerLook: { shift: async () => undefined, handover: async () => undefined, offers: async () => undefined },
    figures: {
      view: async (query, sight, language) => (asked.push([query, sight, language]), { seq: 7 }) as never,
      report: async (...given) => (asked.push(given), utf8.encode('a report')),
      tellPicture: async (...given) => void asked.push(given),
      ...({} as Pick<HttpServerDeps['figures'], 'appeals' | 'misses'>),
    },
    sheets: { write: async (format, query, taker) => (asked.push([format, query, taker]), utf8.encode(`${format} sheet`)) },
    follow: async () => async function* follow() {},
    wallFor: () => Promise.reject(new Error('no wall')),
    files: createMemoryFiles(),
    webRoot,
    ...more,
  });
  origin = await server.listen({ host: '127.0.0.1', port: 0 });
};
type Body = { readonly error?: { readonly code: string; readonly what_to_do: string; readonly detail?: string } } & Record<string, unknown>;
const get = async (
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; text: string; body: Body }> => {
  const answer = await fetch(origin + path, { headers });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, headers: answer.headers, text, body: isJson ? (JSON.parse(text) as Body) : {} };
};

beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'zg-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(webRoot, 'assets', 'main-1a2b.js'), 'export {};');
});
afterEach(async () => {
  await server.close();
  asked = [];
});
afterAll(() => rm(webRoot, { recursive: true }));

it('is alive, and says why it is not ready', async () => {
  await start();
  expect((await get('/healthz')).status).toBe(200);
  expect(await get('/readyz')).toMatchObject({ status: 503, body: { ok: false, reasons: ['Redis is away'] } });
});

describe('whatever is answered', () => {
  it('tells browsers what they may do with it, on each route there is and on what is none', async () => {
    const routes: { readonly method: string; readonly path: string }[] = [];
    const watch = ({ method, url }: RouteOptions): void => {
      for (const one of [method].flat()) routes.push({ method: one, path: url.replaceAll(/:\w+|\*/g, 'x') });
    };
    await start({ doors: [(door) => door.addHook('onRoute', watch)], session: signInWithoutAnybody });
    expect(routes.length).toBeGreaterThan(20);
    const asked = [...routes, ...['GET', 'POST', 'PUT', 'OPTIONS', 'TRACE'].map((method) => ({ method, path: '/nowhere' }))];
    for (const { method, path } of asked) {
      const { status, headers } = await new Promise<IncomingMessage & { readonly status: number | undefined }>((resolve, reject) => {
        const sent = request(origin + path, { method }, (got) => {
          got.destroy();
          resolve(Object.assign(got, { status: got.statusCode }));
        });
        sent.on('error', reject);
        sent.end();
      });
      expect([method, path, status, headers['x-content-type-options']]).toEqual([method, path, status, 'nosniff']);
      expect([method, path, headers['content-security-policy']]).toEqual([method, path, expect.stringContaining("frame-ancestors 'none'")]);
    }
  });

  it.each([
    'GET /%ff HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
    'nonsense\r\n\r\n',
    'GET / HTTP/1.1\r\nconnection: close\r\n\r\n',
    `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
  ])('is of the same form where nothing could be read: %j', async (bytes) => {
    await start();
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 40[04] /);
    expect(answer).toContain('x-content-type-options: nosniff');
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ error: { code: expect.stringMatching(/^ZG_/) as string } });
  });
});

it('shows its own metrics and those of others', async () => {
  await start({ collectors: [(registry) => new Gauge({ name: 'zg_open', help: 'open', registers: [registry] }).set(3)] });
  const { text } = await get('/metrics');
  expect(text).toContain('zg_open 3');
  expect(text).toContain('process_cpu_seconds_total');
});

it('describes each route below /api, and no other', async () => {
  const routes = new Set<string>();
  const watch = (route: RouteOptions): void => {
    if (['GET', 'POST'].includes(String(route.method)) && route.url.startsWith('/api')) routes.add(route.url.replaceAll(/:(\w+)/g, '{$1}'));
  };
  // nothing is asked of them here
  const nothing = {} as never;
  const setUp = [
    registerChecklist(nothing),
    registerCampaignSetUp(nothing),
    registerImportSetUp(nothing, nothing),
    setUpPolicies(nothing),
    setUpChannels(nothing),
    setUpWebhooks(nothing),
  ];
  await start({ doors: [(one) => one.addHook('onRoute', watch)], session: signInWithoutAnybody, setUp });
  expect([...routes].toSorted()).toEqual(Object.keys(openapi.paths).toSorted());
  expect((await get('/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
});

it('shows one thing at a time to whoever is said to look, and says where there is none', async () => {
  await start();
  for (const path of ['/api/subjects/p1?as=m7', '/api/obligations/ocp1.x?as=m7']) {
    const { status, body } = await get(path);
    expect([status, body.error?.code]).toEqual([404, 'ZG_NO_SUCH_THING']);
  }
  expect(asked).toEqual([
    ['p1', 'm7'],
    ['ocp1.x', 'm7'],
  ]);
});

it('passes pages, cursors and instants on, and names what it does not understand', async () => {
  await start();
  await get('/api/people?after=m7&limit=5');
  await get('/api/ledger?after=40&limit=2');
  await get('/api/roster?at=2021-08-27T10:00:00%2B08:00');
  expect(asked).toEqual([{ after: 'm7', limit: 5 }, [40, 2], { after: undefined, limit: 100, at: Date.parse('2021-08-27T02:00:00Z') }]);
  for (const [path, field] of [
    ['/api/people?limit=0', 'limit'],
    ['/api/people?limit=9999', 'limit'],
    ['/api/ledger?after=x', 'after'],
    ['/api/roster?at=yesterday', 'at'],
    ['/api/obligations?open=maybe', 'open'],
    ['/api/ledger?order=best', 'order'],
  ] as const) {
    const { status, body } = await get(path);
    expect([status, body.error?.code, body.error?.detail?.startsWith(field)]).toEqual([400, 'ZG_BAD_QUERY', true]);
  }
});

it('gives the log of handovers, one post or all, as a page or as a workbook', async () => {
  await start();
  const query = 'post=%E5%8E%86%E4%B8%8B%E5%8C%BA&from=2021-08-28T00:00:00%2B08:00&limit=5';
  expect(await get(`/api/handovers?${query}`)).toMatchObject({ status: 200, body: { items: [], next: null } });
  expect(asked.slice(-2)).toEqual([
    { post: '历下区', from: Date.parse('2021-08-28T00:00:00+08:00') },
    { after: undefined, limit: 5 },
  ]);
  const workbook = await get('/api/reports/handovers');
  expect([workbook.status, workbook.text]).toEqual([200, 'a workbook']);
  expect(workbook.headers.get('content-disposition')).toContain('handovers.xlsx');
  expect(await get('/api/handovers?post=nowhere')).toMatchObject({ status: 400, body: { error: { code: 'ZG_BAD_QUERY' } } });
});

it('is honest about what is not there, away or broken, and tells nothing of the inside', async () => {
  await start();
  expect(await get('/api/items?unit=u2&heat=red&open=true&limit=5')).toMatchObject({ status: 200, body: { items: [], next: null } });
  expect(asked.at(-1)).toEqual([
    { unit: 'u2', heat: 'red', isOpen: true },
    { after: undefined, limit: 5 },
  ]);
  expect(await get('/api/items?heat=hot')).toMatchObject({ status: 400, body: { error: { code: 'ZG_BAD_QUERY' } } });
  expect(await get('/api/items/i9')).toMatchObject({ status: 404, body: { error: { code: 'ZG_NO_SUCH_ITEM' } } });
  const pack = await get('/api/items/iD2/evidence');
  expect(pack.headers.get('content-disposition')).toBe('attachment; filename="iD2.zip"');
  expect(pack.text).toBe('pack of iD2');
  expect((await get('/api/reports/disclosure?batch=2')).text).toBe('table of 2');
  expect((await get('/api/reports/item-ledger')).text).toBe('ledger');
  expect(await get('/api/reports/items?by=kind')).toMatchObject({ status: 200, body: { by: 'kind' } });
  const away = await get('/api/obligations');
  expect([away.status, away.body.error?.code, away.headers.get('retry-after')]).toEqual([503, 'ZG_STORE_AWAY', '5']);
  const broken = await get('/api/wall');
  expect([broken.status, broken.body.error?.code, broken.text.includes('secret')]).toEqual([500, 'ZG_INTERNAL', false]);
  expect(await get('/nowhere')).toMatchObject({ status: 404, body: { error: { code: 'ZG_NO_SUCH_PATH' } } });
  expect(await get('/api/people/%ff')).toMatchObject({ status: 404, body: { error: { code: 'ZG_NO_SUCH_PATH' } } });
});

it('is open to this machine alone in a demo', async () => {
  await start();
  expect(await get('/api/people', { 'x-forwarded-for': '10.0.0.1' })).toMatchObject({
    status: 403,
    body: { error: { code: 'ZG_NOT_LOCAL' } },
  });
});

it('is open in production to whom the table of roles names', async () => {
  await start({ mode: 'production' });
  const codes = await Promise.all(
    [{}, { authorization: 'Bearer nonsense' }, { authorization: 'Bearer officer' }, { authorization: 'Bearer office' }].map(
      async (headers) => {
        const { status, body } = await get('/api/reports/item-ledger', headers);
        return [status, body.error?.code];
      },
    ),
  );
  expect(codes).toEqual([
    [401, 'ZG_TOKEN_MISSING'],
    [401, 'ZG_TOKEN_INVALID'],
    [403, 'ZG_NOT_ALLOWED'],
    [200, undefined],
  ]);
  expect((await get('/api/live?t=office')).status).toBe(200);
  expect((await get('/api/people?t=office')).status).toBe(401);
});

it('serves the page, loads nothing from elsewhere, and keeps only what never changes', async () => {
  await start();
  const page = await get('/');
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await get('/assets/main-1a2b.js')).headers.get('cache-control')).toContain('immutable');
  expect((await get('/../package.json')).status).toBe(404);
});

it('says so when the page was not built', async () => {
  await start({ webRoot: '/nowhere' });
  expect(await get('/')).toMatchObject({ status: 503, body: { error: { code: 'ZG_NO_PAGE' } } });
});

it('keeps a body as it came where a webhook asks for it', async () => {
  const hook = (door: FastifyInstance): void => {
    door.post('/hook', { config: { keepsRawBody: true } }, async (request) => ({ raw: request.rawBody, body: request.body }));
    door.post('/other', async (request) => ({ raw: request.rawBody ?? null }));
  };
  await start({ doors: [hook] });
  const post = async (path: string): Promise<unknown> =>
    (await fetch(origin + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{ "a" : 1 }' })).json();
  expect(await post('/hook')).toEqual({ raw: '{ "a" : 1 }', body: { a: 1 } });
  expect(await post('/other')).toEqual({ raw: null });
});

const row = (seq: number) => ({ seq, at: '2021-08-27T10:00:00+08:00', bureau: 'test', event: 'CheckOpened', data: {} }) as const;

it('streams the ledger from where a browser was cut off, and ends when the service does', async () => {
  const begun: (number | null)[] = [];
  let isEnded = false;
  await start({
    follow: async () =>
      async function* follow(after, signal) {
        begun.push(after);
        yield row(8);
        yield row(9);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        isEnded = true;
      },
  });
  const answer = await fetch(`${origin}/api/live`, { headers: { 'last-event-id': '7' } });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('id: 9')) text += (await reader.read()).value ?? '';
  expect(text).toContain(`id: 8\ndata: ${JSON.stringify(row(8))}\n\n`);
  expect(begun).toEqual([7]);
  await server.close();
  expect(isEnded).toBe(true);
});

it('says for every fault what to do', () => {
  for (const { status, message, whatToDo } of Object.values(faultTable)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(whatToDo).toMatch(/^[A-Z].*\.$/);
  }
});

it('gives out files that were handed in to those of the read side, to be saved and not run', async () => {
  const files = createMemoryFiles();
  const { sha256 } = await files.put(Buffer.from('<script>alert(1)</script>'), { name: 'a.txt', mime: 'text/plain' });
  await start({ files, mode: 'production' });
  const office = { authorization: 'Bearer office' };
  expect(await get(`/api/files/${sha256}`)).toMatchObject({ status: 401, body: { error: { code: 'ZG_TOKEN_MISSING' } } });
  expect((await get(`/api/files/${sha256}`, { authorization: 'Bearer officer' })).status).toBe(403);
  const { status, headers, text } = await get(`/api/files/${sha256}?name=..%2Fa%0D%0Ab'.txt`, office);
  expect([status, text, headers.get('content-type')]).toEqual([200, '<script>alert(1)</script>', 'application/octet-stream']);
  expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''ab%27.txt");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  for (const unknown of ['0'.repeat(64), 'x', '..%2f..%2fetc'])
    expect(await get(`/api/files/${unknown}`, office)).toMatchObject({ status: 404, body: { error: { code: 'ZG_NO_SUCH_FILE' } } });
  files.spoil(sha256);
  expect(await get(`/api/files/${sha256}`, office)).toMatchObject({
    status: 500,
    body: { error: { code: 'ZG_FILE_DAMAGED', detail: sha256 } },
  });
});

describe('adding an item', () => {
  const item = { kind: 'assigned', text: '工地扬尘', units: ['历下区'], handedOverAt: '2021-08-28T09:00:00+08:00' };
  const one = async (id: string) => ({ id, number: 'D2' }) as never;
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${origin}/api/items`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Body };
  };

  it('answers 201 with what is new, and 200 with what was known by its number', async () => {
    await start({ items: () => ({ ...items, one }) });
    expect(await post(item)).toMatchObject({ status: 201, body: { id: 'iA', number: 'D2', isNew: true } });
    expect(asked).toEqual([[{ ...item, handedOverAt: Date.parse(item.handedOverAt) }, undefined]]);
    expect(await post({ ...item, number: 'known' })).toMatchObject({ status: 200, body: { isNew: false } });
  });

  it('names the field that is wrong, missing or unknown', async () => {
    await start();
    const wrong: readonly (readonly [unknown, string])[] = [
      [undefined, ''],
      [{ ...item, units: [] }, 'units'],
      [{ ...item, units: ['历下区', 7] }, 'units.1'],
      [{ ...item, handedOverAt: '2021-08-28 09:00' }, 'handedOverAt'],
      [{ ...item, isUrgent: 'yes' }, 'isUrgent'],
      [{ ...item, status: 'closed' }, 'Unrecognized key: "status"'],
    ];
    for (const [body, field] of wrong) {
      const answer = await post(body);
      expect([answer.status, answer.body.error?.code]).toEqual([400, 'ZG_BAD_ITEM']);
      expect(answer.body.error?.detail).toMatch(new RegExp(`^${field}`, 'u'));
    }
    expect(asked).toEqual([]);
  });

  it('is for the office in production, and keeps who it was', async () => {
    await start({ mode: 'production', items: () => ({ ...items, one }) });
    expect(await post(item)).toMatchObject({ status: 401 });
    expect(await post(item, { authorization: 'Bearer officer' })).toMatchObject({
      status: 403,
      body: { error: { code: 'ZG_NOT_ALLOWED' } },
    });
    expect(asked).toEqual([]);
    expect((await post(item, { authorization: 'Bearer office' })).status).toBe(201);
    expect(asked).toMatchObject([[{ kind: 'assigned' }, { personId: 'm2', channel: 'api' }]]);
  });

  it('is not taken from elsewhere in a demo, nor as a form', async () => {
    await start();
    expect(await post(item, { 'x-forwarded-for': '10.0.0.1' })).toMatchObject({ status: 403, body: { error: { code: 'ZG_NOT_LOCAL' } } });
    expect((await post(item, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  });

  it('is described field by field', async () => {
    const { NewItem: described } = openapi.components.schemas as { readonly NewItem: { readonly properties?: object } };
    const all = { number: 'D', limit: '3', district: 'a', pollution: ['b'], source: 'c', isUrgent: true, ...item };
    expect(Object.keys(described.properties ?? {}).toSorted()).toEqual(Object.keys(all).toSorted());
    await start({ items: () => ({ ...items, one }) });
    expect((await post(all)).status).toBe(201);
  });
});
