import { expect, it } from 'vitest';
import { pack, unpack } from '../../../adapters/redis/pack.ts';
import { itemObligationId, type Command, type OpenClockCommand } from '../../../src/domain/escalation/decide.ts';
import { evolve } from '../../../src/domain/escalation/evolve.ts';
import { nextInstant } from '../../../src/domain/escalation/fire.ts';
import { itemPolicies } from '../../../src/domain/escalation/item-policies.ts';
import { isEnded } from '../../../src/domain/escalation/obligation.ts';
import { minuteOfDay } from '../../../src/domain/local-time.ts';
import { at } from '../../support/invented.ts';
import { act, contextWith, moves, passTo, startRun, type Run } from '../../support/rules.ts';
import { fc } from '../../support/property.ts';

const hour = 3_600_000;
const zone = 'Asia/Shanghai';
const context = contextWith();

const clock = (over: Partial<OpenClockCommand> = {}): OpenClockCommand => ({
  type: 'open',
  kind: 'deadline',
  subject: 'u2',
  policy: 'work',
  cause: 'deadline',
  itemId: 'iD2SD202108270001',
  key: '0',
  deadlineAt: at('2021-08-30T15:00'),
  ...over,
});

/** `-24 m9`: hours from the deadline, and who was told. */
const told = (run: Run): readonly string[] =>
  run.events
    .filter(({ event }) => event === 'StepFired')
    .map(({ at: firedAt, data }) => `${(firedAt - run.o.answerBy) / hour} ${(data['notified'] as readonly string[]).join(',')}`);

it('reminds ahead of the deadline, at it, and climbs after it', () => {
  const run = startRun(clock(), context, at('2021-08-27T10:00'));
  expect(run.events).toHaveLength(1);
  passTo(run, at('2021-08-30T20:00'), context);
  expect(told(run)).toEqual(['-24 m9', '-4 m9', '-1 m9', '0 m9', '1 m11', '2 m17,m18', '4 g:office']);
  expect(run.notices.map(({ template }) => template)).toEqual([
    'item.due',
    'item.due',
    'item.due',
    'item.overdue',
    'item.overdue',
    'item.overdue',
    'item.overdue',
    'item.overdue',
  ]);
  expect(run.notices.every(({ isBundled, itemId }) => isBundled && itemId === 'iD2SD202108270001')).toBe(true);
  expect(run.o).toMatchObject({ status: 'withOffice', missedAt: at('2021-08-30T17:00'), answerBy: at('2021-08-30T15:00'), asked: ['m9'] });
  expect(run.events.every(({ itemId }) => itemId === 'iD2SD202108270001')).toBe(true);
});

it('is with the office after the verdict, and reminds it once a working day', () => {
  const run = startRun(clock(), context, at('2021-08-27T10:00'));
  passTo(run, at('2021-09-02T12:00'), context);
  const reminded = run.events.filter(({ event }) => event === 'ReminderFired');
  expect(reminded.map((event) => [event.at, event.data['notified']])).toEqual([
    [at('2021-08-31T17:00'), ['m17', 'm18']],
    [at('2021-09-01T17:00'), ['m17', 'm18']],
  ]);
});

it('passes over what lies behind as it is opened', () => {
  const run = startRun(clock(), context, at('2021-08-30T12:00'));
  passTo(run, at('2021-08-30T16:30'), context);
  expect(told(run)).toEqual(['-1 m9', '0 m9', '1 m11']);
  expect(run.events.filter(({ event }) => event === 'StepSkipped')).toEqual([]);
});

it('tells whoever comes latest at once where even the deadline has passed', () => {
  const run = startRun(clock(), context, at('2021-08-30T17:30'));
  expect(told(run)).toEqual(['2.5 m17,m18']);
  expect(run.o.status).toBe('withOffice');
});

it('says in the evening what falls due as working hours end, though nobody looks in that very millisecond', () => {
  const run = startRun(clock({ deadlineAt: at('2021-08-30T00:00') }), context, at('2021-08-27T10:00'));
  passTo(run, at('2021-08-29T19:59'), context);
  run.now = at('2021-08-29T20:00') + 700;
  expect(nextInstant(run.o, context.policyOf('work'), run.now)).toBe(run.now);
  act(run, { type: 'fire' }, context);
  expect(run.events.at(-1)).toMatchObject({ event: 'StepFired', data: { afterMs: -4 * hour, notified: ['m9'] } });
  run.now = at('2021-08-29T20:30');
  expect(act(run, { type: 'fire' }, context).events).toEqual([]);
});

