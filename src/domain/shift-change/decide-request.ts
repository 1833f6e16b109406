import type { EventName, Json, LedgerEvent } from '../ledger/event.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { Override } from '../roster/roster.ts';
import { askRequest } from './ask-request.ts';
import { consentDueAt } from './clocks-of-request.ts';
import { consentFor, isOfficeFor, mayConsent } from './consent.ts';
import { counterpartOf, firstStartOf, hasBegun, isOpen, lastEndOf, type DutyRequest } from './duty-request.ts';
import { evolveRequest } from './evolve-request.ts';
import { brokenRules, isFromOutside } from './proposal-rules.ts';
import { recheckRequest } from './recheck-request.ts';
import type { RequestCommand, RequestContext, RequestOutcome, RequestRefusal } from './request-command.ts';
import { lookedAfterBy, overridesOf, type Proposal } from './to-overrides.ts';

/** Decides about one request; pure. */

export const refuseRequest = (refusal: RequestRefusal): RequestOutcome => ({ events: [], refusal });

type Told = { readonly data?: { readonly [key: string]: Json }; readonly personal?: { readonly [key: string]: Json } };
type Actor = { readonly by: PersonId; readonly channel: string };

const tell = (request: DutyRequest, event: EventName, now: number, by: Actor | undefined, told: Told = {}): LedgerEvent => ({
  at: now,
  event,
  itemId: request.id,
  ...(by === undefined ? {} : { actor: by.by, channel: by.channel }),
  data: { holder: request.holderId, ...told.data },
  ...(told.personal === undefined ? {} : { personal: told.personal }),
});

/** Who would stand what; undefined while nobody is named. */
export const proposalOf = ({ holderId, substituteId, gives, takes, standing }: DutyRequest): Proposal | undefined =>
  substituteId === undefined ? undefined : { holderId, substituteId, gives, takes, ...(standing ? { standing } : {}) };

/** Whoever may decide it now: those whose consent it takes, and the office once they have let the time pass. */
export const mayApprove = (
  request: DutyRequest,
  personId: PersonId,
  { directory }: Pick<RequestContext, 'directory'>,
  now: number,
): boolean =>
  mayConsent(directory, request.consent, request, now).includes(personId) ||
  (now >= consentDueAt(request) && isOfficeFor(directory, personId, request, now));

/** Checked anew at each step: the roster may have moved on. What nobody can give any more is over. */
const checked = (request: DutyRequest, context: RequestContext, now: number): RequestOutcome | undefined => {
  if (now >= lastEndOf(request)) return { events: [tell(request, 'RequestExpired', now, undefined)], refusal: 'past' };
  const proposal = proposalOf(request);
  const broken = proposal ? brokenRules(context, proposal, now) : [];
  if (broken.length === 0) return undefined;
  const isGone = broken.some(({ rule }) => rule === 'partGone');
  const events = isGone ? [tell(request, 'RequestRefused', now, undefined, { data: { reason: 'partGone' } })] : [];
  return { events, refusal: 'broken', broken };
};

/** Both are in: from this instant on the other one stands what is left of it. */
const takeEffect = (request: DutyRequest, events: readonly LedgerEvent[], { directory }: RequestContext, now: number): RequestOutcome => {
  const after = events.reduce<DutyRequest>((state, event) => evolveRequest(state, event)!, request);
  const proposal = proposalOf(after);
  if (after.acceptedAt === undefined || after.approvedAt === undefined || !proposal) return { events };
  const lookedAfter = proposal.standing ? lookedAfterBy(directory, after.holderId) : [];
  const added = overridesOf(`v${after.id}`, proposal, lookedAfter, now);
  const overrides = added.map(({ id }) => id);
  return {
    events: [...events, tell(after, 'RequestTookEffect', now, undefined, { data: { overrides } })],
    overrides: { added, removed: [] },
  };
};

