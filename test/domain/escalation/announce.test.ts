import { describe, expect, it } from 'vitest';
import { announce, templateNow } from '../../../src/domain/escalation/announce.ts';
import type { Context } from '../../../src/domain/escalation/fire.ts';
import type { Obligation, ObligationKind } from '../../../src/domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';
import { at, holder, idOf, type Name } from '../../support/invented.ts';
import { contextWith, directory } from '../../support/rules.ts';

/** Who hears what of an event that has been decided, kind by kind. */

const now = at('2021-08-27T10:00');
const minute = 60_000;
const context = contextWith();

const obligation = (kind: ObligationKind, more: Partial<Obligation> = {}): Obligation => ({
  id: 'o1',
  kind,
  subject: 'p1',
  policy: 'check',
  openedAt: now,
  answerBy: now + 10 * minute,
  status: 'open',
  baseAt: now,
  throughMs: 0,
  stepNo: 1,
  reminders: [],
  asked: [],
  told: [],
  ...more,
});

const fired = (to: readonly string[], data: LedgerEvent['data'] = {}, when = now): LedgerEvent => ({
  at: when,
  event: 'StepFired',
  obligationId: 'o1',
  data: { stepNo: 1, via: 'card', notified: to, ...data },
});

const says = (o: Obligation, name: Name, data?: LedgerEvent['data'], when = now, of: Context = context) =>
  announce(o, fired([idOf(name)], data, when), of)[0]!;

const item = { itemId: 'i1', subject: 'u2' } as const;

describe('the words of a step', () => {
  it.each<[ObligationKind, Name, number, string, boolean]>([
    ['check', '赵主班', 0, 'check.ask', false],
    ['check', '赵主班', 1, 'check.remind', false],
    ['check', '钱副班', 1, 'check.coDuty', false],
    ['check', '孙联络', 1, 'check.alert', true],
    ['check', '冯主任', 1, 'check.alert', true],
    ['postEmpty', '赵主班', 0, 'postEmpty.ask', false],
    ['postEmpty', '钱副班', 1, 'postEmpty.ask', false],
    ['postEmpty', '孙联络', 1, 'postEmpty.alert', true],
    ['restore', '赵主班', 0, 'restore.ask', false],
    ['restore', '钱副班', 0, 'restore.ask', false],
    ['restore', '孙联络', 0, 'restore.told', true],
    ['help', '赵主班', 0, 'help.alert', false],
    ['help', '冯主任', 0, 'help.alert', false],
    ['channelFailure', '冯主任', 0, 'channelFailure.alert', true],
    ['rosterGap', '陈干事', 0, 'rosterGap.alert', true],
  ])('of the kind %s for %s at step %i: %s', (kind, name, stepNo, template, isBundled) => {
    const notice = says(obligation(kind), name, { stepNo });
    expect(notice).toEqual({
      to: idOf(name),
      via: 'card',
      template,
      obligationId: 'o1',
      stepNo,
      decidedAt: now,
      ...(isBundled ? { isBundled: true } : {}),
    });
  });

  it('say once it is missed that it is, but to groups', () => {
    const missed = obligation('check', { missedAt: now, status: 'withOffice' });
    expect(says(missed, '冯主任').template).toBe('check.missed');
    expect(announce(missed, fired(['g:office']), context)[0]!.template).toBe('check.alert');
    expect(says(obligation('restore', { missedAt: now }), '孙联络').template).toBe('restore.alert');
    expect(says(obligation('postEmpty', { missedAt: now }), '冯主任').template).toBe('postEmpty.alert');
  });

  it.each<[ObligationKind, string, string]>([
    ['receipt', 'item.receipt', 'item.overdue'],
    ['deadline', 'item.due', 'item.overdue'],
    ['subtask', 'item.subtask', 'item.overdue'],
    ['review', 'item.review', 'item.overdue'],
    ['approval', 'item.approval', 'item.overdue'],
    ['closing', 'item.closing', 'item.overdue'],
    ['followUp', 'item.followUp', 'item.overdue'],
    ['interim', 'item.interim', 'item.overdue'],
  ])('of an item’s clock of the kind %s are %s ahead of it, and %s from then on', (kind, ahead, after) => {
    const o = obligation(kind, item);
    expect(says(o, '东联络', {}, o.answerBy - 1)).toMatchObject({ template: ahead, itemId: 'i1', isBundled: true });
    expect(says(o, '东联络', {}, o.answerBy).template).toBe(after);
  });

  it.each<[ObligationKind, string, string, string]>([
    ['substitute', 'q1', 'duty.owed', 'duty.overdue'],
    ['consent', 'q1', 'duty.owed', 'duty.overdue'],
    ['rosterProposal', 'p1', 'roster.proposal', 'roster.proposal'],
    ['appeal', 'e1', 'appeal.owed', 'appeal.owed'],
    ['report', 't1', 'report.owed', 'report.owed'],
    ['reachTest', 'sm1', 'ahead.test', 'ahead.test'],
  ])('to somebody whose word is wanted wait for no bundle: %s', (kind, itemId, ahead, after) => {
    const o = obligation(kind, { itemId, subject: idOf('东主班') });
    expect(says(o, '东主班', {}, o.answerBy - 1)).toMatchObject({ template: ahead });
    expect(says(o, '东主班', {}, o.answerBy - 1)).not.toHaveProperty('isBundled');
    expect(says(o, '东主班', {}, o.answerBy).template).toBe(after);
  });
});

