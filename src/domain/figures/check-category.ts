import type { CallResult } from '../escalation/obligation.ts';

/** What became of a check, in the categories that offices report. Each check is in exactly one. */
export const checkCategories = [
  /** 在岗应答: a holder of the post answered within the window. */
  'onPost',
  /** 迟答: a holder answered after it. */
  'late',
  /** 无人接听: it reached the holder, who stayed silent. */
  'noAnswer',
  /** 占线. */
  'busy',
  /** 直接挂断. */
  'hungUp',
  /** 代答: somebody answered for the holder, and the holder did not. */
  'standIn',
  /** 不在岗: the holder said so. */
  'notOnPost',
  /** 空号: nothing reached the holder, and the number on file does not exist. */
  'invalidNumber',
  /** 未送达: no channel reported delivery, and no telephone rang. */
  'undelivered',
  /** 通道故障: most of its round was silent together. */
  'channelFailure',
  /** 待答: its window is still open. */
  'open',
  /** 已撤回: nobody needed to answer it any more. */
  'withdrawn',
  /** 申诉成立: the office upheld an appeal against it. */
  'leftOut',
] as const;

export type CheckCategory = (typeof checkCategories)[number];

/** Checks that a unit is measured by: the denominator of every rate. The rest say nothing about anybody on post. */
export const countedCategories = [
  'onPost',
  'late',
  'noAnswer',
  'busy',
  'hungUp',
  'standIn',
  'notOnPost',
] as const satisfies CheckCategory[];

const counted: ReadonlySet<CheckCategory> = new Set(countedCategories);
export const isCounted = (category: CheckCategory): boolean => counted.has(category);

/** Counted, and answered by no holder at all. */
export const isUnanswered = (category: CheckCategory): boolean => isCounted(category) && category !== 'onPost' && category !== 'late';

/** A check as far as the ledger has told of it. Instants are epoch ms. */
export type SeenCheck = {
  readonly subject: string;
  readonly openedAt: number;
  answerBy: number;
  roundId?: string;
  /** A channel reported delivery to somebody who owed the answer, or a telephone rang. */
  isDelivered: boolean;
  callResult?: CallResult;
  hasStandIn: boolean;
  isMassFailure: boolean;
  answer?: { readonly isLate: boolean; readonly afterMs: number };
  /** Why nobody needed to answer any more. */
  withdrawnFor?: string;
  isTakenOver: boolean;
  /** The office was told that nobody answered: it may still be answered late. */
  hasVerdict: boolean;
  isLeftOut: boolean;
};

const silenceOf = ({ hasStandIn, isMassFailure, isDelivered, callResult }: SeenCheck): CheckCategory => {
  if (hasStandIn) return 'standIn';
  if (isMassFailure) return 'channelFailure';
  if (!isDelivered) return callResult === 'invalidNumber' ? 'invalidNumber' : 'undelivered';
  return callResult === 'busy' || callResult === 'hungUp' ? callResult : 'noAnswer';
};

/** `asOf`: the newest instant that is known of. */
export const categoryOf = (check: SeenCheck, asOf: number): CheckCategory => {
  if (check.isLeftOut) return 'leftOut';
  if (check.answer) return check.answer.isLate ? 'late' : 'onPost';
  if (check.withdrawnFor !== undefined) return check.withdrawnFor === 'notOnPost' ? 'notOnPost' : 'withdrawn';
  return check.isTakenOver || asOf > check.answerBy ? silenceOf(check) : 'open';
};

/**
 * How long the answer took, ms. Silence counts as the whole window, and so does what came after it: nobody looks quicker
 * for saying nothing than for answering late.
 */
export const tookMs = ({ openedAt, answerBy, answer }: SeenCheck): number => {
  const windowMs = Math.max(0, answerBy - openedAt);
  return answer && !answer.isLate ? Math.min(Math.max(0, answer.afterMs), windowMs) : windowMs;
};