const accept = (request: DutyRequest, by: Actor, context: RequestContext, now: number): RequestOutcome => {
  const owed = counterpartOf(request);
  if (owed === undefined) return refuseRequest('noSubstitute');
  if (by.by !== owed) return refuseRequest('notYours');
  if (request.acceptedAt !== undefined) return refuseRequest('already');
  return checked(request, context, now) ?? takeEffect(request, [tell(request, 'SubstituteAccepted', now, by)], context, now);
};

const approve = (request: DutyRequest, by: Actor, context: RequestContext, now: number): RequestOutcome => {
  const refusal = refusalOf(request, by.by, context, now);
  if (refusal) return refuseRequest(refusal);
  if (request.substituteId === undefined) return refuseRequest('noSubstitute');
  if (request.approvedAt !== undefined) return refuseRequest('already');
  const event = tell(request, 'RequestApproved', now, by, { data: { rule: request.consent.rule } });
  return checked(request, context, now) ?? takeEffect(request, [event], context, now);
};

const refusalOf = (request: DutyRequest, personId: PersonId, context: RequestContext, now: number): RequestRefusal | undefined => {
  if (personId === request.holderId || personId === request.substituteId) return 'ownConsent';
  return mayApprove(request, personId, context, now) ? undefined : 'notApprover';
};

const reject = (request: DutyRequest, by: Actor & { readonly reason: string }, context: RequestContext, now: number): RequestOutcome => {
  const refusal = refusalOf(request, by.by, context, now);
  if (refusal) return refuseRequest(refusal);
  if (by.reason.trim() === '') return refuseRequest('reasonWanted');
  return { events: [tell(request, 'RequestRefused', now, by, { data: { reason: 'said' }, personal: { reason: by.reason.trim() } })] };
};

const consentData = (
  request: DutyRequest,
  substituteId: PersonId | undefined,
  { directory, consent }: RequestContext,
  now: number,
): { readonly [key: string]: Json } => {
  const { substituteId: _, ...rest } = request;
  const asked = { ...rest, ...(substituteId === undefined ? {} : { substituteId }) };
  const proposal = proposalOf(asked);
  const isOutside = proposal !== undefined && isFromOutside(directory, proposal, now);
  const { rule, of } = consentFor(directory, asked, isOutside, consent, now);
  return { rule, of, ...(substituteId === undefined ? {} : { substitute: substituteId }), ...(isOutside ? { isOutside } : {}) };
};

/** Whoever was asked says no, also after having said yes: the holder names another, and stays on duty. */
const decline = (request: DutyRequest, by: Actor & { readonly reason?: string }, context: RequestContext, now: number): RequestOutcome => {
  if (by.by !== counterpartOf(request)) return refuseRequest('notYours');
  const personal = by.reason ? { personal: { reason: by.reason } } : {};
  // An offer that the holder does not want leaves nothing to find anybody for.
  if (request.askedBy !== request.holderId) {
    return { events: [tell(request, 'RequestRefused', now, by, { data: { reason: 'declined' }, ...personal })] };
  }
  // What was to be stood in return was theirs.
  if (request.takes.length > 0)
    return { events: [tell(request, 'RequestRefused', now, by, { data: { reason: 'declined' }, ...personal })] };
  const data = { ...consentData(request, undefined, context, now), declinedBy: by.by };
  return { events: [tell(request, 'SubstituteDeclined', now, by, { data, ...personal })] };
};

const nameSubstitute = (
  request: DutyRequest,
  by: Actor & { readonly substituteId: PersonId },
  context: RequestContext,
  now: number,
): RequestOutcome => {
  const { substituteId } = by;
  if (by.by !== request.holderId || request.askedBy !== request.holderId) return refuseRequest('notParty');
  if (substituteId === request.holderId) return refuseRequest('samePerson');
  if (substituteId === request.substituteId) return refuseRequest('already');
  if (request.takes.length > 0) return refuseRequest('notParty');
  const data = consentData(request, substituteId, context, now);
  return checked({ ...request, substituteId }, context, now) ?? { events: [tell(request, 'SubstituteNamed', now, by, { data })] };
};

