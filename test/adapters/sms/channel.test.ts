import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RegisteredTemplate } from '../../../adapters/bot/registered-template.ts';
import { createRateLimits } from '../../../adapters/limits/redis-rate-limits.ts';
import { createDispatches } from '../../../adapters/redis/dispatches.ts';
import { createAliyunSms } from '../../../adapters/sms/aliyun.ts';
import type { SmsGateway } from '../../../adapters/sms/gateway.ts';
import { createSmsChannel } from '../../../adapters/sms/outbound.ts';
import { createTencentSms } from '../../../adapters/sms/tencent.ts';
import type { OutgoingMessage, SendResult } from '../../../src/ports/channel.ts';
import type { RateLimits } from '../../../src/ports/rate-limits.ts';
import { asking, card, message } from '../../support/channel-messages.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';
import { type Aliyun, startAliyun } from '../../support/stand-ins/aliyun.ts';
import { startTencent, type Tencent } from '../../support/stand-ins/tencent.ts';

let server: TestRedis;
let aliyun: Aliyun;
let tencent: Tencent;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.redis.flushall();
  aliyun = await startAliyun({ templates: { SMS_1: ['name', 'text'], SMS_2: ['text'], SMS_4: ['code'] } });
  tencent = await startTencent({ templates: { 1001: 2, 1002: 1, 1004: 1 } });
});
afterEach(() => Promise.all([aliyun.close(), tencent.close()]));

const template = (id: string, text: string, ...places: RegisteredTemplate['places'][number][]): RegisteredTemplate => ({
  id,
  text,
  places,
});
const templatesOf = ([question, information, code]: readonly [string, string, string]) => ({
  question: template(question, '{name}您好，{text}，请回复1确认', 'name', 'text'),
  information: template(information, '{text}', 'text'),
  code: template(code, '验证码{code}', 'code'),
});

/** Everybody from `m1` on has the number that ends in theirs. */
const mobileOf = (personId: string): string | undefined =>
  /^m\d{1,3}$/.test(personId) ? `1380000${personId.slice(1).padStart(4, '0')}` : undefined;

const unlimited: Pick<RateLimits, 'take'> = { take: async () => ({ isTaken: true }) };

const channelOver = (gateway: SmsGateway, ids: readonly [string, string, string], rates = unlimited) =>
  createSmsChannel({
    gateway,
    templates: templatesOf(ids),
    mobileOf,
    nameOf: () => '赵明',
    dispatches: createDispatches(server.redis, 'jinan'),
    rates,
    log: quietLog(),
  });

const overAliyun = (more: { readonly accessKeySecret?: string; readonly timeoutMs?: number } = {}, rates = unlimited) => {
  const { accessKeyId, accessKeySecret, base, signature } = aliyun;
  return channelOver(
    createAliyunSms({ accessKeyId, accessKeySecret, base, timeoutMs: 5_000, ...more }, signature),
    ['SMS_1', 'SMS_2', 'SMS_4'],
    rates,
  );
};
const overTencent = (more: { readonly secretKey?: string; readonly timeoutMs?: number } = {}, rates = unlimited) => {
  const { secretId, secretKey, region, base, appId, signature } = tencent;
  return channelOver(
    createTencentSms({ secretId, secretKey, region, base, timeoutMs: 5_000, ...more }, appId, signature),
    ['1001', '1002', '1004'],
    rates,
  );
};

const clouds = {
  aliyun: { open: overAliyun, cloud: () => aliyun, toOf: (mobile: string) => mobile, perCall: 100 },
  tencent: { open: overTencent, cloud: () => tencent, toOf: (mobile: string) => `+86${mobile}`, perCall: 200 },
};

