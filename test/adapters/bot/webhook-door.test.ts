import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { type Door, Refused, registerDoor, takeMessage, type RawRequest, type RefusalReason } from '../../../adapters/bot/webhook-door.ts';
import { quietLog } from '../../support/quiet-log.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';

describe('a webhook', () => {
  const servers: { close: () => Promise<unknown> }[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  const open = async (handle: Door['handle']) => {
    const counted: string[] = [];
    const log = quietLog();
    const server = fastify();
    // what the rest of the server does with JSON must not reach the door
    server.addContentTypeParser('application/json', { parseAs: 'string' }, () => {
      throw new Error('parsed');
    });
    const count = (channel: string, what: string): void => void counted.push(`${channel} ${what}`);
    registerDoor(server, { name: 'wecom', path: '/channels/wecom', methods: ['GET', 'POST'], maxBytes: 1_000, handle }, { log, count });
    await server.ready();
    servers.push(server);
    return { server, counted, log };
  };

  it('gives the bytes as they came, whatever they call themselves', async () => {
    const seen: RawRequest[] = [];
    const { server, counted } = await open(async (request) => {
      seen.push(request);
      return { status: 200, type: 'text/plain', body: 'ok' };
    });
    const body = Buffer.from([0xff, 0x00, 0x7b, 0x22]);
    for (const type of ['application/json', 'text/xml', 'application/x-www-form-urlencoded', 'application/octet-stream'])
      await server.inject({
        method: 'POST',
        url: '/channels/wecom?a=1&a=2&b=x',
        headers: { 'content-type': type, 'X-Sign': 's' },
        payload: body,
      });
    expect(seen).toHaveLength(4);
    for (const { body: got, query, headers } of seen) {
      expect(got.equals(body)).toBe(true);
      expect(query).toEqual({ a: '1', b: 'x' });
      expect(headers['x-sign']).toBe('s');
    }
    const answer = await server.inject({ method: 'GET', url: '/channels/wecom' });
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([200, 'ok', 'text/plain']);
    expect(counted).toEqual(Array(5).fill('wecom taken'));
  });

  it('answers each refusal with its status and nothing else, and counts it', async () => {
    let reason: RefusalReason = 'malformed';
    const { server, counted } = await open(() => Promise.reject(new Refused(reason)));
    const expected = { malformed: 400, badSignature: 401, stale: 401, foreign: 403, replayed: 409, tooLarge: 413 } as const;
    for (const [name, status] of Object.entries(expected)) {
      reason = name as RefusalReason;
      const answer = await server.inject({ method: 'POST', url: '/channels/wecom', payload: 'x' });
      expect([answer.statusCode, answer.body]).toEqual([status, '']);
    }
    expect(counted).toEqual(Object.keys(expected).map((name) => `wecom ${name}`));
  });

  it('says a refusal once a minute however often it comes: whoever knocks must not fill the log', async () => {
    let reason: RefusalReason = 'badSignature';
    const { server, counted, log } = await open(() => Promise.reject(new Refused(reason)));
    const knock = () => server.inject({ method: 'POST', url: '/channels/wecom', payload: 'x' });
    for (let times = 0; times < 20; times++) await knock();
    reason = 'stale';
    await knock();
    expect(counted).toHaveLength(21);
    expect(log.lines.map(({ fields }) => fields)).toEqual([
      { channel: 'wecom', reason: 'badSignature' },
      { channel: 'wecom', reason: 'stale' },
    ]);
  });

  it('does not read what is too large', async () => {
    const { server, counted } = await open(async () => ({ status: 200 }));
    const answer = await server.inject({ method: 'POST', url: '/channels/wecom', payload: Buffer.alloc(1_001) });
    expect(answer.statusCode).toBe(413);
    expect(counted).toEqual(['wecom tooLarge']);
  });

  it('leaves what is no refusal to the server', async () => {
    const { server } = await open(() => Promise.reject(Object.assign(new Error('away'), { statusCode: 503 })));
    expect((await server.inject({ method: 'POST', url: '/channels/wecom', payload: 'x' })).statusCode).toBe(503);
  });
});

describe('a message from a platform', () => {
  const taking = () => {
    const put: InboundMessage[] = [];
    const said: string[] = [];
    const asked: string[] = [];
    const deps = {
      bindings: { personOf: async (_channel: string, account: string) => (account === 'zhao' ? 'm1' : undefined) },
      inbox: { put: async (message: InboundMessage) => put.every(({ id }) => id !== message.id) && put.push(message) > 0 },
      clock: { now: () => 7 },
      answerStranger: async ({ text }: { text: string }) => (asked.push(text), 'how'),
      sayToAccount: async (account: string, text: string) => void said.push(`${account}: ${text}`),
      log: quietLog(),
    };
    return { put, said, asked, deps };
  };
  const message = (account: string, isGroup = false) =>
    ({ id: 'x1', channel: 'wecom', conversation: 'c', isGroup, account, text: '收到' }) as const;

  it('goes into the inbox under the person whose account it is, once', async () => {
    const { put, said, deps } = taking();
    expect(await takeMessage(deps, message('zhao'))).toBe('taken');
    expect(await takeMessage(deps, message('zhao'))).toBe('known');
    expect(put).toEqual([{ id: 'x1', channel: 'wecom', conversation: 'c', isGroup: false, text: '收到', from: 'm1', receivedAt: 7 }]);
    expect(said).toEqual([]);
  });

  it('of somebody unknown leads to a private answer and to nothing else; what they say in a group is not read', async () => {
    const { put, said, asked, deps } = taking();
    expect(await takeMessage(deps, message('li'))).toBe('stranger');
    expect(await takeMessage(deps, message('li', true))).toBe('stranger');
    expect([put, said, asked]).toEqual([[], ['li: how', 'li: how'], ['收到', '']]);
  });
});