const withdraw = (request: DutyRequest, by: Actor, now: number): RequestOutcome =>
  by.by === request.askedBy || by.by === request.holderId
    ? { events: [tell(request, 'RequestWithdrawn', now, by)] }
    : refuseRequest('notParty');

/** Who has built on it: somebody stands for the substitute what they got by it. */
const isPassedOn = (request: DutyRequest, overrides: readonly Override[]): boolean => {
  const mine = overrides.filter(({ id }) => request.overrideIds?.includes(id));
  return overrides.some((later, index) =>
    mine.some(
      (one) =>
        overrides.indexOf(one) < index &&
        !request.overrideIds!.includes(later.id) &&
        later.subject === one.subject &&
        later.from < one.to &&
        one.from < later.to &&
        (later.out === one.in || later.in === one.out || (one.subject === one.out && later.out === one.out)),
    ),
  );
};

/** Who may take back an effective one: the holder where nobody stands anything in return, and whoever may consent. */
export const mayUndo = (request: DutyRequest, personId: PersonId, { directory }: Pick<RequestContext, 'directory'>, now: number): boolean =>
  (personId === request.holderId && request.takes.length === 0) ||
  mayConsent(directory, request.consent, request, now).includes(personId) ||
  isOfficeFor(directory, personId, request, now);

/** An effective one, until its first shift starts. */
const undo = (request: DutyRequest, by: Actor, context: RequestContext, now: number): RequestOutcome => {
  if (request.status !== 'effective') return refuseRequest('ended');
  const { directory } = context;
  if (!mayUndo(request, by.by, context, now)) return refuseRequest('notApprover');
  if (now >= firstStartOf(request)) return refuseRequest('begun');
  if (isPassedOn(request, directory.roster.overrides ?? [])) return refuseRequest('passedOn');
  const { holderId, substituteId, gives, takes } = request;
  // Back again: the holder may have been put somewhere else meanwhile.
  const back: Proposal = { holderId: substituteId!, substituteId: holderId, gives, takes };
  const broken = brokenRules(context, back, now).filter(({ rule }) => rule === 'twoPosts' || rule === 'inactive' || rule === 'sameShift');
  if (broken.length > 0) return { events: [], refusal: 'broken', broken };
  return {
    events: [tell(request, 'RequestUndone', now, by)],
    overrides: { added: [], removed: request.overrideIds ?? [] },
  };
};

const look = (request: DutyRequest, now: number): RequestOutcome => {
  if (!isOpen(request)) return { events: [] };
  if (now >= lastEndOf(request)) return { events: [tell(request, 'RequestExpired', now, undefined)] };
  return { events: hasBegun(request, now) ? [tell(request, 'HolderKeptOn', now, undefined)] : [] };
};

/** Whoever said yes to what has taken effect says it once more. */
const isSaidAgain = ({ status, acceptedBy, approvedBy }: DutyRequest, { type, by }: Extract<RequestCommand, Actor>): boolean =>
  status === 'effective' && ((type === 'accept' && by === acceptedBy) || (type === 'approve' && by === approvedBy));

/** What a command leads to; `request` is undefined for what is asked for the first time. */
export const decideRequest = (
  request: DutyRequest | undefined,
  command: RequestCommand,
  context: RequestContext,
  now: number,
): RequestOutcome => {
  if (command.type === 'ask') return askRequest(command, context, now);
  if (!request) return refuseRequest('unknown');
  if (command.type === 'undo') return undo(request, command, context, now);
  if (command.type === 'look') return look(request, now);
  if (command.type === 'recheck') return { events: recheckRequest(request, context, now) };
  if (!isOpen(request)) return refuseRequest(isSaidAgain(request, command) ? 'already' : 'ended');
  switch (command.type) {
    case 'accept':
      return accept(request, command, context, now);
    case 'decline':
      return decline(request, command, context, now);
    case 'nameSubstitute':
      return nameSubstitute(request, command, context, now);
    case 'approve':
      return approve(request, command, context, now);
    case 'reject':
      return reject(request, command, context, now);
    case 'withdraw':
      return withdraw(request, command, now);
  }
};