describe.each(Object.entries(clouds))('text messages through %s', (name, { open, cloud, toOf, perCall }) => {
  it('say a question in its own template and everything else in another, signed as the SDK signs', async () => {
    const channel = open();
    const results = await channel.send([asking('m1'), message('m2'), message('m3', { code: '123456', text: '验证码 123456' })]);
    expect(results).toEqual([1, 2, 3].map(() => ({ status: 'sent', isDelivered: false })));
    expect(cloud().texts).toMatchObject([{ to: toOf('13800000001') }, { to: toOf('13800000002') }, { to: toOf('13800000003') }]);
    const [question, , code] = cloud().texts;
    const said = (params: unknown): readonly string[] => Object.values(params as object);
    expect(said(question!.params)).toEqual(['赵明', '查岗：历下区，请应答。']);
    expect(said(code!.params)).toEqual(['123456']);
  });

  it(`go to many in the fewest possible calls, ${perCall} numbers each`, async () => {
    const channel = open();
    const people = Array.from({ length: 250 }, (_, index) => `m${index + 1}`);
    const results = await channel.send(people.map((to) => message(to)));
    expect(results.filter(({ status }) => status !== 'sent')).toEqual([]);
    const numbers = cloud().requests.map((request) => request.numbers);
    expect(numbers.toSorted((a, b) => b - a)).toEqual(perCall === 100 ? [100, 100, 50] : [200, 50]);
    expect(new Set(cloud().texts.map(({ to }) => to)).size).toBe(250);
  });

  it('refuse nobody else where one number is no number, and know whom they can reach', async () => {
    const channel = open();
    expect(await Promise.all(['m1', 'm12345', 'g:office', 'l:p1'].map((to) => channel.canReach(to)))).toEqual([true, false, false, false]);
    expect(await channel.send([message('m12345'), message('m1'), message('m2', { isUpdate: true })])).toEqual([
      { status: 'permanent', code: 'noMobile' },
      { status: 'sent', isDelivered: false },
      { status: 'sent', isDelivered: false },
    ]);
    expect(cloud().texts).toHaveLength(1);
  });

  it('remember what was sent under the id that the report will carry', async () => {
    const about = [{ obligationId: 'ocp1.x', stepNo: 2 }];
    await open().send([message('m1', { about })]);
    const [text] = cloud().texts;
    const id = 'bizId' in text! ? `${text.bizId}:13800000001` : text!.serialNo;
    expect(await createDispatches(server.redis, 'jinan').find(`${name}Sms`, id)).toEqual({ to: 'm1', about });
  });

  it('cut what would not fit, and put nothing into a place that looks like a signature', async () => {
    await open().send([message('m1', { text: `【假冒】\n${'很长的通知'.repeat(40)}` })]);
    const [text] = Object.values(cloud().texts[0]!.params as object) as string[];
    expect(text).toMatch(/^假冒 很长的通知/);
    expect(text!.endsWith('…')).toBe(true);
    expect(text!.length).toBeLessThanOrEqual(60);
  });

  it('say that the cloud was not reached where it was not: away, silent, broken', async () => {
    const unreachable = [{ status: 'transient', isTransport: true }];
    cloud().goesDown(true);
    expect(await open().send([message('m1')])).toMatchObject(unreachable);
    cloud().goesDown(false);
    cloud().delays(3_000);
    expect(await open({ timeoutMs: 300 }).send([message('m1')])).toMatchObject(unreachable);
    cloud().delays(0);
    if (cloud() === tencent) tencent.fails('502');
    else aliyun.fails('', 502);
    expect(await open().send([message('m1')])).toMatchObject(unreachable);
    expect(await open().send([message('m1')])).toMatchObject([{ status: 'sent' }]);
  });

  it('are nothing without the right key', async () => {
    const forged = cloud() === tencent ? overTencent({ secretKey: 'other' }) : overAliyun({ accessKeySecret: 'other' });
    const [result] = await forged.send([message('m1')]);
    expect(result).toMatchObject({ status: 'permanent', code: expect.stringMatching(/^Signature|^AuthFailure\.Signature/) as string });
  });
});

const alarm: OutgoingMessage = message('m1', { card: { ...card, tone: 'alert', buttons: [] } });

describe('Alibaba Cloud', () => {
  it.each([
    ['isv.BUSINESS_LIMIT_CONTROL', 200, { status: 'transient', retryAfterMs: 60_000, triesNext: true }],
    ['isv.DAY_LIMIT_CONTROL', 200, { status: 'transient', retryAfterMs: 3_600_000, triesNext: true }],
    ['isp.SYSTEM_ERROR', 200, { status: 'transient' }],
    ['Throttling.User', 400, { status: 'transient' }],
    ['ServiceUnavailable', 503, { status: 'transient' }],
    ['InternalError', 500, { status: 'transient' }],
    ['isv.MOBILE_NUMBER_ILLEGAL', 200, { status: 'permanent' }],
    ['isv.OUT_OF_SERVICE', 200, { status: 'permanent' }],
    ['isv.AMOUNT_NOT_ENOUGH', 200, { status: 'permanent' }],
    ['isv.SMS_TEMPLATE_ILLEGAL', 200, { status: 'permanent' }],
    ['isp.RAM_PERMISSION_DENY', 200, { status: 'permanent' }],
    ['InvalidAccessKeyId.NotFound', 404, { status: 'permanent' }],
  ])('%s (HTTP %i) says what is to be done', async (code, status, result) => {
    aliyun.fails(code, status);
    expect(await overAliyun().send([alarm])).toEqual([{ code, ...result }]);
  });

  it('refuses a batch as a whole: the one number that is to blame is found', async () => {
    aliyun.limits('13800000002');
    const results = await overAliyun().send(['m1', 'm2', 'm3'].map((to) => message(to)));
    expect(results.map(({ status }) => status)).toEqual(['sent', 'transient', 'sent']);
    expect(aliyun.texts.map(({ to }) => to)).toEqual(['13800000001', '13800000003']);
  });
});

