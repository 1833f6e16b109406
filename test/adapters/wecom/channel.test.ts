import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlatformHttp } from '../../../adapters/bot/platform-http.ts';
import { createWecomApi } from '../../../adapters/wecom/api.ts';
import { createWecomChannel } from '../../../adapters/wecom/outbound.ts';
import { limits } from '../../../adapters/wecom/limits.ts';
import { createSharedTokens } from '../../../adapters/redis/shared-tokens.ts';
import type { Card } from '../../../src/ports/channel.ts';
import type { RateLimits } from '../../../src/ports/rate-limits.ts';
import { asking, card, message } from '../../support/channel-messages.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { startWecom, type Wecom } from '../../support/stand-ins/wecom.ts';

let server: TestRedis;
let wecom: Wecom;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.redis.flushall();
  wecom = await startWecom({ prefix: '/behind/a/proxy', directory: { '13800000001': 'zhaoming', '13800000002': 'qianliang' } });
});
afterEach(() => wecom.close());

const unlimited: Pick<RateLimits, 'take'> = { take: async () => ({ isTaken: true }) };

const open = (bound: { readonly [personId: string]: string } = {}, rates = unlimited) => {
  const accounts: { [personId: string]: string } = { ...bound };
  const http = createPlatformHttp({ base: `${wecom.base}/`, timeoutMs: 2_000 });
  const { corpId, agentId, secret, robotKey } = wecom;
  const api = createWecomApi({ rates, http, tokens: createSharedTokens(server.redis, 'test'), corpId, agentId, secret });
  const channel = createWecomChannel({
    api,
    agentId,
    robotKey,
    bindings: {
      accountsOf: async (_channel, people) => people.map((personId) => accounts[personId]),
      bindByDirectory: async (_channel, account, personId) => (accounts[personId] = account) !== '',
    },
    mobileOf: (personId) => `1380000${personId.slice(1).padStart(4, '0')}`,
  });
  return { channel, accounts };
};

