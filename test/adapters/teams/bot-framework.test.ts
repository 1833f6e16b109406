import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTurnRunner } from '../../../adapters/bot/turn-runner.ts';
import { createHttpServer, type HttpServerDeps } from '../../../adapters/http/server.ts';
import { createMemoryFiles } from '../../../adapters/memory/memory-files.ts';
import { createConversations } from '../../../adapters/redis/conversations.ts';
import { type BotFrameworkDeps, registerBotFramework } from '../../../adapters/teams/bot-framework.ts';
import { createTeamsChannel } from '../../../adapters/teams/outbound.ts';
import { BotFrameworkAdapter } from '../../../adapters/teams/verify.ts';
import type { Conversations } from '../../../src/ports/conversations.ts';
import { Fault } from '../../../src/ports/fault.ts';
import type { InboundMessage } from '../../../src/ports/inbox.ts';
import type { Transition } from '../../../src/ports/store.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { type Connector, startConnector } from './connector.ts';

let redis: TestRedis;
let connector: Connector;
let server: FastifyInstance;
let origin = '';
let conversations: Conversations;
let taken: InboundMessage[] = [];
let committed: Transition[] = [];
let counted: string[] = [];
let isAway = false;

const start = async (more: Partial<BotFrameworkDeps> = {}, appId?: string): Promise<void> => {
  const log = quietLog();
  const runTurn = createTurnRunner({
    decide: async () => ({
      transition: { writes: [], events: [{ at: 1, event: 'AnswerRecorded', data: {} }], notices: [] },
      replies: [{ to: 'm1', via: 'card', template: 'reply.confirmed' }],
    }),
    commit: async (transition) => {
      committed.push(transition);
      return 'committed';
    },
    log,
  });
  const deps: BotFrameworkDeps = {
    adapter: new BotFrameworkAdapter(appId === undefined ? {} : { appId, appPassword: 'x' }),
    inbox: {
      put: async (message) => {
        if (isAway) throw new Fault('ZG_STORE_AWAY');
        taken.push(message);
        return true;
      },
    },
    runTurn,
    conversations,
    identify: async (_channel, { id, aadObjectId }) => (id === '13800000001' || aadObjectId === 'aad-1' ? 'm1' : undefined),
    answerStranger: async ({ account, text }) => `尚未与值守人员绑定 ${account} ${text}`,
    render: async ({ template }) => ({ text: template, card: { title: template, tone: 'done', lines: [], facts: [], buttons: [] } }),
    mode: 'demo',
    hasAppId: appId !== undefined,
    count: (channel, what) => void counted.push(`${channel} ${what}`),
    clock: { now: () => 42 },
    log,
    ...more,
  };
  server = await createHttpServer({
    mode: 'demo',
    log,
    whoCalls: async () => undefined,
    readiness: async () => ({ ok: true, reasons: [] }),
    views: () => ({}) as ReturnType<HttpServerDeps['views']>,
    items: () => ({}) as ReturnType<HttpServerDeps['items']>,
    sheets: {} as HttpServerDeps['sheets'],
    channels: async () => ({ at: '2021-08-27T10:00:00+08:00', windowMinutes: 5, items: [] }),
    handovers: {} as HttpServerDeps['handovers'],
    closerLook: {} as HttpServerDeps['closerLook'],
    figures: {} as HttpServerDeps['figures'],
    follow: async () => async function* follow() {},
    wallFor: () => Promise.reject(new Error('no wall')),
    files: createMemoryFiles(),
    webRoot: '/nowhere',
    doors: [(door) => registerBotFramework(door, deps)],
  });
  origin = await server.listen({ host: '127.0.0.1', port: 0 });
};

const activity = (more: object = {}): object => ({
  type: 'message',
  id: 'a1',
  channelId: 'emulator',
  serviceUrl: connector.serviceUrl,
  from: { id: '13800000001' },
  recipient: { id: 'bot', name: 'bot' },
  conversation: { id: 'conv-1' },
  text: 'here',
  ...more,
});

