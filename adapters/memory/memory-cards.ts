import type { BundledCard, BundledCards } from '../../src/ports/bundled-cards.ts';
import type { Conversations } from '../../src/ports/conversations.ts';

/** What is remembered of cards that speak of several obligations. */
export const createMemoryBundledCards = (): BundledCards => {
  const cards = new Map<string, BundledCard>();
  return {
    remember: async (to, cardKey, obligationIds) => {
      for (const id of obligationIds) cards.set(`${to} ${id}`, { cardKey, obligationIds });
    },
    find: async (asked) => asked.map(({ to, obligationId }) => cards.get(`${to} ${obligationId}`)),
  };
};

/** Where people can be reached, and the platform's ids of what they were sent. */
export const createMemoryConversations = (): Conversations => {
  const references = new Map<string, unknown>();
  const messages = new Map<string, string>();
  return {
    rememberReference: async (channel, personId, reference) => void references.set(`${channel} ${personId}`, reference),
    referencesOf: async (channel, personIds) => personIds.map((personId) => references.get(`${channel} ${personId}`)),
    rememberMessages: async (channel, sent) => {
      for (const { to, cardKey, platformMessageId } of sent) messages.set(`${channel} ${to} ${cardKey}`, platformMessageId);
    },
    messagesOf: async (channel, cards) => cards.map(({ to, cardKey }) => messages.get(`${channel} ${to} ${cardKey}`)),
  };
};