it('wakes nobody for a deadline at midnight, and keeps its distances in the morning', () => {
  const run = startRun(clock({ deadlineAt: at('2021-08-30T00:00') }), context, at('2021-08-27T10:00'));
  passTo(run, at('2021-08-30T13:00'), context);
  expect(told(run)).toEqual(['-16 m9', '-4 m9', '8 m9', '9 m11', '10 m17,m18', '12 g:office']);
  // The reminder that could not come in time is part of the one in the morning.
  expect(run.events.filter(({ event }) => event === 'StepSkipped').map(({ data }) => data['reason'])).toEqual(['overtaken']);
});

it('goes on by night where it is urgent', () => {
  const run = startRun(clock({ policy: 'workUrgent', deadlineAt: at('2021-08-30T01:00') }), context, at('2021-08-29T23:00'));
  passTo(run, at('2021-08-30T02:00'), context);
  expect(told(run).map((step) => step.split(' ')[1])).toEqual(['m9', 'm9', 'm11', 'm17,m18', 'g:office']);
});

it('says one thing after an outage over two reminders, and the deadline stays where it was', () => {
  const run = startRun(clock(), context, at('2021-08-30T10:00'));
  run.now = at('2021-08-30T14:00') + 30 * 60_000;
  act(run, { type: 'fire' }, context);
  expect(told(run)).toEqual(['-0.5 m9']);
  expect(run.o).toMatchObject({ answerBy: at('2021-08-30T15:00'), baseAt: at('2021-08-30T15:00') });
  passTo(run, at('2021-08-30T16:10'), context);
  expect(told(run).slice(1)).toEqual(['0 m9', '1 m11']);
});

it('tells everybody once who should have heard during a long outage, and waits for working hours to do so', () => {
  const run = startRun(clock(), context, at('2021-08-29T10:00'));
  run.now = at('2021-08-31T02:00');
  act(run, { type: 'fire' }, context);
  expect(told(run)).toEqual([]);
  passTo(run, at('2021-08-31T08:00'), context);
  expect(told(run)).toEqual(['17 m9', '17 m11', '17 m17,m18', '17 g:office']);
  expect(run.o.status).toBe('withOffice');
});

it('is answered by what is done with the item, by nothing that is said', () => {
  const run = startRun(clock({ kind: 'receipt', policy: 'receipt', key: 'u2' }), context, at('2021-08-30T14:30'));
  const before = run.o;
  const said: readonly Command[] = [
    { type: 'acknowledge', personId: 'm9', channel: 'webchat', receivedAt: run.now },
    { type: 'acknowledge', personId: 'm17', channel: 'webchat', receivedAt: run.now },
    { type: 'passOn', personId: 'm9', channel: 'webchat' },
    { type: 'standIn', personId: 'm9', channel: 'webchat' },
    { type: 'recordCall', personId: 'm17', result: 'onPost', channel: 'webchat' },
    { type: 'movePolicy', policy: 'check', personId: 'm17' },
  ];
  for (const command of said) expect(act(run, command, context)).toEqual({ events: [], refusal: 'notForThisKind' });
  expect(run.o).toBe(before);
  const { events } = act(run, { type: 'answer', personId: 'm9', channel: 'webchat' }, context);
  expect(events).toMatchObject([
    { event: 'AnswerRecorded', itemId: run.o.itemId, actor: 'm9', data: { by: 'm9', isLate: false, proof: 'action' } },
  ]);
  expect(run.o).toMatchObject({ status: 'answered', endedBy: 'm9' });
});

it('is no business of a check to be answered by an act', () => {
  const run = startRun({ type: 'open', kind: 'check', subject: 'p2', policy: 'check', cause: 'manual' }, context, at('2021-08-27T10:00'));
  expect(act(run, { type: 'answer' }, context)).toEqual({ events: [], refusal: 'notForThisKind' });
});

it('tells who must act as it is opened, and once where it is late already', () => {
  const review = clock({ kind: 'review', policy: 'review', key: '1' });
  const run = startRun(review, context, at('2021-08-29T15:00'));
  expect(told(run)).toEqual(['-24 m17,m18']);
  expect(run.notices.map(({ template }) => template)).toEqual(['item.review', 'item.review']);
  passTo(run, at('2021-08-30T20:00'), context);
  expect(told(run)).toEqual(['-24 m17,m18', '-4 m17,m18', '0 m17,m18', '4 g:office']);
  const late = startRun(review, context, at('2021-08-30T15:30'));
  expect(told(late)).toEqual(['0.5 m17,m18']);
  const approval = startRun(clock({ kind: 'approval', policy: 'approval', key: '1p' }), context, at('2021-08-30T11:00'));
  expect(told(approval)).toEqual(['-4 m11']);
  const night = startRun(review, context, at('2021-08-29T22:00'));
  expect(told(night)).toEqual([]);
  passTo(night, at('2021-08-30T08:00'), context);
  expect(told(night)).toEqual(['-7 m17,m18']);
});

