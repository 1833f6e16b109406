import { describe, expect, it } from 'vitest';
import type { OpenCommand } from '../../../src/domain/escalation/decide.ts';
import { adoptPolicy, fire, heldUpMs, nextInstant, type Context } from '../../../src/domain/escalation/fire.ts';
import type { Obligation } from '../../../src/domain/escalation/obligation.ts';
import { checkPolicy, type Policy, type Step } from '../../../src/domain/escalation/policy.ts';
import { officeGroup } from '../../../src/domain/escalation/resolve.ts';
import { at, idOf, organisation, type Name } from '../../support/invented.ts';
import { act, contextWith, directory, passTo, startRun, type Run } from '../../support/rules.ts';

/** What a ladder does at each instant, step by step: whom it tells, whom not and why, and when it goes on. */

const minute = 60_000;
const openedAt = at('2021-08-27T10:00');
const people = (...names: readonly Name[]): readonly string[] => names.map(idOf);

const policyOf = (steps: readonly Partial<Step>[], more: Partial<Policy> = {}): Policy => ({
  name: 'check',
  answerWindowMs: 10 * minute,
  steps: steps.map((step, index) => ({ afterMs: index * minute, notify: ['onDuty'], via: 'card', ...step })),
  remindOfficeEveryMs: 30 * minute,
  ...more,
});

type Started = { readonly run: Run; readonly context: Context };

const start = (policy: Policy, more: Partial<OpenCommand> = {}, over: Partial<Context> = {}): Started => {
  const context = contextWith({ policies: [policy], ...over });
  return {
    run: startRun({ type: 'open', kind: 'check', subject: 'p1', policy: 'check', cause: 'manual', ...more }, context, openedAt),
    context,
  };
};

/** What was decided since the opening, as short as it can be said. */
const told = ({ events }: Run): readonly (readonly [string, unknown])[] =>
  events.slice(1).map(({ event, data }) => [event, event === 'StepSkipped' ? data['reason'] : (data['notified'] ?? data['kind'])]);

