import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/domain/escalation/announce.ts';
import { decide } from '../../../src/domain/escalation/decide.ts';
import type { Policy } from '../../../src/domain/escalation/policy.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import type { Roster } from '../../../src/domain/roster/roster.ts';
import { at, holder, idOf, organisation, roster } from '../../support/invented.ts';
import { act, contextWith, passTo, startRun, type Run } from '../../support/rules.ts';

/** The very instants and people at which a rule changes its mind. */

const minute = 60_000;
const openedAt = at('2021-08-27T10:00');
const context = contextWith();
const check = { type: 'open', kind: 'check', subject: 'p2', policy: 'check', cause: 'manual' } as const;
const started = (): Run => startRun(check, context, openedAt);
const deadline = {
  type: 'open',
  kind: 'deadline',
  subject: 'u2',
  policy: 'work',
  cause: 'deadline',
  itemId: 'iD2SD202108270001',
  key: '0',
  deadlineAt: at('2021-08-30T15:00'),
} as const;

it('leaves the verdict to its time where a question is passed on past the office, which knows already', () => {
  const run = started();
  run.o = { ...run.o, asked: [...run.o.asked, idOf('冯主任'), idOf('陈干事')], throughMs: 20 * minute };
  run.now += minute;
  const { answerBy } = run.o;
  expect(act(run, { type: 'passOn', personId: idOf('东联络'), channel: 'x' }, context).events).toMatchObject([
    { event: 'StepFired', data: { afterMs: 45 * minute, reminders: [[-1, answerBy, 0]] } },
  ]);
  passTo(run, answerBy, context);
  expect(run.o).toMatchObject({ status: 'withOffice', missedAt: answerBy });
});

describe('the end of a window', () => {
  it.each([
    [0, false],
    [1, true],
  ])('of a check belongs to it: %s ms after it an answer is late: %s', (afterMs, isLate) => {
    const run = started();
    passTo(run, run.o.answerBy + afterMs, context);
    const receivedAt = run.now;
    const { events } = decide(run.o, { type: 'acknowledge', personId: idOf('东主班'), channel: 'x', receivedAt }, context, run.now);
    expect(events).toMatchObject([{ event: 'AnswerRecorded', data: { isLate, afterMs: 10 * minute + afterMs } }]);
  });

  it.each([
    [-1, false],
    [0, true],
  ])('of an item does not: what is owed before 24:00 is late at it (%s ms: %s)', (afterMs, isLate) => {
    const run = startRun(deadline, context, openedAt);
    const { events } = decide(run.o, { type: 'answer', personId: 'm9', channel: 'x' }, context, deadline.deadlineAt + afterMs);
    expect(events).toMatchObject([{ event: 'AnswerRecorded', data: { isLate } }]);
  });
});

it('is not written down anew where somebody looks at a ladder that is at its end and waits for the window', () => {
  const policy: Policy = {
    name: 'check',
    answerWindowMs: 2 * minute,
    steps: [
      { afterMs: 0, notify: ['onDuty'], via: 'card' },
      { afterMs: minute, notify: [], via: 'card' },
    ],
    remindOfficeEveryMs: minute,
  };
  const short = contextWith({ policies: [policy] });
  const run = startRun(check, short, openedAt);
  passTo(run, openedAt + minute, short);
  expect(run.events.at(-1)).toMatchObject({ event: 'StepSkipped', data: { reminders: [[-1, openedAt + 2 * minute, 0]] } });
  expect(act(run, { type: 'fire' }, short).events).toEqual([]);
});

describe('a reminder by hand', () => {
  const remind = (run: Run, name: '冯主任' | '陈干事' | '东副班') =>
    act(run, { type: 'remind', personId: idOf(name), channel: 'x' }, context);

  it('is told to everybody who owes the answer, but not to whoever gives it', () => {
    const run = started();
    // the officer of the office stands the post too, for a while
    run.o = { ...run.o, asked: [idOf('东主班'), idOf('冯主任')] };
    const { events } = remind(run, '冯主任');
    expect(events).toMatchObject([{ event: 'ReminderFired', actor: idOf('冯主任'), data: { notified: [idOf('东主班')] } }]);
    expect(events.flatMap((event) => announce(run.o, event, context)).map(({ to }) => to)).toEqual([idOf('东主班')]);
  });

  it('is refused for two minutes after another, and to whoever stands beside', () => {
    const run = started();
    expect(remind(run, '东副班').refusal).toBe('wrongRole');
    expect(remind(run, '冯主任').refusal).toBeUndefined();
    run.now += 2 * minute - 1;
    expect(remind(run, '陈干事').refusal).toBe('tooSoon');
    run.now += 1;
    expect(remind(run, '陈干事').refusal).toBeUndefined();
  });
});

describe('after a change of shift', () => {
  const changesAt = openedAt + minute;
  const changing: Roster = {
    ...roster,
    shifts: roster.shifts.flatMap((shift) =>
      shift.postId === 'p2' && shift.from <= changesAt && changesAt < shift.to
        ? [
            { ...shift, to: changesAt },
            { ...shift, from: changesAt, holders: [holder('onDuty', '次日班'), holder('coDuty', '西副班')] },
          ]
        : [shift],
    ),
  };
  const context = contextWith({ directory: buildDirectory(organisation, changing) });

  it.each([
    ['次日班', 'onDuty'],
    ['西副班', 'coDuty'],
    ['东主班', 'onDuty'],
    // whom nobody had asked by then
    ['东副班', 'coDuty'],
  ] as const)('%s may answer what was asked before it, as %s', (name, role) => {
    const run = startRun(check, context, openedAt);
    passTo(run, changesAt + minute, context);
    const { events, refusal } = act(run, { type: 'acknowledge', personId: idOf(name), channel: 'x', receivedAt: run.now }, context);
    expect(refusal).toBeUndefined();
    expect(events).toMatchObject([{ event: 'AnswerRecorded', data: { by: idOf(name), role } }]);
  });

  it('nobody else of the unit does', () => {
    const run = startRun(check, context, openedAt);
    passTo(run, changesAt + minute, context);
    expect(act(run, { type: 'acknowledge', personId: idOf('西主班'), channel: 'x', receivedAt: run.now }, context).refusal).toBe('standIn');
  });
});
