import fastify from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createConversations } from '../../adapters/redis/conversations.ts';
import { createRateLimits } from '../../adapters/limits/redis-rate-limits.ts';
import { createMemoryInbox } from '../../adapters/memory/memory-inbox.ts';
import { createBindings } from '../../src/app/binding/bindings.ts';
import { createCallers } from '../../src/app/roster/find-caller.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { openLinks } from '../../src/wiring/links.ts';
import { createPhoneParts } from '../../src/wiring/phone-parts.ts';
import { openPlatforms } from '../../src/wiring/platforms.ts';
import { openTeams } from '../../src/wiring/teams.ts';
import { startConnector } from '../adapters/teams/connector.ts';
import { message } from '../support/channel-messages.ts';
import * as invented from '../support/invented.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startService } from '../support/service.ts';
import { type Aliyun, startAliyun } from '../support/stand-ins/aliyun.ts';
import { type Feishu, startFeishu } from '../support/stand-ins/feishu.ts';
import { type Smtp, startSmtp } from '../support/stand-ins/smtp.ts';

/** Whom the channels, as they are put together, take somebody for, and whom they reach: whoever is disabled is nobody. */

const [gone, there] = [invented.idOf('赵主班'), invented.idOf('钱副班')];
const mobileOf = (id: string): string => invented.organisation.people.find((person) => person.id === id)!.mobile;
const organisation = {
  ...invented.organisation,
  people: invented.organisation.people.map((person) => ({
    ...person,
    email: `${person.id}@jn.example.cn`,
    ...(person.id === gone ? { isDisabled: true } : {}),
  })),
};

/** Every number is somebody's. */
const everybody = new Proxy({}, { get: (_, mobile) => (typeof mobile === 'string' ? `ou.${mobile}` : undefined) });

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const parts = async () => {
  const { world } = await startService({ organisation });
  const conversations = createConversations(redis.redis, 'test');
  return { world, conversations, connections: { commands: redis.redis, keys: keysOf('test') }, inbox: createMemoryInbox() };
};

let feishu: Feishu;
let aliyun: Aliyun;
let smtp: Smtp;
beforeEach(async () => {
  feishu = await startFeishu({ directory: everybody });
  aliyun = await startAliyun({ templates: { SMS_1: ['name', 'facts'], SMS_2: ['text'] } });
  smtp = await startSmtp();
});
afterEach(() => Promise.all([feishu.close(), aliyun.close(), smtp.close()]));

it('a message for whoever has been disabled meanwhile leaves through no platform', async () => {
  const { world, conversations, connections, inbox } = await parts();
  const { channels: settings } = readEnvironment({
    FEISHU_APP_ID: feishu.appId,
    FEISHU_APP_SECRET: feishu.appSecret,
    FEISHU_VERIFICATION_TOKEN: 'v',
    FEISHU_ENCRYPT_KEY: 'key',
    FEISHU_API_BASE: feishu.base,
    ALIYUN_SMS_ACCESS_KEY_ID: aliyun.accessKeyId,
    ALIYUN_SMS_ACCESS_KEY_SECRET: aliyun.accessKeySecret,
    ALIYUN_SMS_SIGNATURE: aliyun.signature,
    ALIYUN_SMS_QUESTION: 'SMS_1 {name}您好，{facts}，请回复1确认',
    ALIYUN_SMS_INFORMATION: 'SMS_2 {text}',
    ALIYUN_SMS_CALLBACK_SECRET: '0123456789abcdef',
    ALIYUN_SMS_API_BASE: aliyun.base,
    SMTP_HOST: 'localhost',
    SMTP_PORT: String(smtp.port),
    SMTP_FROM: 'duty@jn.example.cn',
    SMTP_USER: 'duty',
    SMTP_PASSWORD: 'a secret of the server',
    SMTP_CA_FILE: smtp.caFile,
  });
  const ledger = { rows: async () => [], lastSeq: async () => 0 };
  const platforms = openPlatforms(settings, {
    world,
    connections,
    bureau: 'test',
    inbox,
    conversations,
    runTurn: async () => [],
    links: openLinks(world, ledger, new Uint8Array(32), () => 'http://localhost/').maker,
    limits: createRateLimits(redis.redis, keysOf('test').prefix),
    watch: { onBreaker: () => {}, onReceived: () => {}, addQuotas: () => {} },
  });
  platforms.listen();
  onTestFinished(platforms.stop);
  const all = [...platforms.channels, ...platforms.mail];
  expect(all.map(({ name }) => name)).toEqual(['feishu', 'aliyunSms', 'email']);
  for (const channel of all) {
    const [refused, sent] = await channel.send([message(gone), message(there)]);
    expect([channel.name, refused?.status, sent?.status]).toEqual([channel.name, 'permanent', 'sent']);
    expect([channel.name, await channel.canReach(gone), await channel.canReach(there)]).toEqual([channel.name, false, true]);
  }
  expect(feishu.said.map(({ to }) => to)).toEqual([`ou.${mobileOf(there)}`]);
  expect(aliyun.texts.map(({ to }) => to)).toEqual([mobileOf(there)]);
  expect(smtp.mails.flatMap(({ to }) => to)).toEqual([`${there}@jn.example.cn`]);
});

it('the telephone of whoever is disabled is nobody’s, and a landline is answered by whoever stands the post', async () => {
  const { world, connections, inbox } = await parts();
  const { personOf, numberOf, speakerAt } = createPhoneParts(world, connections, 'test', inbox);
  expect([personOf(mobileOf(gone)), personOf(mobileOf(there)), personOf('13912345678')]).toEqual([undefined, there, undefined]);
  expect([numberOf(gone), numberOf(there)]).toEqual([undefined, mobileOf(there)]);
  expect([speakerAt(gone), speakerAt(there)]).toEqual([undefined, there]);
  expect([numberOf('l:p1'), speakerAt('l:p1')]).toEqual([invented.roster.posts[0]!.landline, there]);
});

it.each([
  ['production', []],
  ['demo', [there]],
] as const)('by their number alone somebody speaks in a demo at most: %s', async (mode, heard) => {
  const { world, conversations, inbox } = await parts();
  const connector = await startConnector();
  onTestFinished(async () => void (await connector.close()));
  const opened = openTeams({
    world,
    // without an id the Bot Framework believes every caller: what is looked at is whom they are taken for then
    env: { mode, bot: mode === 'demo' ? null : { type: 'MultiTenant', appId: '', password: null, tenantId: null } },
    conversations,
    bindings: createBindings(world),
    callers: createCallers(async () => world.directory, world.clock),
    guard: (channel) => channel,
    inbox,
    runTurn: async () => [],
    count: () => {},
  });
  const server = fastify();
  onTestFinished(() => server.close());
  for (const door of opened.doors) door(server);
  for (const [index, id] of [gone, there].entries()) {
    const payload = {
      type: 'message',
      id: `a${index}`,
      channelId: 'msteams',
      serviceUrl: connector.serviceUrl,
      from: { id: mobileOf(id) },
      recipient: { id: 'bot' },
      conversation: { id: `conv-${index}` },
      text: '在岗',
    };
    expect((await server.inject({ method: 'POST', url: '/api/messages', payload })).statusCode).toBe(200);
  }
  const taken = await inbox.take('test', 10, 0);
  expect(taken.map((entry) => entry.message?.from)).toEqual(heard);
});
