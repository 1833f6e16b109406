import type { LedgerEvent } from '../ledger/event.ts';
import type { DutyRole } from '../roster/roster.ts';
import type { Consent, DutyRequest, RequestKind, RequestStatus, ShiftPart, Span } from './duty-request.ts';

/** What an event makes of a request; pure, and the same for replay. */

type Data = { readonly [key: string]: unknown };
type PartEntry = readonly [postId: string, from: number, to: number, role: DutyRole];

export const packParts = (parts: readonly ShiftPart[]): readonly PartEntry[] =>
  parts.map(({ postId, from, to, role }) => [postId, from, to, role] as const);

export const unpackParts = (value: unknown): readonly ShiftPart[] =>
  ((value ?? []) as readonly PartEntry[]).map(([postId, from, to, role]) => ({ postId, from, to, role }));

const spanOf = (value: unknown): Span | undefined => {
  if (!Array.isArray(value)) return undefined;
  const [from, to] = value as unknown as readonly [number, number];
  return { from, to };
};

const consentOf = (data: Data): Consent => ({ rule: data['rule'] as Consent['rule'], of: data['of'] as string });

const outsideOf = (data: Data): { readonly isOutside?: boolean } => (data['isOutside'] === true ? { isOutside: true } : {});

const asked = (event: LedgerEvent, data: Data): DutyRequest => {
  const standing = spanOf(data['standing']);
  const reason = event.personal?.['reason'] as string | undefined;
  return {
    id: event.itemId!,
    kind: data['kind'] as RequestKind,
    askedBy: event.actor!,
    askedAt: event.at,
    holderId: data['holder'] as string,
    ...(data['substitute'] === undefined ? {} : { substituteId: data['substitute'] as string }),
    namedAt: event.at,
    gives: unpackParts(data['gives']),
    takes: unpackParts(data['takes']),
    ...(standing === undefined ? {} : { standing }),
    ...(reason === undefined ? {} : { reason }),
    consent: consentOf(data),
    ...outsideOf(data),
    status: 'asked',
    statusAt: event.at,
  };
};

/** Another substitute: what was said about the one before is void. */
const named = (request: DutyRequest, event: LedgerEvent, data: Data): DutyRequest => {
  const { substituteId: _s, acceptedAt: _a, acceptedBy: _b, approvedAt: _c, approvedBy: _d, isOutside: _o, ...rest } = request;
  const substitute = data['substitute'] as string | undefined;
  return {
    ...rest,
    ...(substitute === undefined ? {} : { substituteId: substitute }),
    namedAt: event.at,
    consent: consentOf(data),
    ...outsideOf(data),
    status: 'asked',
    statusAt: event.at,
  };
};

const ended = (request: DutyRequest, event: LedgerEvent, status: RequestStatus): DutyRequest => {
  const endReason = event.data['reason'] as string | undefined;
  const endText = event.personal?.['reason'] as string | undefined;
  return {
    ...request,
    status,
    statusAt: event.at,
    ...(event.actor === undefined ? {} : { endedBy: event.actor }),
    ...(endReason === undefined ? {} : { endReason }),
    ...(endText === undefined ? {} : { endText }),
  };
};

const voidedAfter = (voided: readonly string[], { event, data }: LedgerEvent): readonly string[] => {
  const about = (data['overrides'] ?? []) as readonly string[];
  const others = voided.filter((id) => !about.includes(id));
  return event === 'RequestVoided' ? [...others, ...about] : others;
};

export const evolveRequest = (request: DutyRequest | undefined, event: LedgerEvent): DutyRequest | undefined => {
  if (event.event === 'RequestAsked') return request ?? asked(event, event.data);
  if (!request) return undefined;
  switch (event.event) {
    case 'SubstituteNamed':
    case 'SubstituteDeclined':
      return named(request, event, event.data);
    case 'SubstituteAccepted':
      return { ...request, status: 'accepted', statusAt: event.at, acceptedAt: event.at, acceptedBy: event.actor! };
    case 'RequestApproved':
      return { ...request, approvedAt: event.at, approvedBy: event.actor! };
    case 'RequestTookEffect':
      return { ...request, status: 'effective', statusAt: event.at, overrideIds: event.data['overrides'] as readonly string[] };
    case 'HolderKeptOn':
      return { ...request, keptOnAt: event.at };
    case 'RequestVoided':
    case 'RequestRevived':
      return { ...request, voided: voidedAfter(request.voided ?? [], event) };
    case 'RequestRefused':
      return ended(request, event, 'refused');
    case 'RequestWithdrawn':
      return ended(request, event, 'withdrawn');
    case 'RequestExpired':
      return ended(request, event, 'expired');
    case 'RequestUndone':
      return ended(request, event, 'undone');
    default:
      return request;
  }
};
