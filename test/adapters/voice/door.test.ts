import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDispatches } from '../../../adapters/redis/dispatches.ts';
import { createVoiceDoor } from '../../../adapters/voice/door.ts';
import { callbacks, openDoor } from '../../support/phone-callbacks.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());
beforeEach(() => server.redis.flushall());

const about = [{ obligationId: 'ocp1.x', stepNo: 3 }];
const keys = {
  1: { action: 'acknowledge', obligationId: 'ocp1.x' },
  2: { action: 'passOn', obligationId: 'ocp1.x' },
  3: { action: 'help' },
};

const open = (channel: 'aliyunVoice' | 'tencentVoice', holder: string | undefined = 'm7') => {
  const dispatches = createDispatches(server.redis, 'jinan');
  const speakerAt = (to: string) => (to === 'l:p1' ? holder : to);
  return { dispatches, ...openDoor((deps) => createVoiceDoor({ ...deps, channel, speakerAt, dispatches })) };
};

const callIds = { aliyunVoice: '116000^103000', tencentVoice: '12582bce-403c-11eb-0' } as const;

describe.each(['aliyunVoice', 'tencentVoice'] as const)('the callback of %s', (channel) => {
  const callId = callIds[channel];

  it.each([
    ['m1', 'm1', 'mobile'],
    ['l:p1', 'm7', 'landline'],
  ])('takes a key in as the press of a button, once, and as what it proves: a call to %s', async (to, from, phone) => {
    const { post, put, dispatches } = open(channel);
    await dispatches.remember(channel, callId, { to, about, keys });
    const first = await post(callbacks[channel]['key']!);
    expect([first.statusCode, (await post(callbacks[channel]['key']!)).statusCode]).toEqual([200, 200]);
    expect(put).toMatchObject([{ channel, conversation: to, from, phone, value: { action: 'acknowledge', obligationId: 'ocp1.x' } }]);
  });

  it.each(['2', '3'])('takes the key %s for its button, and one that means nothing for nothing', async (key) => {
    const { post, put, dispatches } = open(channel);
    await dispatches.remember(channel, callId, { to: 'm1', about, keys });
    const pressed = (digit: string): string =>
      JSON.stringify(callbacks[channel]['key'])
        .replace('"dtmf":"1"', `"dtmf":"${digit}"`)
        .replace('"keypress":"1"', `"keypress":"${digit}"`);
    await post(pressed('9'));
    await post(pressed(key));
    expect(put.map(({ value }) => value)).toEqual([keys[key as '2' | '3']]);
  });

  it('gives a key at a landline where nobody is known to stand no effect', async () => {
    const { post, put, dispatches, counted } = open(channel, '');
    await dispatches.remember(channel, callId, { to: 'l:p1', about, keys });
    const nobody = openDoor((deps) => createVoiceDoor({ ...deps, channel, speakerAt: () => undefined, dispatches }));
    expect((await nobody.post(callbacks[channel]['key']!)).statusCode).toBe(200);
    expect([nobody.put, nobody.counted]).toEqual([[], ['stranger', 'taken']]);
    expect([put, counted, typeof post]).toEqual([[], [], 'function']);
  });

  it('waits a moment for a call that it does not know yet, and counts one that stays unknown', async () => {
    const { post, put, counted, pauses, dispatches } = open(channel);
    expect((await post(callbacks[channel]['key']!)).statusCode).toBe(200);
    expect([put, counted, pauses.length]).toEqual([[], ['unknown', 'taken'], 2]);
    pauses.meanwhile = () => dispatches.remember(channel, callId, { to: 'm1', about, keys });
    await post(callbacks[channel]['key']!);
    expect([put.length, pauses.length]).toEqual([1, 3]);
  });

  it('refuses another secret and what makes no sense', async () => {
    const { post, counted } = open(channel);
    const statuses = [await post(callbacks[channel]['key']!, { at: 'another-secret-of-16' }), await post({ voicekey_callback: {} })];
    expect(statuses.map(({ statusCode }) => statusCode)).toEqual([401, 400]);
    expect(counted).toEqual(['badSignature', 'malformed']);
  });
});

