import type { CallResult } from '../escalation/obligation.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { SeenCheck } from './check-category.ts';

/** A check as its `CheckOpened` tells it. */
export const seeCheck = ({ at, data }: LedgerEvent): SeenCheck => {
  const roundId = data['roundId'] as string | undefined;
  return {
    subject: data['subject'] as string,
    openedAt: at,
    answerBy: data['answerBy'] as number,
    ...(roundId === undefined ? {} : { roundId }),
    isDelivered: false,
    hasStandIn: false,
    isMassFailure: false,
    isTakenOver: false,
    hasVerdict: false,
    isLeftOut: false,
  };
};

/** What an event tells of an open check; true where it ends it. */
export const tell = (check: SeenCheck, { event, at, data }: LedgerEvent): boolean => {
  switch (event) {
    case 'StepFired':
    case 'StepSkipped':
      if (data['answerBy'] !== undefined) check.answerBy = data['answerBy'] as number;
      return false;
    case 'NoticeDelivered':
      check.isDelivered = true;
      return false;
    case 'CallRecorded':
      if (data['result'] !== 'invalidNumber') check.isDelivered = true;
      check.callResult = data['result'] as CallResult;
      return false;
    case 'StandInRecorded':
      check.hasStandIn = true;
      return false;
    case 'ObligationMissed':
      check.hasVerdict = true;
      if (data['isDelivered'] === true) check.isDelivered = true;
      if (data['massFailureOf'] !== undefined) check.isMassFailure = true;
      return false;
    case 'AnswerRecorded':
      check.answer = { isLate: data['isLate'] === true, afterMs: data['afterMs'] as number };
      return true;
    case 'ObligationTakenOver':
      check.isTakenOver = true;
      return true;
    case 'ObligationWithdrawn':
      // what nobody needs any more after its window does not undo the silence in it
      if (at > check.answerBy && data['reason'] !== 'notOnPost') check.isTakenOver = true;
      else check.withdrawnFor = data['reason'] as string;
      return true;
    default:
      return false;
  }
};
