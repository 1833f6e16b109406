import { describe, expect, it } from 'vitest';
import type { HandoverRules } from '../../../src/domain/handover/advance.ts';
import { effectiveAt, type Handover } from '../../../src/domain/handover/handover.ts';
import {
  holdsAt,
  isChangedIn,
  isUrgentIn,
  lookAgain,
  lookAtAll,
  nextChangeAt,
  takeFrom,
  type BookRead,
  type Look,
} from '../../../src/domain/handover/look.ts';
import { buildDirectory, type Directory } from '../../../src/domain/organisation/directory.ts';
import type { Holder, Shift } from '../../../src/domain/roster/roster.ts';
import * as invented from '../../support/invented.ts';
import { fc } from '../../support/property.ts';

/** Several posts that change from day to night at the same hour; what a look at all of them finds, and what is written of it. */

const hour = 3_600_000;
const rules: HandoverRules = { leadMs: hour, fromAt: 0, toAt: 100 * hour };
const by = (name: invented.Name): readonly Holder[] => [invented.holder('onDuty', name)];
const day = by('东主班');
const night = by('次日班');

const directoryOf = (postIds: readonly string[], holders: readonly (readonly Holder[])[] = [day, night]): Directory =>
  buildDirectory(invented.organisation, {
    version: 1,
    posts: postIds.map((id) => ({ ...invented.roster.posts[1]!, id })),
    shifts: postIds.flatMap((postId) =>
      holders.map((holders, index): Shift => ({ postId, from: index * 8 * hour, to: (index + 1) * 8 * hour, holders })),
    ),
  });

const three = ['p1', 'p2', 'p3'] as const;
const directory = directoryOf(three);

const handoverAt = (postId: string, more: Partial<Handover> = {}): Handover => ({
  id: `h${postId}.1`,
  postId,
  at: 8 * hour,
  openedAt: 7 * hour,
  outgoing: day,
  incoming: night,
  endsAt: 16 * hour,
  open: [],
  due: [],
  notes: [],
  delays: [],
  ...more,
});

const acceptedAt = (postId: string, hours: number): Handover =>
  handoverAt(postId, { acceptedAt: hours * hour, acceptedBy: night[0]!.personId });

type Waiting = { readonly [postId: string]: Handover };

const standsOf = (postIds: readonly string[], holders = day) => Object.fromEntries(postIds.map((id) => [id, holders]));

const readOf = (pending: Waiting = {}, seenAt = 6 * hour, stands = standsOf(three)): BookRead => ({
  book: { seenAt, stands, last: { p3: 'hp3.0' } },
  pending: (postId) => pending[postId],
  waitingAt: Object.keys(pending),
});

const lookAt = (hours: number, pending?: Waiting, of = directory): Look => lookAtAll(readOf(pending), of, hours * hour, rules);

const take = (look: Look, most: number, pending?: Waiting, of = directory) => takeFrom(look, readOf(pending).book, of, most);

const all = (handover: (postId: string) => Handover): Waiting => Object.fromEntries(three.map((id) => [id, handover(id)]));

