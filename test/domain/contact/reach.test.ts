import { describe, expect, it } from 'vitest';
import { evolveReach, isPaused, isUnreached, nobodyPaused, type Reach } from '../../../src/domain/contact/reach.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';

type Said = readonly [event: 'ChannelPaused' | 'ChannelResumed', by: string, channel: string, left: readonly string[]];

const eventOf = ([event, by, channel, left]: Said): LedgerEvent => ({ at: 1, event, channel, data: { by, left } });
const after = (...said: readonly Said[]): Reach => said.reduce((reach, one) => evolveReach(reach, eventOf(one)), nobodyPaused);

describe('channels that people stop for themselves', () => {
  it('are stopped for whoever said so, on the channel on which they said it, and for nobody else', () => {
    const reach = after(['ChannelPaused', 'm1', 'feishu', ['webchat']]);
    expect(isPaused(reach, 'm1', 'feishu')).toBe(true);
    expect(isPaused(reach, 'm1', 'webchat')).toBe(false);
    expect(isPaused(reach, 'm2', 'feishu')).toBe(false);
    expect(isUnreached(reach, 'm1')).toBe(false);
    expect(isUnreached(reach, 'm2')).toBe(false);
  });

  it('leave whoever has stopped the last of them unreached, until they take one up again', () => {
    const none = after(['ChannelPaused', 'm1', 'feishu', ['webchat']], ['ChannelPaused', 'm1', 'webchat', []]);
    expect(none).toEqual({ m1: { paused: ['feishu', 'webchat'], left: [] } });
    expect(isUnreached(none, 'm1')).toBe(true);
    const one = evolveReach(none, eventOf(['ChannelResumed', 'm1', 'feishu', ['feishu']]));
    expect(one).toEqual({ m1: { paused: ['webchat'], left: ['feishu'] } });
    expect(isUnreached(one, 'm1')).toBe(false);
  });

  it('stopped twice are stopped once: taken up once, they are open', () => {
    const reach = after(
      ['ChannelPaused', 'm1', 'feishu', ['webchat']],
      ['ChannelPaused', 'm1', 'feishu', ['webchat']],
      ['ChannelPaused', 'm2', 'feishu', ['webchat']],
      ['ChannelResumed', 'm1', 'feishu', ['feishu', 'webchat']],
    );
    expect(reach).toEqual({ m2: { paused: ['feishu'], left: ['webchat'] } });
  });

  it('stay as they are where somebody takes up what they never stopped, and for every other event', () => {
    const reach = after(['ChannelPaused', 'm2', 'feishu', ['webchat']]);
    expect(evolveReach(reach, eventOf(['ChannelResumed', 'm1', 'feishu', ['feishu']]))).toEqual(reach);
    expect(evolveReach(reach, { at: 2, event: 'AnswerRecorded', channel: 'feishu', data: { by: 'm2' } })).toBe(reach);
    expect(evolveReach(reach, { at: 2, event: 'ChannelPaused', data: { by: 'm1', left: [] } })).toBe(reach);
  });
});