const post = async (
  body: unknown,
  headers: object = {},
): Promise<{ status: number; body: Record<string, unknown> & { error?: { code: string } } }> => {
  const answer = await fetch(`${origin}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
};

beforeAll(async () => {
  redis = await startRedis({ appendfsync: 'everysec' });
  connector = await startConnector();
  conversations = createConversations(redis.redis, 'test');
});
afterEach(async () => {
  await server.close();
  taken = [];
  committed = [];
  isAway = false;
  counted = [];
  connector.calls.length = 0;
  connector.answers(200);
  await redis.redis.flushall();
});
afterAll(async () => {
  await connector.close();
  await redis.stop();
});

it('takes a message into the inbox and remembers where its sender can be reached', async () => {
  await start();
  expect((await post(activity({ locale: 'zh-CN' }))).status).toBe(200);
  expect(taken).toMatchObject([
    {
      id: 'conv-1/a1',
      channel: 'teams',
      conversation: 'conv-1',
      isGroup: false,
      from: 'm1',
      receivedAt: 42,
      text: 'here',
      locale: 'zh-CN',
    },
  ]);
  const [reference] = await conversations.referencesOf('teams', ['m1']);
  expect(reference).toMatchObject({ conversation: { id: 'conv-1' }, serviceUrl: connector.serviceUrl });
});

it('takes a message without a recipient, and entities of any shape', async () => {
  await start();
  const shapes = [undefined, 'x', [null, 7, { type: 'mention' }, { type: 'mention', mentioned: { id: 'bot' } }]];
  for (const [index, entities] of shapes.entries())
    expect((await post(activity({ id: `s${index}`, entities, ...(index === 0 ? { recipient: undefined } : {}) }))).status).toBe(200);
  expect(taken.map(({ text }) => text)).toEqual(['here', 'here', 'here']);
});

it('passes on that it was said in a group, without the mention, and does not take the group for the person', async () => {
  await start();
  const entities = [{ type: 'mention', text: '<at>bot</at>', mentioned: { id: 'bot', name: 'bot' } }];
  await post(activity({ text: '<at>bot</at> here', entities, conversation: { id: 'g', isGroup: true }, value: undefined }));
  expect(taken).toMatchObject([{ isGroup: true, text: 'here' }]);
  expect(await conversations.referencesOf('teams', ['m1'])).toEqual([undefined]);
});

it('takes what a submit button carries', async () => {
  await start();
  await post(activity({ text: undefined, value: { action: 'acknowledge', obligationId: 'o1' } }));
  expect(taken).toMatchObject([{ value: { action: 'acknowledge', obligationId: 'o1' } }]);
});

it('answers a pressed card with the new one, committed before', async () => {
  await start();
  const value = { action: { type: 'Action.Execute', verb: 'acknowledge', data: { action: 'acknowledge', obligationId: 'o1' } } };
  const answer = await post(activity({ type: 'invoke', name: 'adaptiveCard/action', text: undefined, value }));
  expect(answer).toMatchObject({
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } },
  });
  expect(committed).toEqual([{ writes: [], events: [{ at: 1, event: 'AnswerRecorded', data: {} }], notices: [] }]);
  expect(taken).toEqual([]);
});

it('has no effect for somebody unknown', async () => {
  await start();
  expect((await post(activity({ from: { id: 'm1' } }))).status).toBe(200);
  const pressed = await post(activity({ type: 'invoke', name: 'adaptiveCard/action', from: { id: 'who' }, value: {} }));
  expect(pressed.body).toMatchObject({ statusCode: 403 });
  expect([taken, committed]).toEqual([[], []]);
  expect(await redis.redis.keys('*')).toEqual([]);
});

const pressed = { action: 'acknowledge', obligationId: 'o1' };
const executed = {
  type: 'invoke',
  name: 'adaptiveCard/action',
  text: undefined,
  value: { action: { type: 'Action.Execute', data: pressed } },
};
const stranger = { from: { id: 'stranger' }, locale: 'zh-CN' };

it('tells an account that belongs to nobody how to be bound, in answer to its press alone, and nothing happens', async () => {
  await start();
  for (const conversation of [{ id: 'conv-1' }, { id: 'conv-g', isGroup: true }]) {
    const answer = await post(activity({ ...executed, ...stranger, conversation }));
    expect(answer.body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.activity.message' });
    expect(answer.body['value']).toMatch(/尚未与值守人员绑定[\s\S]*没有生效[\s\S]*办公室/u);
  }
  const english = await post(activity({ ...executed, ...stranger, locale: 'en-US' }));
  expect(english.body['value']).toMatch(/not bound to anybody/u);
  expect([taken, committed, connector.calls]).toEqual([[], [], []]);
  expect(await redis.redis.keys('*')).toEqual([]);
});

it('tells it once, where a press is a message, talks to whoever writes, and says nothing in a group', async () => {
  await start();
  const press = { ...stranger, text: undefined, value: pressed };
  await post(activity({ ...press, conversation: { id: 'conv-g', isGroup: true } }));
  await post(activity({ ...press, conversation: { id: 'conv-t', conversationType: 'channel' } }));
  await post(activity({ ...stranger, conversation: { id: 'conv-g', isGroup: true }, text: '在岗' }));
  await post(activity({ ...stranger, text: undefined, value: { other: 1 } }));
  expect(connector.calls).toEqual([]);
  for (const id of ['a1', 'a2', 'a3']) await post(activity({ ...press, id }));
  for (const text of ['在岗', '13800000001']) await post(activity({ from: { id: '29:x', aadObjectId: 'aad-x' }, text }));
  expect(connector.calls.map(({ path, body }) => [path.includes('conv-1'), body['text']])).toEqual([
    [true, expect.stringMatching(/^此账号尚未与值守人员绑定/u)],
    [true, '尚未与值守人员绑定 aad-x 在岗'],
    [true, '尚未与值守人员绑定 aad-x 13800000001'],
  ]);
  expect([taken, committed]).toEqual([[], []]);
});

it('reaches whoever binds their account by what they write, and nobody any more whose account is another’s', async () => {
  const owners = new Map<string, string>();
  await start({
    identify: async (_channel, { aadObjectId = '' }) => owners.get(aadObjectId),
    answerStranger: async ({ account }) => {
      owners.set(account, 'm7');
      return '已与您绑定';
    },
  });
  const bindings = {
    accountsOf: async (_channel: string, people: readonly string[]) =>
      people.map((personId) => [...owners].find(([, owner]) => owner === personId)?.[0]),
  };
  const channel = createTeamsChannel({ adapter: new BotFrameworkAdapter({}), conversations, bindings });
  expect(await channel.canReach('m7')).toBe(false);
  await post(activity({ from: { id: '29:x', aadObjectId: 'aad-x' }, text: '13800000007 123456' }));
  expect(taken).toEqual([]);
  expect(await channel.canReach('m7')).toBe(true);
  owners.set('aad-x', 'm8');
  expect(await channel.canReach('m7')).toBe(false);
  expect(await channel.send([{ id: 'j1', to: 'm7', text: 'secret' }])).toEqual([{ status: 'permanent', code: 'noConversation' }]);
});

const nowhere = { type: 'message', channelId: 'x', serviceUrl: 'nonsense', from: { id: 'a' }, conversation: { id: 'b' } };
it.each([[{}], [[]], ['text'], [{ type: 'message' }], [nowhere]])('answers 400 to %j', async (body) => {
  await start();
  const answer = await post(body);
  expect([answer.status, answer.body.error?.code]).toEqual([400, 'ZG_BAD_ACTIVITY']);
});

it('ignores what it has no use for', async () => {
  await start();
  expect((await post(activity({ type: 'messageReaction', text: undefined }))).status).toBe(200);
  expect((await post(activity({ type: 'invoke', name: 'signin/verifyState', value: {} }))).status).toBe(501);
  expect(taken).toEqual([]);
});

it('lets the platform try again while the store is away', async () => {
  await start();
  isAway = true;
  expect((await post(activity())).status).toBe(503);
});

it('is open only to this machine without an app id, and answers nowhere else', async () => {
  await start();
  expect((await post(activity(), { 'x-forwarded-for': '127.0.0.1' })).body.error?.code).toBe('ZG_NOT_LOCAL');
  expect((await post(activity({ serviceUrl: 'https://evil.example' }))).body.error?.code).toBe('ZG_NOT_LOCAL');
  expect(taken).toEqual([]);
});

it('wants a signature with an app id', async () => {
  await start({}, '11111111-1111-1111-1111-111111111111');
  for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: 'Basic eDp5' }]) {
    expect((await post(activity(), headers)).body.error?.code).toBe('ZG_TOKEN_INVALID');
  }
  expect(taken).toEqual([]);
});

it('does not open in production without an app id', async () => {
  await expect(start({ mode: 'production' })).rejects.toThrow('ZG_OPEN_DOOR');
});

const card = {
  title: 'Check',
  tone: 'asking',
  lines: ['?'],
  facts: [],
  buttons: [{ title: 'Yes', value: { action: 'acknowledge', obligationId: 'o1' } }],
} as const;

it('speaks first where somebody has written before, and changes what it said', async () => {
  await start();
  await post(activity());
  const channel = createTeamsChannel({ adapter: new BotFrameworkAdapter({}), conversations });
  expect([await channel.canReach('m1'), await channel.canReach('m2')]).toEqual([true, false]);
  const results = await channel.send([
    { id: '1', to: 'm1', text: 'on post?', card, cardKey: 'o1' },
    { id: '2', to: 'm2', text: 'on post?' },
  ]);
  expect(results).toEqual([
    { status: 'sent', isDelivered: false, platformMessageId: 'platform-1' },
    { status: 'permanent', code: 'noConversation' },
  ]);
  expect(connector.calls).toMatchObject([
    {
      method: 'POST',
      path: '/v3/conversations/conv-1/activities',
      body: { attachments: [{ content: { actions: [{ type: 'Action.Execute', verb: 'acknowledge' }] } }] },
    },
  ]);
  await channel.send([{ id: '3', to: 'm1', text: 'confirmed', cardKey: 'o1', isUpdate: true, platformMessageId: 'platform-1' }]);
  expect(connector.calls.at(-1)).toMatchObject({
    method: 'PUT',
    path: '/v3/conversations/conv-1/activities/platform-1',
    body: { text: 'confirmed' },
  });
});

it('tells a refusal from trouble', async () => {
  await start();
  await post(activity());
  const channel = createTeamsChannel({ adapter: new BotFrameworkAdapter({}), conversations });
  connector.answers(403);
  expect(await channel.send([{ id: '1', to: 'm1', text: 'x' }])).toEqual([{ status: 'permanent', code: '403' }]);
  connector.answers(429, { 'retry-after': '7' });
  expect(await channel.send([{ id: '1', to: 'm1', text: 'x' }])).toEqual([{ status: 'transient', code: '429', retryAfterMs: 7_000 }]);
  connector.answers(502);
  expect(await channel.send([{ id: '1', to: 'm1', text: 'x' }])).toEqual([{ status: 'transient', code: '502', isTransport: true }]);
});

it('remembers the platform ids of cards', async () => {
  await start();
  await conversations.rememberMessages('teams', [{ to: 'm1', cardKey: 'o1', platformMessageId: 'p1' }]);
  const asked = [
    { to: 'm1', cardKey: 'o1' },
    { to: 'm2', cardKey: 'o1' },
  ];
  expect(await conversations.messagesOf('teams', asked)).toEqual(['p1', undefined]);
});

it('says that files cannot be handed in here, takes the words beside them, and takes formatting for no file', async () => {
  await start();
  const file = { contentType: 'image/png', contentUrl: 'https://platform.example/1', name: 'a.png' };
  expect((await post(activity({ text: 'done', attachments: [file] }))).status).toBe(200);
  expect(taken).toMatchObject([{ text: 'done' }]);
  expect(taken[0]?.files).toBeUndefined();
  expect(connector.calls.map(({ body }) => body['text'])).toEqual([expect.stringContaining('文件')]);
  await post(activity({ id: 'a2', text: '', attachments: [file], locale: 'en-GB' }));
  expect(taken).toHaveLength(1);
  expect(connector.calls.at(-1)?.body['text']).toContain('Files cannot');
  await post(activity({ id: 'a3', attachments: [{ contentType: 'text/html', content: '<p>here</p>' }] }));
  expect(connector.calls).toHaveLength(2);
});

it('takes the words although the refusal of a file could not be said', async () => {
  await start();
  connector.answers(500);
  const file = { contentType: 'image/png', contentUrl: 'https://platform.example/1' };
  expect((await post(activity({ text: 'done', attachments: [file] }))).status).toBe(200);
  expect(taken).toMatchObject([{ text: 'done' }]);
});

it('counts what it takes and what it refuses, also before anything is read', async () => {
  await start();
  await post(activity());
  await post(activity({ text: 1 }));
  await fetch(`${origin}/api/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
  await post(activity({ text: 'x'.repeat(300_000) }));
  await post(activity({ serviceUrl: 'http://203.0.113.5/' }));
  expect(counted).toEqual(['teams taken', 'teams malformed', 'teams malformed', 'teams tooLarge', 'teams foreign']);
  isAway = true;
  expect((await post(activity({ id: 'a2' }))).status).toBe(503);
  expect(counted).toHaveLength(5);
  await server.close();
  await start({}, 'app-1');
  counted = [];
  await post(activity(), { authorization: 'Bearer x.y.z' });
  expect(counted).toEqual(['teams badSignature']);
});
