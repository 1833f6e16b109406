import { describe, expect, it, vi } from 'vitest';
import { guardChannel, type GuardRules } from '../../../adapters/guard/guard-channel.ts';
import type { Channel, OutgoingMessage, SendResult } from '../../../src/ports/channel.ts';
import type { RateLimits } from '../../../src/ports/rate-limits.ts';

const message = (to: string, isUpdate = false): OutgoingMessage => ({ id: `x${to}`, to, text: 'x', ...(isUpdate ? { isUpdate } : {}) });
const sent: SendResult = { status: 'sent', isDelivered: false };
const unreachable: SendResult = { status: 'transient', code: 'ECONNREFUSED', isTransport: true };

const limitsOf = (left: { [key: string]: number }, retryAfterMs = 1_000): RateLimits => ({
  take: async (key, rules) => {
    if (rules.length === 0) return { isTaken: true };
    left[key] = (left[key] ?? Number.POSITIVE_INFINITY) - 1;
    return left[key] >= 0 ? { isTaken: true } : { isTaken: false, retryAfterMs };
  },
  left: async () => [],
});

const rules: GuardRules = {
  perRecipient: [{ count: 1, perMs: 1 }],
  perChannel: [{ count: 1, perMs: 1 }],
  breakAfter: 3,
  halfOpenAfterMs: 30_000,
  timeoutMs: 5_000,
};

const guarded = (
  send: Channel['send'],
  limits = limitsOf({}),
  changed: Partial<GuardRules> = {},
  silentForMs?: () => number,
  canReach: Channel['canReach'] = async () => true,
  unheard?: () => number,
) => {
  const states: string[] = [];
  const channel: Channel = {
    name: 'wecom',
    capabilities: { vias: ['card'], canUpdate: true, canReachGroups: true, batchSize: 9 },
    canReach,
    send,
  };
  const guard = guardChannel(channel, {
    limits,
    rules: { ...rules, ...changed },
    ...(silentForMs ? { silentForMs } : {}),
    ...(unheard ? { unheard } : {}),
    onBreaker: (name, state) => void states.push(`${name} ${state}`),
  });
  return { guard, states };
};

const codes = (results: readonly SendResult[]): readonly string[] =>
  results.map((result) => (result.status === 'sent' ? 'sent' : result.code));

