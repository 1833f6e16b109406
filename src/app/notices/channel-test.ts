import type { Notice } from '../../domain/escalation/notice.ts';

/** Somebody tries a channel: it goes through that one, what comes back is told at once, and nothing is tried again. */
export const isChannelTest = ({ template }: Notice): boolean => template === 'channel.test';

/** Nobody waits any more for what a try gives that comes so late, campaign ms. */
const forgottenAfterMs = 30 * 60_000;

export const isForgottenTest = (notice: Notice, now: number): boolean =>
  isChannelTest(notice) && notice.decidedAt !== undefined && now - notice.decidedAt > forgottenAfterMs;