it('asks a named person, a group by its leader, and the post of a unit by night', () => {
  const subtask = startRun(clock({ kind: 'subtask', policy: 'subtask', subject: 'm10', key: '2' }), context, at('2021-08-30T11:00'));
  expect(told(subtask)).toEqual(['-4 m10']);
  const group = startRun(clock({ subject: 'g1' }), context, at('2021-08-30T14:00'));
  expect(told(group)).toEqual(['-1 m17']);
  const receipt = startRun(clock({ kind: 'receipt', policy: 'receipt', key: 'u2' }), context, at('2021-08-30T15:00'));
  expect(told(receipt)).toEqual(['0 m10,m7']);
});

it('begins anew where the same date is owed again after an end', () => {
  const run = startRun(clock(), context, at('2021-08-27T10:00'));
  act(run, { type: 'withdraw', reason: 'moved' }, context);
  expect(run.o.status).toBe('withdrawn');
  const again = startRun(clock(), context, at('2021-08-28T10:00'));
  expect(again.o.id).toBe(run.o.id);
  const reopened = evolve(run.o, again.events[0]!);
  expect(reopened).toEqual(again.o);
  expect(evolve(again.o, run.events[0]!)).toBe(again.o);
});

it('tells clocks apart by item, kind, who owes it, key and date', () => {
  const one = { kind: 'receipt', subject: 'u2', key: 'u2', deadlineAt: 5 } as const;
  const ids = [
    itemObligationId('i1', one),
    itemObligationId('i1', { ...one, subject: 'u3' }),
    itemObligationId('i1', { ...one, key: 'u3' }),
    itemObligationId('i1', { ...one, kind: 'deadline' }),
    itemObligationId('i1.u2', { ...one, key: '' }),
    itemObligationId('i1', { ...one, key: '.u2' }),
    itemObligationId('i1', { ...one, deadlineAt: 6 }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

const clocks = fc.record({
  policy: fc.constantFrom(...itemPolicies.map(({ name }) => name)),
  kind: fc.constantFrom('receipt' as const, 'deadline' as const, 'review' as const, 'subtask' as const),
  subject: fc.constantFrom('u1', 'u2', 'u9', 'g1', 'm10', 'm99'),
  openedAt: fc.integer({ min: at('2021-08-27T00:00'), max: at('2021-08-29T00:00') }),
  aheadMs: fc.integer({ min: -30 * hour, max: 60 * hour }),
  outages: fc.array(fc.integer({ min: 0, max: 20 * hour }), { maxLength: 6 }),
  moves: fc.array(moves, { maxLength: 6 }),
});

it('keeps its deadline, its order and its hours through outages and everything that is said', () => {
  fc.assert(
    fc.property(clocks, ({ policy: name, kind, subject, openedAt, aheadMs, outages, moves: said }) => {
      const policy = context.policyOf(name);
      const deadlineAt = openedAt + aheadMs;
      const run = startRun(clock({ kind, policy: name, subject, deadlineAt }), context, openedAt);
      for (const [index, outage] of outages.entries()) {
        run.now += outage;
        act(run, { type: 'fire' }, context);
        const move = said[index];
        if (move && move.command.type !== 'withdraw') act(run, move.command, context);
        expect(unpack(run.o.id, pack(1, { type: 'obligation', state: run.o })).aggregate.state).toEqual(run.o);
        const next = nextInstant(run.o, policy, run.now);
        expect(Number.isFinite(next)).toBe(true);
        expect(next).toBeGreaterThan(run.now);
      }
      passTo(run, Math.max(run.now, deadlineAt) + 100 * hour, context);
      expect(run.o).toMatchObject({ answerBy: deadlineAt, baseAt: deadlineAt, status: 'withOffice' });
      expect(isEnded(run.o)).toBe(false);
      let last = Number.NEGATIVE_INFINITY;
      for (const { event, data, itemId } of run.events) {
        expect(itemId).toBe(run.o.itemId);
        if (event !== 'StepFired' && event !== 'StepSkipped') continue;
        expect(data['afterMs']).toBeGreaterThanOrEqual(last);
        last = data['afterMs'] as number;
      }
      const fired = run.events.filter(({ event }) => event === 'StepFired');
      const minutes = policy.hours ? fired.map(({ at: when }) => minuteOfDay(zone, when)) : [];
      // what falls due as the hours end may come a few minutes later
      expect(minutes.filter((minute) => minute < 480 || minute > 1205)).toEqual([]);
      const each = fired.map(({ at: when, data }) => (data['notified'] as readonly string[]).map((to) => `${when} ${to}`)).flat();
      expect(new Set(each).size).toBe(each.length);
      expect(run.events.reduce<Run['o'] | undefined>((o, event) => evolve(o, event), undefined)).toEqual(run.o);
    }),
    { numRuns: 200 },
  );
});
