import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { type Service, startService } from '../../src/wiring/service.ts';
import { quietLog } from '../support/quiet-log.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type Dingtalk, robotCallbackOf, startDingtalk } from '../support/stand-ins/dingtalk.ts';
import { type Feishu, feishuCallbackOf, startFeishu } from '../support/stand-ins/feishu.ts';

/** Every number is somebody's. */
const everybody = (prefix: string): { readonly [mobile: string]: string } =>
  new Proxy({}, { get: (_, mobile) => (typeof mobile === 'string' ? `${prefix}.${mobile}` : undefined) });

const patiently = { timeout: 30_000, interval: 50 };

describe('the running service with platforms', () => {
  let redis: TestRedis;
  let folder: string;
  let feishu: Feishu;
  let dingtalk: Dingtalk;
  let service: Service | undefined;
  beforeEach(async () => {
    redis = await startRedis({ appendfsync: 'always' });
    folder = await mkdtemp(join(tmpdir(), 'zg-data-'));
    feishu = await startFeishu({ directory: everybody('ou') });
    dingtalk = await startDingtalk({ directory: everybody('user') });
  });
  afterEach(async () => {
    await service?.stop();
    await Promise.all([feishu.close(), dingtalk.close()]);
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (more: { readonly [name: string]: string }): Promise<Service> => {
    service = await startService(
      readEnvironment({ PORT: '0', DATA_DIR: folder, REDIS_URL: redis.url, CLOCK_SCALE: '600', ...more }),
      redis.socket,
      quietLog(),
    );
    return service;
  };

  it(
    'asks in Feishu, takes the press, answers it with the new card, and changes the card that hangs there',
    { timeout: 60_000 },
    async () => {
      const { url } = await run({
        FEISHU_APP_ID: feishu.appId,
        FEISHU_APP_SECRET: feishu.appSecret,
        FEISHU_VERIFICATION_TOKEN: 'v',
        FEISHU_ENCRYPT_KEY: 'key',
        FEISHU_CHAT_ID: feishu.groupChatId,
        FEISHU_API_BASE: feishu.base,
      });
      const asked = () => feishu.said.find(({ to, card }) => to.startsWith('ou.') && JSON.stringify(card).includes('"acknowledge"'));
      await expect.poll(asked, patiently).toBeDefined();
      const { to, id, card } = asked()!;
      const value = /\{[^{}]*"action":"acknowledge"[^{}]*\}/.exec(JSON.stringify(card))![0];
      const { payload, headers } = feishuCallbackOf(
        {
          schema: '2.0',
          header: { event_id: 'e1', event_type: 'card.action.trigger', token: 'v', app_id: feishu.appId },
          event: {
            operator: { open_id: to },
            action: { tag: 'button', value: JSON.parse(value) as object },
            context: { open_message_id: id, open_chat_id: 'oc_1' },
          },
        },
        { encryptKey: 'key', at: Date.now() },
      );
      const answer = await fetch(new URL('channels/feishu', url), { method: 'POST', body: payload, headers });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ card: { type: 'raw', data: { schema: '2.0' } } });
      // a reminder brings a newer card, and the newest is changed
      const theirs = () => feishu.said.filter((one) => one.to === to).map((one) => one.id);
      await expect.poll(() => feishu.changed.some((change) => theirs().includes(change.id)), patiently).toBe(true);
      expect((await fetch(new URL('channels/feishu', url), { method: 'POST', body: payload, headers })).status).toBe(409);
    },
  );

  it('asks in DingTalk, hears the press over the stream, and changes the card that hangs there', { timeout: 60_000 }, async () => {
    await run({
      DINGTALK_CLIENT_ID: dingtalk.clientId,
      DINGTALK_CLIENT_SECRET: dingtalk.clientSecret,
      DINGTALK_CARD_TEMPLATE: 'card-1.schema',
      DINGTALK_API_BASE: dingtalk.base,
      DINGTALK_OAPI_BASE: dingtalk.base,
    });
    const asked = () => dingtalk.cards.find(({ cardData }) => cardData.cardParamMap['buttons']?.includes('"acknowledge"'));
    await expect.poll(asked, patiently).toBeDefined();
    const { outTrackId, openSpaceId, cardData } = asked()!;
    const buttons = JSON.parse(cardData.cardParamMap['buttons']!) as { event: { params: { actionId: string; params: object } } }[];
    const { params } = buttons.find(({ event }) => event.params.actionId === 'acknowledge')!.event.params;
    dingtalk.pushes('/v1.0/card/instances/callback', 'p1', {
      type: 'actionCallback',
      outTrackId,
      userId: openSpaceId.replace('dtv1.card//IM_ROBOT.', ''),
      content: JSON.stringify({ cardPrivateData: { actionIds: ['acknowledge'], params } }),
    });
    await expect.poll(() => dingtalk.acknowledged.some(({ messageId }) => messageId === 'p1'), patiently).toBe(true);
    const theirs = () => dingtalk.cards.filter((one) => one.openSpaceId === openSpaceId).map((one) => one.outTrackId);
    await expect.poll(() => dingtalk.changed.some((change) => theirs().includes(change.outTrackId)), patiently).toBe(true);
  });

  it('takes a signature of DingTalk for one body alone, in every process', { timeout: 60_000 }, async () => {
    const { url } = await run({
      DINGTALK_CLIENT_ID: dingtalk.clientId,
      DINGTALK_CLIENT_SECRET: dingtalk.clientSecret,
      DINGTALK_MODE: 'http',
      DINGTALK_API_BASE: dingtalk.base,
      DINGTALK_OAPI_BASE: dingtalk.base,
    });
    const message = { msgId: 'm', conversationId: 'c', conversationType: '1', senderStaffId: 'nobody', msgtype: 'text' };
    const {
      payload,
      headers,
      url: path,
    } = robotCallbackOf({ ...message, text: { content: '在岗' } }, { secret: dingtalk.clientSecret, at: Date.now() });
    const statusOf = async (body: string) => (await fetch(new URL(path, url), { method: 'POST', body, headers })).status;
    const forged = payload.replace('在岗', '求援');
    expect([await statusOf(payload), await statusOf(payload), await statusOf(forged)]).toEqual([200, 200, 409]);
    await expect.poll(() => dingtalk.said.some(({ to }) => to.includes('nobody')), patiently).toBe(true);
  });
});
