import type { LedgerEvent } from '../domain/ledger/event.ts';
import type { Clock } from '../ports/clock.ts';
import { isStoreAway } from '../ports/fault.ts';
import type { Inbox, InboundMessage, InboxEntry } from '../ports/inbox.ts';
import type { Log } from '../ports/log.ts';

export type ConsumeInboxDeps = {
  readonly inbox: Inbox;
  /** Commits with `settles: entryId`: that, and nothing here, takes the entry out of the inbox. */
  readonly runTurn: (message: InboundMessage, entryId: string) => Promise<unknown>;
  /** Puts events into the ledger that need no decision. */
  readonly append: (events: readonly LedgerEvent[]) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** Stable over restarts, one for each process. */
  readonly consumer: string;
  readonly pause: (ms: number) => Promise<void>;
  readonly limits?: Partial<InboxLimits>;
  /** It has looked at the inbox, and there was room for what lay in it. */
  readonly onRound?: () => void;
};

export type InboxLimits = {
  readonly batch: number;
  /** Most turns at a time over all conversations. */
  readonly concurrent: number;
  readonly blockMs: number;
  /** More than this many attempts set a message aside. */
  readonly attempts: number;
  readonly retryMs: number;
  /** Between looks at a store that is away. */
  readonly awayMs: number;
};

const shipped: InboxLimits = { batch: 200, concurrent: 400, blockMs: 1_000, attempts: 5, retryMs: 50, awayMs: 200 };
/** From this attempt on a message runs alone: if it brings the process down, it takes no other with it. */
const suspectAttempts = 3;

/**
 * Takes messages from the inbox and hands each to the bot: in order within a conversation, conversations side by side.
 * A turn that fails is tried again; one that keeps failing is set aside and recorded. While the store is away, nothing
 * counts as an attempt. `stop` resolves when the turns in hand are over; what was not begun stays in the inbox.
 */
export const consumeInbox = (deps: ConsumeInboxDeps): { readonly stop: () => Promise<void> } => {
  const { inbox, log, consumer, pause } = deps;
  const limits = { ...shipped, ...deps.limits };
  const lanes = new Map<string, Promise<void>>();
  const inHand = new Set<string>();
  let isStopping = false;
  let wake = (): void => {};

  const setAside = async (entry: InboxEntry, reason: string): Promise<void> => {
    const { message, entryId } = entry;
    const at = deps.clock.now();
    await deps.append([{ at, event: 'MessageSetAside', channel: message.channel, data: { entryId, reason } }]);
    await inbox.setAside(entry, reason);
    log.error({ entryId, channel: message.channel, reason }, 'a message could not be handled and was set aside');
  };

  /** One attempt; true when the entry needs no other. */
  const attempt = async (entry: InboxEntry, attempts: number): Promise<boolean> => {
    if (attempts > limits.attempts) await setAside(entry, 'too many attempts');
    else await deps.runTurn(entry.message, entry.entryId);
    return true;
  };

  const handle = async (entry: InboxEntry): Promise<void> => {
    for (let attempts = entry.attempts; !isStopping;) {
      try {
        if (await attempt(entry, attempts)) return;
      } catch (error) {
        const isAway = isStoreAway(error);
        if (!isAway) attempts += 1;
        log.warn({ entryId: entry.entryId, attempts, isAway, error: String(error) }, 'a turn failed and is tried again');
        await pause(isAway ? limits.awayMs : limits.retryMs * attempts);
      }
    }
  };

  const start = (entry: InboxEntry): Promise<void> => {
    const { entryId, message } = entry;
    const lane = `${message.channel} ${message.conversation}`;
    const before = lanes.get(lane);
    inHand.add(entryId);
    const turn = (before ? before.then(() => handle(entry)) : handle(entry)).finally(() => {
      inHand.delete(entryId);
      if (lanes.get(lane) === turn) lanes.delete(lane);
      wake();
    });
    lanes.set(lane, turn);
    return turn;
  };

  const untilBelow = async (count: number): Promise<void> => {
    while (inHand.size >= count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      await inbox.hold(consumer, [...inHand]);
    }
  };

  const next = async (): Promise<void> => {
    await inbox.hold(consumer, [...inHand]);
    await untilBelow(limits.concurrent);
    const entries = await inbox.take(consumer, Math.min(limits.batch, limits.concurrent - inHand.size), limits.blockMs);
    for (const entry of entries) {
      if (inHand.has(entry.entryId)) continue;
      if (entry.attempts >= suspectAttempts) {
        await untilBelow(1);
        await start(entry);
      } else void start(entry);
    }
  };

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      try {
        await next();
        deps.onRound?.();
      } catch (error) {
        log.warn({ error: String(error) }, 'the inbox is away');
        await pause(limits.awayMs);
      }
    }
    await Promise.all(lanes.values());
  };

  const running = loop();
  return {
    stop: async () => {
      isStopping = true;
      await running;
    },
  };
};
