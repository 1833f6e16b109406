import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDispatches } from '../../../adapters/redis/dispatches.ts';
import { createAliyunVoice } from '../../../adapters/voice/aliyun.ts';
import type { VoiceGateway } from '../../../adapters/voice/gateway.ts';
import { createVoiceChannel } from '../../../adapters/voice/outbound.ts';
import { createTencentVoice } from '../../../adapters/voice/tencent.ts';
import type { Card } from '../../../src/ports/channel.ts';
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
  aliyun = await startAliyun({ templates: { TTS_1: ['title', 'name'], TTS_2: ['text'] } });
  tencent = await startTencent({ templates: { 2001: 2, 2002: 1 } });
});
afterEach(() => Promise.all([aliyun.close(), tencent.close()]));

const numbers: { readonly [to: string]: string } = {
  m1: '13800000001',
  m2: '13800000002',
  'l:p1': '0531-8200-0001',
  'l:p2': '0531-82000001-801',
  'l:p3': '82000001',
};

const channelOver = (gateway: VoiceGateway, question: string, information: string) =>
  createVoiceChannel({
    gateway,
    templates: {
      question: { id: question, text: '{title}，{name}，在岗请按1', places: ['title', 'name'] },
      information: { id: information, text: '{text}', places: ['text'] },
    },
    numberOf: (to) => numbers[to],
    nameOf: (to) => (to.startsWith('l:') ? '历下区' : '赵明'),
    dispatches: createDispatches(server.redis, 'jinan'),
    log: quietLog(),
  });

const overAliyun = (more: { readonly accessKeySecret?: string } = {}) => {
  const { accessKeyId, accessKeySecret, base } = aliyun;
  const settings = { showNumber: '057100000000', thanksId: 'TTS_3' };
  return channelOver(createAliyunVoice({ accessKeyId, accessKeySecret, base, timeoutMs: 5_000, ...more }, settings), 'TTS_1', 'TTS_2');
};
const overTencent = (more: { readonly secretKey?: string } = {}) => {
  const { secretId, secretKey, region, base, appId } = tencent;
  return channelOver(createTencentVoice({ secretId, secretKey, region, base, timeoutMs: 5_000, ...more }, appId), '2001', '2002');
};

const callHolder: Card = {
  ...card,
  buttons: [
    ...card.buttons,
    { title: '转下一人', value: { action: 'passOn', obligationId: 'ocp1.x' } },
    { title: '求援', value: { action: 'help' } },
  ],
};

const clouds = {
  aliyun: { open: overAliyun, cloud: () => aliyun, dialled: ['13800000001', '053182000001'] },
  tencent: { open: overTencent, cloud: () => tencent, dialled: ['+8613800000001', '+8653182000001'] },
};

describe.each(Object.entries(clouds))('calls through %s', (name, { open, cloud, dialled }) => {
  it('ring the mobile of a person and the landline of a post, and are not delivered by that', async () => {
    const results = await open().send([asking('m1'), asking('l:p1')]);
    expect(results).toMatchObject([1, 2].map(() => ({ status: 'sent', isDelivered: false })));
    expect(cloud().rung.map(({ to }) => to)).toEqual(dialled);
    expect(cloud().rung.map(({ params }) => Object.values(params))).toEqual([
      ['查岗', '赵明'],
      ['查岗', '历下区'],
    ]);
  });

  it('remember what each key stands for', async () => {
    const about = [{ obligationId: 'ocp1.x', stepNo: 3 }];
    await open().send([message('m1', { card: callHolder, about })]);
    expect(await createDispatches(server.redis, 'jinan').find(`${name}Voice`, cloud().rung[0]!.callId)).toEqual({
      to: 'm1',
      about,
      keys: {
        1: { action: 'acknowledge', obligationId: 'ocp1.x' },
        2: { action: 'passOn', obligationId: 'ocp1.x' },
        3: { action: 'help' },
      },
    });
  });

  it('go to no number that would ring somewhere else, nor to groups, and change nothing', async () => {
    const channel = open();
    const reached = await Promise.all(['m1', 'l:p1', 'l:p2', 'l:p3', 'm9', 'g:office'].map((to) => channel.canReach(to)));
    expect(reached).toEqual([true, true, false, false, false, false]);
    expect(await channel.send([asking('l:p2'), message('m1', { isUpdate: true })])).toEqual([
      { status: 'permanent', code: 'noNumber' },
      { status: 'sent', isDelivered: false },
    ]);
    expect(cloud().rung).toEqual([]);
  });

  it('say that the cloud was not reached where it was not', async () => {
    cloud().goesDown(true);
    expect(await open().send([asking('m1')])).toMatchObject([{ status: 'transient', isTransport: true }]);
  });

  it('are nothing without the right key', async () => {
    const forged = cloud() === tencent ? overTencent({ secretKey: 'other' }) : overAliyun({ accessKeySecret: 'other' });
    expect(await forged.send([asking('m1')])).toMatchObject([{ status: 'permanent' }]);
  });
});

it('Alibaba Cloud gets a menu of keys where something is asked, and a plain call where nothing is', async () => {
  await overAliyun().send([message('m1', { card: callHolder }), message('m2', { text: '通知' })]);
  expect(aliyun.rung).toMatchObject([
    { action: 'IvrCall', keys: ['1', '2', '3'], template: 'TTS_1' },
    { action: 'SingleCallByTts', keys: [], template: 'TTS_2' },
  ]);
});

it.each([
  ['isv.BUSINESS_LIMIT_CONTROL', 200, { status: 'transient', retryAfterMs: 60_000, triesNext: true }],
  ['isv.VOICE_CALL_PERIOD_ERROR', 200, { status: 'transient', retryAfterMs: 3_600_000, triesNext: true }],
  ['isv.VOICE_CALL_FAIL', 200, { status: 'transient' }],
  ['isp.GATEWAY_ERROR', 500, { status: 'transient' }],
  ['isv.OUT_OF_SERVICE', 200, { status: 'permanent' }],
  ['isv.TTS_TEMPLATE_ILLEGAL', 200, { status: 'permanent' }],
])('%s (HTTP %i) of Alibaba Cloud says what is to be done', async (code, status, result) => {
  aliyun.fails(code, status);
  expect(await overAliyun().send([asking('m1')])).toEqual([{ code, ...result }]);
});

it.each([
  ['RequestLimitExceeded', { status: 'transient', retryAfterMs: 1_000 }],
  ['FailedOperation.AccessUpstreamTimeout', { status: 'transient' }],
  ['LimitExceeded.DeliveryFrequencyLimit', { status: 'transient', retryAfterMs: 60_000, triesNext: true }],
  ['FailedOperation.InsufficientBalanceInVoicePackage', { status: 'permanent' }],
  ['InvalidParameterValue.CalledNumberVerifyFail', { status: 'permanent' }],
])('%s of Tencent Cloud says what is to be done', async (code, result) => {
  tencent.fails(code);
  expect(await overTencent().send([asking('m1')])).toEqual([{ code, ...result }]);
});
