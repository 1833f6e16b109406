import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { createRedisStore } from '../../adapters/redis/store.ts';
import { loadCampaign } from '../../src/config/campaign.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { LedgerRow } from '../../src/domain/ledger/event.ts';
import { type Service, startService } from '../../src/wiring/service.ts';
import { campaignFile, inventBureau } from '../chaos/bureau.ts';
import { callbacks } from '../support/phone-callbacks.ts';
import { quietLog } from '../support/quiet-log.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type Aliyun, startAliyun } from '../support/stand-ins/aliyun.ts';
import { startTencent, type Tencent } from '../support/stand-ins/tencent.ts';
import { tellCampaign } from '../support/tell-campaign.ts';

const patiently = { timeout: 60_000, interval: 50 };
const secret = '0123456789abcdef';
const keys = keysOf('chaos');

/** Everybody is asked within seconds; then by text message, then by telephone, and nobody else for a long time. */
const campaign = (now: number, more: object): object => {
  const band = { name: 'all', from: '00:00', to: '00:00', fixed: [], random: 0, answerWindow: 'PT3S', silenceLimit: 'PT4S' };
  const step = (after: string, notify: readonly string[], via = 'card') => ({ after, notify, via });
  return {
    ...campaignFile(now, 1_000),
    checks: { posts: { bands: [band], quietAfterPresence: 'PT0S' }, standing: { bands: [{ ...band, silenceLimit: 'PT40H' }] } },
    policies: [
      {
        name: 'check',
        answerWindow: 'PT3S',
        steps: [
          step('PT0S', ['onDuty']),
          step('PT1S', ['onDuty'], 'sms'),
          step('PT2S', ['onDuty', 'landline'], 'voice'),
          step('PT5M', ['coDuty']),
          step('PT10M', ['office']),
        ],
      },
    ],
    ...more,
  };
};

