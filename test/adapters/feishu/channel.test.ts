import * as lark from '@larksuiteoapi/node-sdk';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlatformHttp } from '../../../adapters/bot/platform-http.ts';
import { createFeishuApi } from '../../../adapters/feishu/api.ts';
import { createPlatformDirectory } from '../../../adapters/bot/platform-directory.ts';
import { limits } from '../../../adapters/feishu/limits.ts';
import { createFeishuChannel, createFeishuUrgentChannel } from '../../../adapters/feishu/outbound.ts';
import { createMemoryConversations } from '../../../adapters/memory/memory-cards.ts';
import { createSharedTokens } from '../../../adapters/redis/shared-tokens.ts';
import type { Card } from '../../../src/ports/channel.ts';
import type { RateLimits } from '../../../src/ports/rate-limits.ts';
import { asking, card, message } from '../../support/channel-messages.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { type Feishu, startFeishu } from '../../support/stand-ins/feishu.ts';

let server: TestRedis;
let feishu: Feishu;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.redis.flushall();
  feishu = await startFeishu({ prefix: '/behind/a/proxy', directory: { '13800000001': 'ou_zhao', '13800000002': 'ou_qian' } });
});
afterEach(() => feishu.close());

const unlimited: Pick<RateLimits, 'take'> = { take: async () => ({ isTaken: true }) };

/** The first so many calls of each kind, and no more: whatever the test takes, its second is never over. */
const first =
  (seen = new Map<string, number>()): Pick<RateLimits, 'take'>['take'] =>
  async (key, [rule]) => {
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return seen.get(key)! <= rule!.count ? { isTaken: true } : { isTaken: false, retryAfterMs: 700 };
  };

const open = (bound: { readonly [personId: string]: string } = {}, rates = unlimited) => {
  const accounts: { [personId: string]: string } = { ...bound };
  const base = `${feishu.base}/`;
  const { appId, appSecret, groupChatId } = feishu;
  const tokens = createSharedTokens(server.redis, 'test');
  const api = createFeishuApi({ http: createPlatformHttp({ base, timeoutMs: 2_000 }), base, tokens, rates, appId, appSecret });
  const directory = createPlatformDirectory({
    channel: 'feishu',
    lookUp: api.lookUp,
    numbersPerCall: limits.directoryNumbers,
    bindings: {
      accountsOf: async (_channel, people) => people.map((personId) => accounts[personId]),
      bindByDirectory: async (_channel, account, personId) => (accounts[personId] = account) !== '',
    },
    mobileOf: (personId) => `1380000${personId.slice(1).padStart(4, '0')}`,
    now: () => 0,
  });
  const conversations = createMemoryConversations();
  const channel = createFeishuChannel({ api, directory, groupChatId, urgesAlarms: true });
  const urgent = (urgency: 'sms' | 'phone') => createFeishuUrgentChannel({ api, directory, conversations, urgency });
  return { channel, urgent, conversations, accounts };
};