describe('a look at all posts', () => {
  it('has nothing to say while nothing comes, and says until when', () => {
    const look = lookAt(6.5);
    expect([...look.posts]).toEqual([]);
    expect([...look.held]).toEqual([]);
    expect(look.untilAt).toBe(7 * hour);
    expect([isUrgentIn(look), isChangedIn(look, false), isChangedIn(look, true)]).toEqual([false, false, false]);
  });

  it('opens what comes within the lead, and holds each post for whoever stands it', () => {
    const look = lookAt(7);
    expect(look.counts).toEqual({ urgent: 3, changed: 3, canWait: 0 });
    expect([...look.held]).toEqual(three.map((id) => [id, { from: 8 * hour, holders: day }]));
    expect([isUrgentIn(look), isChangedIn(look, false), isChangedIn(look, true)]).toEqual([true, true, true]);
    expect(look.untilAt).toBe(8 * hour);
  });

  it('has nothing new to say of what was opened and waits, and holds the post on, with who has come so far', () => {
    const come = handoverAt('p2', { needed: 2, acceptances: [{ at: 7.5 * hour, by: night[0]!.personId }] });
    const look = lookAt(9, { ...all(handoverAt), p2: come });
    expect(look.counts).toEqual({ urgent: 0, changed: 0, canWait: 0 });
    expect([...look.posts.values()].map(({ waiting }) => waiting?.id)).toEqual(['hp1.1', 'hp2.1', 'hp3.1']);
    expect([...look.held]).toEqual([
      ['p1', { from: 8 * hour, holders: day }],
      ['p2', { from: 8 * hour, holders: day, come: [night[0]!.personId] }],
      ['p3', { from: 8 * hour, holders: day }],
    ]);
    expect(isChangedIn(look, false)).toBe(false);
  });

  it('waits with what was accepted ahead until its hour, and holds nothing for those who leave', () => {
    const look = lookAt(
      7.5,
      all((id) => acceptedAt(id, 7.25)),
    );
    expect([look.untilAt, [...look.held], look.counts.changed]).toEqual([8 * hour, [], 0]);
  });

  it('looks again when what was accepted by a clock ahead comes into effect', () => {
    const look = lookAt(9, { ...all(handoverAt), p2: acceptedAt('p2', 9.01) });
    expect(look.untilAt).toBe(9.01 * hour);
  });

  it('puts off writing down who has come after the boundary, and nothing else', () => {
    const pending = all((id) => acceptedAt(id, 8.5));
    const look = lookAt(9, pending);
    expect(look.counts).toEqual({ urgent: 0, changed: 3, canWait: 3 });
    expect([isUrgentIn(look), isChangedIn(look, false), isChangedIn(look, true)]).toEqual([false, true, false]);
    const ahead = lookAt(8, { ...pending, p2: acceptedAt('p2', 7.5) });
    expect([isUrgentIn(ahead), isChangedIn(ahead, true)]).toEqual([false, true]);
  });

  it('ends what waits at a post that is there no more, unless somebody has come already', () => {
    const pending = { p8: handoverAt('p8'), p9: acceptedAt('p9', 8.5) };
    const look = lookAt(6.5, { p8: pending.p8 });
    expect(look.gone).toEqual([{ type: 'lapse', handover: pending.p8, reason: 'noShift' }]);
    expect([isUrgentIn(look), isChangedIn(look, true)]).toEqual([true, true]);
    const come = lookAtAll(readOf({ p9: pending.p9 }, 16 * hour, standsOf(three, night)), directory, 17 * hour, {
      ...rules,
      toAt: 16 * hour,
    });
    expect(come.gone).toEqual([{ type: 'settle', handover: pending.p9 }]);
    expect([isUrgentIn(come), isChangedIn(come, true)]).toEqual([false, true]);
    expect(lookAt(6.5, pending).gone.map(({ type }) => type)).toEqual(['lapse', 'lapse']);
    expect(isUrgentIn(lookAtAll(readOf(pending, 9 * hour), directoryOf([]), 9 * hour, rules))).toBe(true);
  });

  it('holds until its instant, also for a clock that is a little behind', () => {
    const look = lookAt(6.5);
    const holds = [6.5 * hour - 60_000, 6.5 * hour - 59_999, 6.5 * hour, 7 * hour - 1, 7 * hour].map((now) => holdsAt(look, now));
    expect(holds).toEqual([false, true, true, true, false]);
  });
});

