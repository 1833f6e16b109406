import type { Directory } from '../../domain/organisation/directory.ts';
import type { Handover } from '../../domain/handover/handover.ts';
import type { Shift } from '../../domain/roster/roster.ts';
import type { DutyRequest } from '../../domain/shift-change/duty-request.ts';
import type { HandoverView } from '../handover/view-handovers.ts';
import { nameSubject } from '../views/view-obligations.ts';
import type { Iso } from '../views/view-page.ts';
import { toRequestView, type RequestView } from '../views/view-requests.ts';
import { answerableFor, toShift, type HolderView, type ShiftView } from '../views/view-subject.ts';
import { shiftIdOf } from '../views/shift-id.ts';

/** A change of shift as its shifts name it. */
export type HandoverRef = Pick<HandoverView, 'id' | 'at' | 'status' | 'acceptedAt' | 'acceptedBy'>;

/** One shift: who stands it, who took it over and from whom, and what was asked for about it. Instants ISO. */
export type ShiftDetail = ShiftView & {
  readonly at: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly isOver: boolean;
  readonly landline?: string;
  /** Those who answer for its unit. */
  readonly people: readonly HolderView[];
  /** How it was taken over, and how it was given on. */
  readonly takenOver: HandoverRef | null;
  readonly givenOn: HandoverRef | null;
  readonly requests: readonly RequestView[];
  /** The post's shift before, and the one after: their names. */
  readonly before: string | null;
  readonly after: string | null;
};

export type ShiftInput = {
  readonly directory: Directory;
  readonly shift: Shift;
  readonly handovers: readonly Handover[];
  readonly requests: readonly DutyRequest[];
  readonly toHandover: (handover: Handover) => HandoverView;
  readonly now: number;
  readonly iso: Iso;
};

/** One that came to nothing says something only where no other was. */
const atBoundary = ({ handovers, shift, toHandover }: ShiftInput, at: number): HandoverRef | null => {
  const found = handovers.filter((one) => one.postId === shift.postId && one.at === at);
  const last = found.findLast(({ lapsedAt }) => lapsedAt === undefined) ?? found.at(-1);
  if (!last) return null;
  const { id, at: when, status, acceptedAt, acceptedBy } = toHandover(last);
  return { id, at: when, status, acceptedAt, acceptedBy };
};

const isAbout =
  ({ postId, from, to }: Shift) =>
  ({ gives, takes }: DutyRequest): boolean =>
    [...gives, ...takes].some((part) => part.postId === postId && part.from < to && from < part.to);

export const viewShift = (input: ShiftInput): ShiftDetail => {
  const { directory, shift, requests, now, iso } = input;
  const post = directory.posts.get(shift.postId);
  const unitId = post?.unitId ?? '';
  const all = directory.shiftsOf.get(shift.postId) ?? [];
  const index = all.indexOf(shift);
  const [before, after] = [all[index - 1], all[index + 1]];
  return {
    ...toShift(directory, shift, { now, iso }),
    at: iso(now),
    unit: { id: unitId, name: nameSubject(directory, unitId) },
    isOver: shift.to <= now,
    ...(post?.landline === undefined ? {} : { landline: post.landline }),
    people: answerableFor(directory, unitId, now),
    takenOver: atBoundary(input, shift.from),
    givenOn: atBoundary(input, shift.to),
    requests: requests.filter(isAbout(shift)).map((request) => toRequestView(directory, request, now, iso)),
    before: before ? shiftIdOf(before) : null,
    after: after ? shiftIdOf(after) : null,
  };
};
