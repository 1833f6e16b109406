import type { Notice } from '../../domain/escalation/notice.ts';
import { isRequestId } from '../../domain/shift-change/duty-request.ts';
import { approversOf } from '../../domain/shift-change/consent.ts';
import { isOffice } from '../../domain/organisation/directory.ts';
import { reply, type Turn } from '../acts/speaker.ts';
import { readRequests } from './change-request.ts';
import { actInDuty, byOf, rejectOrAsk } from './hear-duty.ts';
import { askFromShift } from './ask-from-shift.ts';
import { chooseInDraft, confirmDraft, dropDraft, refuseDuty, waitingDraft } from './propose-duty.ts';

const mostLetters = 500;

const textOf = (value: unknown): string => (typeof value === 'string' && value.length <= mostLetters ? value : '');

/** Buttons of a request that is being drafted: a card of before must not confirm what was drafted since. */
const pressDraft = async (turn: Turn, action: string, pressed: { readonly [key: string]: unknown }): Promise<readonly Notice[]> => {
  const waiting = await waitingDraft(turn);
  if (!waiting || String(waiting.askedAt) !== textOf(pressed['askedAt'])) return refuseDuty(turn, 'over');
  if (action === 'cancelDuty') return dropDraft(turn);
  return action === 'confirmDuty' ? confirmDraft(turn, waiting) : chooseInDraft(turn, waiting, textOf(pressed['choice']));
};

/** Only those whom it concerns see it. */
const show = async (turn: Turn, requestId: string): Promise<readonly Notice[]> => {
  const { world, change, person } = turn;
  const [request] = await readRequests(world, change, [requestId]);
  if (!request) return refuseDuty(turn, 'unknown');
  const { askedBy, holderId, substituteId, approvedBy, consent } = request;
  const isConcerned = [askedBy, holderId, substituteId, approvedBy, ...approversOf(world.directory, consent, change.now)].includes(
    person.id,
  );
  if (!isConcerned && !isOffice(world.directory, person.id, change.now)) return refuseDuty(turn, 'notParty');
  return [{ ...reply(turn, 'reply.duty'), itemId: requestId }];
};

/** A button about leave, a swap or a cover; undefined for one that is about something else. */
export const pressDuty = async (turn: Turn, value: unknown): Promise<readonly Notice[] | undefined> => {
  if (typeof value !== 'object' || value === null) return undefined;
  const pressed = value as { readonly [key: string]: unknown };
  const { action } = pressed;
  if (action === 'confirmDuty' || action === 'cancelDuty' || action === 'chooseDuty') return pressDraft(turn, action, pressed);
  if (action === 'askDuty') return askFromShift(turn, pressed);
  const requestId = textOf(pressed['requestId']);
  if (!isRequestId(requestId)) return undefined;
  const by = byOf(turn);
  switch (action) {
    case 'showDuty':
      return show(turn, requestId);
    case 'acceptDuty':
      return actInDuty(turn, requestId, { type: 'accept', ...by });
    case 'declineDuty':
      return actInDuty(turn, requestId, { type: 'decline', ...by });
    case 'approveDuty':
      return actInDuty(turn, requestId, { type: 'approve', ...by });
    case 'refuseDuty':
      return rejectOrAsk(turn, requestId, textOf(pressed['reason']));
    case 'withdrawDuty':
      return actInDuty(turn, requestId, { type: 'withdraw', ...by });
    case 'undoDuty':
      return actInDuty(turn, requestId, { type: 'undo', ...by });
    case 'nameDuty':
      return actInDuty(turn, requestId, { type: 'nameSubstitute', substituteId: textOf(pressed['personId']), ...by });
    default:
      return undefined;
  }
};
