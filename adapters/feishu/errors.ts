import type { SendResult } from '../../src/ports/channel.ts';
import { isStoreAway } from '../../src/ports/fault.ts';
import { PlatformUnreachable } from '../bot/platform-http.ts';

/** Feishu's own answer to a call. Source: open.feishu.cn, "通用错误码" and each interface's own. */
export class FeishuError extends Error {
  override readonly name = 'FeishuError';
  readonly code: number;
  /** Where Feishu said when to come back. */
  readonly retryAfterMs: number | undefined;

  constructor(code: number, retryAfterMs?: number) {
    // its words may name people
    super(`Feishu answers ${code}`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Held back by ourselves: one call more would be over what Feishu allows. */
export class OverLimit extends Error {
  override readonly name = 'OverLimit';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`over the limit for another ${retryAfterMs} ms`);
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Codes that another attempt may end otherwise: too often (of an interface, by load, to one person or group), the same
 * message is just being sent, errors inside Feishu.
 */
const passing: ReadonlySet<number> = new Set([99_991_400, 11_232, 11_233, 11_247, 230_020, 230_049, 1_500, 2_200, 5_000]);

export const toFailure = (error: unknown): SendResult => {
  if (isStoreAway(error)) return { status: 'transient', code: 'ZG_STORE_AWAY' };
  if (error instanceof PlatformUnreachable) {
    const retry = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
    return { status: 'transient', code: error.code, isTransport: true, ...retry };
  }
  if (error instanceof OverLimit) return { status: 'transient', code: 'limited', retryAfterMs: error.retryAfterMs };
  if (!(error instanceof FeishuError)) return { status: 'transient', code: error instanceof Error ? error.name : 'unknown' };
  if (!passing.has(error.code)) return { status: 'permanent', code: String(error.code) };
  const retry = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  return { status: 'transient', code: String(error.code), ...retry };
};
