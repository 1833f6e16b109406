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

/** Limits that a platform counts by, under the keys by which we count them. */
export type Quota = { readonly key: string; readonly rules: readonly RateRule[] };

export type BreakerState = 'closed' | 'open' | 'halfOpen';

export type GuardDeps = {
  readonly limits: RateLimits;
  readonly rules: GuardRules;
  /** For how long the platform has been silent to whoever waits for it by now, real ms. */
  readonly silentForMs?: () => number;
  /** Calls to it of any kind, in a row, that ended without a word: while others wait, nobody tries to send and fails. */
  readonly unheard?: () => number;
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

/** Behind others who have waited this long for a word, real ms, nobody waits: a healthy platform answers sooner. */
const silentAfterMs = 1_000;
/** A directory that is asked whether somebody is there may take this long; then the attempt to send will say. */
const askMs = 1_000;
/** Asked once more, a platform that took the first question in answers sooner than this. */
const askAgainMs = 2_000;

/** Whoever would have to wait longer for a limit is written to elsewhere. */
const longWaitMs = 60_000;

/** Whoever could not be reached through a platform is reached through another. */
const toNext = (result: SendResult): SendResult =>
  result.status === 'transient' && result.isTransport === true ? { ...result, triesNext: true } : result;

const isTransport = (result: SendResult): boolean => result.status === 'transient' && result.isTransport === true;

/**
 * Keeps a channel within what its platform allows, and leaves it alone while it fails: what is over a limit is not sent
 * and comes back later, for some platforms drop the excess in silence; what meets an open breaker goes to the next
 * channel at once. What a platform says about a message is no failure of the platform.
 */
export const guardChannel = (
  channel: Channel,
  { limits, rules, silentForMs = () => 0, unheard = () => 0, onBreaker }: GuardDeps,
): GuardedChannel => {
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

  let known = unheard();
  /** What was asked beside the sending counts as well: a directory that is silent is the same platform. */
  const countSilence = async (): Promise<void> => {
    const now = unheard();
    for (known = Math.min(known, now); known < now; known += 1)
      await breaker.execute(() => Promise.reject(new TransportFailure('silent'))).catch(() => undefined);
  };

  const limitedBy = async (message: OutgoingMessage): Promise<SendResult | undefined> => {
    // A change of a card that hangs there is no message more.
    if (message.isUpdate || rules.perRecipient.length === 0) return undefined;
    const taken = await limits.take(`${channel.name}:${message.to}`, rules.perRecipient);
    if (taken.isTaken) return undefined;
    const { retryAfterMs } = taken;
    return { status: 'transient', code: 'limited', retryAfterMs, triesNext: retryAfterMs > longWaitMs };
  };

  /**
   * A question that was not answered may have been heard. Where the platform takes a message once under its id, it is
   * asked again at once: if it has it, nobody else sends it too.
   */
  const askAgain = async (messages: readonly OutgoingMessage[], results: readonly SendResult[]): Promise<readonly SendResult[]> => {
    const open = results.flatMap((result, index) => (isTransport(result) && 'mayAskAgain' in result && messages[index] ? [index] : []));
    if (open.length === 0) return results;
    const { late, stop } = silent(askAgainMs);
    const said = await Promise.race([channel.send(open.map((index) => messages[index]!)), late])
      .catch((): readonly SendResult[] => [])
      .finally(stop);
    const saidOf = new Map(open.map((index, at) => [index, said[at]]));
    return results.map((result, index) => saidOf.get(index) ?? result);
  };

  const sendNow = async (messages: readonly OutgoingMessage[]): Promise<readonly SendResult[]> => {
    const { late, stop } = silent(rules.timeoutMs);
    try {
      return await breaker.execute(async () => {
        const first = await Promise.race([channel.send(messages), late]).catch((error: unknown) => {
          throw error instanceof TransportFailure ? error : new TransportFailure('thrown', error);
        });
        const results = (await askAgain(messages, first)).map(toNext);
        if (results.length > 0 && results.every(isTransport)) throw Object.assign(new TransportFailure('unreachable'), { results });
        return results;
      });
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        return messages.map(() => ({ status: 'transient', code: 'breakerOpen', retryAfterMs: rules.halfOpenAfterMs, triesNext: true }));
      if (!(error instanceof TransportFailure)) throw error;
      const said = (error as TransportFailure & { readonly results?: readonly SendResult[] }).results;
      return said ?? messages.map(() => toNext({ status: 'transient', code: error.code, isTransport: true }));
    } finally {
      stop();
    }
  };

  return {
    name: channel.name,
    capabilities: channel.capabilities,
    canReach: async (to) => {
      const { promise: late, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(true), askMs);
      return Promise.race([channel.canReach(to), late]).finally(() => clearTimeout(timer));
    },
    breaker: () => state,
    send: async (messages) => {
      if (silentForMs() > silentAfterMs) {
        await countSilence();
        const code = state === 'open' ? 'breakerOpen' : 'silent';
        return messages.map(() => ({ status: 'transient', code, retryAfterMs: silentAfterMs, triesNext: true }));
      }
      known = unheard();
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
