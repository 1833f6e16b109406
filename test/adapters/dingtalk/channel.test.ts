import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlatformDirectory } from '../../../adapters/bot/platform-directory.ts';
import { createPlatformHttp } from '../../../adapters/bot/platform-http.ts';
import { createDingtalkApi, type DingtalkApi } from '../../../adapters/dingtalk/api.ts';
import { createReadAsker, type ReadAsker } from '../../../adapters/dingtalk/ask-read.ts';
import { limits } from '../../../adapters/dingtalk/limits.ts';
import { createDingChannel } from '../../../adapters/dingtalk/ding.ts';
import { createDingtalkChannel, type DingtalkChannelDeps, trackIdOf } from '../../../adapters/dingtalk/outbound.ts';
import { createSharedTokens } from '../../../adapters/redis/shared-tokens.ts';
import type { Card, OutgoingMessage } from '../../../src/ports/channel.ts';
import type { Receipt } from '../../../src/ports/receipts.ts';
import { quietLog } from '../../support/quiet-log.ts';
import type { RateLimits } from '../../../src/ports/rate-limits.ts';
import { card, message as messageTo } from '../../support/channel-messages.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { type Dingtalk, startDingtalk } from '../../support/stand-ins/dingtalk.ts';

let server: TestRedis;
let dingtalk: Dingtalk;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.redis.flushall();
  dingtalk = await startDingtalk({ directory: { '13800000001': 'zhaoming', '13800000002': 'qianliang' } });
});
afterEach(() => dingtalk.close());

const unlimited: Pick<RateLimits, 'take'> = { take: async () => ({ isTaken: true }) };

/** The first so many calls of each kind, and no more: whatever the test takes, its second is never over. */
const first =
  (seen = new Map<string, number>()): Pick<RateLimits, 'take'>['take'] =>
  async (key, [rule]) => {
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return seen.get(key)! <= rule!.count ? { isTaken: true } : { isTaken: false, retryAfterMs: 700 };
  };
const template = { id: 'card-1.schema', callback: { type: 'STREAM' } } as const;

const open = (
  bound: { readonly [personId: string]: string } = {},
  more: Partial<Pick<DingtalkChannelDeps, 'template' | 'group' | 'dingsAlarms'>> & { readonly asks?: (api: DingtalkApi) => ReadAsker } = {
    template,
  },
  rates = unlimited,
) => {
  const accounts: { [personId: string]: string } = { ...bound };
  const { clientId, clientSecret, base } = dingtalk;
  const http = createPlatformHttp({ base, timeoutMs: 2_000 });
  const tokens = createSharedTokens(server.redis, 'test');
  const api = createDingtalkApi({ http, oldHttp: http, tokens, rates, clientId, clientSecret, now: () => 1_577_262_236_757 });
  const directory = createPlatformDirectory({
    channel: 'dingtalk',
    lookUp: api.lookUp,
    numbersPerCall: limits.concurrent,
    bindings: {
      accountsOf: async (_channel, people) => people.map((personId) => accounts[personId]),
      bindByDirectory: async (_channel, account, personId) => (accounts[personId] = account) !== '',
    },
    mobileOf: (personId) => `1380000${personId.slice(1).padStart(4, '0')}`,
    now: () => 0,
  });
  const { asks, ...rest } = more;
  const channel = createDingtalkChannel({ api, directory, robotCode: clientId, ...rest, ...(asks ? { readAsker: asks(api) } : {}) });
  const ding = (way: 'sms' | 'phone') => createDingChannel({ api, directory, robotCode: clientId, way });
  return { channel, ding, accounts };
};

