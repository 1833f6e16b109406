import { expect, it } from 'vitest';
import { pack, unpack } from '../../../adapters/redis/pack.ts';
import type { Watch } from '../../../src/domain/contact/watch.ts';
import type { Obligation } from '../../../src/domain/escalation/obligation.ts';
import type { Aggregate } from '../../../src/ports/store.ts';
import { fc } from '../../support/property.ts';

const instant = fc.integer({ min: Date.UTC(2021, 0, 1), max: Date.UTC(2031, 0, 1) });
const ids = fc.array(fc.constantFrom('m1', 'm22', 'g:office', 'l:p1'), { maxLength: 4 });
const text = fc.string({ minLength: 1 });

const whoHeard = fc.constantFrom('m1', 'm2');

const watches: fc.Arbitrary<Watch> = fc.record(
  {
    subject: fc.constantFrom('p1', 'm7', 'p100000'),
    startedAt: instant,
    lastContactAt: fc.option(instant),
    lastPresenceAt: fc.option(instant),
    nextCheckAt: fc.option(instant),
    cause: fc.constantFrom('round', 'random', 'silence', 'manual', 'restart'),
    openObligationId: fc.option(fc.constant('ocp1.kstpjcw0')),
    lastPresenceBy: whoHeard,
    lastContactBy: whoHeard,
  },
  { requiredKeys: ['subject', 'startedAt', 'lastContactAt', 'lastPresenceAt', 'nextCheckAt', 'cause', 'openObligationId'] },
);

const needed = [
  'id',
  'kind',
  'subject',
  'policy',
  'openedAt',
  'answerBy',
  'status',
  'baseAt',
  'throughMs',
  'stepNo',
  'reminders',
  'asked',
  'told',
] as const;

const obligations: fc.Arbitrary<Obligation> = fc.record(
  {
    id: fc.constant('ocp1.kstpjcw0'),
    kind: fc.constantFrom('check', 'postEmpty', 'restore', 'help', 'channelFailure', 'rosterGap', 'handover', 'reachTest'),
    subject: fc.constantFrom('p1', 'm7', 'xrpkstpjcw0.m1'),
    policy: fc.constantFrom('check', 'urgent', 'work', 'own'),
    openedAt: instant,
    answerBy: instant,
    status: fc.constantFrom('open', 'withOffice', 'answered', 'takenOver', 'withdrawn'),
    baseAt: instant,
    throughMs: fc.integer({ min: -1, max: 10_000_000 }),
    stepNo: fc.nat({ max: 40 }),
    reminders: fc.array(fc.record({ afterMs: fc.integer({ min: -1, max: 9_000_000 }), dueAt: instant, left: fc.nat({ max: 9 }) }), {
      maxLength: 4,
    }),
    asked: ids,
    told: ids,
    roundId: text,
    cause: text,
    code: fc.integer({ min: 0, max: 9999 }).map((digits) => String(digits).padStart(4, '0')),
    openedBy: fc.constant('m3'),
    missedAt: instant,
    isDelivered: fc.constant(true),
    deliveredLateMs: fc.nat(10_000_000),
    callResult: fc.constantFrom('onPost', 'busy', 'invalidNumber', 'noAnswer', 'hungUp', 'standIn'),
    endedAt: instant,
    endedBy: fc.constant('m4'),
    endReason: text,
  },
  { requiredKeys: [...needed] },
);

const roundTrips = (id: string, aggregate: Aggregate): void => {
  expect(unpack(id, pack(7, aggregate))).toEqual({ id, version: 7, aggregate });
};

it('packs every watch and unpacks it as it was', () => {
  fc.assert(fc.property(watches, (state) => roundTrips(`w${state.subject}`, { type: 'watch', state })));
});

it('packs every obligation and unpacks it as it was', () => {
  fc.assert(
    fc.property(obligations, (state) => roundTrips(state.id, { type: 'obligation', state })),
    { numRuns: 500 },
  );
});

it('keeps rounds, dialogues, paused channels, links and the calendar', () => {
  roundTrips('l', { type: 'links', state: { all: 2, u1: 1 } });
  roundTrips('rp1', {
    type: 'round',
    state: { id: 'rp1', cause: 'round', target: 'posts', openedAt: 1, phase: 'opening', isMassFailure: false, asked: 0 },
  });
  roundTrips('n', { type: 'reach', state: { m1: { paused: ['webchat'], left: [] } } });
  roundTrips('dm1', { type: 'dialogue', state: { personId: 'm1', question: { kind: 'help', askedAt: 5 } } });
  roundTrips('k', { type: 'calendar', state: { throughAt: 5, seeds: { '2021-08-27': 'geheim|"x"' } } });
});

it('keeps what was said ahead of shifts, and changes of the roster that can be undone', () => {
  const tests = { m1: { from: 2_000, deadlineAt: 1_000, obligationId: 'ozsm1.m1.1k.rs', isSettled: true } } as const;
  roundTrips('s', { type: 'ahead', state: { throughAt: 5, version: 3, tests } });
  const touched = [{ postId: 'p1', from: 1_000, to: 2_000 }];
  roundTrips('um1.1.2', {
    type: 'applied',
    state: { id: 'um1.1.2', by: 'm1', at: 1, touched, firstStartAt: 1_000, overrideIds: ['v1'], left: 'x' },
  });
});
