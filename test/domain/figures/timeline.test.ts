import { describe, expect, it } from 'vitest';
import { checkCounts } from '../../../src/domain/figures/follow-checks.ts';
import { createTimeline, stretchMs, timelineMs, type TimelineCount } from '../../../src/domain/figures/timeline.ts';
import type { EventName, LedgerRow } from '../../../src/domain/ledger/event.ts';
import { figureTexts } from '../../../src/messages/figure-texts.ts';
import { pageTimelineTexts } from '../../../src/messages/page-timeline-texts.ts';
import { fc } from '../../support/property.ts';
import { answered, checkTold, figuresOf, minute, next, unitsTold } from '../../support/told-figures.ts';

const start = Date.parse('2021-08-27T10:00:00+08:00');
const everybody = (): boolean => true;
const bodies: { readonly [subject: string]: string } = { p1: 'u1', p2: 'u2', m9: 'u1' };
const open = () => createTimeline((subject) => bodies[subject]);

let seq = 0;
const row = (minuteNo: number, event: EventName, data: LedgerRow['data'] = {}, more: Partial<LedgerRow> = {}): LedgerRow => ({
  seq: (seq += 1),
  bureau: 'b',
  at: start + minuteNo * minute,
  event,
  data,
  ...more,
});
const check = (minuteNo: number, event: EventName, subject: string, data: LedgerRow['data'] = {}): LedgerRow =>
  row(
    minuteNo,
    event,
    { subject, kind: 'check', ...(event === 'CheckOpened' ? { answerBy: start + (minuteNo + 10) * minute } : {}), ...data },
    { obligationId: `o${subject}` },
  );

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
      check(29, 'ObligationMissed', 'p2', { isDelivered: true }),
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
      { at: start, rounds: 1, asked: 2, answered: 1, noAnswer: 1 },
      { at: start + stretchMs, steps: { 4: 1 } },
      { at: start + 2 * stretchMs, steps: { 5: 1 } },
      { at: start + 3 * stretchMs, handovers: 1, itemsIn: 1, itemsOverdue: 1, alarms: 1, help: 1 },
    ]);
    expect(moments.map(({ what, subject, obligationId }) => [what, subject, obligationId])).toEqual([
      ['noAnswer', 'p2', 'op2'],
      ['itemsOverdue', 'u1', `odiD0.u1.k.${deadline}`],
      ['alarms', undefined, undefined],
      ['help', 'p1', 'op1'],
    ]);
  });

  it("show everybody what is theirs, and nobody what is the whole bureau's alone", () => {
    const timeline = open();
    for (const each of [
      row(0, 'RoundOpened'),
      check(0, 'CheckOpened', 'p1'),
      check(0, 'CheckOpened', 'p2'),
      check(9, 'CheckOpened', 'm9'),
      check(15, 'ObligationMissed', 'p1'),
      check(15, 'ObligationMissed', 'p2'),
    ])
      timeline.take(each);
    timeline.settle(1, start);
    const { stretches, moments } = timeline.since(0, (body) => body === 'u1');
    expect(stretches).toEqual([{ at: start, asked: 2, undelivered: 1, open: 1 }]);
    expect(moments.map(({ subject }) => subject)).toEqual(['p1']);
  });

  it('say again only what is another since a version, once for each row, and nothing that is older than a day', () => {
    const timeline = open();
    const first = check(8, 'CheckOpened', 'p1');
    timeline.take(first);
    timeline.take(first);
    timeline.settle(1, start);
    expect(timeline.hasNews(start)).toBe(false);
    timeline.take(check(15, 'HandoverAccepted', 'p1'));
    expect(timeline.hasNews(start)).toBe(true);
    timeline.settle(2, start);
    expect(timeline.since(1, everybody).stretches).toEqual([{ at: start + stretchMs, handovers: 1 }]);
    expect(timeline.since(0, everybody).stretches).toEqual([
      { at: start, asked: 1, open: 1 },
      { at: start + stretchMs, handovers: 1 },
    ]);
    expect(timeline.since(2, everybody)).toEqual({ stretches: [], moments: [] });
    timeline.settle(3, start + timelineMs + 2 * stretchMs);
    expect(timeline.since(0, everybody).stretches.map(({ at }) => at)).toEqual([start + stretchMs]);
  });

  it('count a check once, where it was asked, as what it is by now', () => {
    const timeline = open();
    let version = 0;
    const now = (minuteNo: number, ...rows: readonly LedgerRow[]) => {
      for (const each of rows) timeline.take(each);
      timeline.settle((version += 1), start + minuteNo * minute);
      return timeline.since(version - 1, everybody);
    };
    const at = start;
    expect(now(9, check(9, 'CheckOpened', 'p1')).stretches).toEqual([{ at, asked: 1, open: 1 }]);
    expect(now(10, check(10, 'NoticeDelivered', 'p1')).stretches).toEqual([]);
    expect(timeline.hasNews(start + 19 * minute)).toBe(false);
    // nothing in the ledger says that its time is over
    expect(timeline.hasNews(start + 19 * minute + 1)).toBe(true);
    expect(now(20).stretches).toEqual([{ at, asked: 1, noAnswer: 1 }]);
    const verdict = check(29, 'ObligationMissed', 'p1', { isDelivered: true });
    expect(now(29, verdict)).toMatchObject({ stretches: [], moments: [{ what: 'noAnswer', subject: 'p1' }] });
    const late = check(31, 'AnswerRecorded', 'p1', { isLate: true });
    expect(now(31, late)).toEqual({ stretches: [{ at, asked: 1, late: 1 }], moments: [] });
    expect(now(60, check(60, 'AppealUpheld', 'p1')).stretches).toEqual([{ at, asked: 1, others: 1 }]);
  });

  it('say of what reached nobody that it did not, and nothing of answers to anything but a check', () => {
    const timeline = open();
    for (const each of [
      check(0, 'CheckOpened', 'p1'),
      check(15, 'ObligationMissed', 'p1', { isDelivered: false }),
      row(16, 'AnswerRecorded', { subject: 'p1', kind: 'restore' }, { obligationId: 'or1' }),
      row(17, 'ObligationMissed', { subject: 'p1', kind: 'postEmpty' }, { obligationId: 'oe1' }),
    ])
      timeline.take(each);
    timeline.settle(1, start + 20 * minute);
    const { stretches, moments } = timeline.since(0, everybody);
    expect(stretches).toEqual([{ at: start, asked: 1, undelivered: 1 }]);
    expect(moments.map(({ what }) => what)).toEqual(['undelivered']);
  });

  it('name what became of a check as the figures do, and add up to the same', () => {
    const facts = fc.constantFrom(
      'NoticeDelivered',
      'CallRecorded',
      'StandInRecorded',
      'ObligationMissed',
      'answer',
      'ObligationTakenOver',
      'ObligationWithdrawn',
      'AppealUpheld',
      'MassFailureFound',
    );
    const told = fc.record({
      subject: fc.constantFrom('p1', 'p2', 'p3'),
      minuteNo: fc.integer({ min: 0, max: 300 }),
      facts: fc.array(fc.tuple(facts, fc.integer({ min: 0, max: 40 })), { maxLength: 5 }),
    });
    const results = ['noAnswer', 'busy', 'hungUp', 'invalidNumber'];
    fc.assert(
      fc.property(fc.uniqueArray(told, { selector: (one) => `${one.subject} ${one.minuteNo}` }), fc.nat(360), (list, endNo) => {
        const rows = list
          .flatMap((one) => {
            const { subject, minuteNo } = one;
            const plain = checkTold(subject, start + minuteNo * minute);
            const asked = { ...plain, data: { ...plain.data, roundId: `r${minuteNo % 3}` } };
            return [
              asked,
              ...one.facts.map(([fact, after]) =>
                fact === 'answer'
                  ? answered(asked, after * minute)
                  : next(asked, fact, after * minute, {
                      result: results[after % 4]!,
                      reason: after % 2 === 0 ? 'notOnPost' : 'notWatched',
                      isDelivered: after % 3 === 0,
                      roundId: `r${minuteNo % 3}`,
                    }),
              ),
            ];
          })
          .filter(({ at }) => at <= start + endNo * minute)
          .toSorted((a, b) => a.at - b.at);
        const timeline = createTimeline((subject) => subject.replace('p', 'u'));
        for (const [index, each] of rows.entries()) {
          timeline.take({ ...each, seq: index + 1, bureau: 'b' });
          if (index % 7 === 0) timeline.settle(index, each.at);
        }
        const now = start + endNo * minute;
        timeline.settle(rows.length, now);
        const { stretches } = timeline.since(-1, everybody);
        const sum = (name: TimelineCount): number => stretches.reduce((all, one) => all + (one[name] ?? 0), 0);
        expect(sum('asked')).toBe(checkCounts.reduce((all, name) => all + sum(name), 0));
        const { all } = figuresOf([...unitsTold(3), ...rows], { fromAt: start, toAt: start + 400 * minute }, now).league;
        const { onPost, late, noAnswer, undelivered, open: waiting } = all.counts;
        expect(
          Object.fromEntries(
            ['asked', 'answered', 'late', 'noAnswer', 'undelivered', 'open'].map((name) => [name, sum(name as TimelineCount)]),
          ),
        ).toEqual({
          asked: all.asked,
          answered: onPost,
          late,
          noAnswer,
          undelivered,
          open: waiting,
        });
      }),
    );
  });

  it('call what became of a check what the figures call it', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { counts } = pageTimelineTexts[language];
      const { onPost, late, noAnswer, undelivered, open: waiting } = figureTexts[language].categories;
      expect(counts).toMatchObject({ answered: onPost, late, noAnswer, undelivered, open: waiting });
    }
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

it('tell once of a post that nobody has taken over in time', () => {
  const timeline = open();
  const clock = { itemId: 'hp1', obligationId: `okhp1.p1.p1.${(start + 30 * minute).toString(36)}` };
  const step = (minuteNo: number, stepNo: number, roles: readonly string[]): LedgerRow =>
    row(minuteNo, 'StepFired', { subject: 'p1', stepNo, roles }, clock);
  for (const each of [step(10, 0, ['onDuty', 'incoming']), step(30, 1, ['incoming']), step(40, 2, ['onDuty', 'shiftLeader'])])
    timeline.take(each);
  timeline.take(step(50, 3, ['liaison']));
  timeline.settle(1, start + 60 * minute);
  const { stretches, moments } = timeline.since(0, everybody);
  expect(stretches).toEqual([{ at: start + 4 * stretchMs, handoversLate: 1 }]);
  expect(moments).toMatchObject([{ what: 'handoversLate', subject: 'p1', itemId: 'hp1', at: start + 40 * minute }]);
});
