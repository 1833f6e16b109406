import type { SendResult } from '../../src/ports/channel.ts';
import { toUnanswered } from '../bot/failures.ts';

/** DingTalk's own answer to a call. Source: open.dingtalk.com, "服务端API错误码" and each interface's own. */
export class DingtalkError extends Error {
  override readonly name = 'DingtalkError';
  /** A number of the old interfaces, a name of the new ones. */
  readonly code: string;

  constructor(code: string) {
    // its words may name people
    super(`DingTalk answers ${code}`);
    this.code = code;
  }
}

/** Too often: an interface by this application, or by everybody; a second's pause is enough. */
const tooOften = /^(?:Forbidden\.AccessDenied\.Qps\w*|Throttling\w*|90018|90002)$/;
/** A robot of a group that has spoken too often is shut out for this long. */
const robotPauseMs = 600_000;
const robotTooOften: ReadonlySet<string> = new Set(['130101', '410100']);
/** Busy, or errors inside DingTalk. */
const passing = /^(?:-1|ServiceUnavailable|InternalError|SystemError|systemError|unknownError|serviceUnavailable)$/;

export const toFailure = (error: unknown): SendResult => {
  if (!(error instanceof DingtalkError)) return toUnanswered(error);
  const { code } = error;
  if (tooOften.test(code)) return { status: 'transient', code, retryAfterMs: 1_000 };
  if (robotTooOften.has(code)) return { status: 'transient', code, retryAfterMs: robotPauseMs, triesNext: true };
  return passing.test(code) ? { status: 'transient', code } : { status: 'permanent', code };
};