/** DingTalk's text says how to answer with a word. */
const message = (to: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage =>
  messageTo(to, { text: '查岗：历下区，请应答。\n也可直接回复“在岗”', ...more });
const asking = (to: string): OutgoingMessage => message(to, { card, cardKey: `k.${to}` });

describe('messages through DingTalk', () => {
  it('go out as a card of the template where there is something to press', async () => {
    const { channel } = open({ m1: 'zhaoming' });
    const outTrackId = trackIdOf(asking('m1'));
    expect(await channel.send([asking('m1')])).toEqual([{ status: 'sent', isDelivered: false, platformMessageId: outTrackId }]);
    const [{ cardData, ...sent }] = dingtalk.cards as [(typeof dingtalk.cards)[0]];
    expect(sent).toMatchObject({
      cardTemplateId: 'card-1.schema',
      outTrackId,
      callbackType: 'STREAM',
      openSpaceId: 'dtv1.card//IM_ROBOT.zhaoming',
    });
    expect(cardData.cardParamMap).toMatchObject({
      title: '查岗',
      tone: 'asking',
      content: '历下区，请应答。\n\n10:10 前有效。\n\n岗位  历下区',
    });
    expect(JSON.parse(cardData.cardParamMap['buttons']!)).toMatchObject([
      {
        text: '在岗',
        color: 'blue',
        event: { params: { actionId: 'acknowledge', params: { action: 'acknowledge', obligationId: 'ocp1.x' } } },
      },
      { text: '不在岗', color: 'red' },
    ]);
    expect(trackIdOf(asking('m1'))).toBe(outTrackId);
  });

  it('are markdown to answer by words where there is no template, and say nothing that was not said', async () => {
    const { channel } = open({ m1: 'zhaoming' }, {});
    expect(await channel.send([asking('m1'), message('m1', { id: 'j2', text: '# [点我](http://x) @all 1. *' })])).toEqual([
      { status: 'sent', isDelivered: false },
      { status: 'sent', isDelivered: false },
    ]);
    expect(dingtalk.said).toMatchObject([
      { to: ['zhaoming'], title: '查岗', text: '查岗：历下区，请应答。\n\n也可直接回复“在岗”' },
      { text: String.raw`\# \[点我\]\(http://x\) \@all 1. \*` },
    ]);
    expect(dingtalk.cards).toEqual([]);
  });

  it('that say the same to many go out in the fewest possible calls, twenty people each', async () => {
    const people = Array.from({ length: 50 }, (_, index) => `m${index + 1}`);
    const { channel } = open(Object.fromEntries(people.map((personId) => [personId, `user.${personId}`])));
    dingtalk.refuses('user.m3');
    dingtalk.holdsBack('user.m4');
    const results = await channel.send(people.map((to) => message(to)));
    expect(dingtalk.said.map(({ to }) => to.length).toSorted((a, b) => b - a)).toEqual([20, 18, 10]);
    expect(results.slice(2, 5)).toEqual([
      { status: 'permanent', code: 'invalidStaffId' },
      { status: 'transient', code: 'flowControlled' },
      { status: 'sent', isDelivered: false },
    ]);
    await channel.send([message('m1', { id: 'a' }), message('m1', { id: 'b' })]);
    expect(dingtalk.said.slice(-2).map(({ to }) => to)).toEqual([['user.m1'], ['user.m1']]);
  });

  it('are for somebody whom the directory knows by the number on file; who is not there is not asked for again', async () => {
    const { channel, accounts } = open();
    expect(await channel.canReach('m1')).toBe(true);
    expect(accounts).toEqual({ m1: 'zhaoming' });
    expect([await channel.canReach('m9'), await channel.canReach('m9')]).toEqual([false, false]);
    expect(dingtalk.lookedUp).toEqual(['13800000001', '13800000009']);
    expect(await channel.send([message('m9'), message('m2')])).toMatchObject([
      { status: 'permanent', code: 'notInDirectory' },
      { status: 'sent' },
    ]);
  });

  it('fetch one token together, and another when DingTalk takes it no more, in its old interfaces too', async () => {
    const instances = [open({ m1: 'zhaoming' }), open({ m1: 'zhaoming' })];
    await Promise.all(instances.map(({ channel }, index) => channel.send([message('m1', { text: `${index}` })])));
    expect(dingtalk.tokensGiven()).toBe(1);
    dingtalk.forgetsToken();
    expect(await instances[0]!.channel.send([message('m1', { text: 'again' })])).toMatchObject([{ status: 'sent' }]);
    dingtalk.forgetsToken();
    expect(await instances[0]!.channel.canReach('m2')).toBe(true);
    expect(dingtalk.tokensGiven()).toBe(3);
  });

  it.each([
    ['Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 403, { status: 'transient', retryAfterMs: 1_000 }],
    ['Forbidden.AccessDenied.QpsLimitForApi', 403, { status: 'transient', retryAfterMs: 1_000 }],
    ['ServiceUnavailable', 400, { status: 'transient' }],
    ['Forbidden.AccessDenied.AccessTokenPermissionDenied', 403, { status: 'permanent' }],
    ['staffId.notExisted', 400, { status: 'permanent' }],
    ['invalidParameter.robotCode', 400, { status: 'permanent' }],
  ])('say of DingTalk’s %s (HTTP %i) what is to be done, and that DingTalk was reached', async (code, status, result) => {
    const { channel } = open({ m1: 'zhaoming' });
    dingtalk.fails(code, status);
    expect(await channel.send([asking('m1')])).toEqual([{ code, ...result }]);
  });

  it('know the old interfaces’ limits behind the gateway’s own number', async () => {
    const { channel } = open();
    dingtalk.oldFails({ errcode: 88, errmsg: 'ding talk error', sub_code: '90018', sub_msg: 'too often' });
    expect(await channel.send([message('m1')])).toEqual([{ status: 'transient', code: '90018', retryAfterMs: 1_000 }]);
    expect(await channel.send([message('m1')])).toMatchObject([{ status: 'sent' }]);
  });

  it('are held back before DingTalk has to', async () => {
    const { channel } = open({ m1: 'zhaoming' }, { template }, { take: first() });
    const results = await channel.send(Array.from({ length: 30 }, (_, index) => message('m1', { id: `n${index}`, card })));
    expect(dingtalk.cards.length).toBeLessThanOrEqual(20);
    expect(results.filter((one) => one.status === 'transient' && one.code === 'limited' && one.retryAfterMs! > 0)).toHaveLength(
      30 - dingtalk.cards.length,
    );
  });

  it('say that DingTalk was not reached where it was not, and do not wait for it one by one', async () => {
    const people = Array.from({ length: 100 }, (_, index) => `m${index + 1}`);
    const { channel } = open(Object.fromEntries(people.map((personId) => [personId, personId])));
    await channel.send([message('m1')]);
    const before = dingtalk.calls();
    dingtalk.goesDown(true);
    const results = await channel.send(people.map(asking));
    expect(results.every((result) => result.status === 'transient' && result.isTransport)).toBe(true);
    expect(dingtalk.calls() - before).toBeLessThanOrEqual(2 * limits.concurrent);
    expect(await channel.canReach('m2000')).toBe(true);
  });

  it('change the card that hangs there, to one without buttons; and nothing where none does', async () => {
    const { channel } = open({ m1: 'zhaoming' });
    const [sent] = await channel.send([asking('m1')]);
    const done: Card = { ...card, title: '已确认在岗', tone: 'done', buttons: [] };
    const change = message('m1', { id: 'j2.m1', card: done, cardKey: 'k.m1', isUpdate: true });
    const { platformMessageId } = sent as { platformMessageId: string };
    expect(await channel.send([change, { ...change, platformMessageId }])).toMatchObject([{ status: 'sent' }, { status: 'sent' }]);
    expect(dingtalk.changed).toMatchObject([
      { outTrackId: platformMessageId, cardData: { cardParamMap: { title: '已确认在岗', tone: 'done', buttons: '[]' } } },
    ]);
    expect(await channel.send([{ ...change, platformMessageId: 'other' }])).toEqual([{ status: 'permanent', code: 'card.notExist' }]);
    expect([dingtalk.cards.length, dingtalk.said.length]).toEqual([1, 0]);
  });

  it('say when a card did not get there', async () => {
    const { channel } = open({ m1: 'zhaoming' });
    dingtalk.refuses('zhaoming');
    expect(await channel.send([asking('m1')])).toEqual([{ status: 'permanent', code: 'notDelivered' }]);
  });

  it('to the group go through the application’s robot, with a card that can be changed', async () => {
    const { channel } = open({}, { template, group: { conversationId: 'cid1' } });
    expect(await channel.canReach('g:office')).toBe(true);
    await channel.send([asking('g:office'), message('g:office', { id: 'j2' })]);
    expect(dingtalk.cards).toMatchObject([{ openSpaceId: 'dtv1.card//IM_GROUP.cid1' }]);
    expect(dingtalk.toGroup).toEqual(['查岗：历下区，请应答。\n\n也可直接回复“在岗”']);
  });

  it('to the group go through a robot of its own, signed, which is never driven over its limit', async () => {
    const { channel } = open({}, { group: dingtalk.robot }, { take: first() });
    const results = await channel.send(
      Array.from({ length: 22 }, (_, index) => message('g:office', { id: `${index}`, text: `第 ${index} 条` })),
    );
    expect([dingtalk.toGroup.length, results.filter(({ status }) => status === 'sent').length]).toEqual([20, 20]);
    const driven = open({}, { group: dingtalk.robot });
    expect(await driven.channel.send([message('g:office')])).toEqual([
      { status: 'transient', code: '130101', retryAfterMs: 600_000, triesNext: true },
    ]);
    const forged = open({}, { group: { ...dingtalk.robot, secret: 'other' } });
    expect(await forged.channel.send([message('g:office')])).toEqual([{ status: 'permanent', code: '310000' }]);
  });

  it('reach a phone as a DING by text message or call, twenty people each; alarms sound in the application', async () => {
    const people = Array.from({ length: 25 }, (_, index) => `m${index + 1}`);
    const { channel, ding } = open(Object.fromEntries(people.map((personId) => [personId, `user.${personId}`])), {
      template,
      dingsAlarms: true,
    });
    expect((await ding('sms').send(people.map((to) => message(to)))).every(({ status }) => status === 'sent')).toBe(true);
    expect(dingtalk.dings.map(({ remindType, receiverUserIdList }) => [remindType, receiverUserIdList.length])).toEqual([
      [2, 20],
      [2, 5],
    ]);
    dingtalk.dings.length = 0;
    await ding('phone').send([asking('m1'), { ...asking('m2'), isUpdate: true }]);
    await channel.send([message('m1', { card: { ...card, tone: 'alert' } })]);
    expect(dingtalk.dings).toMatchObject([
      { remindType: 3, receiverUserIdList: ['user.m1'], content: expect.stringContaining('查岗') as string },
      { remindType: 1, receiverUserIdList: ['user.m1'] },
    ]);
    dingtalk.fails('ding.quota.notEnough');
    expect(await ding('phone').send([asking('m1')])).toEqual([{ status: 'permanent', code: 'ding.quota.notEnough' }]);
  });

  it('are asked after, a few times and only as long as somebody has not read them', async () => {
    const receipts: Receipt[] = [];
    const waiting: { readonly ms: number; readonly act: () => void }[] = [];
    const passes = async (): Promise<void> => {
      const before = dingtalk.calls();
      waiting.shift()?.act();
      await expect.poll(() => dingtalk.calls()).toBeGreaterThan(before);
    };
    const { channel } = open(
      { m1: 'zhaoming', m2: 'qianliang' },
      {
        asks: (api) =>
          createReadAsker({
            api,
            robotCode: dingtalk.clientId,
            receive: async (told) => void receipts.push(...told),
            log: quietLog(),
            later: (ms, act) => void waiting.push({ ms, act }),
          }),
      },
    );
    const about = [{ obligationId: 'ocp1.x', stepNo: 0 }];
    await channel.send([messageTo('m1', { about }), messageTo('m2', { about })]);
    await channel.send([messageTo('m1', { id: 'j2', text: '没有人要应答' })]);
    expect(waiting.map(({ ms }) => ms)).toEqual([30_000]);
    dingtalk.reads('qianliang');
    await passes();
    await expect.poll(() => waiting.map(({ ms }) => ms)).toEqual([120_000]);
    expect(receipts).toEqual([{ to: 'm2', about, channel: 'dingtalk', outcome: { status: 'read' } }]);
    dingtalk.fails('ServiceUnavailable', 400);
    await passes();
    await expect.poll(() => waiting.map(({ ms }) => ms)).toEqual([540_000]);
    dingtalk.reads('zhaoming');
    await passes();
    await expect.poll(() => receipts.map(({ to }) => to)).toEqual(['m2', 'm1']);
    expect(waiting).toEqual([]);
  });
});