describe('the words of a handover', () => {
  const o = obligation('handover', { itemId: 'h1', subject: 'p2', answerBy: now, openedAt: now - 15 * minute });
  const held = { from: now - 15 * minute, holders: [holder('onDuty', '次日班'), holder('coDuty', '东副班')] };
  const waiting = contextWith({ directory: { ...directory, held: new Map([['p2', held]]) } });
  const words = (name: Name, when: number) => says(o, name, {}, when, waiting);

  it.each<[Name, number, string]>([
    ['东主班', -1, 'handover.ask'],
    ['东主班', minute - 1, 'handover.ask'],
    ['东主班', minute, 'handover.remind'],
    ['次日班', -1, 'handover.leave'],
    ['东副班', -1, 'handover.leave'],
    ['次日班', 0, 'handover.stay'],
    ['东副班', 0, 'handover.stay'],
    ['东联络', 0, 'handover.alert'],
  ])('for %s, %i ms after the boundary: %s', (name, afterMs, template) => {
    expect(words(name, now + afterMs).template).toBe(template);
  });

  it('are a card of its own for both sides, and bundled for those above', () => {
    expect(words('东主班', now)).not.toHaveProperty('isBundled');
    expect(words('次日班', now)).not.toHaveProperty('isBundled');
    expect(words('东联络', now).isBundled).toBe(true);
  });
});

describe('a card that is shown again', () => {
  it.each<[ObligationKind, Partial<Obligation>, Name, string]>([
    ['check', { asked: [idOf('赵主班')] }, '赵主班', 'check.remind'],
    ['check', { asked: [idOf('赵主班')], stepNo: 0 }, '赵主班', 'check.ask'],
    ['check', {}, '孙联络', 'check.alert'],
    ['check', { missedAt: now }, '冯主任', 'check.missed'],
    ['restore', {}, '孙联络', 'restore.told'],
    ['restore', { missedAt: now }, '孙联络', 'restore.alert'],
    ['help', { asked: [idOf('赵主班')] }, '赵主班', 'help.alert'],
    ['reachTest', { itemId: 'sm1' }, '赵主班', 'ahead.test'],
    ['reachTest', { itemId: 'sm1', status: 'answered' }, '赵主班', 'ahead.testOver'],
    ['handover', { itemId: 'h1' }, '赵主班', 'handover.alert'],
    ['handover', { itemId: 'h1', status: 'answered' }, '赵主班', 'handover.over'],
    ['deadline', item, '东联络', 'item.due'],
    ['deadline', { ...item, status: 'answered' }, '东联络', 'item.over'],
    ['consent', { itemId: 'q1', status: 'withdrawn' }, '东局长', 'duty.over'],
    ['appeal', { itemId: 'e1', status: 'answered' }, '冯主任', 'appeal.over'],
  ])('has the words that fit now: %s %j for %s: %s', (kind, more, name, template) => {
    expect(templateNow(obligation(kind, more), idOf(name), now)).toBe(template);
  });

  it('in a group says nothing of a miss', () => {
    expect(templateNow(obligation('check', { missedAt: now }), 'g:office', now)).toBe('check.alert');
  });
});

describe('a step by telephone', () => {
  const voice = { via: 'voice', callers: [idOf('冯主任')] };

  it('rings where something can, and groups get a card', () => {
    const [person, landline, group] = announce(
      obligation('check'),
      fired([idOf('赵主班'), 'l:p1', 'g:office'], voice),
      contextWith({ hasVoice: true }),
    );
    expect([person, landline, group]).toMatchObject([
      { via: 'voice', template: 'check.remind' },
      { via: 'voice', template: 'check.remind' },
      { via: 'card', template: 'check.alert' },
    ]);
  });

  it('where nothing can asks the office to ring, and nobody else', () => {
    expect(announce(obligation('check'), fired([idOf('赵主班')], voice), context)).toEqual([
      {
        to: idOf('冯主任'),
        via: 'card',
        template: 'check.callForOffice',
        obligationId: 'o1',
        stepNo: 1,
        decidedAt: now,
        isBundled: true,
      },
    ]);
    expect(announce(obligation('check'), fired([idOf('赵主班')], { via: 'voice' }), context)).toEqual([]);
  });

  it('is a card where nothing can ring, of a call for help and of what is owed for an item', () => {
    expect(says(obligation('help'), '钱副班', voice)).toMatchObject({ via: 'card', template: 'help.alert' });
    expect(says(obligation('deadline', item), '东联络', voice)).toMatchObject({ via: 'card', template: 'item.due' });
  });

  it('leaves a text message what it is', () => {
    expect(says(obligation('check'), '赵主班', { via: 'sms' }).via).toBe('sms');
  });
});