describe('a step', () => {
  it.each<[string, Partial<Step>, Partial<OpenCommand>, Partial<Context>, readonly [string, unknown]]>([
    ['tells whom its roles mean, each once', { notify: ['onDuty', 'coDuty', 'onDuty'] }, {}, {}, ['StepFired', people('赵主班', '钱副班')]],
    ['tells nobody where nobody is meant', { notify: ['shiftLeader'] }, { subject: 'p2' }, {}, ['StepSkipped', 'nobody']],
    ['tells no group in its quiet hours', { notify: ['groupChat'] }, {}, { isQuiet: () => true }, ['StepSkipped', 'quietHours']],
    [
      'tells a group in its quiet hours of a call for help',
      { notify: ['groupChat'] },
      { kind: 'help' },
      { isQuiet: () => true },
      ['StepFired', [officeGroup]],
    ],
    [
      'tells people in the quiet hours of a group',
      { notify: ['groupChat', 'liaison'] },
      {},
      { isQuiet: () => true },
      ['StepFired', people('孙联络')],
    ],
    [
      'tells neither office nor group of people while a channel is looked at',
      { notify: ['office', 'groupChat'] },
      {},
      { isMassFailure: true },
      ['StepSkipped', 'massFailure'],
    ],
    [
      'tells everybody else while a channel is looked at',
      { notify: ['office', 'liaison'] },
      {},
      { isMassFailure: true },
      ['StepFired', people('孙联络')],
    ],
    ['tells nobody who has stopped every channel', { notify: ['onDuty'] }, {}, { isUnreached: () => true }, ['StepSkipped', 'paused']],
    [
      'rings who has stopped every channel',
      { notify: ['onDuty'], via: 'voice' },
      {},
      { isUnreached: () => true, hasVoice: true },
      ['StepFired', people('赵主班')],
    ],
    [
      'calls for help to the other one on the post, and not to whoever calls',
      { notify: ['coDuty'] },
      { kind: 'help', openedBy: idOf('钱副班') },
      {},
      ['StepFired', people('赵主班')],
    ],
    [
      'calls for help to both where somebody else calls',
      { notify: ['coDuty'] },
      { kind: 'help', openedBy: idOf('孙联络') },
      {},
      ['StepFired', people('钱副班', '赵主班')],
    ],
    [
      'asks the other one for a post that somebody has left',
      { notify: ['coDuty'] },
      { kind: 'postEmpty', openedBy: idOf('钱副班') },
      {},
      ['StepFired', people('赵主班')],
    ],
    [
      'does not ask whoever said that they have left',
      { notify: ['onDuty'] },
      { kind: 'postEmpty', openedBy: idOf('赵主班') },
      {},
      ['StepSkipped', 'nobody'],
    ],
    [
      'tells whoever said so all the same in another role of theirs',
      { notify: ['liaison'] },
      { kind: 'postEmpty', openedBy: idOf('孙联络') },
      {},
      ['StepFired', people('孙联络')],
    ],
    [
      'tells whoever looks after it what they asked for',
      { notify: ['onDuty'] },
      { kind: 'check', openedBy: idOf('赵主班') },
      {},
      ['StepFired', people('赵主班')],
    ],
    ['asks nobody but the co-duty officer in a check', { notify: ['coDuty'] }, {}, {}, ['StepFired', people('钱副班')]],
  ])('%s', (_, step, opened, over, expected) => {
    const { run } = start(policyOf([step, { afterMs: 60 * minute }]), opened, over);
    expect(told(run)[0]).toEqual(expected);
  });

  it('that finds nobody makes way for the next at once, and one held back for a channel does not', () => {
    const steps = [{ notify: ['shiftLeader'] }, { notify: ['onDuty'] }, { notify: ['liaison'] }] as const;
    expect(told(start(policyOf(steps), { subject: 'p2' }).run)).toEqual([
      ['StepSkipped', 'nobody'],
      ['StepFired', people('东主班')],
    ]);
    const held = policyOf([{ notify: ['office'] }, { notify: ['onDuty'] }]);
    expect(told(start(held, {}, { isMassFailure: true }).run)).toEqual([['StepSkipped', 'massFailure']]);
  });

  it('goes with the others of its instant', () => {
    const steps = [{ notify: ['onDuty'] }, { afterMs: 0, notify: ['liaison'] }, { afterMs: minute, notify: ['principal'] }] as const;
    const { run } = start(policyOf(steps));
    expect(told(run)).toEqual([
      ['StepFired', people('赵主班')],
      ['StepFired', people('孙联络')],
    ]);
    expect(run.o).toMatchObject({ stepNo: 2, throughMs: 0, asked: people('赵主班'), told: people('孙联络') });
  });

  it('by text message is a card where no channel has any, and asks the office to ring where none can', () => {
    const data = (via: Step['via'], over: Partial<Context>, more: Partial<OpenCommand> = {}) =>
      start(policyOf([{ via }, { afterMs: 60 * minute }]), more, over).run.events[1]!.data;
    expect([
      data('sms', { hasSms: false })['via'],
      data('sms', { hasSms: true })['via'],
      data('sms', {})['via'],
      data('card', { hasSms: false })['via'],
    ]).toEqual(['card', 'sms', 'sms', 'card']);
    expect(data('voice', {})['callers']).toEqual(people('冯主任', '陈干事'));
    expect(data('voice', { hasVoice: true })).not.toHaveProperty('callers');
    expect(data('voice', { isMassFailure: true })).not.toHaveProperty('callers');
    expect(data('card', {})).not.toHaveProperty('callers');
    const help = start(policyOf([{ notify: ['liaison'], via: 'voice' }]), { kind: 'help' }).run.events[1]!.data;
    expect(help).not.toHaveProperty('callers');
    const nobody = start(policyOf([{ notify: ['shiftLeader'], via: 'voice' }]), { subject: 'p2' }).run.events[1]!.data;
    expect(nobody).not.toHaveProperty('callers');
  });
});

