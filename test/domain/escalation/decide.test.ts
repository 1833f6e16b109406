import { describe, expect, it } from 'vitest';
import { decide, isLateAt, needsRestoring, obligationIdOf, owesAnswer, type Command } from '../../../src/domain/escalation/decide.ts';
import { evolve } from '../../../src/domain/escalation/evolve.ts';
import type { CallResult, Obligation } from '../../../src/domain/escalation/obligation.ts';
import type { Policy } from '../../../src/domain/escalation/policy.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import { at, idOf, organisation, roster, type Name } from '../../support/invented.ts';
import { act, contextWith, passTo, startRun, type Run } from '../../support/rules.ts';

/** What each person may say to each kind of obligation, and what comes of it. */

const minute = 60_000;
const openedAt = at('2021-08-27T10:00');
const context = contextWith();
const channel = 'x';

type Kind = 'check' | 'postEmpty' | 'restore' | 'help' | 'channelFailure' | 'rosterGap';
const policyOf = {
  check: 'check',
  postEmpty: 'check',
  restore: 'restore',
  help: 'urgent',
  channelFailure: 'office',
  rosterGap: 'office',
} as const;

/** One of the first district's post, asked for by the holder of the post where somebody must have. */
const started = (kind: Kind, openedBy?: Name, subject = 'p1'): Run =>
  startRun(
    { type: 'open', kind, subject, policy: policyOf[kind], cause: 'manual', ...(openedBy ? { openedBy: idOf(openedBy) } : {}) },
    context,
    openedAt,
  );

const clock = (subject = 'u2'): Run =>
  startRun(
    {
      type: 'open',
      kind: 'deadline',
      subject,
      policy: 'work',
      cause: 'deadline',
      itemId: 'iD2SD202108270001',
      key: '0',
      deadlineAt: at('2021-08-30T15:00'),
    },
    context,
    openedAt,
  );

const saying = (run: Run, name: Name, more: Partial<Extract<Command, { type: 'acknowledge' }>> = {}) =>
  decide(run.o, { type: 'acknowledge', personId: idOf(name), channel, receivedAt: run.now, ...more }, context, run.now);

const named = (outcome: ReturnType<typeof decide>): readonly string[] =>
  [...outcome.events.map(({ event }) => event), outcome.refusal ?? ''].filter(Boolean);

