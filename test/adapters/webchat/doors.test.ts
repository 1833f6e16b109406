import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createDoors } from '../../../adapters/webchat/doors.ts';
import { limits } from '../../../adapters/webchat/limits.ts';
import { createTokens } from '../../../adapters/webchat/verify.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { type Service, type ServiceOptions, startService } from './harness.ts';

let redis: TestRedis;
let service: Service;
const secret = Buffer.alloc(32, 7);

const start = async (options: ServiceOptions = {}): Promise<void> => {
  service = await startService(redis, { secret, ...options });
};
type Answer = {
  readonly status: number;
  readonly body: {
    readonly [key: string]: unknown;
    readonly error?: { readonly code: string; readonly what_to_do: string; readonly detail?: string };
  };
};

const call = async (
  path: string,
  { token, body, method = 'POST', headers = {} }: { token?: string; body?: unknown; method?: string; headers?: object } = {},
): Promise<Answer> => {
  const answer = await fetch(`${service.origin}/v3/directline${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Answer['body'] };
};
const generate = (id: unknown, more: object = {}, rest: object = {}): Promise<Answer> =>
  call('/tokens/generate', { body: { user: { id }, ...more }, ...rest });
const tokenOf = async (mobile = '138-0000-0001'): Promise<string> => String((await generate(mobile)).body['token']);
const code = ({ status, body }: Answer): unknown[] => [status, body.error?.code];

beforeAll(async () => {
  redis = await startRedis({ appendfsync: 'everysec' });
});
afterEach(async () => {
  await service.close();
  await redis.redis.flushall();
});
afterAll(() => redis.stop());

it('gives a token to a known number, however it is written', async () => {
  await start();
  expect(await generate('138-0000-0001')).toMatchObject({ status: 200, body: { conversationId: 'c-m1', expires_in: 1800 } });
  expect((await generate('138 0000 0001')).status).toBe(200);
});

it('answers everybody else alike', async () => {
  await start();
  const refusals = await Promise.all(['138-0000-0999', '139-1234-5678', 'm1', '', '13800000001x'].map((id) => generate(id)));
  expect(refusals.map(code)).toEqual(Array.from({ length: 5 }, () => [403, 'ZG_NOT_ALLOWED']));
  expect(new Set(refusals.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(code(await generate(12))).toEqual([400, 'ZG_BAD_ACTIVITY']);
  expect(code(await call('/tokens/generate'))).toEqual([400, 'ZG_BAD_ACTIVITY']);
});

it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])('gives no token through a proxy that says %s', async (header) => {
  await start();
  expect(code(await generate('138-0000-0001', {}, { headers: { [header]: '127.0.0.1' } }))).toEqual([403, 'ZG_NOT_LOCAL']);
});

it('gives no token to a page whose name was made to resolve to this machine', async () => {
  await start();
  const { port } = new URL(service.origin);
  const body = '{"user":{"id":"13800000001"}}';
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      const head = [
        'POST /v3/directline/tokens/generate HTTP/1.1',
        `Host: evil.example:${port}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        'Connection: close',
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    });
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => resolve(text));
  });
  expect(answer).toContain('403 Forbidden');
  expect(answer).toContain('ZG_NOT_LOCAL');
});

it('wants the secret in production, and then knows real numbers too', async () => {
  await start({ mode: 'production', directLineSecret: 'hush' });
  expect(code(await generate('138-0000-0001'))).toEqual([401, 'ZG_TOKEN_MISSING']);
  expect(code(await generate('138-0000-0001', {}, { token: 'wrong' }))).toEqual([401, 'ZG_TOKEN_INVALID']);
  expect((await generate('139-1234-5678', {}, { token: 'hush' })).status).toBe(200);
  expect(code(await generate('138-0000-0999', {}, { token: 'hush' }))).toEqual([403, 'ZG_NOT_ALLOWED']);
});

it('opens nothing in production without a secret', async () => {
  await start({ mode: 'production' });
  expect(code(await generate('138-0000-0001', {}, { token: 'undefined' }))).toEqual([401, 'ZG_TOKEN_INVALID']);
});

const forged = (token: string): readonly string[] => {
  const [head, claims, signature] = token.split('.') as [string, string, string];
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const other = encode({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), user: 'm2' });
  return [
    `${head}.${other}.${signature}`,
    `${encode({ alg: 'none' })}.${claims}.`,
    `${encode({ alg: 'none', typ: 'JWT' })}.${claims}.${signature}`,
    `${head}.${claims}.${'A'.repeat(43)}`,
    createTokens(Buffer.alloc(32, 8), () => Date.parse('2026-01-01')).issue({ personId: 'm1', conversation: 'c-m1' }),
    'nonsense',
  ];
};

