import { describe, expect, it } from 'vitest';
import { decide, open, type OpenCommand } from '../../../src/domain/escalation/decide.ts';
import type { Policy, Step } from '../../../src/domain/escalation/policy.ts';
import { at, idOf, type Name } from '../../support/invented.ts';
import { act, contextWith, passTo, startRun } from '../../support/rules.ts';

/** How an obligation begins, and how somebody on its ladder hands it on to those who come later. */

const minute = 60_000;
const openedAt = at('2021-08-27T10:00');
const channel = 'x';
const check: OpenCommand = { type: 'open', kind: 'check', subject: 'p1', policy: 'check', cause: 'manual' };

describe('an opening', () => {
  const context = contextWith();

  it('of a check and of anything else are two events, by whoever opened it, where somebody did', () => {
    expect(open(check, context, openedAt)).toEqual({
      at: openedAt,
      event: 'CheckOpened',
      obligationId: expect.stringMatching(/^ocp1\./u),
      data: {
        kind: 'check',
        subject: 'p1',
        policy: 'check',
        cause: 'manual',
        answerBy: openedAt + 10 * minute,
        baseAt: openedAt,
        throughMs: -1,
      },
    });
    expect(open({ ...check, kind: 'postEmpty', openedBy: 'm1' }, context, openedAt)).toMatchObject({
      event: 'ObligationOpened',
      actor: 'm1',
    });
    const clock = { kind: 'deadline', subject: 'u2', itemId: 'i1', key: '0', deadlineAt: openedAt, policy: 'work' } as const;
    expect(open({ type: 'open', cause: 'deadline', ...clock }, context, openedAt)).not.toHaveProperty('actor');
    expect(open({ type: 'open', cause: 'deadline', ...clock, openedBy: 'm1' }, context, openedAt)).toMatchObject({ actor: 'm1' });
  });

  it('may begin further up the ladder, and with a window of its own', () => {
    const event = open({ ...check, startAfterMs: 10 * minute, answerWindowMs: 4 * minute }, context, openedAt);
    expect(event.data).toMatchObject({ baseAt: openedAt - 10 * minute, throughMs: 10 * minute - 1, answerBy: openedAt + 4 * minute });
    const run = startRun({ ...check, kind: 'postEmpty', openedBy: idOf('赵主班'), startAfterMs: 10 * minute }, context, openedAt);
    expect(run.events[1]!.data).toMatchObject({ afterMs: 10 * minute, stepNo: 0, notified: [idOf('钱副班'), idOf('王带班')] });
  });
});

describe('what is said later', () => {
  const context = contextWith();

  it('of a delivery tells how late it was, where that is worth saying and they had been asked by then', () => {
    const { o } = startRun(check, context, openedAt);
    const lateBy = (ms: number, name: Name = '赵主班') =>
      decide({ ...o, asked: [idOf('赵主班'), idOf('东主班')] }, { type: 'deliver', personId: idOf(name), channel }, context, openedAt + ms)
        .events[0]!.data['lateMs'];
    expect([lateBy(59_999), lateBy(60_000), lateBy(60_000, '东主班')]).toEqual([undefined, 60_000, undefined]);
  });

  it('by somebody who stands in is written down and ends nothing', () => {
    const run = startRun(check, context, openedAt);
    act(run, { type: 'standIn', personId: idOf('孙联络'), channel }, context);
    expect(run.events.at(-1)).toMatchObject({ event: 'StandInRecorded', actor: idOf('孙联络'), data: { by: idOf('孙联络') } });
    expect(run.o.status).toBe('open');
  });

  it('of what was done names nobody and no channel where nobody did it', () => {
    const clock = { kind: 'deadline', subject: 'u2', itemId: 'i1', key: '0', deadlineAt: openedAt + minute, policy: 'work' } as const;
    const { o } = startRun({ type: 'open', cause: 'deadline', ...clock }, context, openedAt);
    const [event] = decide(o, { type: 'answer' }, context, openedAt).events;
    expect(Object.keys(event!).toSorted()).toEqual(['at', 'data', 'event', 'itemId', 'obligationId']);
    expect(event!.data).not.toHaveProperty('by');
  });

  it('of a withdrawal names what comes in its place only where something does', () => {
    const { o } = startRun(check, context, openedAt);
    expect(decide(o, { type: 'withdraw', reason: 'undone' }, context, openedAt).events[0]!.data).toEqual({
      subject: 'p1',
      kind: 'check',
      reason: 'undone',
    });
  });
});

describe('passing on past the office', () => {
  const steps: readonly Step[] = [
    { afterMs: 0, notify: ['onDuty'], via: 'card' },
    { afterMs: 2 * minute, notify: ['liaison'], via: 'card' },
    { afterMs: 10 * minute, notify: ['office'], via: 'card' },
    { afterMs: 20 * minute, notify: ['principal', 'liaison'], via: 'card' },
    { afterMs: 30 * minute, notify: ['office', 'contact'], via: 'card' },
    { afterMs: 40 * minute, notify: ['groupChat'], via: 'card' },
  ];
  const policy: Policy = { name: 'check', answerWindowMs: 10 * minute, steps, remindOfficeEveryMs: 30 * minute };
  const context = contextWith({ policies: [policy] });

  /** The office knows already, because somebody of it holds the post too, so that its rung is passed over. */
  const passedOn = (asked: readonly Name[], throughMs = 0) => {
    const run = startRun(check, context, openedAt);
    run.now += minute;
    run.o = { ...run.o, asked: asked.map(idOf), throughMs };
    act(run, { type: 'passOn', personId: idOf('赵主班'), channel }, context);
    return run;
  };
  const office = ['赵主班', '冯主任', '陈干事'] as const;
  const verdict = [[-1, openedAt + 10 * minute, 0]];

  it('plans the verdict for the end of the window', () => {
    const run = passedOn([...office, '孙联络']);
    expect(run.events.at(-1)!.data).toMatchObject({ afterMs: 20 * minute, notified: [idOf('周局长'), idOf('孙联络')], reminders: verdict });
    passTo(run, openedAt + 10 * minute, context);
    expect(run.o.missedAt).toBe(openedAt + 10 * minute);
  });

  it('plans none where the office is still to come, or has been told before', () => {
    expect(passedOn(['赵主班']).events.at(-1)!.data).toMatchObject({ afterMs: 2 * minute, reminders: [] });
    expect(passedOn([...office, '孙联络', '周局长'], 20 * minute).events.at(-1)!.data).toMatchObject({
      afterMs: 30 * minute,
      reminders: verdict,
    });
    expect(passedOn([...office, '孙联络'], 10 * minute).events.at(-1)!.data).toMatchObject({ afterMs: 20 * minute, reminders: [] });
  });
});
