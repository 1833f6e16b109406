import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { type Service, startService } from '../../src/wiring/service.ts';
import { eventually } from '../support/demo.ts';
import { createValidator, type Schema } from '../support/json-schema.ts';
import { quietLog } from '../support/quiet-log.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

type Content = { readonly [type: string]: { readonly schema: Schema } };
type Operation = {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: { readonly [status: string]: { readonly description?: string; readonly content?: Content } };
};
type Described = {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly webhooks: { readonly [name: string]: { readonly post: Operation } };
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

describe('what /openapi.json says of the running service', () => {
  let redis: TestRedis;
  let folder: string;
  let service: Service;
  let described: Described;
  let posted: Awaited<ReturnType<typeof ask>>;
  let again: Awaited<ReturnType<typeof ask>>;
  let validate: ReturnType<typeof createValidator>;
  beforeAll(async () => {
    redis = await startRedis({ appendfsync: 'everysec' });
    folder = await mkdtemp(join(tmpdir(), 'zg-data-'));
    const env = readEnvironment({ PORT: '0', DATA_DIR: folder, REDIS_URL: redis.url, CLOCK_SCALE: '600' });
    service = await startService(env, redis.socket, quietLog());
    described = (await ask('/openapi.json')).json as Described;
    validate = createValidator(described.components.schemas);
    await eventually(
      async () => ((await ask('/api/obligations?open=true')).json as { readonly items: readonly unknown[] }).items.length,
      (open) => open > 3,
      60_000,
    );
    const item = { kind: 'assigned', text: '工地扬尘', units: ['历下区'], limit: '3日内', handedOverAt: '2021-08-27T09:00:00+08:00' };
    posted = await ask('/api/items', { ...item, number: 'Z-1' });
    again = await ask('/api/items', { ...item, number: 'Z-1' });
  });
  afterAll(async () => {
    await service.stop();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (path: string, body?: object) => {
    const posting = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(new URL(path, service.url), body === undefined ? {} : posting);
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (type === 'text/event-stream') {
      await answer.body?.cancel();
      return { status: answer.status, type, json: undefined };
    }
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, type, json: type === 'application/json' ? (JSON.parse(bytes.toString('utf8')) as unknown) : undefined };
  };

  const operations = () =>
    Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('names every part of a path, and for every operation what it answers and how it fails', () => {
    for (const { path, method, operation } of operations()) {
      const named = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      expect([path, named.toSorted()]).toEqual([path, [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => String(name)).toSorted()]);
      const statuses = Object.keys(operation.responses);
      expect([path, method, statuses.some((status) => status.startsWith('2')), statuses.some((status) => status.startsWith('4'))]).toEqual([
        path,
        method,
        true,
        true,
      ]);
      for (const [status, { description, content = {} }] of Object.entries(operation.responses)) {
        expect([path, method, status, description]).toEqual([path, method, status, expect.stringMatching(/\S/u)]);
        // what is described can be looked up
        for (const { schema } of Object.values(content)) validate(schema, undefined);
      }
      for (const { name, schema } of operation.parameters ?? []) expect([path, name, schema]).toEqual([path, name, expect.any(Object)]);
    }
    expect(Object.keys(described.webhooks)).toEqual(['event']);
  });

  /** Ids of things that are there. */
  const idsFor = async (path: string): Promise<readonly string[]> => {
    const first = async (list: string, pick: (one: Readonly<Record<string, unknown>>) => unknown): Promise<string> => {
      const { items } = (await ask(list)).json as { readonly items: readonly Readonly<Record<string, unknown>>[] };
      return String(pick(items[0] ?? {}));
    };
    if (path.startsWith('/api/items')) return [await first('/api/items', ({ id }) => id)];
    if (path.startsWith('/api/obligations'))
      return [await first('/api/obligations?open=true', ({ id, obligationId }) => id ?? obligationId)];
    if (path.startsWith('/api/subjects')) return ['u1', 'p1', await first('/api/people', ({ id }) => id)];
    return ['nothing'];
  };

  it('is what it answers: every member of every answer is described, and none is another', { timeout: 180_000 }, async () => {
    const faults: string[] = [];
    const answered = new Set<string>();
    for (const { path, method, operation } of operations()) {
      if (method !== 'get') continue;
      for (const id of path.includes('{') ? await idsFor(path) : ['']) {
        const asked = path.replace(/\{\w+\}/u, encodeURIComponent(id));
        const { status, type, json } = await ask(asked);
        const said = operation.responses[String(status)];
        if (!said) {
          faults.push(`${asked}: ${status} is not described`);
          continue;
        }
        const described = said.content?.[type];
        if (!described) faults.push(`${asked}: ${status} is ${type}, and ${Object.keys(said.content ?? {}).join()} is described`);
        else if (json !== undefined)
          faults.push(...new Set(validate(described.schema, json).map((fault) => `${path} ${fault.replaceAll(/\[\d+\]/gu, '[]')}`)));
        if (status === 200) answered.add(path);
      }
    }
    expect([...new Set(faults)]).toEqual([]);
    expect(answered.size).toBeGreaterThan(15);
  });

  const routeOf = (path: string): string =>
    Object.keys(described.paths).find((one) => new RegExp(`^${one.replaceAll(/\{\w+\}/gu, '[^/]+')}$`, 'u').test(path.split('?')[0]!)) ??
    path;

  /** What is wrong with an answer, by what is described of its route. */
  const faultsIn = (path: string, { status, type, json }: Awaited<ReturnType<typeof ask>>): readonly string[] => {
    const route = routeOf(path);
    const said = described.paths[route]?.['post']?.responses[String(status)];
    if (!said) return [`${route}: ${status} is not described: ${JSON.stringify(json).slice(0, 200)}`];
    const content = said.content?.[type];
    if (!content) return [`${route}: ${status} is ${type}, and ${Object.keys(said.content ?? {}).join()} is described`];
    return [...new Set(validate(content.schema, json).map((fault) => `${route} ${status} ${fault.replaceAll(/\[\d+\]/gu, '[]')}`))];
  };

  type Sent = { readonly json: Readonly<Record<string, unknown>>; readonly status: number };

  it('is what it answers to what is sent, whatever comes of it', { timeout: 240_000 }, async () => {
    const faults: string[] = [];
    const seen = new Map<string, Set<number>>();
    const take = (path: string, answer: Awaited<ReturnType<typeof ask>>): Sent => {
      faults.push(...faultsIn(path, answer));
      const route = routeOf(path);
      seen.set(route, (seen.get(route) ?? new Set()).add(answer.status));
      return { json: (answer.json ?? {}) as Sent['json'], status: answer.status };
    };
    const send = async (path: string, body: object): Promise<Sent> => take(path, await ask(path, body));
    const sendBytes = async (path: string, type: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<Sent> => {
      const answer = await fetch(new URL(path, service.url), { method: 'POST', headers: { 'content-type': type }, body: bytes });
      const json: unknown = await answer.json();
      return take(path, { status: answer.status, type: answer.headers.get('content-type')?.split(';')[0] ?? '', json });
    };
    const read = async (path: string): Promise<Sent['json']> => (await ask(path)).json as Sent['json'];
    take('/api/items', posted);
    take('/api/items', again);

    for (const { path, method } of operations()) {
      if (method !== 'post') continue;
      const asked = path.replace(/\{\w+\}/u, 'nothing');
      await sendBytes(asked, 'application/json', '{');
      await sendBytes(asked, 'text/plain', 'hello');
      await send(asked, { nothing: 1 });
      await sendBytes(asked, 'application/json', '{"text":{"length":{"toString":null}}}');
      if (path !== '/api/set-up/imports') await send(asked, { text: 'x'.repeat(300_000) });
    }

    // the ladders
    const { version: ladders, policies } = await read('/api/set-up/policies');
    const check = (policies as readonly { readonly name: string; readonly words: object }[]).find(({ name }) => name === 'check')!.words;
    await send('/api/set-up/policies/check', { policies: [check] });
    await send('/api/set-up/policies/check', { policies: [{ ...check, steps: 7 }] });
    await send('/api/set-up/policies/try', { policies: [check] });
    await send('/api/set-up/policies/try', { policies: [check], from: '2021-08-27T09:00:00+08:00' });
    await send('/api/set-up/policies/rehearse', { policies: [check], days: 1 });
    await send('/api/set-up/policies', { policies: [check], version: ladders });
    await send('/api/set-up/policies', { policies: [check], version: ladders });
    const { items: people } = await read('/api/people');
    const [{ id: personId }] = people as readonly [{ readonly id: string }];
    await send('/api/set-up/channels/test', { channel: 'webchat', personId });
    expect((await send('/api/set-up/channels/test', { channel: 'pigeon', personId })).status).toBe(404);

    // the campaign, of two who change it the second
    const { shown } = await read('/api/set-up/campaign');
    const draft = { ...(shown as object), name: 'Flood' };
    const { json: preview } = await send('/api/set-up/campaign/preview', { draft });
    await send('/api/set-up/campaign/preview', { whole: {} });
    const wanted = { draft, version: preview['version'], hash: preview['hash'] };
    expect((await send('/api/set-up/campaign', wanted)).status).toBe(200);
    expect((await send('/api/set-up/campaign', wanted)).status).toBe(409);

    // workbooks: one with faults, one that is there already
    const workbook = async (url: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(new URL(url, import.meta.url)));
    const flawed = await workbook('../fixtures/roster-flawed.xlsx');
    await sendBytes('/api/set-up/imports?name=roster-flawed.xlsx', 'application/octet-stream', flawed);
    const roster = await workbook('../../src/config/demo/roster.xlsx');
    const { json: found } = await sendBytes('/api/set-up/imports?name=roster.xlsx', 'application/octet-stream', roster);
    const { sha256, name, version, digest } = found;
    expect((await send('/api/set-up/imports/again', { sha256, name })).status).toBe(200);
    await send('/api/set-up/imports/again', { sha256: 'a'.repeat(64), name });
    await send('/api/set-up/imports/apply', { sha256, name, version, digest });
    await send('/api/set-up/imports/apply', { sha256, name, version: 0, digest });

    // appeals
    const appealable = await eventually(
      async () => (await read('/api/appeals?status=appealable'))['items'] as readonly { readonly obligationId: string }[],
      (items) => items.length > 1,
      60_000,
    );
    const appeals: unknown[] = [];
    for (const { obligationId } of appealable.slice(0, 2))
      appeals.push((await send('/api/appeals', { obligationId, reason: '没电' })).json['id']);
    await send('/api/appeals', { obligationId: appealable[0]!.obligationId, reason: '没电' });
    expect((await send('/api/appeals', { obligationId: 'nothing', reason: '没电' })).status).toBe(409);
    // taken back, and brought anew under the same id
    await send(`/api/appeals/${String(appeals[0])}/withdraw`, {});
    expect((await send('/api/appeals', { obligationId: appealable[0]!.obligationId, reason: '断网' })).status).toBe(201);
    await send(`/api/appeals/${String(appeals[0])}/uphold`, {});
    expect((await send(`/api/appeals/${String(appeals[0])}/withdraw`, {})).status).toBe(409);
    await send(`/api/appeals/${String(appeals[0])}/reject`, { reason: '有记录' });
    await send(`/api/appeals/${String(appeals[1])}/reject`, { reason: '有记录' });
    await send('/api/figures/pictures', { figure: 'coverage', from: '2021-08-27', to: '2021-08-27' });
    await send('/api/session/end', {});

    expect([...new Set(faults)]).toEqual([]);
    const unanswered = operations().filter(
      ({ path, method }) => method === 'post' && !['200', '201'].some((status) => seen.get(path)?.has(Number(status))),
    );
    // a demo that nobody has signed in to speaks as nobody; what was imported before it began is taken back by nobody, and
    // no system outside hears of it
    const open = unanswered.map(({ path }) => path).filter((path) => !path.endsWith('/undo') && path !== '/api/set-up/webhooks/test');
    expect(open).toEqual(['/api/session/chat']);
  });

  it('is how it fails: each fault has the form that is described', async () => {
    for (const path of ['/api/people?limit=0', '/api/items/none', '/api/subjects/none', '/api/handovers?post=nowhere']) {
      const { status, json } = await ask(path);
      const route = routeOf(path);
      const said = described.paths[route]!['get']!.responses[String(status)];
      expect([path, status, said === undefined]).toEqual([path, status, false]);
      expect([path, validate(said!.content!['application/json']!.schema, json)]).toEqual([path, []]);
    }
  });
});