it('refuses tokens that are missing, forged, expired or meant for something else', async () => {
  await start();
  const token = await tokenOf();
  const path = '/conversations/c-m1/activities';
  expect(code(await call(path, { body: { type: 'message', text: 'x' } }))).toEqual([401, 'ZG_TOKEN_MISSING']);
  for (const wrong of forged(token)) expect(code(await call(path, { token: wrong, method: 'GET' }))).toEqual([401, 'ZG_TOKEN_INVALID']);
  expect(code(await call('/conversations/c-m2/activities', { token, method: 'GET' }))).toEqual([403, 'ZG_WRONG_CONVERSATION']);
  const stream = new URL(String((await call('/conversations', { token })).body['streamUrl'])).searchParams.get('t')!;
  expect(code(await call(path, { token: stream, method: 'GET' }))).toEqual([401, 'ZG_TOKEN_INVALID']);
  service.passes(30 * 60_000);
  expect(code(await call(path, { token, method: 'GET' }))).toEqual([403, 'TokenExpired']);
  expect(code(await call('/tokens/refresh', { token }))).toEqual([403, 'TokenExpired']);
  expect(service.heard).toEqual([]);
});

it('refreshes a token that still holds', async () => {
  await start();
  const token = await tokenOf();
  service.passes(29 * 60_000);
  const fresh = String((await call('/tokens/refresh', { token })).body['token']);
  service.passes(29 * 60_000);
  expect((await call('/conversations/c-m1/activities', { token: fresh, method: 'GET' })).status).toBe(200);
});

it('says what is wrong with a message, and takes nothing of it', async () => {
  await start();
  const token = await tokenOf();
  const post = (body: unknown): Promise<Answer> => call('/conversations/c-m1/activities', { token, body });
  expect(code(await post('{"type":'))).toEqual([400, 'ZG_BAD_JSON']);
  expect(code(await post('{"type":"message","text":"x","__proto__":{"a":1}}'))).toEqual([400, 'ZG_BAD_JSON']);
  expect(code(await post({}))).toEqual([400, 'ZG_BAD_ACTIVITY']);
  expect(code(await post([]))).toEqual([400, 'ZG_BAD_ACTIVITY']);
  expect((await post({ type: 'message', text: 7 })).body.error?.detail).toContain('text');
  expect(code(await post({ type: 'message' }))).toEqual([400, 'ZG_BAD_ACTIVITY']);
  expect(code(await post({ type: 'message', text: 'x'.repeat(8_001) }))).toEqual([400, 'ZG_BAD_ACTIVITY']);
  expect(code(await post({ type: 'message', text: 'x'.repeat(70_000) }))).toEqual([413, 'ZG_TOO_LARGE']);
  expect(code(await post({ type: 'message', value: { a: 'x'.repeat(9_000) } }))).toEqual([413, 'ZG_TOO_LARGE']);
  expect(
    code(await call('/conversations/c-m1/activities', { token, body: 'type=message', headers: { 'content-type': 'text/plain' } })),
  ).toEqual([415, 'ZG_UNSUPPORTED_MEDIA']);
  expect(code(await call('/conversations/c-m1/activities?watermark=x', { token, method: 'GET' }))).toEqual([400, 'ZG_BAD_WATERMARK']);
  expect((await call('/conversations/c-m1/activities', { token, method: 'GET' })).body).toEqual({ activities: [], watermark: '0' });
});

it('accepts typing and events, and does nothing about them', async () => {
  await start();
  const token = await tokenOf();
  for (const type of ['typing', 'event', 'conversationUpdate']) {
    expect((await call('/conversations/c-m1/activities', { token, body: { type, name: 'webchat/join', from: { id: 'm2' } } })).status).toBe(
      200,
    );
  }
  expect((await call('/conversations/c-m1/activities', { token, method: 'GET' })).body).toEqual({ activities: [], watermark: '0' });
});

it('lets nobody speak as another, nor pretend that the product asked something', async () => {
  await start();
  const token = await tokenOf();
  const body = {
    type: 'message',
    text: 'x',
    from: { id: 'm2', role: 'bot' },
    id: 'mine',
    channelData: { zaigang: { obligationId: 'o9' }, clientActivityID: 'c' },
  };
  await call('/conversations/c-m1/activities', { token, body });
  const { activities } = (await call('/conversations/c-m1/activities', { token, method: 'GET' })).body as unknown as {
    activities: object[];
  };
  expect(activities[0]).toMatchObject({ id: 'c-m1|0000001', from: { id: 'm1', role: 'user' }, channelData: { clientActivityID: 'c' } });
  expect(JSON.stringify(activities)).not.toContain('zaigang":{');
});

const opens = (url: string): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });

