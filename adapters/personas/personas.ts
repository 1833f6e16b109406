import { createHash } from 'node:crypto';
import type { Channel, OutgoingMessage } from '../../src/ports/channel.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Inbox } from '../../src/ports/inbox.ts';
import type { Log } from '../../src/ports/log.ts';

/**
 * The invented people of the demo answer like people: most within minutes, some late, a few not at all. Whoever is
 * played in a browser is left alone. They speak through the same inbox as everybody.
 */

export type Part = 'punctual' | 'late' | 'overslept' | 'asleep' | 'office';

const minute = 60_000;

/** 0 to 1, the same in every run for one person and question. */
const shareOf = (label: string): number => createHash('sha256').update(label).digest()[0]! / 256;

/** After how long they answer, campaign ms; undefined: never. */
const delayOf = (part: Part, label: string): number | undefined => {
  switch (part) {
    case 'asleep':
      return undefined;
    case 'punctual':
      return (1 + 4 * shareOf(label)) * minute;
    case 'late':
      return (11 + 2 * shareOf(label)) * minute;
    // comes to take over after the window, and before the office has to ring
    case 'overslept':
      return (30 + 4 * shareOf(label)) * minute;
    // long after the group has heard of it, so that a newcomer sees the whole ladder
    case 'office':
      return (65 + 10 * shareOf(label)) * minute;
  }
};

export type PersonasDeps = {
  readonly channel: Channel;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly clock: Clock;
  /** Campaign ms to a real ms. */
  readonly scale: number;
  readonly log: Log;
  /** What part somebody plays towards an obligation. */
  readonly partOf: (personId: string, obligationId: string) => Part;
};

const rememberedAnswers = 10_000;

/** The channel as it was, with somebody at the other end of every conversation that nobody has open. */
export const withPersonas = (
  deps: PersonasDeps,
): Channel & {
  /** Somebody reads that question in a browser after all: from now on it is theirs to answer. */
  readonly leaveAlone: (to: string, obligationId: string) => void;
  readonly stop: () => void;
} => {
  const { channel, inbox, clock, scale, log } = deps;
  const timers = new Map<string, NodeJS.Timeout>();
  const planned = new Set<string>();

  const keyOf = (to: string, obligationId: string): string => `${to} ${obligationId}`;

  const answerLater = (to: string, obligationId: string, afterMs: number): void => {
    const key = keyOf(to, obligationId);
    if (planned.has(key)) return;
    if (planned.size >= rememberedAnswers) planned.clear();
    planned.add(key);
    const timer = setTimeout(() => {
      timers.delete(key);
      const message = {
        id: `persona ${key}`,
        channel: channel.name,
        conversation: `c-${to}`,
        isGroup: false,
        from: to,
        receivedAt: clock.now(),
      };
      inbox.put({ ...message, value: { action: 'acknowledge', obligationId } }).catch((error: unknown) => {
        log.debug({ error: String(error) }, 'a person of the demo could not answer');
      });
    }, afterMs / scale);
    timers.set(key, timer);
  };

  const hear = ({ to, asking }: OutgoingMessage): void => {
    if (!asking || !to.startsWith('m')) return;
    const afterMs = delayOf(deps.partOf(to, asking.obligationId), `${to} ${asking.obligationId}`);
    if (afterMs !== undefined) answerLater(to, asking.obligationId, afterMs);
  };

  return {
    ...channel,
    send: async (messages) => {
      const results = await channel.send(messages);
      for (const [index, message] of messages.entries()) {
        const result = results[index];
        if (result?.status === 'sent' && !result.isDelivered) hear(message);
      }
      return results;
    },
    leaveAlone: (to, obligationId) => {
      const key = keyOf(to, obligationId);
      clearTimeout(timers.get(key));
      timers.delete(key);
      planned.add(key);
    },
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
};