let redis: TestRedis;
let folder: string;
let aliyun: Aliyun;
let tencent: Tencent;
let service: Service | undefined;
beforeEach(async () => {
  redis = await startRedis({ appendfsync: 'always' });
  folder = await mkdtemp(join(tmpdir(), 'zg-data-'));
  aliyun = await startAliyun({ templates: { SMS_1: ['name', 'facts'], SMS_2: ['text'] } });
  tencent = await startTencent({ templates: { 2001: 2 } });
});
afterEach(async () => {
  await service?.stop();
  await Promise.all([aliyun.close(), tencent.close()]);
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = async (more: object = {}) => {
  const file = join(folder, 'campaign.json');
  await writeFile(file, JSON.stringify(campaign(Date.now(), more)));
  const { settings } = loadCampaign(file);
  const { organisation, roster, onDuty, coDuty } = inventBureau(4, Date.now());
  const posts = roster.posts.map((post, index) => ({ ...post, landline: `0531-8200000${index + 1}` }));
  const bureau = { organisation, roster: { ...roster, posts } };
  const store = createRedisStore(redis.redis, keys, { bundleWindowMs: settings.bundleWindowMs, now: Date.now });
  await store.commitCampaign(bureau, 0, tellCampaign(bureau, Date.now()));
  const stream = createLedgerStream(redis.redis, keys, 'chaos');
  service = await startService(
    readEnvironment({
      ZAIGANG_MODE: 'production',
      PORT: '0',
      WORKERS: '1',
      DATA_DIR: folder,
      REDIS_URL: redis.url,
      CAMPAIGN_FILE: file,
      DIRECTLINE_SECRET: 'a-secret-of-this-test-long-enough-for-production',
      ALIYUN_SMS_ACCESS_KEY_ID: aliyun.accessKeyId,
      ALIYUN_SMS_ACCESS_KEY_SECRET: aliyun.accessKeySecret,
      ALIYUN_SMS_SIGNATURE: aliyun.signature,
      ALIYUN_SMS_QUESTION: 'SMS_1 {name}您好，{facts}，请回复1确认',
      ALIYUN_SMS_INFORMATION: 'SMS_2 {text}',
      ALIYUN_SMS_CALLBACK_SECRET: secret,
      ALIYUN_SMS_API_BASE: aliyun.base,
      TENCENT_VOICE_SECRET_ID: tencent.secretId,
      TENCENT_VOICE_SECRET_KEY: tencent.secretKey,
      TENCENT_VOICE_APP_ID: tencent.appId,
      TENCENT_VOICE_QUESTION: '2001 {title}，{name}，在岗请按1，转下一人请按2，求援请按3',
      TENCENT_VOICE_CALLBACK_SECRET: secret,
      TENCENT_VOICE_API_BASE: tencent.base,
    }),
    redis.socket,
    quietLog(),
  );
  const { url } = service;
  const post = async (path: string, body: unknown): Promise<number> =>
    (await fetch(new URL(path, url), { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }))
      .status;
  return {
    store,
    numberOf: (postId: string) => onDuty.get(postId)!.mobile,
    holderOf: (postId: string) => onDuty.get(postId)!.id,
    coDutyOf: (postId: string) => coDuty.get(postId)!.id,
    says: (body: unknown) => post(`channels/aliyun-sms/${secret}`, body),
    tells: (body: unknown) => post(`channels/tencent-voice/${secret}`, body),
    all: async (event: string): Promise<readonly LedgerRow[]> =>
      (await stream.rows(0, Number.MAX_SAFE_INTEGER)).filter((row) => row.event === event),
    rows: async (postId: string, event: string): Promise<readonly LedgerRow[]> =>
      (await stream.rows(0, Number.MAX_SAFE_INTEGER)).filter((row) => row.event === event && row.data['subject'] === postId),
    watchOf: async (postId: string) => (await store.load([`w${postId}`]))[0]?.aggregate.state,
  };
};

/** A time as the cloud writes it. */
const beijing = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

const textTo = async (mobile: string) => {
  const text = () => aliyun.texts.find(({ to }) => to === mobile);
  await expect.poll(text, patiently).toBeDefined();
  return text()!;
};
const callTo = async (number: string) => {
  const call = () => tencent.rung.find(({ to }) => to === number);
  await expect.poll(call, patiently).toBeDefined();
  return call()!;
};
const keyOf = (callid: string, keypress: string): object => ({
  voicekey_callback: { ...(callbacks.tencentVoice['key'] as { voicekey_callback: object }).voicekey_callback, callid, keypress },
});

it(
  'asks by text message and by telephone whoever is silent in the chat, and takes what comes back for what it proves',
  { timeout: 180_000 },
  async () => {
    const { says, tells, rows, watchOf, numberOf, holderOf, coDutyOf } = await run();

    // a text message, and its reply
    const text = await textTo(numberOf('p1'));
    expect(text.params).toMatchObject({ name: expect.any(String) as string, facts: expect.stringMatching(/\d\d:\d\d/) as string });
    const report = { phone_number: text.to, success: true, err_code: 'DELIVERED', biz_id: text.bizId, report_time: beijing(Date.now()) };
    expect(await says([report])).toBe(200);
    await expect.poll(async () => (await rows('p1', 'NoticeDelivered')).map(({ channel }) => channel), patiently).toContain('aliyunSms');
    expect(await says([{ phone_number: text.to, content: '1', send_time: beijing(Date.now()), dest_code: '1', sequence_id: '7' }])).toBe(
      200,
    );
    await expect.poll(() => rows('p1', 'AnswerRecorded'), patiently).not.toEqual([]);
    expect((await rows('p1', 'AnswerRecorded'))[0]).toMatchObject({
      channel: 'aliyunSms',
      actor: holderOf('p1'),
      data: { proof: 'sms', proves: 'contact' },
    });
    expect(await watchOf('p1')).toMatchObject({ lastContactAt: expect.any(Number) as number, lastPresenceAt: null });

    // the post's own telephone
    const landline = await callTo('+8653182000002');
    expect(await tells(keyOf(landline.callId, '1'))).toBe(200);
    await expect.poll(() => rows('p2', 'AnswerRecorded'), patiently).not.toEqual([]);
    expect((await rows('p2', 'AnswerRecorded'))[0]).toMatchObject({
      channel: 'tencentVoice',
      actor: holderOf('p2'),
      data: { proof: 'landline' },
    });
    expect(await watchOf('p2')).toMatchObject({ lastPresenceAt: expect.any(Number) as number });

    // whoever cannot come passes the question on, and the next hears of it at once
    const passing = await callTo(`+86${numberOf('p3')}`);
    expect(await tells(keyOf(passing.callId, '2'))).toBe(200);
    const passedOn = async () =>
      (await rows('p3', 'StepFired')).find(({ data }) => (data['notified'] as readonly string[]).includes(coDutyOf('p3')));
    await expect.poll(passedOn, patiently).toMatchObject({ actor: holderOf('p3') });
    expect(await rows('p3', 'AnswerRecorded')).toEqual([]);

    // somebody picks up and presses nothing, somebody else does not pick up: receipts, and no answers
    const picked = await callTo(`+86${numberOf('p4')}`);
    const end = { ...(callbacks.tencentVoice['status'] as { voiceprompt_callback: object }).voiceprompt_callback, callid: picked.callId };
    expect(await tells({ voiceprompt_callback: { ...end, end_calltime: String(Math.floor(Date.now() / 1_000)) } })).toBe(200);
    await expect
      .poll(() => rows('p4', 'CallRecorded'), patiently)
      .toMatchObject([{ channel: 'tencentVoice', data: { to: holderOf('p4'), result: 'pickedUp' } }]);
    const unheard = await callTo('+8653182000004');
    expect(await tells({ voice_failure_callback: { callid: unheard.callId, failure_code: 5 } })).toBe(200);
    await expect
      .poll(async () => (await rows('p4', 'CallRecorded')).map(({ data }) => data['result']), patiently)
      .toEqual(['pickedUp', 'noAnswer']);
    expect(await rows('p4', 'AnswerRecorded')).toEqual([]);
  },
);

it('lets nobody in who does not know the secret, and has no effect for a number that is nobody’s', { timeout: 180_000 }, async () => {
  const { says, rows, numberOf } = await run();
  await textTo(numberOf('p1'));
  const reply = { content: '1', send_time: beijing(Date.now()), dest_code: '1' };
  const answer = await fetch(new URL('channels/aliyun-sms/another-secret-of-16', service!.url), {
    method: 'POST',
    body: JSON.stringify([{ ...reply, phone_number: numberOf('p1'), sequence_id: '1' }]),
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(401);
  expect(await says([{ ...reply, phone_number: '13900009999', sequence_id: '2' }])).toBe(200);
  expect(await says([{ ...reply, phone_number: numberOf('p2'), sequence_id: '3' }])).toBe(200);
  await expect.poll(() => rows('p2', 'AnswerRecorded'), patiently).not.toEqual([]);
  expect(await rows('p1', 'AnswerRecorded')).toEqual([]);
});

it('tells the office where a cloud takes text messages that carriers then do not bring', { timeout: 180_000 }, async () => {
  const { says, all, numberOf } = await run({ massFailure: { share: 0.5, atLeast: 3 } });
  await Promise.all(['p1', 'p2', 'p3', 'p4'].map((postId) => textTo(numberOf(postId))));
  // at some hours standing contacts are asked as well
  const texts = [...aliyun.texts];
  const reportOf = ({ to, bizId }: (typeof texts)[number], success: boolean): object => {
    const [err_code, report_time] = [success ? 'DELIVERED' : 'MK:0001', beijing(Date.now())];
    return { phone_number: to, success, err_code, biz_id: bizId, report_time };
  };
  expect(await says(texts.slice(0, 2).map((text) => reportOf(text, false)))).toBe(200);
  expect(await all('ChannelFailed')).toEqual([]);
  expect(await says(texts.slice(2).map((text, index) => reportOf(text, index === 0)))).toBe(200);
  await expect.poll(() => all('ChannelFailed'), patiently).toMatchObject([{ data: { channel: 'aliyunSms' } }]);
});
