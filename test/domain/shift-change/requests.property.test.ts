import { expect, it } from 'vitest';
import { isOffice, standingAt, type Directory } from '../../../src/domain/organisation/directory.ts';
import type { Shift } from '../../../src/domain/roster/roster.ts';
import { approversOf } from '../../../src/domain/shift-change/consent.ts';
import { clocksOfRequest } from '../../../src/domain/shift-change/clocks-of-request.ts';
import { counterpartOf, isOpen, nextLookAt, type DutyRequest, type ShiftPart } from '../../../src/domain/shift-change/duty-request.ts';
import type { RequestCommand } from '../../../src/domain/shift-change/request-command.ts';
import { at, holder, idOf, type Name } from '../../support/invented.ts';
import { ask, openDesk, rosterOf } from './requests.ts';
import { fc } from '../../support/property.ts';

/** The rules alone, over far more sequences than the whole service can live through. */

const hour = 3_600_000;
const day = 24 * hour;
const begin = at('2021-08-27T08:30');
const days = 3;

const pool: { readonly [post: string]: readonly Name[] } = {
  p2: ['东主班', '东副班', '次日班', '东联络'],
  p3: ['西主班', '西副班', '西联络'],
};
const people: readonly Name[] = [...new Set([...pool['p2']!, ...pool['p3']!])];

const planOf = (postId: string, turn: number): readonly Shift[] =>
  Array.from({ length: days }, (_, index) => {
    const nth = (place: number) => pool[postId]!.slice(0, 3)[(turn + index + place) % 3]!;
    const from = begin + index * day;
    return { postId, from, to: from + day, holders: [holder('onDuty', nth(0)), holder('coDuty', nth(1))] };
  });

const move = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      kind: fc.constantFrom('leave' as const, 'cover' as const, 'swap' as const),
      holder: fc.constantFrom(...people),
      substitute: fc.constantFrom<Name>(...people, '次日班', '东联络', '东联络', '东联络'),
      which: fc.nat(4),
      back: fc.nat(4),
      isHalf: fc.boolean(),
      isOffer: fc.boolean(),
    }),
  },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('goOn' as const), which: fc.nat(6) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'accept' as const,
        'approve' as const,
        'decline' as const,
        'reject' as const,
        'withdraw' as const,
        'undo' as const,
        'undo' as const,
        'nameSubstitute' as const,
        'look' as const,
      ),
      which: fc.nat(6),
      by: fc.option(fc.constantFrom(...people, '东局长', '西局长', '冯主任')),
      substitute: fc.constantFrom(...people),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 8 * hour }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('import' as const), turns: fc.tuple(fc.nat(2), fc.nat(2)) }) },
);
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
type Desk = ReturnType<typeof openDesk>;

const aheadOf = (directory: Directory, personId: string, now: number): readonly ShiftPart[] =>
  directory.roster.shifts.flatMap(({ postId, from, to, holders }) =>
    to <= now
      ? []
      : holders.filter((one) => one.personId === personId).map(({ role }) => ({ postId, from: Math.max(from, now), to, role })),
  );

const headOf = ({ consent }: DutyRequest, directory: Directory, now: number): string =>
  approversOf(directory, consent, now)[0] ?? idOf('冯主任');

const play = (desk: Desk, one: Move, now: number): void => {
  const directory = desk.directory();
  const requests = [...desk.requests.values()];
  if (one.do === 'import') return desk.import([...planOf('p2', one.turns[0]), ...planOf('p3', one.turns[1])]);
  if (one.do === 'wait') return;
  if (one.do === 'ask') {
    const [holderId, substituteId] = [idOf(one.holder), idOf(one.substitute)];
    const [mine, theirs] = [aheadOf(directory, holderId, now), aheadOf(directory, substituteId, now)];
    const part = mine[one.which % Math.max(1, mine.length)];
    const back = theirs[one.back % Math.max(1, theirs.length)];
    if (!part) return;
    const given = one.isHalf ? { ...part, from: part.from + Math.floor((part.to - part.from) / 2) } : part;
    desk.act(
      undefined,
      ask({
        kind: one.kind,
        by: one.isOffer ? substituteId : holderId,
        holderId,
        substituteId,
        gives: [given],
        takes: one.kind === 'swap' && back ? [back] : [],
        ...(one.kind === 'leave' ? { standing: { from: given.from, to: given.to } } : {}),
      }),
      now,
    );
    return;
  }
  const candidates = one.do === 'goOn' ? requests.filter(isOpen) : requests;
  const request = candidates[one.which % Math.max(1, candidates.length)];
  if (!request) return;
  const type = one.do === 'goOn' ? (request.acceptedAt === undefined ? 'accept' : 'approve') : one.do;
  const isOthers = type === 'accept' || type === 'decline';
  const right = isOthers
    ? (counterpartOf(request) ?? request.holderId)
    : type === 'approve' || type === 'reject'
      ? headOf(request, directory, now)
      : request.holderId;
  const by = one.do !== 'goOn' && one.by ? idOf(one.by) : right;
  const substituteId = idOf(one.do === 'goOn' ? '次日班' : one.substitute);
  const command = { type, by, channel: 'webchat', reason: '人手不够', substituteId } as RequestCommand;
  desk.act(request.id, command, now);
};

