import { describe, expect, it } from 'vitest';
import { evolve } from '../../../src/domain/escalation/evolve.ts';
import { isEnded, isItemClock, ofItem, type Obligation } from '../../../src/domain/escalation/obligation.ts';
import type { LedgerEvent } from '../../../src/domain/ledger/event.ts';

/** What each event makes of an obligation; a replay of the ledger makes the same. */

const event = (name: LedgerEvent['event'], data: LedgerEvent['data'] = {}, more: Partial<LedgerEvent> = {}): LedgerEvent => ({
  at: 2_000,
  event: name,
  obligationId: 'o1',
  data,
  ...more,
});

const openedWith = (data: LedgerEvent['data'] = {}, more: Partial<LedgerEvent> = {}): Obligation =>
  evolve(
    undefined,
    event(
      'CheckOpened',
      { kind: 'check', subject: 'p1', policy: 'check', answerBy: 600, baseAt: 0, throughMs: -1, ...data },
      { at: 0, ...more },
    ),
  )!;

const check = openedWith();
const clock = openedWith({ kind: 'deadline', subject: 'u2' }, { event: 'ObligationOpened', itemId: 'i1' });

const step = (data: LedgerEvent['data'] = {}, name: LedgerEvent['event'] = 'StepFired'): LedgerEvent =>
  event(name, { stepNo: 2, afterMs: 180, baseAt: 50, roles: ['onDuty'], notified: ['m1'], reminders: [[180, 900, 3]], ...data });

describe('an opening', () => {
  it('has what was said of it, and no more', () => {
    expect(check).toEqual({
      id: 'o1',
      kind: 'check',
      subject: 'p1',
      policy: 'check',
      openedAt: 0,
      answerBy: 600,
      status: 'open',
      baseAt: 0,
      throughMs: -1,
      stepNo: 0,
      reminders: [],
      asked: [],
      told: [],
    });
    const more = { key: '0', roundId: 'rp1', cause: 'round', code: '4711' };
    expect(openedWith(more, { itemId: 'i1', actor: 'm9' })).toEqual({
      ...check,
      itemId: 'i1',
      key: '0',
      roundId: 'rp1',
      code: '4711',
      openedBy: 'm9',
    });
    expect(openedWith({ kind: 'postEmpty', cause: 'left' }).cause).toBe('left');
  });

  it('is one, however often it is said; an item that comes back opens its clock again', () => {
    expect(evolve(check, event('CheckOpened', { kind: 'check' }))).toBe(check);
    const answered = evolve(check, event('AnswerRecorded', { by: 'm1' }))!;
    expect(evolve(answered, event('CheckOpened', { kind: 'check' }))).toBe(answered);
    const over = evolve(clock, event('AnswerRecorded'))!;
    const again = event('ObligationOpened', { kind: 'deadline', subject: 'u2', policy: 'work' }, { itemId: 'i1' });
    expect(evolve(over, again)).toMatchObject({ status: 'open', openedAt: 2_000 });
    expect(evolve(clock, again)).toBe(clock);
  });

  it('comes before all else', () => {
    expect(evolve(undefined, step())).toBeUndefined();
    expect(evolve(undefined, event('AnswerRecorded'))).toBeUndefined();
  });
});

describe('a step', () => {
  it('moves the ladder, and those it asks owe the answer from now on', () => {
    expect(evolve(check, step())).toEqual({
      ...check,
      stepNo: 3,
      throughMs: 180,
      baseAt: 50,
      reminders: [{ afterMs: 180, dueAt: 900, left: 3 }],
      asked: ['m1'],
    });
    expect(evolve(check, step({ answerBy: 700 }))?.answerBy).toBe(700);
  });

  it('that found nobody moves it and asks nobody', () => {
    expect(evolve(check, step({}, 'StepSkipped'))).toMatchObject({ stepNo: 3, throughMs: 180, asked: [], told: [] });
  });

  it.each<[string, LedgerEvent['data'], readonly string[], readonly string[]]>([
    [
      'asks people, rings telephones and has the office ring',
      { roles: ['onDuty', 'landline'], notified: ['m1', 'l:p1'], callers: ['m9'] },
      ['m1'],
      ['m9'],
    ],
    ['asks both on the post', { roles: ['onDuty', 'coDuty'], notified: ['m1', 'm2'] }, ['m1', 'm2'], []],
    ['tells the co-duty officer alone', { roles: ['coDuty'], notified: ['m2'] }, [], ['m2']],
    ['tells where others hear of it too', { roles: ['onDuty', 'liaison'], notified: ['m1', 'm3'] }, [], ['m1', 'm3']],
    ['tells a group', { roles: ['groupChat'], notified: ['g:office'] }, [], ['g:office']],
    ['tells nobody where it names nobody', { roles: ['onDuty'], notified: undefined as never }, [], []],
  ])('%s', (_, data, asked, told) => {
    expect(evolve(check, step(data))).toMatchObject({ asked, told });
  });

  it('of a call for help asks nobody', () => {
    expect(evolve({ ...check, kind: 'help' }, step())).toMatchObject({ asked: [], told: ['m1'] });
  });

  it('of an item’s clock asks up to its deadline and before it was missed, and tells from then on', () => {
    const notified = ['m1', 'g:office'];
    expect(evolve(clock, step({ afterMs: -60, notified }))).toMatchObject({ asked: ['m1'], told: ['g:office'] });
    expect(evolve(clock, step({ afterMs: 0, notified }))).toMatchObject({ asked: ['m1'] });
    expect(evolve(clock, step({ afterMs: 1, notified }))).toMatchObject({ asked: [], told: notified });
    expect(evolve({ ...clock, missedAt: 1 }, step({ afterMs: 0, notified }))).toMatchObject({ asked: [], told: notified });
  });

  it('counts each once', () => {
    const asked = evolve(check, step())!;
    expect(evolve(asked, step())!.asked).toBe(asked.asked);
    expect(evolve(asked, step({ notified: ['m1', 'm2'] }))!.asked).toEqual(['m1', 'm2']);
  });
});

