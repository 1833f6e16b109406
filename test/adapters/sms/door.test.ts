import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDispatches } from '../../../adapters/redis/dispatches.ts';
import { createSmsDoor } from '../../../adapters/sms/door.ts';
import { callbacks, openDoor } from '../../support/phone-callbacks.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(() => server.redis.flushall());

const about = [{ obligationId: 'ocp1.x', stepNo: 2 }];
const personOf = (mobile: string) => (mobile === '13800000001' ? 'm1' : undefined);

const open = (channel: 'aliyunSms' | 'tencentSms', allowed: readonly string[] = []) => {
  const dispatches = createDispatches(server.redis, 'jinan');
  return { dispatches, ...openDoor((deps) => createSmsDoor({ ...deps, allowed, channel, personOf, dispatches })) };
};

const clouds = {
  aliyunSms: { reply: 'up', reportId: 'biz1^0:13800000001', answer: { code: 0, msg: 'OK' } },
  tencentSms: { reply: 'reply', reportId: '2645:0', answer: { result: 0, errmsg: 'OK' } },
} as const;

describe.each(Object.entries(clouds) as [keyof typeof clouds, (typeof clouds)[keyof typeof clouds]][])(
  'the callback of %s',
  (channel, { reply, reportId, answer }) => {
    it('takes a reply in as a message of whose number it is, once however often it comes', async () => {
      const { post, put } = open(channel);
      const first = await post(callbacks[channel][reply]!);
      expect([first.statusCode, first.json()]).toEqual([200, answer]);
      expect((await post(callbacks[channel][reply]!)).statusCode).toBe(200);
      expect(put).toMatchObject([{ channel, conversation: 'm1', from: 'm1', isGroup: false, text: '1', phone: 'sms', receivedAt: 1_000 }]);
    });

    it('gives a number that is nobody’s no effect and no answer', async () => {
      const { post, put, counted } = open(channel);
      const strange = JSON.stringify(callbacks[channel][reply]).replaceAll('13800000001', '13800009999');
      expect((await post(strange)).statusCode).toBe(200);
      expect([put, counted]).toEqual([[], ['stranger', 'taken']]);
    });

    it('makes a receipt of a report, once, whether the message arrived or not', async () => {
      const { post, receipts, dispatches } = open(channel);
      await dispatches.remember(channel, reportId, { to: 'm1', about });
      await post(callbacks[channel]['delivered']!);
      await post(callbacks[channel]['delivered']!);
      expect(receipts).toEqual([{ to: 'm1', about, channel, outcome: { status: 'delivered' } }]);
      await server.redis.flushall();
      await dispatches.remember(channel, reportId, { to: 'm1', about });
      await post(callbacks[channel]['failed']!);
      expect(receipts[1]).toEqual({ to: 'm1', about, channel, outcome: { status: 'failed', code: 'MK:0001' } });
    });

    it('says nothing of messages that somebody else sent with the same account', async () => {
      const { post, receipts } = open(channel);
      expect((await post(callbacks[channel]['delivered']!)).statusCode).toBe(200);
      expect(receipts).toEqual([]);
    });

    it('takes nothing while nothing can be kept, so that the cloud says it again', async () => {
      const { post, put, receipts, dispatches, goesAway } = open(channel);
      await dispatches.remember(channel, reportId, { to: 'm1', about });
      goesAway(true);
      const statuses = [await post(callbacks[channel][reply]!), await post(callbacks[channel]['delivered']!)].map((one) => one.statusCode);
      expect(statuses.every((status) => status >= 500)).toBe(true);
      goesAway(false);
      await post(callbacks[channel][reply]!);
      await post(callbacks[channel]['delivered']!);
      expect([put.length, receipts.length]).toEqual([1, 1]);
    });

    it('refuses and counts whoever has another secret, comes from elsewhere, is too late, too large or makes no sense', async () => {
      const { post, put, counted } = open(channel, ['203.0.113.0/24']);
      const late = JSON.stringify(callbacks[channel][reply]).replace('2021-08-27', '2021-08-25').replace('1630029780', '1629900000');
      const statuses = [
        await post(callbacks[channel][reply]!, { at: 'another-secret-of-16' }),
        await post(callbacks[channel][reply]!, { from: '198.51.100.7' }),
        await post(late),
        await post('x'.repeat(300_000)),
        await post('{"text": 1'),
        await post([{ phone_number: 13_800_000_001 }]),
        await post(JSON.stringify(Array.from({ length: 1_001 }, () => (callbacks[channel]['delivered'] as object[])[0])).slice(0, 250_000)),
      ].map((one) => one.statusCode);
      expect(statuses).toEqual([401, 403, 401, 413, 400, 400, 400]);
      expect(counted).toEqual(['badSignature', 'foreign', 'stale', 'tooLarge', 'malformed', 'malformed', 'malformed']);
      expect(put).toEqual([]);
    });
  },
);

it('Alibaba Cloud may write times without dashes, and numbers as numbers', async () => {
  const { post, put } = open('aliyunSms');
  expect((await post(callbacks.aliyunSms['upOfOld']!)).statusCode).toBe(200);
  expect(put).toMatchObject([{ id: 'aliyunSms/1234567891', text: '在岗' }]);
});