describe('messages through Feishu', () => {
  it('go out as a card with buttons, behind a base address with a path of its own', async () => {
    const { channel } = open({ m1: 'ou_zhao' });
    expect(await channel.send([asking('m1')])).toEqual([{ status: 'sent', isDelivered: false, platformMessageId: 'om_1' }]);
    expect(feishu.said).toMatchObject([
      {
        to: 'ou_zhao',
        card: {
          header: { title: { content: '查岗' }, template: 'orange' },
          body: {
            elements: [
              { text: { content: '历下区，请应答。' } },
              { text: { content: '10:10 前有效。' } },
              { text: { content: '岗位  历下区' } },
              {
                columns: [
                  { elements: [{ text: { content: '在岗' }, behaviors: [{ value: { action: 'acknowledge', obligationId: 'ocp1.x' } }] }] },
                  { elements: [{ text: { content: '不在岗' }, type: 'danger' }] },
                ],
              },
            ],
          },
        },
      },
    ]);
  });

  it('that come again are the same message', async () => {
    const { channel } = open({ m1: 'ou_zhao' });
    expect(await channel.send([asking('m1')])).toEqual(await channel.send([asking('m1')]));
    expect(feishu.said).toHaveLength(1);
  });

  it('carry fields to fill in: buttons that need them submit, others stand outside', async () => {
    const { channel } = open({ m1: 'ou_zhao' });
    const inputs: Card['inputs'] = [
      { id: 'note', label: '备注', type: 'text', isRequired: true, isMultiline: true },
      { id: 'day', label: '日期', type: 'date', isRequired: false, value: '2021-08-27' },
      { id: 'hour', label: '时间', type: 'time', isRequired: false },
      { id: 'who', label: '替班', type: 'choice', isRequired: true, choices: [{ title: '李四', value: 'm2' }] },
    ];
    const buttons: Card['buttons'] = [
      { title: '提交', value: { action: 'submit' } },
      { title: '取消', value: { action: 'cancel' }, ignoresInputs: true },
    ];
    await channel.send([message('m1', { card: { ...card, lines: [], facts: [], inputs, buttons } })]);
    expect(feishu.said[0]?.card?.body.elements).toMatchObject([
      {
        tag: 'form',
        elements: [
          { tag: 'input', name: 'text.note', required: true },
          { tag: 'div' },
          { tag: 'date_picker', name: 'date.day' },
          { tag: 'div' },
          { tag: 'picker_time', name: 'time.hour' },
          { tag: 'div' },
          { tag: 'select_static', name: 'choice.who', options: [{ value: 'm2' }] },
          { tag: 'column_set', columns: [{ elements: [{ text: { content: '提交' }, form_action_type: 'submit' }] }] },
        ],
      },
      { tag: 'column_set', columns: [{ elements: [{ text: { content: '取消' } }] }] },
    ]);
  });

  it('are cut to what a card may hold, and lose no button', async () => {
    const { channel } = open({ m1: 'ou_zhao' });
    const long = { ...card, lines: ['岗'.repeat(20_000), '"'.repeat(20_000)] };
    expect(await channel.send([message('m1', { card: long }), message('m1', { id: 'j2', text: '岗'.repeat(60_000) })])).toMatchObject([
      { status: 'sent' },
      { status: 'sent' },
    ]);
    expect(JSON.stringify(feishu.said[0])).toContain('不在岗');
    expect(feishu.said[1]?.text).toMatch(/^岗+…$/u);
  });

  it('are for those whom the directory knows by the number on file, many in one look; who is not there is not asked for again', async () => {
    const { channel, accounts } = open();
    const people = Array.from({ length: 60 }, (_, index) => `m${index + 1}`);
    const results = await channel.send(people.map(asking));
    expect(results.slice(0, 3)).toMatchObject([{ status: 'sent' }, { status: 'sent' }, { status: 'permanent', code: 'notInDirectory' }]);
    expect(feishu.lookedUp.map((mobiles) => mobiles.length)).toEqual([limits.directoryNumbers, 10]);
    expect(accounts).toEqual({ m1: 'ou_zhao', m2: 'ou_qian' });
    expect([await channel.canReach('m1'), await channel.canReach('m9')]).toEqual([true, false]);
    expect(feishu.lookedUp).toHaveLength(2);
  });

  it('that say the same to many go out in the fewest possible calls, and one by one where that is not allowed', async () => {
    const people = Array.from({ length: 450 }, (_, index) => `m${index + 1}`);
    const { channel } = open(Object.fromEntries(people.map((personId) => [personId, `ou.${personId}`])));
    feishu.refuses('ou.m7');
    const results = await channel.send(people.map((to) => message(to, { card: { ...card, buttons: [] } })));
    expect(feishu.toMany.map(({ to }) => to.length).toSorted((a, b) => b - a)).toEqual([200, 199, 50]);
    expect(results.filter(({ status }) => status === 'sent')).toHaveLength(449);
    expect(results[6]).toEqual({ status: 'permanent', code: 'invalid_open_ids' });
    feishu.fails(99_991_672);
    expect((await channel.send(people.slice(0, 12).map((to) => message(to)))).filter(({ status }) => status === 'sent')).toHaveLength(11);
    expect(feishu.said).toHaveLength(11);
  });

  it('fetch one token together, and another when Feishu takes it no more', async () => {
    const instances = [open({ m1: 'ou_zhao' }), open({ m1: 'ou_zhao' })];
    await Promise.all(instances.map(({ channel }, index) => channel.send([message('m1', { id: `${index}` })])));
    expect(feishu.tokensGiven()).toBe(1);
    feishu.forgetsToken();
    expect(await instances[0]!.channel.send([message('m1', { id: 'again' })])).toMatchObject([{ status: 'sent' }]);
    expect(feishu.tokensGiven()).toBe(2);
  });

  it.each([
    [99_991_400, 400, 'transient'],
    [11_232, 400, 'transient'],
    [230_020, 400, 'transient'],
    [230_049, 400, 'transient'],
    [230_002, 400, 'permanent'],
    [230_013, 400, 'permanent'],
    [230_029, 400, 'permanent'],
    [99_991_672, 403, 'permanent'],
  ])('say of Feishu’s %i (HTTP %i) that it is %s, and that Feishu was reached', async (code, status, kind) => {
    const { channel } = open({ m1: 'ou_zhao' });
    feishu.fails(code, status);
    expect(await channel.send([asking('m1')])).toEqual([{ status: kind, code: String(code) }]);
  });

  it('come back when Feishu says so, and are held back before it has to', async () => {
    const { channel } = open({ m1: 'ou_zhao' });
    feishu.throttles(52);
    expect(await channel.send([asking('m1')])).toEqual([{ status: 'transient', code: '99991400', retryAfterMs: 52_000 }]);
    const counted = open({ m1: 'ou_zhao' }, { take: first() });
    const before = feishu.calls();
    const many = Array.from({ length: 60 }, (_, index) => message('m1', { id: `n${index}`, card }));
    const results = await counted.channel.send(many);
    expect(feishu.calls() - before).toBe(50);
    expect(
      results.filter((one) => one.status === 'transient' && one.code === 'limited' && one.retryAfterMs! > 0).length,
    ).toBeGreaterThanOrEqual(10);
  });

  it('say that Feishu was not reached where it was not, and do not wait for it one by one', async () => {
    const people = Array.from({ length: 100 }, (_, index) => `m${index + 1}`);
    const { channel } = open(Object.fromEntries(people.map((personId) => [personId, personId])));
    await channel.send([asking('m1')]);
    const before = feishu.calls();
    feishu.goesDown(true);
    const results = await channel.send(people.map((to) => message(to, { id: `d.${to}`, card })));
    expect(results.every((result) => result.status === 'transient' && result.isTransport)).toBe(true);
    expect(feishu.calls() - before).toBeLessThanOrEqual(2 * limits.concurrent);
    expect(await channel.canReach('m2000')).toBe(true);
    feishu.goesDown(false);
    expect(await channel.send([asking('m1')])).toMatchObject([{ status: 'sent' }]);
  });

  it('change the card that hangs there, and nothing where none does', async () => {
    const { channel } = open({ m1: 'ou_zhao' });
    await channel.send([asking('m1')]);
    const done: Card = { ...card, title: '已确认在岗', tone: 'done', buttons: [] };
    const change = message('m1', { id: 'j2.m1', card: done, cardKey: 'k.m1', isUpdate: true });
    expect(await channel.send([change, { ...change, platformMessageId: 'om_1' }])).toMatchObject([{ status: 'sent' }, { status: 'sent' }]);
    expect(feishu.changed).toMatchObject([{ id: 'om_1', card: { header: { title: { content: '已确认在岗' }, template: 'green' } } }]);
    expect(feishu.said).toHaveLength(1);
  });

  it('to the group go to its chat, and change there', async () => {
    const { channel } = open();
    expect(await channel.canReach('g:office')).toBe(true);
    expect(await channel.send([asking('g:office')])).toMatchObject([{ status: 'sent', platformMessageId: 'om_1' }]);
    expect(feishu.said).toMatchObject([{ to: 'oc_office' }]);
  });

  it('that are alarms sound in the application; the message counts though nobody could be urged', async () => {
    const { channel } = open({ m1: 'ou_zhao' });
    await channel.send([message('m1', { card: { ...card, tone: 'alert' } }), message('m1', { id: 'j2', card })]);
    expect(feishu.urged).toEqual([{ id: 'om_1', how: 'app', to: ['ou_zhao'] }]);
  });

  it('are urged by text message or call on the card that somebody has, or with one', async () => {
    const { channel, urgent, conversations } = open({ m1: 'ou_zhao', m2: 'ou_qian' });
    const [sent] = await channel.send([asking('m1')]);
    const { platformMessageId } = sent as { platformMessageId: string };
    await conversations.rememberMessages('feishu', [{ to: 'm1', cardKey: 'k.m1', platformMessageId }]);
    expect(await urgent('sms').send([{ ...asking('m1'), id: 'j2.m1' }])).toEqual([{ status: 'sent', isDelivered: false }]);
    expect(feishu.said).toHaveLength(1);
    expect(await urgent('phone').send([asking('m2'), { ...asking('m2'), isUpdate: true }])).toMatchObject([
      { status: 'sent' },
      { status: 'sent' },
    ]);
    expect(feishu.urged).toEqual([
      { id: 'om_1', how: 'sms', to: ['ou_zhao'] },
      { id: 'om_2', how: 'phone', to: ['ou_qian'] },
    ]);
    expect(await conversations.messagesOf('feishu', [{ to: 'm2', cardKey: 'k.m2' }])).toEqual(['om_2']);
    feishu.fails(230_024);
    expect(await urgent('phone').send([asking('m1')])).toEqual([{ status: 'permanent', code: '230024' }]);
  });
});

describe('the stand-in', () => {
  it('is what the official SDK expects of Feishu', async () => {
    const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
    const client = new lark.Client({ appId: feishu.appId, appSecret: feishu.appSecret, domain: feishu.base, logger: quiet });
    const sent = await client.im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: 'ou_zhao', msg_type: 'text', content: JSON.stringify({ text: '在吗' }) },
    });
    expect(sent).toMatchObject({ code: 0, data: { message_id: 'om_1' } });
    const found = await client.contact.user.batchGetId({ params: { user_id_type: 'open_id' }, data: { mobiles: ['13800000001'] } });
    expect(found.data?.user_list).toEqual([{ mobile: '13800000001', user_id: 'ou_zhao' }]);
    expect(feishu.tokensGiven()).toBe(1);
  });
});