describe('a channel that is guarded', () => {
  it('is never driven above the limit of a recipient: what is over it comes back, in its place', async () => {
    const got: string[] = [];
    const { guard } = guarded(async (messages) => messages.map(({ to }) => (got.push(to), sent)), limitsOf({ 'wecom:b': 0 }));
    expect(codes(await guard.send([message('a'), message('b'), message('c'), message('b', true)]))).toEqual([
      'sent',
      'limited',
      'sent',
      'sent',
    ]);
    expect(got).toEqual(['a', 'c', 'b']);
  });

  it('sends nothing above the limit of the channel, and leaves long waits to the next channel', async () => {
    const send = vi.fn<Channel['send']>();
    const soon = guarded(send, limitsOf({ wecom: 0 }));
    expect(await soon.guard.send([message('a')])).toEqual([
      { status: 'transient', code: 'limited', retryAfterMs: 1_000, triesNext: false },
    ]);
    const late = guarded(send, limitsOf({ wecom: 0 }, 600_000));
    expect((await late.guard.send([message('a')]))[0]).toMatchObject({ triesNext: true });
    expect(send).not.toHaveBeenCalled();
  });

  it('is left alone after failures of transport in a row, and what meets that goes to the next channel at once', async () => {
    const send = vi.fn<Channel['send']>(async (messages) => messages.map(() => unreachable));
    const { guard, states } = guarded(send);
    for (let times = 0; times < 3; times++)
      expect((await guard.send([message('a')]))[0]).toMatchObject({ code: 'ECONNREFUSED', triesNext: true });
    expect(await guard.send([message('a')])).toEqual([{ status: 'transient', code: 'breakerOpen', retryAfterMs: 30_000, triesNext: true }]);
    expect(send).toHaveBeenCalledTimes(3);
    expect([states, guard.breaker()]).toEqual([['wecom open'], 'open']);
  });

  it('tries again after a while, and goes on once that has worked', async () => {
    vi.useFakeTimers();
    try {
      let isUp = false;
      const { guard, states } = guarded(async (messages) => messages.map(() => (isUp ? sent : unreachable)));
      for (let times = 0; times < 3; times++) await guard.send([message('a')]);
      isUp = true;
      expect(codes(await guard.send([message('a')]))).toEqual(['breakerOpen']);
      vi.advanceTimersByTime(30_000);
      expect(codes(await guard.send([message('a')]))).toEqual(['sent']);
      expect(states).toEqual(['wecom open', 'wecom halfOpen', 'wecom closed']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not take what the platform says of messages for a failure of the platform', async () => {
    const refused: readonly SendResult[] = [
      { status: 'permanent', code: '81013' },
      { status: 'transient', code: '45009' },
    ];
    const { guard, states } = guarded(async () => refused);
    for (let times = 0; times < 10; times++) expect(await guard.send([message('a'), message('b')])).toEqual(refused);
    expect(states).toEqual([]);
  });

  it('waits for a silent platform only so long', async () => {
    vi.useFakeTimers();
    try {
      const { guard } = guarded(() => new Promise(() => {}));
      const sending = guard.send([message('a')]);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await sending).toEqual([{ status: 'transient', code: 'timeout', isTransport: true, triesNext: true }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks once more where the platform takes a message once under its id: whoever has it gets it from nobody else', async () => {
    const asked: string[][] = [];
    const lost: SendResult = { ...unreachable, mayAskAgain: true };
    const { guard } = guarded(async (messages) => {
      asked.push(messages.map(({ to }) => to));
      return messages.map(({ to }) => (asked.length === 1 && to !== 'a' ? (to === 'c' ? unreachable : lost) : sent));
    });
    expect(await guard.send([message('a'), message('b'), message('c')])).toEqual([sent, sent, { ...unreachable, triesNext: true }]);
    expect(asked).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it('does not wait long for the second answer', async () => {
    vi.useFakeTimers();
    try {
      let calls = 0;
      const { guard } = guarded(async (messages) => {
        calls += 1;
        return calls === 1 ? messages.map((): SendResult => ({ ...unreachable, mayAskAgain: true })) : new Promise(() => {});
      });
      const sending = guard.send([message('a')]);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await sending).toMatchObject([{ code: 'ECONNREFUSED', triesNext: true }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets nobody wait behind others to whom the platform says nothing', async () => {
    const send = vi.fn<Channel['send']>(async (messages) => messages.map(() => sent));
    let silentMs = 1_000;
    const { guard } = guarded(send, limitsOf({}), {}, () => silentMs);
    expect(codes(await guard.send([message('a')]))).toEqual(['sent']);
    silentMs = 1_600;
    expect(await guard.send([message('a')])).toMatchObject([{ code: 'silent', triesNext: true }]);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('gives up a platform that says nothing to anybody, also where nobody gets as far as to send', async () => {
    const send = vi.fn<Channel['send']>(async (messages) => messages.map(() => sent));
    let [silentMs, unheard] = [1_600, 0];
    const { guard, states } = guarded(
      send,
      limitsOf({}),
      {},
      () => silentMs,
      undefined,
      () => unheard,
    );
    unheard = rules.breakAfter - 1;
    expect(codes(await guard.send([message('a')]))).toEqual(['silent']);
    unheard += 1;
    expect(await guard.send([message('a')])).toMatchObject([{ code: 'breakerOpen', triesNext: true }]);
    expect(states).toEqual(['wecom open']);
    silentMs = 0;
    expect(codes(await guard.send([message('a')]))).toEqual(['breakerOpen']);
    expect(send).not.toHaveBeenCalled();
  });

  it('takes somebody for reachable where a directory keeps us waiting', async () => {
    vi.useFakeTimers();
    try {
      const { guard } = guarded(
        async () => [],
        limitsOf({}),
        {},
        undefined,
        () => new Promise(() => {}),
      );
      const asking = guard.canReach('a');
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await asking).toBe(true);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('counts a channel that throws as one that failed', async () => {
    const { guard } = guarded(() => Promise.reject(new Error('socket')));
    for (let times = 0; times < 3; times++) expect(codes(await guard.send([message('a')]))).toEqual(['thrown']);
    expect(codes(await guard.send([message('a')]))).toEqual(['breakerOpen']);
  });
});