describe('a reminder', () => {
  const repeated = (times: number, more: Partial<Step> = {}): Policy =>
    policyOf([
      { notify: ['onDuty'], repeat: { everyMs: 2 * minute, times }, ...more },
      { afterMs: 60 * minute, notify: ['liaison'] },
      { afterMs: 90 * minute, notify: ['principal'] },
    ]);
  const numbers = (run: Run): readonly unknown[] =>
    run.events
      .filter(({ event }) => event === 'ReminderFired')
      .map(({ data, at: when }) => [data['reminderNo'], (when - openedAt) / minute]);

  it('comes as often as said, each with its number, and no more', () => {
    const { run, context } = start(repeated(3));
    passTo(run, openedAt + 30 * minute, context);
    expect(numbers(run)).toEqual([
      [1, 2],
      [2, 4],
      [3, 6],
    ]);
    expect(run.o.reminders).toEqual([]);
  });

  it('is one where several fell due meanwhile, and keeps its distance from then on', () => {
    const { run, context } = start(repeated(3));
    run.now += 5 * minute;
    act(run, { type: 'fire' }, context);
    expect(run.o.reminders).toEqual([{ afterMs: 0, dueAt: openedAt + 7 * minute, left: 2 }]);
  });

  it('goes on for whoever comes where a step found nobody, or only people who reach nothing', () => {
    for (const over of [{}, { isUnreached: (to: string) => to === idOf('东主班') }]) {
      const { run } = start(
        repeated(3, { notify: ['shiftLeader', ...(over.isUnreached ? (['onDuty'] as const) : [])] }),
        { subject: 'p2' },
        over,
      );
      expect(run.events[1]).toMatchObject({ event: 'StepSkipped' });
      expect(run.o.reminders).toEqual([{ afterMs: 0, dueAt: openedAt + 2 * minute, left: 3 }]);
    }
    expect(start(repeated(3, { notify: ['groupChat'] }), {}, { isQuiet: () => true }).run.o.reminders).toEqual([]);
  });

  it('tells nobody whom a step of the same instant has told, and says apart who owes the answer', () => {
    const policy = policyOf([
      { notify: ['onDuty', 'liaison'], repeat: { everyMs: minute, times: 1 } },
      { notify: ['onDuty'] },
      { afterMs: 60 * minute },
    ]);
    const { run, context } = start(policy);
    run.now += minute;
    act(run, { type: 'fire' }, context);
    expect(told(run).slice(1)).toEqual([
      ['StepFired', people('赵主班')],
      ['ReminderFired', people('孙联络')],
    ]);
    const apart = policyOf([{ notify: ['onDuty', 'liaison'], repeat: { everyMs: minute, times: 1 } }, { afterMs: 60 * minute }]);
    const other = start(apart);
    passTo(other.run, openedAt + minute, other.context);
    expect(other.run.events.slice(2).map(({ data }) => [data['roles'], data['notified']])).toEqual([
      [['onDuty'], people('赵主班')],
      [['liaison'], people('孙联络')],
    ]);
  });

  it('is written down with nobody in it where nobody is left: it moves the clock', () => {
    const { run } = start(repeated(2));
    const nobody = contextWith({
      policies: [repeated(2)],
      directory: { ...directory, people: new Map(organisation.people.map((one) => [one.id, { ...one, isDisabled: true }])) },
    });
    run.now += 2 * minute;
    act(run, { type: 'fire' }, nobody);
    expect(run.events.at(-1)).toMatchObject({ event: 'ReminderFired', data: { notified: [], reason: 'nobody', reminderNo: 1 } });
    expect(run.o.reminders).toEqual([{ afterMs: 0, dueAt: openedAt + 4 * minute, left: 1 }]);
  });
});

describe('the verdict', () => {
  const office = (more: Partial<Policy> = {}): Policy =>
    policyOf([{ notify: ['onDuty'] }, { afterMs: 10 * minute, notify: ['office'] }], more);

  it('falls as the office is told after the window, and says whether anything was delivered and read', () => {
    const { run, context } = start(office());
    act(run, { type: 'read', personId: idOf('赵主班'), channel: 'x', stepNo: 0 }, context);
    passTo(run, openedAt + 10 * minute, context);
    expect(run.events.at(-2)).toMatchObject({ event: 'ObligationMissed', data: { kind: 'check', isDelivered: true, isRead: true } });
    expect(run.events.at(-1)).toMatchObject({ event: 'StepFired', data: { notified: people('冯主任', '陈干事') } });
    expect(run.o).toMatchObject({ status: 'withOffice', missedAt: openedAt + 10 * minute });
    const silent = start(office());
    passTo(silent.run, openedAt + 10 * minute, silent.context);
    expect(silent.run.events.find(({ event }) => event === 'ObligationMissed')?.data).toMatchObject({ isDelivered: false });
    expect(silent.run.events.find(({ event }) => event === 'ObligationMissed')?.data).not.toHaveProperty('isRead');
  });

  it('waits for the end of the window where the office is told before', () => {
    const { run, context } = start(office({ answerWindowMs: 20 * minute }));
    passTo(run, openedAt + 20 * minute - 1, context);
    expect(run.o.missedAt).toBeUndefined();
    passTo(run, openedAt + 20 * minute, context);
    expect(run.o.missedAt).toBe(openedAt + 20 * minute);
  });

  it('falls once; the office is reminded on and on, each time with its number', () => {
    const { run, context } = start(office());
    passTo(run, openedAt + 101 * minute, context);
    expect(run.events.filter(({ event }) => event === 'ObligationMissed')).toHaveLength(1);
    expect(
      run.events
        .filter(({ event }) => event === 'ReminderFired')
        .map(({ data, at: when }) => [data['reminderNo'], (when - openedAt) / minute, data['roles']]),
    ).toEqual([
      [1, 40, ['office']],
      [2, 70, ['office']],
      [3, 100, ['office']],
    ]);
  });

  it('of a round that is silent together names the round', () => {
    const mass = (more: Partial<OpenCommand>, over: Partial<Context>) => {
      const { run, context } = start(office(), more, over);
      passTo(run, openedAt + 10 * minute, context);
      return run.events.find(({ event }) => event === 'ObligationMissed')!.data;
    };
    expect(mass({ roundId: 'rp1' }, { isMassFailure: true })).toMatchObject({ massFailureOf: 'rp1' });
    expect(mass({}, { isMassFailure: true })).not.toHaveProperty('massFailureOf');
    expect(mass({ roundId: 'rp1' }, {})).not.toHaveProperty('massFailureOf');
  });

  it('falls at once where a ladder is at its end and has told nobody, and half an hour later otherwise', () => {
    const nobody = start(policyOf([{ notify: ['shiftLeader'] }]), { subject: 'p2' });
    expect(nobody.run.o.missedAt).toBe(openedAt);
    expect(nobody.run.o.reminders).toEqual([{ afterMs: -1, dueAt: openedAt, left: 0 }]);
    const above = start(policyOf([{ notify: ['liaison'] }]));
    expect(above.run.o.missedAt).toBe(openedAt);
    expect(above.run.o.reminders).toEqual([{ afterMs: -1, dueAt: openedAt + 30 * minute, left: 0 }]);
    const asked = start(policyOf([{ notify: ['onDuty'] }]));
    expect(asked.run.o.missedAt).toBeUndefined();
    expect(asked.run.o.reminders).toEqual([{ afterMs: -1, dueAt: openedAt + 10 * minute, left: 0 }]);
  });
});