describe('a reminder', () => {
  const reminded = (data: LedgerEvent['data']): LedgerEvent =>
    event('ReminderFired', { stepNo: 1, roles: ['onDuty'], notified: ['m1', 'l:p1'], reminders: [[-1, 900, 0]], ...data });

  it('moves its clock; whoever hears first by it was asked or told like everybody', () => {
    expect(evolve(check, reminded({}))).toEqual({ ...check, reminders: [{ afterMs: -1, dueAt: 900, left: 0 }], asked: ['m1'] });
    expect(evolve(check, reminded({ roles: ['office'], notified: ['m9'] }))).toMatchObject({ asked: [], told: ['m9'] });
    expect(evolve(clock, reminded({ roles: ['incoming'] }))).toMatchObject({ asked: [], told: ['m1', 'l:p1'] });
    expect(evolve(check, event('ReminderFired', { stepNo: 1 }))).toEqual(check);
  });

  it('by hand is remembered with its instant, and asks nobody new', () => {
    const next = evolve(check, reminded({ by: 'm9' }));
    expect(next).toEqual({ ...check, reminders: [{ afterMs: -1, dueAt: 900, left: 0 }], remindedAt: 2_000 });
  });
});

describe('what becomes of it', () => {
  const reminders = [
    { afterMs: 0, dueAt: 900, left: 1 },
    { afterMs: -1, dueAt: 950, left: 0 },
  ];

  it('is missed and stays with the office', () => {
    const missed = evolve(check, event('ObligationMissed', { reminders: [[-1, 950, 0]] }))!;
    expect(missed).toEqual({ ...check, status: 'withOffice', missedAt: 2_000, reminders: [reminders[1]] });
    expect(isEnded(missed)).toBe(false);
  });

  it.each([
    ['AnswerRecorded', 'answered'],
    ['ObligationTakenOver', 'takenOver'],
    ['ObligationWithdrawn', 'withdrawn'],
  ] as const)('is ended by %s, with who and why', (name, status) => {
    const o = { ...check, reminders };
    const ended = evolve(o, event(name, { by: 'm1', reason: 'undone' }, { actor: 'm9' }))!;
    expect(ended).toEqual({ ...check, status, endedAt: 2_000, endedBy: 'm1', endReason: 'undone' });
    expect(isEnded(ended)).toBe(true);
    expect(evolve(o, event(name, {}, { actor: 'm9' }))!.endedBy).toBe('m9');
    expect(evolve(o, event(name))).toEqual({ ...check, status, endedAt: 2_000 });
  });

  it('was delivered where a phone rang or a channel says so', () => {
    expect(evolve(check, event('CallRecorded', { result: 'noAnswer' }))).toEqual({ ...check, callResult: 'noAnswer', isDelivered: true });
    expect(evolve(check, event('CallRecorded', { result: 'invalidNumber' }))).toEqual({ ...check, callResult: 'invalidNumber' });
    expect(evolve(check, event('NoticeDelivered', { to: 'm1' }))).toEqual({ ...check, isDelivered: true });
    expect(evolve(check, event('NoticeDelivered', { to: 'm1', lateMs: 90_000 }))).toEqual({
      ...check,
      isDelivered: true,
      deliveredLateMs: 90_000,
    });
  });

  it('has another ladder, which keeps what the office owes', () => {
    const o = { ...check, throughMs: 600, reminders };
    expect(evolve(o, event('PolicyMoved', { policy: 'urgent', baseAt: 700 }))).toEqual({
      ...check,
      policy: 'urgent',
      baseAt: 700,
      throughMs: -1,
      reminders: [reminders[1]],
    });
    expect(evolve(o, event('PolicyMoved', { policy: 'urgent', baseAt: 700, throughMs: 5 }))?.throughMs).toBe(5);
  });

  it('is not touched by anything else', () => {
    expect(evolve(check, event('NoticeSent', { to: 'm1' }))).toBe(check);
    expect(evolve(check, event('StandInRecorded', { by: 'm1' }))).toBe(check);
  });
});

describe('the clock of an item', () => {
  it('is told from that of a request or a handover, and stands in the ledger under its item', () => {
    expect([clock, { itemId: 'h1' }, { itemId: 'sm1' }, {}].map((one) => isItemClock(one))).toEqual([true, false, false, false]);
    const events = [event('StepFired')];
    expect(ofItem(clock, events)).toEqual([{ ...events[0], itemId: 'i1' }]);
    expect(ofItem(check, events)).toBe(events);
  });
});