const endOf = (fields: object): object => [{ ...(callbacks.aliyunVoice['ended'] as readonly object[])[0], ...fields }];
const statusOf = (result: string): object => ({
  voiceprompt_callback: { ...(callbacks.tencentVoice['status'] as { voiceprompt_callback: object }).voiceprompt_callback, result },
});
const failureOf = (failure_code: number): object => ({
  voice_failure_callback: {
    ...(callbacks.tencentVoice['failed'] as { voice_failure_callback: object }).voice_failure_callback,
    failure_code,
  },
});

describe('how a call ended', () => {
  it.each([
    ['aliyunVoice', endOf({ status_code: '200000' }), { status: 'rang', result: 'pickedUp' }],
    ['aliyunVoice', endOf({ status_code: '200001' }), { status: 'rang', result: 'pickedUp' }],
    ['aliyunVoice', endOf({ status_code: '200002' }), { status: 'rang', result: 'busy' }],
    ['aliyunVoice', endOf({ status_code: '200003' }), { status: 'rang', result: 'noAnswer' }],
    ['aliyunVoice', endOf({ status_code: '200004' }), { status: 'rang', result: 'invalidNumber' }],
    ['aliyunVoice', endOf({ status_code: '200005' }), { status: 'rang', result: 'hungUp' }],
    ['aliyunVoice', endOf({ status_code: '200005', ring_time: '' }), { status: 'failed', code: 'unreachable' }],
    ['aliyunVoice', endOf({ status_code: '200010', ring_time: '' }), { status: 'failed', code: 'poweredOff' }],
    ['aliyunVoice', endOf({ status_code: 999_999 }), { status: 'failed', code: '999999' }],
    ['tencentVoice', statusOf('0'), { status: 'rang', result: 'pickedUp' }],
    ['tencentVoice', statusOf('1'), { status: 'failed', code: 'notPickedUp' }],
    ['tencentVoice', failureOf(1), { status: 'failed', code: 'poweredOff' }],
    ['tencentVoice', failureOf(2), { status: 'rang', result: 'busy' }],
    ['tencentVoice', failureOf(5), { status: 'rang', result: 'noAnswer' }],
    ['tencentVoice', failureOf(8), { status: 'rang', result: 'invalidNumber' }],
    ['tencentVoice', failureOf(12), { status: 'failed', code: 'failure 12' }],
  ] as const)('is a receipt and no answer, once: %s %j', async (channel, body, outcome) => {
    const { post, put, receipts, dispatches } = open(channel);
    await dispatches.remember(channel, callIds[channel], { to: 'l:p1', about, keys });
    await post(body);
    await post(body);
    expect(receipts).toEqual([{ to: 'l:p1', about, channel, outcome }]);
    expect(put).toEqual([]);
  });

  it('keeps nobody waiting for each of many calls that are unknown', async () => {
    const { post, counted, pauses } = open('aliyunVoice');
    const [one] = callbacks.aliyunVoice['ended'] as readonly object[];
    expect((await post(Array.from({ length: 300 }, (_, index) => ({ ...one, call_id: `foreign.${index}` })))).statusCode).toBe(200);
    expect([counted.filter((what) => what === 'unknown').length, pauses.length]).toEqual([300, 2]);
  });

  it('is not known while it rings; a key may come with the end, and is the one that came before', async () => {
    const { post, put, receipts, dispatches } = open('aliyunVoice');
    await dispatches.remember('aliyunVoice', callIds.aliyunVoice, { to: 'm1', about, keys });
    await post(callbacks.aliyunVoice['rings']!);
    expect([put, receipts]).toEqual([[], []]);
    await post(callbacks.aliyunVoice['key']!);
    await post(endOf({ status_code: '200000', dtmf: '1' }));
    expect(put).toHaveLength(1);
    expect(receipts).toHaveLength(1);
  });
});
