import type { Notice } from '../escalation/notice.ts';
import { resolveRole } from '../escalation/resolve.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import { officePeople, type Directory } from '../organisation/directory.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { DutyRequest } from './duty-request.ts';

/** Who hears what of an event of a request; whoever did it is answered instead. Those who owe something hear by its clock. */

const liaisonsOf = (directory: Directory, { gives, takes, holderId }: DutyRequest, at: number): readonly PersonId[] => {
  const posts = [...gives, ...takes].map(({ postId }) => postId);
  const subjects = posts.length > 0 ? [...new Set(posts)] : [holderId];
  return subjects.flatMap((subject) => resolveRole(directory, 'liaison', subject, at));
};

const hearersOf = (request: DutyRequest, event: LedgerEvent, directory: Directory): readonly (PersonId | undefined)[] => {
  const { holderId, substituteId, acceptedBy, approvedBy } = request;
  switch (event.event) {
    case 'RequestTookEffect':
    case 'RequestUndone':
      return [holderId, substituteId, approvedBy, ...liaisonsOf(directory, request, event.at)];
    case 'SubstituteAccepted':
      return [request.askedBy];
    case 'RequestApproved':
      return [holderId, substituteId];
    case 'RequestRefused':
    case 'RequestExpired':
      return [holderId, substituteId];
    case 'RequestWithdrawn':
      return [holderId, acceptedBy === undefined ? undefined : substituteId];
    case 'RequestVoided':
    case 'RequestRevived':
      return [holderId, substituteId, approvedBy, ...officePeople(directory, event.at)];
    case 'HolderKeptOn':
      return [holderId];
    default:
      return [];
  }
};

/** `request` is the request after the event; `doneBy` hears of it in reply. */
export const announceRequest = (
  request: DutyRequest,
  event: LedgerEvent,
  directory: Directory,
  doneBy: PersonId | undefined,
): readonly Notice[] =>
  [...new Set(hearersOf(request, event, directory))].flatMap((to) =>
    to === undefined || to === doneBy
      ? []
      : [
          {
            to,
            via: 'card' as const,
            template: 'duty.news' as const,
            itemId: request.id,
            params: { news: event.event },
            decidedAt: event.at,
          },
        ],
  );
