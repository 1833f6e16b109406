import type { OutgoingMessage } from '../../ports/channel.ts';

/** What a platform allows: so many messages in so long, to one recipient, to the group, or in all. */
export type PlatformLimit = {
  readonly platform: string;
  /** Which of the rehearsal's channels it would carry. */
  readonly channel: 'chat' | 'sms' | 'voice';
  readonly scope: 'person' | 'group' | 'all';
  readonly count: number;
  readonly perMs: number;
};

export type LimitLoad = PlatformLimit & {
  /** Most messages that wanted to leave in one such span. */
  readonly peak: number;
  /** Epoch ms of the span's beginning; null where nothing was sent. */
  readonly peakAt: number | null;
  /** `peak` over `count`; above 1 messages wait. */
  readonly share: number;
  /** How long the peak takes to leave at the platform's pace, ms. */
  readonly drainMs: number;
};

export type ChannelLoad = {
  readonly channel: string;
  readonly messages: number;
  readonly peakPerMinute: number;
  readonly peakAt: number | null;
  readonly limits: readonly LimitLoad[];
};

type Window = { from: number; readonly counts: Map<string, number> };
type Peak = { most: number; at: number | null };

const isGroup = (to: string): boolean => to.startsWith('g:');

const countsFor = (scope: PlatformLimit['scope'], to: string): string | undefined => {
  if (scope === 'all') return '';
  return isGroup(to) === (scope === 'group') ? to : undefined;
};

/** Counts in spans that follow each other; messages come in the order of time. */
const countSpans = (perMs: number) => {
  const window: Window = { from: Number.NEGATIVE_INFINITY, counts: new Map() };
  const peak: Peak = { most: 0, at: null };
  return {
    peak,
    add: (key: string, at: number): void => {
      if (at >= window.from + perMs) {
        window.from = Math.floor(at / perMs) * perMs;
        window.counts.clear();
      }
      const count = (window.counts.get(key) ?? 0) + 1;
      window.counts.set(key, count);
      if (count <= peak.most) return;
      peak.most = count;
      peak.at = window.from;
    },
  };
};

const minute = 60_000;

/** What one channel has to carry, and how near it comes to what platforms document. */
export const createLoad = (channel: PlatformLimit['channel'], limits: readonly PlatformLimit[]) => {
  const perMinute = countSpans(minute);
  const own = limits.filter((limit) => limit.channel === channel).map((limit) => ({ limit, spans: countSpans(limit.perMs) }));
  let messages = 0;
  return {
    add: ({ to }: OutgoingMessage, at: number): void => {
      messages += 1;
      perMinute.add('', at);
      for (const { limit, spans } of own) {
        const key = countsFor(limit.scope, to);
        if (key !== undefined) spans.add(key, at);
      }
    },
    result: (): ChannelLoad => ({
      channel,
      messages,
      peakPerMinute: perMinute.peak.most,
      peakAt: perMinute.peak.at,
      limits: own.map(({ limit, spans: { peak } }) => ({
        ...limit,
        peak: peak.most,
        peakAt: peak.at,
        share: Math.round((peak.most / limit.count) * 100) / 100,
        drainMs: Math.max(0, Math.ceil(peak.most / limit.count) - 1) * limit.perMs,
      })),
    }),
  };
};
