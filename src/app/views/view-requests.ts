import type { Directory } from '../../domain/organisation/directory.ts';
import { approversOf } from '../../domain/shift-change/consent.ts';
import { isOpen, type ConsentRule, type DutyRequest, type ShiftPart, type Span } from '../../domain/shift-change/duty-request.ts';
import { nameSubject } from './view-obligations.ts';
import { type Iso, type Page, type PageQuery, toPage, type Seen } from './view-page.ts';

type Named = { readonly personId: string; readonly name: string };
type SpanView = { readonly from: string; readonly to: string };
type PartView = SpanView & { readonly postId: string; readonly post: string; readonly role: string };

/** A leave, a swap or a cover as the API shows it; what people gave as their reasons stays with them. */
export type RequestView = Pick<DutyRequest, 'id' | 'kind' | 'status' | 'isOutside'> & {
  readonly askedAt: string;
  readonly askedBy: Named;
  readonly holder: Named;
  readonly substitute: Named | null;
  readonly gives: readonly PartView[];
  readonly takes: readonly PartView[];
  readonly standing?: SpanView;
  readonly consent: { readonly rule: ConsentRule; readonly people: readonly Named[] };
  readonly acceptedAt: string | null;
  readonly approvedAt: string | null;
  readonly approvedBy: Named | null;
  /** When it came to how it stands. */
  readonly statusAt: string;
};

export const toRequestView = (directory: Directory, request: DutyRequest, now: number, iso: Iso): RequestView => {
  const { id, kind, status, isOutside, askedAt, askedBy, holderId, substituteId, standing, consent, acceptedAt, approvedAt } = request;
  const named = (personId: string): Named => ({ personId, name: directory.people.get(personId)?.name ?? personId });
  const span = ({ from, to }: Span): SpanView => ({ from: iso(from), to: iso(to) });
  const part = (one: ShiftPart): PartView => ({
    postId: one.postId,
    post: nameSubject(directory, one.postId),
    role: one.role,
    ...span(one),
  });
  return {
    id,
    kind,
    status,
    ...(isOutside ? { isOutside } : {}),
    askedAt: iso(askedAt),
    askedBy: named(askedBy),
    holder: named(holderId),
    substitute: substituteId === undefined ? null : named(substituteId),
    gives: request.gives.map(part),
    takes: request.takes.map(part),
    ...(standing ? { standing: span(standing) } : {}),
    consent: { rule: consent.rule, people: approversOf(directory, consent, now).map(named) },
    acceptedAt: acceptedAt === undefined ? null : iso(acceptedAt),
    approvedAt: approvedAt === undefined ? null : iso(approvedAt),
    approvedBy: request.approvedBy === undefined ? null : named(request.approvedBy),
    statusAt: iso(request.statusAt),
  };
};

const keyOf = ({ askedAt, id }: DutyRequest): string => `${String(askedAt).padStart(15, '0')}.${id}`;

/** Oldest first. */
export const viewRequests = (
  directory: Directory,
  requests: readonly DutyRequest[],
  now: number,
  iso: Iso,
  { isOpen: isOpenOnly, isShown, ...query }: PageQuery & Seen<RequestView> & { readonly isOpen: boolean },
): Page<RequestView> => {
  const toView = (request: DutyRequest): RequestView => toRequestView(directory, request, now, iso);
  const page = toPage(isOpenOnly ? requests.filter(isOpen) : requests, keyOf, {
    ...query,
    isShown: isShown && ((request) => isShown(toView(request))),
  });
  return { items: page.items.map(toView), next: page.next };
};