describe('a reminder', () => {
  const reminded = (data: LedgerEvent['data']): LedgerEvent => ({
    at: now,
    event: 'ReminderFired',
    obligationId: 'o1',
    data: { stepNo: 2, notified: [idOf('赵主班')], ...data },
  });

  it('says which it is, where it is one of several', () => {
    expect(announce(obligation('check'), reminded({ reminderNo: 3 }), context)).toMatchObject([
      { template: 'check.remind', via: 'card', reminderNo: 3 },
    ]);
    expect(announce(obligation('check'), reminded({}), context)[0]).not.toHaveProperty('reminderNo');
    expect(announce(obligation('check'), { ...reminded({}), data: { stepNo: 2 } }, context)).toEqual([]);
  });
});

describe('an end', () => {
  const ended = (event: LedgerEvent['event'], more: Partial<LedgerEvent> = {}): LedgerEvent => ({
    at: now,
    event,
    obligationId: 'o1',
    data: {},
    ...more,
  });
  const heard = { asked: [idOf('赵主班')], told: [idOf('孙联络'), idOf('赵主班'), 'l:p1', 'g:office'] } as const;

  it.each<[ObligationKind, Partial<Obligation>, LedgerEvent['event'], string]>([
    ['check', {}, 'AnswerRecorded', 'end.answered'],
    ['check', {}, 'ObligationTakenOver', 'end.takenOver'],
    ['check', {}, 'ObligationWithdrawn', 'end.withdrawn'],
    ['reachTest', { itemId: 'sm1' }, 'AnswerRecorded', 'ahead.testOver'],
    ['handover', { itemId: 'h1' }, 'AnswerRecorded', 'handover.over'],
    ['substitute', { itemId: 'q1' }, 'ObligationWithdrawn', 'duty.over'],
    ['deadline', item, 'AnswerRecorded', 'item.over'],
    ['rosterProposal', { itemId: 'p1' }, 'AnswerRecorded', 'roster.proposalOver'],
    ['report', { itemId: 't1' }, 'AnswerRecorded', 'report.over'],
  ])('of the kind %s %j is shown on the card of each once, and on no telephone: %s: %s', (kind, more, event, template) => {
    expect(announce(obligation(kind, { ...more, ...heard }), ended(event), context)).toEqual(
      [idOf('赵主班'), idOf('孙联络'), 'g:office'].map((to) => ({ to, via: 'card', template, obligationId: 'o1', isUpdate: true })),
    );
  });

  it('of a call for help is said aloud to everybody but whoever ended it', () => {
    const help = obligation('help', { openedBy: idOf('赵主班'), told: [idOf('钱副班'), idOf('冯主任')] });
    const spoken = (event: LedgerEvent) =>
      announce(help, event, context)
        .filter(({ isUpdate }) => !isUpdate)
        .map(({ to, template }) => [to, template]);
    const comes = ended('ObligationTakenOver', { data: { by: idOf('冯主任') } });
    expect(spoken(comes)).toEqual([
      [idOf('钱副班'), 'end.takenOver'],
      [idOf('赵主班'), 'end.takenOver'],
    ]);
    expect(
      announce(help, comes, context)
        .filter(({ isUpdate }) => isUpdate)
        .map(({ to }) => to),
    ).toEqual(help.told);
    expect(spoken(ended('ObligationWithdrawn', { actor: idOf('赵主班') }))).toEqual([
      [idOf('钱副班'), 'help.allClear'],
      [idOf('冯主任'), 'help.allClear'],
    ]);
    const { openedBy: _, ...ofNobody } = help;
    expect(announce(ofNobody, ended('ObligationWithdrawn'), context)).toHaveLength(4);
  });

  it('is nothing else: no receipt and no verdict is said to anybody', () => {
    for (const event of ['NoticeDelivered', 'ObligationMissed', 'StepSkipped', 'StandInRecorded', 'CallRecorded'] as const) {
      expect(announce(obligation('check', heard), ended(event, { data: { notified: [idOf('赵主班')] } }), context)).toEqual([]);
    }
  });
});
