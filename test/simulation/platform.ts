import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import type { Rng } from '../../src/app/rehearsal/rng.ts';
import type { Feature } from './scenario.ts';
import type { Life, Timeline } from './timeline.ts';

export type Mood = { kind: 'fine' | 'transient' | 'permanent'; hangsUntil: number };

export type PlatformParts = {
  readonly timeline: Timeline;
  readonly rng: Rng;
  readonly has: (feature: Feature) => boolean;
  readonly hasSms: boolean;
  /** A message leaves the house now. `lookedAt`: when its job began to look whether it is still wanted. */
  readonly leaves: (message: OutgoingMessage, channel: string, lookedAt: number) => void;
  readonly arrives: (message: OutgoingMessage) => void;
};

const minute = 60_000;

/** The platforms outside: they take messages, or don't, and bring them late, twice, or never. */
export const createPlatform = ({ timeline, rng, has, hasSms, leaves, arrives }: PlatformParts) => {
  const mood: Mood = { kind: 'fine', hangsUntil: 0 };
  const taken = new Set<string>();

  const bring = (message: OutgoingMessage): boolean => {
    if (has('lostMessages') && rng.chance(0.05)) return false;
    const travelMs = has('delayedMessages') && rng.chance(0.1) ? rng.between(minute, 15 * minute) : rng.between(50, 2_000);
    timeline.at(timeline.now() + travelMs, () => arrives(message));
    if (has('doubledMessages') && rng.chance(0.05)) timeline.at(timeline.now() + travelMs * 2, () => arrives(message));
    return true;
  };

  const take = (message: OutgoingMessage): SendResult => {
    if (mood.kind === 'transient' && rng.chance(0.8)) return { status: 'transient', code: 'busy' };
    if (mood.kind === 'permanent' && rng.chance(0.8)) return { status: 'permanent', code: 'gone' };
    const once = `${message.to} ${message.id}`;
    const isBrought = taken.has(once) || bring(message);
    taken.add(once);
    return { status: 'sent', isDelivered: isBrought && message.to.startsWith('m') && rng.chance(0.5) };
  };

  const channel = (name: string, vias: Channel['capabilities']['vias'], life: Life, lookedAt: number): Channel => ({
    name,
    capabilities: { vias, canUpdate: true, canReachGroups: true, batchSize: 3 },
    canReach: async (to) => to.startsWith('m') || (to === 'g:office' && vias.includes('card')),
    send: async (messages) => {
      for (const message of messages) leaves(message, name, lookedAt);
      const waitMs = Math.max(rng.between(5, 300), mood.hangsUntil - timeline.now());
      await timeline.sleep(waitMs, life);
      if (mood.hangsUntil > 0 && rng.chance(0.3)) throw new Error('the platform broke the connection');
      const results = messages.map(take);
      await timeline.sleep(rng.between(5, 100), life);
      return results;
    },
  });

  return {
    mood,
    channelsFor: (life: Life, lookedAt: number): readonly Channel[] => [
      channel('webchat', ['card'], life, lookedAt),
      ...(hasSms ? [channel('sms', ['sms'], life, lookedAt)] : []),
    ],
  };
};

export type Platform = ReturnType<typeof createPlatform>;
