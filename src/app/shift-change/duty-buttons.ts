import { mayApprove, mayUndo } from '../../domain/shift-change/decide-request.ts';
import { counterpartOf, firstStartOf, isOpen, type DutyRequest } from '../../domain/shift-change/duty-request.ts';
import { fill } from '../../messages/catalogue.ts';
import type { DutyButton, ShiftChangeTexts } from '../../messages/shift-change-texts.ts';
import type { Button } from '../../ports/channel.ts';
import { nameOf } from '../acts/speaker.ts';
import type { World } from '../world.ts';
import { requestContextOf } from './change-request.ts';
import { freeColleagues } from './duty-shifts.ts';

/** What a reader can do with a request as it stands. */

const mostOffered = 6;

const positive: readonly DutyButton[] = ['acceptDuty', 'approveDuty', 'confirmDuty'];
const destructive: readonly DutyButton[] = ['declineDuty', 'refuseDuty'];

export const dutyButton = (key: DutyButton, texts: ShiftChangeTexts, value: { readonly [key: string]: string }): Button => ({
  title: texts.buttons[key],
  value: { action: key, ...value },
  ...(positive.includes(key) ? { style: 'positive' } : destructive.includes(key) ? { style: 'destructive' } : {}),
});

const colleagues = (world: World, request: DutyRequest, now: number, texts: ShiftChangeTexts): readonly Button[] =>
  freeColleagues(requestContextOf(world, []), request, now, mostOffered).map((personId) => ({
    title: fill(texts.buttons.nameDuty, { person: nameOf(world, personId) }) ?? personId,
    value: { action: 'nameDuty', requestId: request.id, personId },
  }));

export const requestButtons = (world: World, request: DutyRequest, to: string, now: number, texts: ShiftChangeTexts): readonly Button[] => {
  const button = (key: DutyButton) => dutyButton(key, texts, { requestId: request.id });
  const { directory } = world;
  if (!to.startsWith('m')) return [];
  if (!isOpen(request)) {
    const isUndoable = request.status === 'effective' && now < firstStartOf(request) && mayUndo(request, to, { directory }, now);
    return isUndoable ? [button('undoDuty')] : [];
  }
  const isAsked = to === counterpartOf(request) && request.acceptedAt === undefined;
  const mayDecide = request.substituteId !== undefined && to !== request.holderId && to !== request.substituteId;
  const isApprover = mayDecide && request.approvedAt === undefined && mayApprove(request, to, { directory }, now);
  const isHolders = to === request.holderId || to === request.askedBy;
  return [
    ...(isAsked ? [button('acceptDuty'), button('declineDuty')] : []),
    ...(isApprover ? [button('approveDuty'), button('refuseDuty')] : []),
    ...(to === request.holderId && request.substituteId === undefined ? colleagues(world, request, now, texts) : []),
    ...(isHolders ? [button('withdrawDuty')] : []),
  ];
};

/** Whether somebody is waited for: to accept, to name a substitute, or to consent. */
export const isWaitingFor = (world: World, request: DutyRequest, personId: string, now: number): boolean => {
  if (!isOpen(request)) return false;
  if (request.acceptedAt === undefined) return counterpartOf(request) === personId;
  return personId !== request.holderId && personId !== request.substituteId && mayApprove(request, personId, world, now);
};