describe('an outage of the service', () => {
  const steps = policyOf([{}, { notify: ['coDuty'] }, { notify: ['liaison'] }]);

  it('of a minute or more moves all that follows, of less nothing', () => {
    const { run, context } = start(steps);
    expect([119_999, 120_000, 180_000].map((afterMs) => heldUpMs(run.o, steps, openedAt + afterMs))).toEqual([0, minute, 2 * minute]);
    run.now = openedAt + 3 * minute;
    act(run, { type: 'fire' }, context);
    expect(run.events.at(-1)!.data).toMatchObject({ baseAt: openedAt + 2 * minute, answerBy: openedAt + 12 * minute });
    expect(run.o).toMatchObject({ baseAt: openedAt + 2 * minute, answerBy: openedAt + 12 * minute });
    const little = start(steps);
    little.run.now = openedAt + 119_999;
    act(little.run, { type: 'fire' }, little.context);
    expect(little.run.o.baseAt).toBe(openedAt);
    expect(little.run.events.at(-1)!.data).not.toHaveProperty('answerBy');
  });
});

describe('a ladder that is changed meanwhile', () => {
  const before = policyOf([{}, { afterMs: 10 * minute, notify: ['liaison'] }]);
  const { run } = start(before);
  const adopt = (steps: readonly Partial<Step>[], afterMs: number, since = afterMs) =>
    adoptPolicy(run.o, before, policyOf(steps), openedAt + afterMs, openedAt + since).map(({ data }) => [
      data['stepNo'],
      data['afterMs'],
      data['reason'],
    ]);

  it('passes over what is added for a moment past, and nothing that is still to come', () => {
    const added = [
      {},
      { afterMs: 2 * minute, notify: ['coDuty'] },
      { afterMs: 4 * minute, notify: ['shiftLeader'] },
      { afterMs: 10 * minute, notify: ['liaison'] },
    ] as const;
    expect(adopt(added, 5 * minute)).toEqual([
      [1, 2 * minute, 'added'],
      [2, 4 * minute, 'added'],
    ]);
    expect(adopt(added, 2 * minute)).toEqual([[1, 2 * minute, 'added']]);
    expect(adopt(added, 2 * minute - 1)).toEqual([]);
  });

  it('leaves overdue what was to come before, and all after it', () => {
    const later = [{}, { afterMs: 10 * minute, notify: ['liaison'] }, { afterMs: 11 * minute, notify: ['principal'] }] as const;
    expect(adopt(later, 12 * minute)).toEqual([]);
    const other = [{}, { afterMs: 10 * minute, notify: ['liaison', 'contact'] }] as const;
    expect(adopt(other, 12 * minute)).toEqual([[1, 10 * minute, 'added']]);
  });

  it('is due at once where no rung is left and no verdict is planned', () => {
    const short: Policy = { ...checkPolicy, steps: [] };
    const bare = (more: Partial<Obligation>): Obligation => ({ ...run.o, reminders: [], ...more });
    expect(nextInstant(bare({}), short)).toBe(openedAt);
    expect(nextInstant(bare({ reminders: [{ afterMs: -1, dueAt: openedAt + minute, left: 0 }] }), short)).toBe(openedAt + minute);
    expect(nextInstant(bare({ missedAt: openedAt, reminders: [{ afterMs: -1, dueAt: openedAt + minute, left: 0 }] }), short)).toBe(
      openedAt + minute,
    );
    expect(nextInstant(bare({ reminders: [{ afterMs: 0, dueAt: openedAt + minute, left: 1 }] }), short)).toBe(openedAt);
    expect(fire(bare({ missedAt: openedAt }), contextWith({ policies: [short] }), openedAt + minute)).toEqual([]);
  });
});
