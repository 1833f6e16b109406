import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleType } from 'cockatiel';
import type { Channel, OutgoingMessage, SendResult } from '../../src/ports/channel.ts';
import type { RateLimits, RateRule } from '../../src/ports/rate-limits.ts';

export type GuardRules = {
  /** To one recipient, changes of a message not counted. */
  readonly perRecipient: readonly RateRule[];
  /** Calls of `send` altogether. */
  readonly perChannel: readonly RateRule[];
  /** Failures in a row, of transport only, after which nothing is tried for a while. */
  readonly breakAfter: number;
  readonly halfOpenAfterMs: number;
  /** A platform that has said nothing by then has failed. */
  readonly timeoutMs: number;
};

export type BreakerState = 'closed' | 'open' | 'halfOpen';

export type GuardDeps = {
  readonly limits: RateLimits;
  readonly rules: GuardRules;
  /** Real ms. */
  readonly now?: () => number;
  readonly onSent?: (channel: string, results: readonly SendResult[], tookMs: number) => void;
  readonly onBreaker?: (channel: string, state: BreakerState) => void;
};

export type GuardedChannel = Channel & { readonly breaker: () => BreakerState };

class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly code: string;

  constructor(code: string, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

const silent = (timeoutMs: number): { readonly late: Promise<never>; readonly stop: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransportFailure('timeout')), timeoutMs);
  });
  return { late, stop: () => clearTimeout(timer) };
};

/** Whoever would have to wait longer for a limit is written to elsewhere. */
const longWaitMs = 60_000;

const isTransport = (result: SendResult): boolean => result.status === 'transient' && result.isTransport === true;

/**
 * Keeps a channel within what its platform allows, and leaves it alone while it fails: what is over a limit is not sent
 * and comes back later, for some platforms drop the excess in silence; what meets an open breaker goes to the next
 * channel at once. What a platform says about a message is no failure of the platform.
 */
export const guardChannel = (channel: Channel, { limits, rules, now = Date.now, onSent, onBreaker }: GuardDeps): GuardedChannel => {
  const breaker = circuitBreaker(handleType(TransportFailure), {
    halfOpenAfter: rules.halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(rules.breakAfter),
  });
  let state: BreakerState = 'closed';
  const becomes = (next: BreakerState): void => {
    if (state === next) return;
    state = next;
    onBreaker?.(channel.name, next);
  };
  breaker.onBreak(() => becomes('open'));
  breaker.onHalfOpen(() => becomes('halfOpen'));
  breaker.onReset(() => becomes('closed'));

  const limitedBy = async (message: OutgoingMessage): Promise<SendResult | undefined> => {
    // A change of a card that hangs there is no message more.
    if (message.isUpdate || rules.perRecipient.length === 0) return undefined;
    const taken = await limits.take(`${channel.name}:${message.to}`, rules.perRecipient);
    if (taken.isTaken) return undefined;
    const { retryAfterMs } = taken;
    return { status: 'transient', code: 'limited', retryAfterMs, triesNext: retryAfterMs > longWaitMs };
  };

  const sendNow = async (messages: readonly OutgoingMessage[]): Promise<readonly SendResult[]> => {
    const { late, stop } = silent(rules.timeoutMs);
    const startedAt = now();
    try {
      return await breaker.execute(async () => {
        const results = await Promise.race([channel.send(messages), late]).catch((error: unknown) => {
          throw error instanceof TransportFailure ? error : new TransportFailure('thrown', error);
        });
        onSent?.(channel.name, results, now() - startedAt);
        if (results.length > 0 && results.every(isTransport)) throw Object.assign(new TransportFailure('unreachable'), { results });
        return results;
      });
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        return messages.map(() => ({ status: 'transient', code: 'breakerOpen', retryAfterMs: rules.halfOpenAfterMs, triesNext: true }));
      if (!(error instanceof TransportFailure)) throw error;
      const said = (error as TransportFailure & { readonly results?: readonly SendResult[] }).results;
      const failed: readonly SendResult[] =
        said?.map((result) => ({ ...result, triesNext: true }) as SendResult) ??
        messages.map(() => ({ status: 'transient', code: error.code, isTransport: true, triesNext: true }));
      if (said === undefined) onSent?.(channel.name, failed, now() - startedAt);
      return failed;
    } finally {
      stop();
    }
  };

  return {
    name: channel.name,
    capabilities: channel.capabilities,
    canReach: (to) => channel.canReach(to),
    breaker: () => state,
    send: async (messages) => {
      const turn = await limits.take(channel.name, rules.perChannel);
      if (!turn.isTaken)
        return messages.map(() => ({
          status: 'transient',
          code: 'limited',
          retryAfterMs: turn.retryAfterMs,
          triesNext: turn.retryAfterMs > longWaitMs,
        }));
      const refused = await Promise.all(messages.map(limitedBy));
      const allowed = messages.filter((_, index) => refused[index] === undefined);
      const results = allowed.length === 0 ? [] : await sendNow(allowed);
      let next = 0;
      return refused.map((result) => result ?? results[next++] ?? { status: 'transient', code: 'no result' });
    },
  };
};
