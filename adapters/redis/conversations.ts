import type { Conversations } from '../../src/ports/conversations.ts';
import { orAway } from './away.ts';
import { keysOf } from './keys.ts';
import type { RedisClient } from './script.ts';

const cardMs = 7 * 24 * 60 * 60_000;

/** References in one hash a channel, cards' platform ids each under a key that forgets itself. Rejects with ZG_STORE_AWAY. */
export const createConversations = (redis: RedisClient, bureau: string): Conversations => {
  const { prefix } = keysOf(bureau);
  const cardKeyOf = (channel: string, card: { readonly to: string; readonly cardKey: string }): string =>
    `${prefix}:card:${channel}:${card.to}:${card.cardKey}`;
  return {
    rememberReference: async (channel, personId, reference) => {
      await orAway(redis.hset(`${prefix}:refs:${channel}`, personId, JSON.stringify(reference)));
    },
    referencesOf: async (channel, personIds) => {
      if (personIds.length === 0) return [];
      const found = await orAway(redis.hmget(`${prefix}:refs:${channel}`, ...personIds));
      return found.map((reference): unknown => (reference === null ? undefined : JSON.parse(reference)));
    },
    rememberMessages: async (channel, sent) => {
      if (sent.length === 0) return;
      const pipeline = redis.pipeline();
      for (const card of sent) pipeline.set(cardKeyOf(channel, card), card.platformMessageId, 'PX', cardMs);
      const results = await orAway(pipeline.exec());
      for (const [error] of results ?? []) if (error) throw error;
    },
    messagesOf: async (channel, cards) => {
      if (cards.length === 0) return [];
      const found = await orAway(redis.mget(...cards.map((card) => cardKeyOf(channel, card))));
      return found.map((id) => id ?? undefined);
    },
  };
};