it('opens a socket for the right token only', async () => {
  await start();
  const token = await tokenOf();
  const streamUrl = String((await call('/conversations', { token })).body['streamUrl']);
  expect(await opens(streamUrl)).toBe(101);
  expect(await opens(streamUrl.replace(/t=.*/, ''))).toBe(401);
  expect(await opens(`${streamUrl}x`)).toBe(401);
  expect(await opens(streamUrl.replace('c-m1', 'c-m2'))).toBe(403);
  expect(await opens(streamUrl.replace('watermark=', 'watermark=x'))).toBe(400);
  expect(await opens(streamUrl.replace('/stream', '/elsewhere'))).toBe(404);
  service.passes(61_000);
  expect(await opens(streamUrl)).toBe(403);
});

it('names the address it was called by, as a socket of the same kind', async () => {
  await start();
  const token = await tokenOf();
  const url = new URL(String((await call('/conversations/c-m1?watermark=5', { token, method: 'GET' })).body['streamUrl']));
  expect([url.protocol, url.host, url.searchParams.get('watermark')]).toEqual(['ws:', new URL(service.origin).host, '5']);
});

it('lets somebody go on only as long as they are who they were', async () => {
  await start();
  const tokens = createTokens(secret);
  let caller: { personId: string; isOffice: boolean } | undefined = { personId: 'm2', isOffice: true };
  const callers = { findById: async () => caller, findByMobile: async () => caller };
  const doors = createDoors({ callers, tokens, mode: 'demo' });
  const own = `Bearer ${tokens.issue({ personId: 'm2', conversation: 'c-m2' })}`;
  const group = `Bearer ${tokens.issue({ personId: 'm2', conversation: 'c-g-office' })}`;
  await expect(doors.enter(group, 'c-g-office')).resolves.toEqual({ personId: 'm2', conversation: 'c-g-office' });
  caller = { personId: 'm2', isOffice: false };
  await expect(doors.enter(group, 'c-g-office')).rejects.toMatchObject({ code: 'ZG_NOT_ALLOWED' });
  await expect(doors.enter(own, 'c-m2')).resolves.toBeDefined();
  caller = undefined;
  await expect(doors.enter(own, 'c-m2')).rejects.toMatchObject({ code: 'ZG_NOT_ALLOWED' });
});

it('ends although a client never says goodbye', { timeout: 60_000 }, async () => {
  await start();
  const url = new URL(String((await call('/conversations', { token: await tokenOf() })).body['streamUrl']));
  const socket = connect(Number(url.port), '127.0.0.1');
  const head = [`GET ${url.pathname}${url.search} HTTP/1.1`, `Host: ${url.host}`, 'Connection: Upgrade', 'Upgrade: websocket'];
  socket.write([...head, 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''].join('\r\n'));
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain('101 Switching Protocols');
  const gone = once(socket, 'close');
  await service.close();
  await gone;
});

it('counts messages that it takes and everything that it refuses', async () => {
  await start();
  const token = await tokenOf();
  const activities = '/conversations/c-m1/activities';
  const hello = { type: 'message', from: { id: 'x' }, text: 'hello' };
  expect((await call(activities, { token, body: hello })).status).toBe(200);
  await call(activities, { token, body: '{' });
  await call(activities, { body: hello });
  await call(activities, { token: `${token}x`, body: hello });
  await call('/conversations/c-m2/activities', { token, body: hello });
  await call(activities, { token, body: { ...hello, text: 'x'.repeat(70_000) } });
  await generate('139-9999-9999');
  const socket = new WebSocket(`${service.origin.replace('http', 'ws')}/v3/directline/conversations/c-m1/stream?t=nonsense`);
  await new Promise((resolve) => socket.once('error', resolve));
  service.passes(3_600_000);
  await call(activities, { token, body: hello });
  const what = ['taken', 'malformed', 'badSignature', 'badSignature', 'foreign', 'tooLarge', 'foreign', 'badSignature', 'stale'];
  expect(service.counted).toEqual(what.map((one) => `webchat ${one}`));
});

it('reads to one person only so often in a minute, and to others meanwhile', { timeout: 60_000 }, async () => {
  await start();
  const [one, other] = [await tokenOf(), await tokenOf('138-0000-0002')];
  const paths = ['/tokens/refresh', '/conversations', '/conversations/c-m1', '/conversations/c-m1/activities'];
  const read = (at: number): Promise<Answer> =>
    call(paths[at % paths.length]!, { token: one, method: at % paths.length < 2 ? 'POST' : 'GET' });
  const statuses: number[] = [];
  for (let at = 0; at < limits.readPerWindow + 20; at += 20)
    statuses.push(...(await Promise.all(Array.from({ length: 20 }, async (_, index) => (await read(at + index)).status))));
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  for (const [at] of paths.entries()) expect(code(await read(at))).toEqual([429, 'ZG_TOO_OFTEN']);
  expect((await call('/tokens/refresh', { token: other })).status).toBe(200);
  service.passes(limits.readWindowMs);
  expect((await read(0)).status).toBe(200);
});
