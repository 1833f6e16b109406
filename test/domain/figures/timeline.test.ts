import { describe, expect, it } from 'vitest';
import { createTimeline, stretchMs, timelineMs } from '../../../src/domain/figures/timeline.ts';
import type { EventName, LedgerRow } from '../../../src/domain/ledger/event.ts';
import { fc } from '../../support/property.ts';

const start = Date.parse('2021-08-27T10:00:00+08:00');
const everybody = (): boolean => true;
const bodies: { readonly [subject: string]: string } = { p1: 'u1', p2: 'u2', m9: 'u1' };
const open = () => createTimeline((subject) => bodies[subject]);

let seq = 0;
const row = (minute: number, event: EventName, data: LedgerRow['data'] = {}, more: Partial<LedgerRow> = {}): LedgerRow => ({
  seq: (seq += 1),
  bureau: 'b',
  at: start + minute * 60_000,
  event,
  data,
  ...more,
});
const check = (minute: number, event: EventName, subject: string, data: LedgerRow['data'] = {}): LedgerRow =>
  row(minute, event, { subject, kind: 'check', ...data }, { obligationId: `o${subject}` });

describe('the last hours', () => {
  it('tell by ten minutes what was asked, answered, missed, how far ladders went, handed over and out of order', () => {
    const timeline = open();
    const deadline = (start + 30 * 60_000).toString(36);
    for (const each of [
      row(0, 'RoundOpened', { roundId: 'r1' }),
      check(0, 'CheckOpened', 'p1'),
      check(0, 'CheckOpened', 'p2'),
      check(0, 'StepFired', 'p1', { stepNo: 0, roles: ['onDuty'] }),
      check(2, 'AnswerRecorded', 'p1'),
      check(3, 'StepFired', 'p2', { stepNo: 1, roles: ['onDuty'] }),
      check(10, 'StepFired', 'p2', { stepNo: 4, roles: ['coDuty', 'shiftLeader'] }),
      check(20, 'StepFired', 'p2', { stepNo: 5, roles: ['liaison'] }),
      check(29, 'ObligationMissed', 'p2'),
      check(29.5, 'AnswerRecorded', 'p2', { isLate: true }),
      row(31, 'HandoverAccepted', { subject: 'p1' }),
      row(32, 'ItemHandedOver', { unit: 'u1' }, { itemId: 'iD1' }),
      row(33, 'StepFired', { subject: 'u1', stepNo: 0 }, { itemId: 'iD0', obligationId: `odiD0.u1.k.${deadline}` }),
      row(34, 'StepFired', { subject: 'u1', stepNo: 1 }, { itemId: 'iD0', obligationId: `odiD0.u1.k.${deadline}` }),
      row(34, 'StepFired', { subject: 'p1', stepNo: 0 }, { itemId: 'hp1', obligationId: `ohhp1.p1.k.${deadline}` }),
      row(35, 'AnswerRecorded', { subject: 'u1' }, { itemId: 'iD0' }),
      row(36, 'ChannelFailed', { channel: 'wecom' }),
      check(37, 'ObligationOpened', 'p1', { kind: 'help' }),
    ])
      timeline.take(each);
    timeline.settle(1, start + 40 * 60_000);
    const { stretches, moments } = timeline.since(0, everybody);
    expect(stretches).toEqual([
      { at: start, rounds: 1, asked: 2, answered: 1 },
      { at: start + stretchMs, steps: { 4: 1 } },
      { at: start + 2 * stretchMs, steps: { 5: 1 }, missed: 1, late: 1 },
      { at: start + 3 * stretchMs, handovers: 1, itemsIn: 1, itemsOverdue: 1, alarms: 1, help: 1 },
    ]);
    expect(moments.map(({ what, subject, obligationId }) => [what, subject, obligationId])).toEqual([
      ['missed', 'p2', 'op2'],
      ['itemsOverdue', 'u1', `odiD0.u1.k.${deadline}`],
      ['alarms', undefined, undefined],
      ['help', 'p1', 'op1'],
    ]);
  });

  it("show everybody what is theirs, and nobody what is the whole bureau's alone", () => {
    const timeline = open();
    for (const each of [
      row(0, 'RoundOpened'),
      check(0, 'ObligationMissed', 'p1'),
      check(0, 'ObligationMissed', 'p2'),
      check(1, 'CheckOpened', 'm9'),
    ])
      timeline.take(each);
    timeline.settle(1, start);
    const { stretches, moments } = timeline.since(0, (body) => body === 'u1');
    expect(stretches).toEqual([{ at: start, missed: 1, asked: 1 }]);
    expect(moments.map(({ subject }) => subject)).toEqual(['p1']);
  });

  it('say again only what is another since a version, once for each row, and nothing that is older than a day', () => {
    const timeline = open();
    const first = check(0, 'CheckOpened', 'p1');
    timeline.take(first);
    timeline.take(first);
    timeline.settle(1, start);
    expect(timeline.hasNews()).toBe(false);
    timeline.take(check(15, 'ObligationMissed', 'p1'));
    expect(timeline.hasNews()).toBe(true);
    timeline.settle(2, start);
    expect(timeline.since(1, everybody)).toMatchObject({
      stretches: [{ at: start + stretchMs, missed: 1 }],
      moments: [{ what: 'missed' }],
    });
    expect(timeline.since(0, everybody).stretches).toEqual([
      { at: start, asked: 1 },
      { at: start + stretchMs, missed: 1 },
    ]);
    expect(timeline.since(2, everybody)).toEqual({ stretches: [], moments: [] });
    timeline.settle(3, start + timelineMs + 2 * stretchMs);
    expect(timeline.since(0, everybody).stretches.map(({ at }) => at)).toEqual([start + stretchMs]);
  });

  it('told bit by bit, are the same as told at once', () => {
    const events = fc.constantFrom<EventName>('CheckOpened', 'AnswerRecorded', 'ObligationMissed', 'HandoverAccepted');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 600 }), events, fc.constantFrom('p1', 'p2'), fc.boolean())), (list) => {
        const [whole, bitwise] = [open(), open()];
        const shown = new Map<number, object>();
        const heard: number[] = [];
        let version = 0;
        const say = (): void => {
          bitwise.settle(version + 1, start);
          const { stretches, moments } = bitwise.since(version, everybody);
          for (const stretch of stretches) shown.set(stretch.at, stretch);
          heard.push(...moments.map(({ seq: number }) => number));
          version += 1;
        };
        for (const [minute, event, subject, isSaid] of list) {
          const each = check(minute, event, subject);
          whole.take(each);
          bitwise.take(each);
          if (isSaid) say();
        }
        say();
        whole.settle(1, start);
        const all = whole.since(0, everybody);
        expect([...shown.values()].toSorted((a, b) => (a as { at: number }).at - (b as { at: number }).at)).toEqual(all.stretches);
        expect(heard).toEqual(all.moments.map(({ seq: number }) => number));
      }),
    );
  });
});