describe('an acknowledgement', () => {
  it.each<[Name, readonly string[]]>([
    ['赵主班', ['AnswerRecorded']],
    ['钱副班', ['AnswerRecorded']],
    ['王带班', ['ObligationTakenOver']],
    ['孙联络', ['ObligationTakenOver']],
    ['周局长', ['ObligationTakenOver']],
    ['冯主任', ['ObligationTakenOver']],
    ['陈干事', ['ObligationTakenOver']],
    ['东主班', ['StandInRecorded', 'standIn']],
    ['西局长', ['StandInRecorded', 'standIn']],
  ])('of a check by %s: %j', (name, expected) => {
    expect(named(saying(started('check'), name))).toEqual(expected);
    expect(named(saying(started('postEmpty'), name))).toEqual(expected);
  });

  it('is recorded with who gave it, in which role, how, and how long after the question', () => {
    const run = started('check');
    run.now += 2 * minute;
    expect(saying(run, '钱副班', { receivedAt: run.now - 500 }).events).toEqual([
      {
        at: run.now,
        obligationId: run.o.id,
        actor: idOf('钱副班'),
        channel,
        event: 'AnswerRecorded',
        data: {
          subject: 'p1',
          kind: 'check',
          by: idOf('钱副班'),
          role: 'coDuty',
          isLate: false,
          proof: 'acknowledgement',
          stepNo: 1,
          afterMs: 2 * minute - 500,
        },
      },
    ]);
  });

  it.each<[Name, readonly string[]]>([
    ['周局长', ['ObligationTakenOver']],
    ['冯主任', ['ObligationTakenOver']],
    ['陈干事', ['ObligationTakenOver']],
    ['赵主班', ['AnswerRecorded']],
    // once is enough: a post that others take over again and again is manned by nobody
    ['孙联络', ['wrongRole']],
    ['王带班', ['wrongRole']],
    ['东主班', ['StandInRecorded', 'standIn']],
  ])('of a post that is to be manned again by %s: %j', (name, expected) => {
    expect(named(saying(started('restore'), name))).toEqual(expected);
  });

  it.each<[Name, readonly string[]]>([
    // whoever called
    ['赵主班', ['notYours']],
    ['钱副班', ['ObligationTakenOver']],
    ['陈干事', ['ObligationTakenOver']],
    ['周局长', ['ObligationTakenOver']],
    ['东主班', ['wrongRole']],
  ])('of a call for help by %s: %j', (name, expected) => {
    expect(named(saying(started('help', '赵主班'), name))).toEqual(expected);
  });

  it('of what somebody else opened is theirs to give all the same', () => {
    expect(named(saying(started('postEmpty', '赵主班'), '赵主班'))).toEqual(['AnswerRecorded']);
    expect(named(saying(started('channelFailure', '陈干事'), '陈干事'))).toEqual(['ObligationTakenOver']);
  });

  it('takes over with the instant from which the post must be manned again, where it is about a post', () => {
    const successor = obligationIdOf('restore', 'p1', openedAt);
    expect(saying(started('check'), '孙联络').events[0]!.data).toEqual({ subject: 'p1', kind: 'check', by: idOf('孙联络'), successor });
    expect(saying(started('help', '赵主班'), '陈干事').events[0]!.data).not.toHaveProperty('successor');
    expect((['check', 'postEmpty', 'restore', 'help'] as const).map((kind) => needsRestoring(started(kind).o))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(needsRestoring(started('check', undefined, idOf('东联系')).o)).toBe(false);
  });

  it('is owed by the officers of the post, and by whoever was asked', () => {
    const { o } = started('check');
    const owes = (name: Name, of: Obligation = o) => owesAnswer(of, idOf(name), context, openedAt);
    expect((['赵主班', '钱副班', '王带班', '东主班'] as const).map((name) => owes(name))).toEqual([true, true, false, false]);
    expect(owes('东主班', { ...o, asked: [idOf('东主班')] })).toBe(true);
    expect(owes('赵主班', started('help').o)).toBe(false);
  });

  it('repeats digits where they are wanted, and proves more with them', () => {
    const run = started('check');
    run.o = { ...run.o, code: '4711' };
    expect(saying(run, '赵主班', { code: '4711' }).events).toMatchObject([{ event: 'AnswerRecorded', data: { proof: 'code' } }]);
    expect(named(saying(run, '赵主班', { code: '4712' }))).toEqual(['CodeAsked', 'codeWanted']);
    expect(named(saying(run, '赵主班'))).toEqual(['CodeAsked', 'codeWanted']);
    // digits that nobody asked for prove nothing more
    expect(saying(started('check'), '赵主班', { code: '4711' }).events).toMatchObject([{ data: { proof: 'acknowledgement' } }]);
  });
});

describe('an outage of the service', () => {
  it('makes nobody late: the window moves with the step that it held up', () => {
    const { o } = started('check');
    const heldUp = o.answerBy + 3 * minute;
    // the second step fell due after three minutes, and nobody fired it
    expect(isLateAt(o, heldUp, context, openedAt + 6 * minute)).toBe(false);
    expect(isLateAt(o, heldUp + 1, context, openedAt + 6 * minute)).toBe(true);
    expect(isLateAt(o, o.answerBy + 1, context, openedAt + 3 * minute)).toBe(true);
  });
});

describe('what the office heard when it rang', () => {
  const rings = (run: Run, name: Name, result: CallResult) =>
    decide(run.o, { type: 'recordCall', personId: idOf(name), result, channel }, context, run.now);

  it('is for the office to say, and about nothing but posts and contacts', () => {
    expect(named(rings(started('check'), '周局长', 'onPost'))).toEqual(['wrongRole']);
    expect(named(rings(started('check'), '赵主班', 'onPost'))).toEqual(['wrongRole']);
    expect(named(rings(started('help', '赵主班'), '陈干事', 'onPost'))).toEqual(['notForThisKind']);
    expect((['check', 'postEmpty', 'restore'] as const).map((kind) => named(rings(started(kind), '陈干事', 'busy')))).toEqual([
      ['CallRecorded'],
      ['CallRecorded'],
      ['CallRecorded'],
    ]);
  });

  it('is the answer where somebody was there: of whoever was asked last, or else of the holder', () => {
    const run = started('check');
    run.now += 4 * minute;
    run.o = { ...run.o, asked: [idOf('赵主班'), idOf('钱副班')] };
    const { events } = rings(run, '陈干事', 'onPost');
    expect(events).toMatchObject([
      { event: 'CallRecorded', actor: idOf('陈干事'), data: { subject: 'p1', result: 'onPost', by: idOf('陈干事') } },
      {
        event: 'AnswerRecorded',
        actor: idOf('陈干事'),
        data: { by: idOf('钱副班'), role: 'onDuty', proof: 'call', isLate: false, stepNo: 1, afterMs: 4 * minute },
      },
    ]);
    const nobodyAsked = { ...run, o: { ...run.o, asked: [] } };
    expect(rings(nobodyAsked, '陈干事', 'onPost').events[1]!.data).toMatchObject({ by: idOf('赵主班') });
    run.now += 7 * minute;
    run.o = { ...run.o, throughMs: 60 * minute };
    expect(rings(run, '陈干事', 'onPost').events[1]!.data).toMatchObject({ isLate: true });
  });

  it('is nobody’s answer where nobody is planned, and where somebody else picked up', () => {
    const run = started('check');
    const nobody = contextWith({ directory: buildDirectory(organisation, { ...roster, shifts: [] }) });
    const asked = { ...run.o, asked: [] };
    const command = { type: 'recordCall', personId: idOf('陈干事'), result: 'onPost', channel } as const;
    expect(named(decide(asked, command, nobody, run.now))).toEqual(['CallRecorded']);
    expect(named(rings(run, '陈干事', 'standIn'))).toEqual(['CallRecorded', 'StandInRecorded']);
    expect((['busy', 'noAnswer', 'invalidNumber', 'hungUp'] as const).map((result) => named(rings(run, '陈干事', result)))).toEqual(
      Array.from({ length: 4 }, () => ['CallRecorded']),
    );
  });

  it('by a machine says something only of those who owe the answer, and once', () => {
    const { o } = started('check');
    const rang = (to: string, of: Obligation = o) =>
      decide(of, { type: 'rang', to, result: 'noAnswer', channel }, context, openedAt).events;
    expect(rang(idOf('赵主班'))).toMatchObject([{ event: 'CallRecorded', data: { result: 'noAnswer', to: idOf('赵主班') } }]);
    expect(rang('l:p1')).toHaveLength(1);
    expect(rang('l:p2')).toEqual([]);
    expect(rang(idOf('孙联络'))).toEqual([]);
    expect(rang(idOf('赵主班'), { ...o, callResult: 'noAnswer' })).toEqual([]);
  });
});

describe('passing on', () => {
  const passes = (run: Run, name: Name) => act(run, { type: 'passOn', personId: idOf(name), channel }, context);

  it.each<[Name, readonly string[]]>([
    ['赵主班', ['StepFired']],
    ['孙联络', ['StepFired']],
    ['东主班', ['wrongRole']],
  ])('is for those concerned: %s %j', (name, expected) => {
    expect(named(passes(started('check'), name))).toEqual(expected);
  });

  it('is for whoever was told too', () => {
    const run = started('check');
    run.o = { ...run.o, told: [idOf('东主班')] };
    expect(named(passes(run, '东主班'))).toEqual(['StepFired']);
  });

  it('goes to the first step that tells somebody else, and is said by whoever passes on', () => {
    const run = started('check');
    run.now += minute;
    expect(passes(run, '赵主班').events).toMatchObject([
      {
        event: 'StepFired',
        actor: idOf('赵主班'),
        data: { afterMs: 10 * minute, baseAt: run.now - 10 * minute, notified: [idOf('钱副班'), idOf('王带班')] },
      },
    ]);
    // the liaison is not told what they pass on themselves
    expect(passes(run, '孙联络').events).toMatchObject([{ data: { afterMs: 30 * minute } }]);
  });

  it('is of no use at the end of the ladder', () => {
    const run = started('check');
    passTo(run, openedAt + 61 * minute, context);
    expect(passes(run, '赵主班').refusal).toBe('nobodyLeft');
  });
});

describe('receipts', () => {
  const told = (o: Obligation, command: Command) => decide(o, command, context, openedAt + 5_000).events;
  const read = (name: Name): Command => ({ type: 'read', personId: idOf(name), channel, stepNo: 0 });
  const delivered = (name: Name): Command => ({ type: 'deliver', personId: idOf(name), channel });
  const { o } = started('check');

  it('count once, and only of those who owe the answer', () => {
    expect(told(o, delivered('赵主班'))).toMatchObject([{ event: 'NoticeDelivered', data: { to: idOf('赵主班') } }]);
    expect(told({ ...o, isDelivered: true }, delivered('赵主班'))).toEqual([]);
    expect(told(o, delivered('孙联络'))).toEqual([]);
  });

  it('of reading say that it was delivered too', () => {
    expect(told(o, read('赵主班'))).toMatchObject([
      { event: 'NoticeDelivered', data: { to: idOf('赵主班') } },
      { event: 'NoticeRead', data: { to: idOf('赵主班'), stepNo: 0 } },
    ]);
    expect(told({ ...o, isDelivered: true }, read('赵主班'))).toMatchObject([{ event: 'NoticeRead' }]);
    const heard = (name: Name) => told(o, read(name)).reduce((state, event) => evolve(state, event)!, o);
    expect(heard('赵主班')).toMatchObject({ isRead: true, isDelivered: true });
    expect(heard('孙联络').isRead).toBeUndefined();
  });

  it('of failing say to whom, over what, and why', () => {
    const events = told(o, { type: 'fail', to: idOf('赵主班'), channel, code: 'blocked', stepNo: 0 });
    expect(events).toMatchObject([
      { event: 'NoticeFailed', channel, data: { subject: 'p1', to: idOf('赵主班'), code: 'blocked', stepNo: 0 } },
    ]);
  });
});

describe('the clock of an item', () => {
  it('is moved by what is done, and by nothing that is said to it', () => {
    const { o } = clock();
    const commands: readonly Command[] = [
      { type: 'acknowledge', personId: idOf('东联络'), channel, receivedAt: openedAt },
      { type: 'standIn', personId: idOf('东联络'), channel },
      { type: 'recordCall', personId: idOf('陈干事'), result: 'onPost', channel },
      { type: 'passOn', personId: idOf('东联络'), channel },
      { type: 'movePolicy', policy: 'urgent', personId: idOf('陈干事') },
    ];
    expect(commands.map((command) => named(decide(o, command, context, openedAt)))).toEqual(commands.map(() => ['notForThisKind']));
    const done = decide(o, { type: 'answer', personId: idOf('东联络'), channel }, context, openedAt + minute);
    expect(done.events).toMatchObject([
      {
        event: 'AnswerRecorded',
        itemId: o.itemId,
        actor: idOf('东联络'),
        channel,
        data: { by: idOf('东联络'), proof: 'action', afterMs: minute, isLate: false },
      },
    ]);
    expect(decide(o, { type: 'answer' }, context, openedAt).events[0]).not.toHaveProperty('actor');
  });

  it('takes up another ladder where it stands ahead of the deadline, and at its beginning after it', () => {
    const { o } = clock();
    const short: Policy = {
      ...context.policyOf('work'),
      name: 'short',
      steps: [-60, -30, 0, 30].map((minutes) => ({ afterMs: minutes * minute, notify: ['liaison'] as const, via: 'card' as const })),
    };
    const { hours: _, gatherMs: __, opening: ___, ...plain } = short;
    const changed = contextWith({ policies: [plain] });
    const changes = (now: number, of = o) => decide(of, { type: 'changeLadder', policy: 'short' }, changed, now).events[0]!.data;
    expect(changes(o.baseAt - 45 * minute)).toEqual({ subject: 'u2', policy: 'short', baseAt: o.baseAt, throughMs: -60 * minute });
    expect(changes(o.baseAt - 90 * minute)).toMatchObject({ throughMs: -60 * minute - 1 });
    expect(changes(o.baseAt, { ...o, throughMs: -60 * minute })).toMatchObject({ throughMs: -1 });
    expect(changes(o.baseAt + 40 * minute, { ...o, throughMs: 30 * minute })).toMatchObject({ throughMs: 30 * minute });
  });

  it('is the only one that these are said to', () => {
    const { o } = started('check');
    expect(named(decide(o, { type: 'answer' }, context, openedAt))).toEqual(['notForThisKind']);
    expect(named(decide(o, { type: 'changeLadder', policy: 'urgent' }, context, openedAt))).toEqual(['notForThisKind']);
  });
});

describe('an end', () => {
  it('is an end: nothing is decided after it', () => {
    const run = started('check');
    act(run, { type: 'withdraw', reason: 'undone', personId: idOf('陈干事'), successor: 'o2' }, context);
    expect(run.events.at(-1)).toEqual({
      at: openedAt,
      obligationId: run.o.id,
      actor: idOf('陈干事'),
      event: 'ObligationWithdrawn',
      data: { subject: 'p1', kind: 'check', reason: 'undone', successor: 'o2' },
    });
    expect(run.o).toMatchObject({ status: 'withdrawn', endReason: 'undone', endedBy: idOf('陈干事'), reminders: [] });
    expect(named(saying(run, '赵主班'))).toEqual(['ended']);
    expect(named(decide(run.o, { type: 'fire' }, context, openedAt))).toEqual(['ended']);
  });

  it('of itself names nobody', () => {
    const run = started('check');
    act(run, { type: 'withdraw', reason: 'shiftOver' }, context);
    expect(run.events.at(-1)).not.toHaveProperty('actor');
    expect(run.o).not.toHaveProperty('endedBy');
  });
});

describe('another ladder', () => {
  it('begins anew from now, by whoever wanted it', () => {
    const run = started('check');
    run.now += 5 * minute;
    const { events } = act(run, { type: 'movePolicy', policy: 'urgent', personId: idOf('陈干事') }, context);
    expect(events).toMatchObject([{ event: 'PolicyMoved', actor: idOf('陈干事'), data: { policy: 'urgent', baseAt: run.now } }]);
    expect(run.o).toMatchObject({ policy: 'urgent', baseAt: run.now, throughMs: -1 });
  });
});
