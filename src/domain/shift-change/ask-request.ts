import type { Directory } from '../organisation/directory.ts';
import type { AppointmentRole, PersonId } from '../organisation/organisation.ts';
import { isInTerm } from '../organisation/terms.ts';
import { consentFor } from './consent.ts';
import { isAboutSame, lastEndOf, leftOf, requestIdOf, type DutyRequest } from './duty-request.ts';
import { packParts } from './evolve-request.ts';
import { brokenRules, isAway, isFromOutside } from './proposal-rules.ts';
import type { AskCommand, RequestContext, RequestOutcome } from './request-command.ts';

/** More shifts than anybody can be relieved of by one request. */
const mostParts = 62;

const standing: ReadonlySet<AppointmentRole> = new Set(['liaison', 'contact', 'groupLeader', 'member', 'principal']);

/** Bound to be reachable without shifts, or answering for a unit: their leave counts though they stand no shift in it. */
export const isBound = ({ appointmentsOf }: Directory, personId: PersonId, at: number): boolean =>
  (appointmentsOf.get(personId) ?? []).some((one) => standing.has(one.role) && isInTerm(one, at));

/** What is left of it, as a request for the same now would be. */
const leftOfRequest = ({ standing: away, ...request }: DutyRequest, now: number) => {
  const [left] = away ? leftOf([away], now) : [];
  return { ...request, gives: leftOf(request.gives, now), takes: leftOf(request.takes, now), ...(left ? { standing: left } : {}) };
};

const isSame = (command: AskCommand, other: { readonly [key in 'kind' | 'substituteId' | 'gives' | 'takes' | 'standing']?: unknown }) =>
  (['kind', 'substituteId', 'gives', 'takes', 'standing'] as const).every(
    (key) => JSON.stringify(command[key]) === JSON.stringify(other[key]),
  );

/** Of two requests within a millisecond the second gets the id of the next one. */
const freeIdOf = (holderId: PersonId, others: readonly DutyRequest[], now: number): string => {
  const taken = new Set(others.map(({ id }) => id));
  let at = now;
  while (taken.has(requestIdOf(holderId, at))) at += 1;
  return requestIdOf(holderId, at);
};

/** Asks for the first time. The same request twice is one, and one duty is asked about once at a time. */
export const askRequest = (asked: AskCommand, context: RequestContext, now: number): RequestOutcome => {
  const { directory, others, consent } = context;
  const [away] = asked.standing ? leftOf([asked.standing], now) : [];
  const { standing: _, ...rest } = asked;
  const command: AskCommand = {
    ...rest,
    gives: leftOf(asked.gives, now),
    takes: leftOf(asked.takes, now),
    ...(away ? { standing: away } : {}),
  };
  const { by, channel, kind, holderId, substituteId, gives, takes, reason } = command;
  const no = (refusal: NonNullable<RequestOutcome['refusal']>, otherId?: string): RequestOutcome => ({
    events: [],
    refusal,
    ...(otherId === undefined ? {} : { otherId }),
  });
  if (by !== holderId && by !== substituteId) return no('notParty');
  if (substituteId === holderId) return no('samePerson');
  if (gives.length + takes.length > mostParts) return no('tooLong');
  if (gives.length === 0 && !(away && isBound(directory, holderId, now))) return no(asked.gives.length > 0 ? 'past' : 'noDuty');
  if (takes.length > 0 && substituteId === undefined) return no('noSubstitute');
  if (lastEndOf(command) <= now) return no('past');
  const other = others.find((one) => isAboutSame(command, one));
  if (other) return no(other.askedBy === by && isSame(command, leftOfRequest(other, now)) ? 'already' : 'overlaps', other.id);
  if (away && isAway(directory, holderId, [away])) return no('overlaps');
  const proposal = substituteId === undefined ? undefined : { holderId, substituteId, gives, takes, ...(away ? { standing: away } : {}) };
  const broken = proposal ? brokenRules(context, proposal, now) : [];
  if (broken.length > 0) return { events: [], refusal: 'broken', broken };
  const isOutside = proposal !== undefined && isFromOutside(directory, proposal, now);
  const { rule, of } = consentFor(directory, command, isOutside, consent, now);
  const data = {
    kind,
    holder: holderId,
    ...(substituteId === undefined ? {} : { substitute: substituteId }),
    gives: packParts(gives),
    takes: packParts(takes),
    ...(away ? { standing: [away.from, away.to] } : {}),
    rule,
    of,
    ...(isOutside ? { isOutside } : {}),
  };
  return {
    events: [
      {
        at: now,
        event: 'RequestAsked',
        itemId: freeIdOf(holderId, others, now),
        actor: by,
        channel,
        data,
        ...(reason ? { personal: { reason } } : {}),
      },
    ],
  };
};
