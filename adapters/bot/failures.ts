import type { SendResult } from '../../src/ports/channel.ts';
import { isStoreAway } from '../../src/ports/fault.ts';
import { PlatformUnreachable } from './platform-http.ts';

/** Held back by ourselves: one call more would be over what the platform allows. */
export class OverLimit extends Error {
  override readonly name = 'OverLimit';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`over the limit for another ${retryAfterMs} ms`);
    this.retryAfterMs = retryAfterMs;
  }
}

/** What became of a message whose platform has not answered at all; what platforms answer, each folder reads itself. */
export const toUnanswered = (error: unknown): SendResult => {
  if (isStoreAway(error)) return { status: 'transient', code: 'ZG_STORE_AWAY' };
  if (error instanceof OverLimit) return { status: 'transient', code: 'limited', retryAfterMs: error.retryAfterMs };
  if (!(error instanceof PlatformUnreachable)) return { status: 'transient', code: error instanceof Error ? error.name : 'unknown' };
  const retry = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  return { status: 'transient', code: error.code, isTransport: true, ...retry };
};