/** At every instant the places that were planned are filled, each by another; and by nobody on two posts unless a list says so. */
const checkPosts = (directory: Directory, isImported: boolean): void => {
  const { roster, planned } = directory;
  for (const shift of roster.shifts) {
    const plan = planned.shifts.find((one) => one.postId === shift.postId && one.from <= shift.from && shift.from < one.to)!;
    const roles = (holders: Shift['holders']) => holders.map(({ role }) => role).toSorted();
    expect(roles(shift.holders)).toEqual(roles(plan.holders));
    expect(new Set(shift.holders.map(({ personId }) => personId)).size).toBe(shift.holders.length);
    if (isImported) continue;
    for (const other of roster.shifts) {
      if (other.postId <= shift.postId || other.to <= shift.from || shift.to <= other.from) continue;
      const both = shift.holders.filter(({ personId }) => other.holders.some((one) => one.personId === personId));
      expect(both, `two posts at ${new Date(shift.from).toISOString()}`).toEqual([]);
    }
  }
};

type Stands = ReadonlyMap<string, string>;

/** Who stands which place of which post at each of some instants. */
const standsAt = ({ roster }: Directory, instants: readonly number[]): Stands =>
  new Map(
    instants.flatMap((when) =>
      roster.shifts
        .filter(({ from, to }) => from <= when && when < to)
        .flatMap(({ postId, holders }) => holders.map(({ role, personId }) => [`${when} ${postId} ${role}`, personId] as const)),
    ),
  );

const exchanged = (stands: Stands, parts: readonly ShiftPart[], out: string, comes: string, now: number): Stands =>
  new Map(
    [...stands].map(([place, personId]) => {
      const isMeant = parts.some(({ postId, role, from, to }) => {
        const when = Number(place.split(' ')[0]);
        return place === `${when} ${postId} ${role}` && Math.max(from, now) <= when && when < to && personId === out;
      });
      return [place, isMeant ? comes : personId];
    }),
  );

/** What was agreed in this step, on both sides of a swap, is all that the roster shows anew; what was taken back is as it was. */
const checkStep = (before: Directory, known: ReadonlyMap<string, DutyRequest>, desk: Desk, now: number): void => {
  const after = desk.directory();
  const instants = [
    ...new Set([before, after].flatMap(({ roster }) => roster.shifts.flatMap(({ from, to }) => [from, to - 1])).concat(now)),
  ];
  let expected = standsAt(before, instants);
  for (const { id, status, holderId, substituteId, gives, takes } of desk.requests.values()) {
    if (known.get(id)?.status === status || substituteId === undefined) continue;
    const [out, comes] = status === 'undone' ? [substituteId, holderId] : [holderId, substituteId];
    if (status !== 'effective' && status !== 'undone') continue;
    const given = exchanged(expected, gives, out, comes, now);
    const taken = exchanged(expected, takes, comes, out, now);
    expected = new Map(
      [...given].map(([place, personId]) => [place, taken.get(place) === expected.get(place) ? personId : taken.get(place)!]),
    );
  }
  expect(standsAt(after, instants)).toEqual(expected);
};

const checkRequests = (desk: Desk, now: number): void => {
  const directory = desk.directory();
  for (const request of desk.requests.values()) {
    const { status, holderId, substituteId, acceptedBy, approvedBy, askedBy, standing } = request;
    expect(clocksOfRequest(request).length).toBe(isOpen(request) ? 1 : 0);
    expect(nextLookAt(request) !== null).toBe(isOpen(request));
    if (status !== 'effective') continue;
    // Both parties have said yes, and somebody else has consented.
    expect(new Set([askedBy, acceptedBy])).toEqual(new Set([holderId, substituteId]));
    expect([holderId, substituteId]).not.toContain(approvedBy);
    const isAllowed = approversOf(directory, request.consent, now).includes(approvedBy!) || isOffice(directory, approvedBy!, now);
    expect(isAllowed).toBe(true);
    if (standing && standing.to > now) expect(standingAt(directory, holderId, Math.max(standing.from, now))).not.toBe(holderId);
  }
};

it('fills every place at every instant, whatever is asked, answered, taken back and imported', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(move, { minLength: 20, maxLength: 60, size: 'max' }), fc.constantFrom(2, 31, 31), (moves, consecutiveShifts) => {
      const roster = rosterOf(...planOf('p2', 0), ...planOf('p3', 0));
      const desk = openDesk(roster, { limits: { consecutiveShifts, restMs: 0 } });
      let now = begin + 2 * hour;
      let isImported = false;
      for (const one of moves) {
        now += one.do === 'wait' ? one.ms : 1;
        isImported ||= one.do === 'import';
        const [before, known] = [desk.directory(), new Map(desk.requests)];
        play(desk, one, now);
        if (!isImported) checkStep(before, known, desk, now);
        checkPosts(desk.directory(), isImported);
        checkRequests(desk, now);
      }
      for (const { kind, status, takes } of desk.requests.values()) {
        // Without a shift in return it is only called a swap.
        const what = `${kind === 'swap' && takes.length === 0 ? 'cover' : kind} ${status}`;
        seen.set(what, (seen.get(what) ?? 0) + 1);
      }
    }),
    { numRuns: 150 },
  );
  // Each kind has come about, and some was taken back: none of it is true for want of a case.
  const kinds = ['leave', 'cover', 'swap'];
  for (const kind of kinds) expect({ kind, effective: seen.get(`${kind} effective`) ?? 0 }).toSatisfy((one) => one.effective > 10);
  expect(kinds.reduce((sum, kind) => sum + (seen.get(`${kind} undone`) ?? 0), 0)).toBeGreaterThan(0);
});
