import type { Phone } from '../domain/escalation/decide.ts';
import type { FileRef } from '../domain/items/item.ts';

/** One message from a platform, verified, before anybody has looked at what it says. */
export type InboundMessage = {
  /** The platform's id of the message: the same id is taken once. */
  readonly id: string;
  readonly channel: string;
  readonly conversation: string;
  readonly isGroup: boolean;
  /** Who sent it: the person's id (`m…`) that the channel's door has bound the identity to. Nobody unknown comes in. */
  readonly from: string;
  /** Epoch ms, campaign clock. */
  readonly receivedAt: number;
  readonly text?: string;
  /** What a button carries, with what was put into the inputs of its card: strings, each under its input's id. */
  readonly value?: unknown;
  /** What came with it: kept already, before the message was taken. Never empty. */
  readonly files?: readonly FileRef[];
  readonly locale?: string;
  /** Which telephone it came by, where it came by one: that is part of what it proves. Whoever pressed a key is not called back. */
  readonly phone?: Phone;
  /** What the channel needs to reply, for example a Bot Framework conversation reference. */
  readonly reference?: unknown;
};

export type InboxEntry = { readonly entryId: string; readonly attempts: number; readonly message: InboundMessage };

/** The durable queue between a platform's webhook and the bot. */
export type Inbox = {
  /** Durable when it resolves. `false`: this id was here before. Rejects with ZG_STORE_AWAY while the store is away. */
  put(message: InboundMessage): Promise<boolean>;
  /** The next entries for this consumer, oldest first; what a dead consumer left comes back after `idleMs`. */
  take(consumer: string, limit: number, blockMs: number): Promise<readonly InboxEntry[]>;
  /** These are still being worked on: nobody else gets them for another `idleMs`. Cheap, may be called often. */
  hold(consumer: string, entryIds: readonly string[]): Promise<void>;
  /** An entry that can't be handled: out of the queue, kept where the office sees it. */
  setAside(entry: InboxEntry, reason: string): Promise<void>;
};
