import type { SubjectId } from '../roster/subject.ts';
import { counterpartOf, firstStartOf, isOpen, type ConsentRule, type DutyRequest } from './duty-request.ts';

/** What is waited for, as obligations: a function of the request's state alone. */

export type RequestClockKind = 'substitute' | 'consent';

export type RequestClock = {
  readonly kind: RequestClockKind;
  /** Tells the waits of one request apart: another substitute is another wait. */
  readonly key: string;
  /** Who owes it: a person, a unit or a group. */
  readonly subject: SubjectId;
  /** Epoch ms. */
  readonly deadlineAt: number;
  readonly policy: string;
};

const minute = 60_000;
/** How long people have where the shift is far off. */
const withinMs = 240 * minute;
/** Nobody has less, however soon it begins, or however long ago it has begun. */
const leastMs = 15 * minute;
/** What begins sooner than this does not wait for working hours. */
const soonMs = 12 * 60 * minute;

const deadlineOf = (request: DutyRequest, since: number): number =>
  Math.max(since + leastMs, Math.min(since + withinMs, firstStartOf(request)));

const policyOf = (name: string, request: DutyRequest, since: number): string =>
  firstStartOf(request) - since < soonMs ? `${name}Urgent` : name;

const consentPolicies: { readonly [rule in ConsentRule]: string } = {
  leader: 'consent',
  principal: 'consent',
  shiftLeader: 'consentOfLeader',
  office: 'consentOfOffice',
};

/** When the answer of the other one, or the approval, is late. */
export const consentDueAt = (request: DutyRequest): number => deadlineOf(request, request.acceptedAt ?? request.namedAt);

/** Without a substitute the holder owes one; without their word the substitute; then whoever must approve. */
export const clocksOfRequest = (request: DutyRequest): readonly RequestClock[] => {
  if (!isOpen(request)) return [];
  const { holderId, namedAt, acceptedAt, consent } = request;
  if (acceptedAt === undefined) {
    const subject = counterpartOf(request) ?? holderId;
    const key = `${request.substituteId ?? '-'}.${namedAt.toString(36)}`;
    return [
      { kind: 'substitute', key, subject, deadlineAt: deadlineOf(request, namedAt), policy: policyOf('substitute', request, namedAt) },
    ];
  }
  const key = `${consent.rule}.${acceptedAt.toString(36)}`;
  const policy = policyOf(consentPolicies[consent.rule], request, acceptedAt);
  return [{ kind: 'consent', key, subject: consent.of, deadlineAt: deadlineOf(request, acceptedAt), policy }];
};
