import type { SendResult } from '../../src/ports/channel.ts';
import { toUnanswered } from '../bot/failures.ts';

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

/**
 * Codes that another attempt may end otherwise: too often (of an interface, by load, to one person or group), the same
 * message is just being sent, errors inside Feishu.
 */
const passing: ReadonlySet<number> = new Set([99_991_400, 11_232, 11_233, 11_247, 230_020, 230_049, 1_500, 2_200, 5_000]);

export const toFailure = (error: unknown): SendResult => {
  if (!(error instanceof FeishuError)) return toUnanswered(error);
  if (!passing.has(error.code)) return { status: 'permanent', code: String(error.code) };
  const retry = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  return { status: 'transient', code: String(error.code), ...retry };
};
