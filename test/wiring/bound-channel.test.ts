import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { boundChannel, longestSendMs } from '../../src/wiring/bound-channel.ts';
import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const message = (to: string): OutgoingMessage => ({ id: to, to, text: 'hello' });
const channelThat = (send: Channel['send']): Channel => ({
  name: 'slow',
  capabilities: { vias: ['card'], canUpdate: true, canReachGroups: true, batchSize: 50 },
  canReach: async (to) => to === 'm1',
  send,
});

it('takes a platform that never answers for one that failed for the moment, for every message', async () => {
  const bound = boundChannel(channelThat(() => new Promise(() => {})));
  const sending = bound.send([message('m1'), message('m2')]);
  let results: readonly SendResult[] | undefined;
  void sending.then((said) => (results = said));
  await vi.advanceTimersByTimeAsync(longestSendMs - 1);
  expect(results).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(results).toEqual([
    { status: 'transient', code: 'timeout', isTransport: true, triesNext: true },
    { status: 'transient', code: 'timeout', isTransport: true, triesNext: true },
  ]);
});

it('lets one that answers say what it says, throw what it throws, and leaves no timer behind', async () => {
  const sent = { status: 'sent', isDelivered: true } as const;
  expect(await boundChannel(channelThat(async () => [sent])).send([message('m1')])).toEqual([sent]);
  await expect(boundChannel(channelThat(() => Promise.reject(new Error('broken')))).send([message('m1')])).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
  expect(await boundChannel(channelThat(async () => [])).canReach('m2')).toBe(false);
});

it('does not mind a platform that fails after its time', async () => {
  const { promise, reject } = Promise.withResolvers<readonly SendResult[]>();
  const sending = boundChannel(channelThat(() => promise)).send([message('m1')]);
  await vi.advanceTimersByTimeAsync(longestSendMs);
  reject(new Error('too late'));
  expect(await sending).toEqual([{ status: 'transient', code: 'timeout', isTransport: true, triesNext: true }]);
});