describe('Tencent Cloud', () => {
  it.each([
    ['LimitExceeded.PhoneNumberThirtySecondLimit', { status: 'transient', retryAfterMs: 30_000, triesNext: true }],
    ['LimitExceeded.PhoneNumberOneHourLimit', { status: 'transient', retryAfterMs: 3_600_000, triesNext: true }],
    ['LimitExceeded.PhoneNumberDailyLimit', { status: 'transient', retryAfterMs: 86_400_000, triesNext: true }],
    ['LimitExceeded.DeliveryFrequencyLimit', { status: 'transient', retryAfterMs: 60_000, triesNext: true }],
    ['InternalError.Timeout', { status: 'transient' }],
    ['FailedOperation.PhoneNumberInBlacklist', { status: 'permanent' }],
    ['FailedOperation.InsufficientBalanceInSmsPackage', { status: 'permanent' }],
    ['InvalidParameterValue.IncorrectPhoneNumber', { status: 'permanent' }],
  ])('%s of one number says what is to be done, and nothing of the others', async (code, result) => {
    tencent.refuses('+8613800000002', code);
    expect(await overTencent().send([message('m1'), message('m2')])).toEqual([
      { status: 'sent', isDelivered: false },
      { code, ...result },
    ]);
  });

  it.each([
    ['RequestLimitExceeded', { status: 'transient', retryAfterMs: 1_000 }],
    ['InternalError', { status: 'transient' }],
    ['LimitExceeded.PhoneNumberCountLimit', { status: 'permanent' }],
    ['InternalError.SigVerificationFail', { status: 'permanent' }],
    ['UnauthorizedOperation.RequestPermissionDeny', { status: 'permanent' }],
  ])('%s of a whole call says what is to be done', async (code, result) => {
    tencent.fails(code);
    expect(await overTencent().send([alarm])).toEqual([{ code, ...result }]);
  });
});

describe('what may go to one number is counted before the cloud has to, by every process together', () => {
  const rates = () => createRateLimits(server.redis, '{zg:x}');
  const code = message('m1', { code: '123456' });
  const statusesOf = (results: readonly SendResult[]) => results.map((one) => (one.status === 'transient' ? one.code : one.status));

  it('by Alibaba Cloud: a code a minute, whatever else is said', async () => {
    const channels = [overAliyun({}, rates()), overAliyun({}, rates())] as const;
    expect(statusesOf(await channels[0].send([asking('m1'), code, message('m1')]))).toEqual(['sent', 'sent', 'sent']);
    const [held, free] = await channels[1].send([{ ...code, id: 'j2' }, message('m2', { code: '654321' })]);
    expect(held).toMatchObject({ status: 'transient', code: 'limited', triesNext: false });
    expect((held as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(30_000);
    expect(free).toMatchObject({ status: 'sent' });
    expect(aliyun.texts).toHaveLength(4);
  });

  it('by Tencent Cloud: the same once in half a minute, and five an hour; beyond that whoever it is for hears elsewhere', async () => {
    const channels = [overTencent({}, rates()), overTencent({}, rates())] as const;
    expect(statusesOf(await channels[0].send([message('m1'), message('m1', { id: 'j2' })]))).toEqual(['sent', 'limited']);
    const more = Array.from({ length: 6 }, (_, index) => message('m1', { id: `k${index}`, text: `第 ${index} 条` }));
    const results = await channels[1].send(more);
    expect(statusesOf(results)).toEqual(['sent', 'sent', 'sent', 'sent', 'limited', 'limited']);
    expect(results.at(-1)).toMatchObject({ triesNext: true });
  });
});
