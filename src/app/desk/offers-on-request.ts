import { counterpartOf, isOpen, type DutyRequest } from '../../domain/shift-change/duty-request.ts';
import { decideRequest } from '../../domain/shift-change/decide-request.ts';
import type { RequestCommand } from '../../domain/shift-change/request-command.ts';
import { deskTextsFor } from '../../messages/desk-texts.ts';
import { shiftChangeTextsFor } from '../../messages/shift-change-texts.ts';
import { nameOf } from '../acts/speaker.ts';
import { requestContextOf } from '../shift-change/change-request.ts';
import { dutyButton } from '../shift-change/duty-buttons.ts';
import { freeColleagues } from '../shift-change/duty-shifts.ts';
import { choiceOf, textInput, type Look, type Offer } from './offer.ts';

const channel = 'page';
const mostNamed = 20;

/** What somebody can do with leave, a swap or a cover as it stands. `others`: the requests that are open beside it. */
export const offersOnRequest = (look: Look, request: DutyRequest, others: readonly DutyRequest[]): readonly Offer[] => {
  const { world, personId, now, locale } = look;
  const texts = shiftChangeTextsFor(locale);
  const context = requestContextOf(
    world,
    others.filter(({ id }) => id !== request.id),
  );
  const about = { requestId: request.id };
  const by = { by: personId, channel };
  const mayDo = (command: RequestCommand): boolean => decideRequest(request, command, context, now).refusal === undefined;
  if (!isOpen(request)) return mayDo({ type: 'undo', ...by }) ? [dutyButton('undoDuty', texts, about)] : [];
  const isTheirWord = personId === counterpartOf(request);
  return [
    ...(mayDo({ type: 'accept', ...by }) ? [dutyButton('acceptDuty', texts, about)] : []),
    ...(isTheirWord && mayDo({ type: 'decline', ...by }) ? [dutyButton('declineDuty', texts, about)] : []),
    ...(mayDo({ type: 'approve', ...by }) ? [dutyButton('approveDuty', texts, about)] : []),
    ...(mayDo({ type: 'reject', reason: '-', ...by })
      ? [{ ...dutyButton('refuseDuty', texts, about), inputs: [textInput('reason', texts.inputs.reason, true)] }]
      : []),
    ...nameAnother(look, request, (substituteId) => mayDo({ type: 'nameSubstitute', substituteId, ...by })),
    ...(mayDo({ type: 'withdraw', ...by }) ? [dutyButton('withdrawDuty', texts, about)] : []),
  ];
};

/** The holder may name another as long as it is open; only those who keep to the rules are listed. */
const nameAnother = (
  { world, personId, now, locale }: Look,
  request: DutyRequest,
  mayName: (personId: string) => boolean,
): readonly Offer[] => {
  if (personId !== request.holderId) return [];
  const words = deskTextsFor(locale);
  const free = freeColleagues(requestContextOf(world, []), request, now, mostNamed).filter(mayName);
  if (free.length === 0) return [];
  const choices = free.map((id) => ({ title: nameOf(world, id), value: id }));
  return [
    {
      title: words.nameSubstitute,
      value: { action: 'nameDuty', requestId: request.id },
      inputs: [choiceOf('personId', words.substitute, choices)],
    },
  ];
};