describe('messages through WeCom', () => {
  it('go out as a card with buttons, behind a base address with a path of its own', async () => {
    const { channel } = open({ m1: 'zhaoming' });
    expect(await channel.send([asking('m1')])).toEqual([{ status: 'sent', isDelivered: false, platformMessageId: 'code-1' }]);
    const [{ to, message: sent }] = wecom.said as [(typeof wecom.said)[0]];
    expect(to).toEqual(['zhaoming']);
    expect(sent).toMatchObject({
      template_card: {
        main_title: { title: '查岗' },
        sub_title_text: '历下区，请应答。\n10:10 前有效。',
        horizontal_content_list: [{ keyname: '岗位', value: '历下区' }],
        button_list: [{ text: '在岗' }, { text: '不在岗', style: 2 }],
      },
    });
  });

  it('that say the same to many go out in the fewest possible calls', async () => {
    const people = Array.from({ length: 2_500 }, (_, index) => `m${index + 1}`);
    const { channel } = open(Object.fromEntries(people.map((personId) => [personId, `account.${personId}`])));
    const results = await channel.send(people.map((to) => message(to)));
    expect(results.every(({ status }) => status === 'sent')).toBe(true);
    expect(wecom.said.map(({ to }) => to.length).toSorted((a, b) => b - a)).toEqual([1_000, 1_000, 500]);
    expect(new Set(wecom.said.flatMap(({ to }) => to)).size).toBe(2_500);
  });

  it('are for somebody whom the directory knows by the number on file; who is not there is not asked for again', async () => {
    const { channel, accounts } = open();
    expect(await channel.canReach('m1')).toBe(true);
    expect(accounts).toEqual({ m1: 'zhaoming' });
    expect([await channel.canReach('m9'), await channel.canReach('m9')]).toEqual([false, false]);
    expect(wecom.lookedUp).toEqual(['13800000001', '13800000009']);
    expect(await channel.send([message('m9'), message('m2')])).toMatchObject([
      { status: 'permanent', code: 'notInDirectory' },
      { status: 'sent' },
    ]);
  });

  it('are refused for the members that WeCom names, and for them alone', async () => {
    wecom.refuses('qianliang');
    const { channel } = open({ m1: 'zhaoming', m2: 'qianliang' });
    expect(await channel.send([message('m1'), message('m2')])).toMatchObject([
      { status: 'sent' },
      { status: 'permanent', code: 'invaliduser' },
    ]);
    expect(await channel.send([message('m2', { text: 'other' })])).toMatchObject([{ status: 'permanent', code: '81013' }]);
  });

  it('fetch one token together, and another when WeCom takes it no more', async () => {
    const instances = [open({ m1: 'zhaoming' }), open({ m1: 'zhaoming' })];
    await Promise.all(instances.map(({ channel }, index) => channel.send([message('m1', { text: `${index}` })])));
    expect(wecom.tokensGiven()).toBe(1);
    wecom.forgetsToken();
    expect(await instances[0]!.channel.send([message('m1', { text: 'again' })])).toMatchObject([{ status: 'sent' }]);
    expect(wecom.tokensGiven()).toBe(2);
  });

  it.each([
    [-1, 'transient'],
    [45_009, 'transient'],
    [45_033, 'transient'],
    [60_020, 'permanent'],
    [40_003, 'permanent'],
    [48_002, 'permanent'],
  ])('say of WeCom’s %i that it is %s, and that WeCom was reached', async (errcode, status) => {
    const { channel } = open({ m1: 'zhaoming' });
    wecom.fails(errcode);
    expect(await channel.send([message('m1')])).toEqual([{ status, code: String(errcode) }]);
  });

  it('say that WeCom was not reached where it was not', async () => {
    const { channel } = open({ m1: 'zhaoming' });
    wecom.goesDown(true);
    expect(await channel.send([message('m1')])).toMatchObject([{ status: 'transient', isTransport: true }]);
    expect(await channel.canReach('m2')).toBe(true);
    wecom.goesDown(false);
    expect(await channel.send([message('m1')])).toMatchObject([{ status: 'sent' }]);
  });

  it('do not wait one by one for a WeCom that is not there', async () => {
    const people = Array.from({ length: 100 }, (_, index) => `m${index + 1}`);
    const { channel } = open(Object.fromEntries(people.map((personId) => [personId, personId])));
    await channel.send([message('m1')]);
    const before = wecom.calls();
    wecom.goesDown(true);
    const results = await channel.send(people.map(asking));
    expect(results.every((result) => result.status === 'transient' && result.isTransport)).toBe(true);
    expect(wecom.calls() - before).toBeLessThanOrEqual(2 * limits.concurrent);
  });

  it('change a card with the code that came with it, to one that cannot be pressed any more', async () => {
    const { channel } = open({ m1: 'zhaoming' });
    const [sent] = await channel.send([asking('m1')]);
    const done: Card = { ...card, title: '已确认在岗', tone: 'done', buttons: [] };
    const code = (sent as { platformMessageId: string }).platformMessageId;
    const change = message('m1', { id: 'j2.m1', card: done, cardKey: 'k.m1', isUpdate: true, platformMessageId: code });
    expect(await channel.send([change])).toMatchObject([{ status: 'sent' }]);
    expect(wecom.changed).toMatchObject([
      { userids: ['zhaoming'], response_code: code, template_card: { main_title: { title: '已确认在岗' }, replace_text: '已确认在岗' } },
    ]);
    expect(await channel.send([change])).toMatchObject([{ status: 'permanent', code: '42045' }]);
    expect(wecom.said).toHaveLength(1);
    const { platformMessageId: _, ...unknown } = change;
    expect(await channel.send([unknown])).toMatchObject([{ status: 'sent' }]);
  });

  it('to the group go through its robot, which has its own limit', async () => {
    const { channel } = open();
    expect(await channel.canReach('g:office')).toBe(true);
    const results = await channel.send(Array.from({ length: 21 }, (_, index) => message('g:office', { text: `第 ${index} 条` })));
    expect(results.filter(({ status }) => status === 'sent')).toHaveLength(20);
    expect(results.find(({ status }) => status === 'transient')).toMatchObject({ code: '45009' });
    expect(wecom.toGroup).toContain('第 0 条');
  });

  it('are cut to what a text may hold, between characters, and leave out what does not fit on a card', async () => {
    const { channel } = open({ m1: 'zhaoming' });
    await channel.send([message('m1', { text: '岗'.repeat(2_000) })]);
    const buttons = Array.from({ length: 9 }, (_, index) => ({
      title: `按钮${index}`,
      value: { action: 'acknowledge', obligationId: index === 0 ? 'x'.repeat(2_000) : `o${index}` },
    }));
    const facts = Array.from({ length: 9 }, (_, index) => ({ name: `项${index}`, value: '值' }));
    const form = { ...card, inputs: [{ id: 'note', label: '备注', type: 'text' as const, isRequired: true }] };
    await channel.send([message('m1', { id: 'j2', card: { ...card, buttons, facts } }), message('m1', { id: 'j3', card: form })]);
    const [text, big, plain] = wecom.said.map((one) => one.message);
    const { content } = (text as { text: { content: string } }).text;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(limits.textBytes);
    expect(content).toMatch(/^岗+…$/u);
    expect(big).toMatchObject({ template_card: { button_list: { length: 6 }, horizontal_content_list: { length: 6 } } });
    expect(JSON.stringify(big)).not.toContain('按钮0');
    expect(plain).toMatchObject({ msgtype: 'text' });
  });
});