describe('a look at what has moved', () => {
  const move = fc.constantFrom<((postId: string, now: number) => Handover | undefined)[]>(
    () => undefined,
    (id) => handoverAt(id),
    (id, now) => handoverAt(id, { acceptedAt: now, acceptedBy: night[0]!.personId }),
    (id, now) => handoverAt(id, { acceptedAt: now + 30_000, acceptedBy: night[0]!.personId }),
    (id) => handoverAt(id, { acceptances: [{ at: 7 * hour, by: night[0]!.personId }], needed: 2 }),
    (id) => handoverAt(id, { outgoing: by('钱副班') }),
  );
  const moves = fc.array(fc.record({ postId: fc.constantFrom(...three), move, afterMs: fc.integer({ min: 0, max: hour / 4 }) }), {
    maxLength: 8,
  });

  it('finds what a look at everything finds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 9 }), moves, (from, list) => {
        let now = from * hour;
        let pending: Waiting = {};
        let look = lookAtAll(readOf(pending), directory, now, rules);
        for (const { postId, move, afterMs } of list) {
          now += afterMs;
          if (!holdsAt(look, now)) look = lookAtAll(readOf(pending), directory, now, rules);
          const { [postId]: _, ...others } = pending;
          const moved = move(postId, now);
          pending = moved ? { ...others, [postId]: moved } : others;
          look = lookAgain(look, [postId], readOf(pending), directory, now, rules);
          const whole = lookAtAll(readOf(pending), directory, now, rules);
          expect(look.counts).toEqual(whole.counts);
          expect(new Map(look.posts)).toEqual(whole.posts);
          expect(new Map(look.held)).toEqual(whole.held);
          expect(look.at).toBe(whole.at);
          expect(look.untilAt).toBeLessThanOrEqual(whole.untilAt);
          for (const one of Object.values(pending)) {
            const comesAt = one.acceptedAt === undefined ? 0 : effectiveAt(one);
            expect(comesAt <= now || look.untilAt <= comesAt).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same look where nothing has moved and no time has gone by, and keeps what it knows where time has', () => {
    const before = lookAt(7);
    const again = (clockAt: number) => lookAgain(before, [], readOf(), directory, clockAt, rules);
    expect(again(7 * hour)).toBe(before);
    expect(again(7 * hour - 30_000)).toBe(before);
    expect(again(7.5 * hour)).toEqual({ ...before, at: 7.5 * hour });
  });

  it('keeps what it holds as it is where somebody said something and nobody has come', () => {
    const pending = all(handoverAt);
    const before = lookAt(7.5, pending);
    const noted = { ...pending, p1: handoverAt('p1', { notes: [{ at: 7.6 * hour, by: 'm1', text: '' }] }) };
    expect(lookAgain(before, ['p1'], readOf(noted), directory, 7.6 * hour, rules).held).toBe(before.held);
    const come = { ...pending, p1: handoverAt('p1', { acceptances: [{ at: 7.6 * hour, by: night[0]!.personId }], needed: 2 }) };
    expect(lookAgain(before, ['p1'], readOf(come), directory, 7.6 * hour, rules).held.get('p1')?.come).toEqual([night[0]!.personId]);
  });

  it('leaves out a post that is there no more', () => {
    const before = lookAt(7.5, all(handoverAt));
    const look = lookAgain(before, ['p9'], readOf(all(handoverAt)), directory, 7.5 * hour, rules);
    expect([look.counts, [...look.posts.keys()]]).toEqual([before.counts, [...three]]);
  });
});

describe('what is written of a look', () => {
  it('is at most so many posts at which something is opened, and the rest is found by the next', () => {
    const first = take(lookAt(7), 2);
    expect(first.advances.map((one) => one.type === 'open' && one.postId)).toEqual(['p1', 'p2']);
    expect([first.isMore, first.stands, first.pending, first.last]).toEqual([true, standsOf(three), {}, { p3: 'hp3.0' }]);
    expect(take(lookAt(7), 3)).toMatchObject({ isMore: false, advances: [{ postId: 'p1' }, { postId: 'p2' }, { postId: 'p3' }] });
  });

  it('keeps what waits, and also what lapses but found no room', () => {
    expect(take(lookAt(9, all(handoverAt)), 3, all(handoverAt))).toMatchObject({
      pending: { p1: 'hp1.1', p2: 'hp2.1', p3: 'hp3.1' },
      advances: [],
      isMore: false,
    });
    const others = all((id) => handoverAt(id, { incoming: by('钱副班') }));
    const written = take(lookAt(9, others), 1, others);
    expect(written.advances.map(({ type }) => type)).toEqual(['lapse', 'open']);
    expect([written.isMore, written.pending]).toEqual([true, { p2: 'hp2.1', p3: 'hp3.1' }]);
  });

  it('settles whatever has come into effect, however many, and has it as the last of its post', () => {
    const come = all((id) => acceptedAt(id, 8.5));
    const written = take(lookAt(9, come), 1, come);
    expect(written).toEqual({
      stands: standsOf(three, night),
      pending: {},
      last: { p1: 'hp1.1', p2: 'hp2.1', p3: 'hp3.1' },
      advances: three.map((id) => ({ type: 'settle', handover: come[id] })),
      isMore: false,
    });
  });

  it('settles the one of a post and leaves the next of it for later where there is no room', () => {
    const onAndOn = directoryOf(three, [day, night, day]);
    const come = all((id) => acceptedAt(id, 8.5));
    const look = lookAtAll(readOf(come, 8 * hour), onAndOn, 15.5 * hour, rules);
    const written = take(look, 1, come, onAndOn);
    expect(written.advances.map(({ type }) => type)).toEqual(['settle', 'open', 'settle', 'settle']);
    expect([written.isMore, written.pending]).toEqual([true, {}]);
    expect(written.last).toEqual({ p1: 'hp1.1', p2: 'hp2.1', p3: 'hp3.1' });
  });

  it('ends what waits at posts that are there no more first', () => {
    const pending = { p9: handoverAt('p9') };
    expect(take(lookAt(7, pending), 3, pending).advances.map(({ type }) => type)).toEqual(['lapse', 'open', 'open', 'open']);
  });
});

describe('the next change of shift', () => {
  it('is the next instant at which somebody’s shift begins or ends, after the given one', () => {
    expect([-1, 0, 1, 8 * hour - 1, 8 * hour].map((now) => nextChangeAt(directory, now))).toEqual(
      [0, 8, 8, 8, 16].map((hours) => hours * hour),
    );
    expect(nextChangeAt(directory, 16 * hour)).toBe(Number.POSITIVE_INFINITY);
  });

  it('knows nothing of how long ahead handovers are opened, whoever asked first', () => {
    const own = directoryOf(['p1']);
    expect(lookAtAll({ book: undefined, pending: () => undefined, waitingAt: [] }, own, 6 * hour, rules).untilAt).toBe(7 * hour);
    expect(nextChangeAt(own, 6 * hour)).toBe(8 * hour);
  });
});
