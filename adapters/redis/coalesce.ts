import { Fault } from '../../src/ports/fault.ts';
import { toAway } from './away.ts';

export type CoalesceLimits = {
  /** Most items in one call to Redis: longer scripts stall everybody else. */
  readonly batch: number;
  /** Most items waiting; beyond it callers are refused rather than kept. */
  readonly waiting: number;
  /** After this the caller is told that the store is away; what was written stays written. */
  readonly timeoutMs: number;
};

type Waiter<T, R> = { readonly item: T; readonly resolve: (result: R) => void; readonly reject: (error: unknown) => void };

const inTime = <R>(work: Promise<R>, timeoutMs: number): Promise<R> => {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from Redis within ${timeoutMs} ms`)), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/**
 * Turns many small calls of one moment into few large ones: with append-only always, Redis syncs the disk once for
 * each round of its loop, so a script with 200 items costs hardly more than one with a single item.
 * `run` answers item by item, in order. A failure is every caller's in the batch: ZG_STORE_AWAY where Redis is away.
 */
export const coalesce = <T, R>(run: (items: readonly T[]) => Promise<readonly R[]>, limits: CoalesceLimits): ((item: T) => Promise<R>) => {
  let waiting: Waiter<T, R>[] = [];
  let unanswered = 0;
  let isScheduled = false;

  const send = async (batch: readonly Waiter<T, R>[]): Promise<void> => {
    try {
      const results = await inTime(run(batch.map((waiter) => waiter.item)), limits.timeoutMs);
      for (const [index, waiter] of batch.entries()) waiter.resolve(results[index] as R);
    } catch (error) {
      for (const waiter of batch) waiter.reject(toAway(error));
    } finally {
      unanswered -= batch.length;
    }
  };

  const flush = (): void => {
    isScheduled = false;
    const all = waiting;
    waiting = [];
    for (let start = 0; start < all.length; start += limits.batch) void send(all.slice(start, start + limits.batch));
  };

  return (item) =>
    new Promise<R>((resolve, reject) => {
      if (unanswered >= limits.waiting) {
        reject(new Fault('ZG_STORE_AWAY', 'too many writes are waiting'));
        return;
      }
      unanswered += 1;
      waiting.push({ item, resolve, reject });
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(flush);
    });
};
