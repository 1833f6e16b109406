import { describe, expect, it } from 'vitest';
import { shippedKinds, type ItemKind } from '../../../src/domain/items/item-kind.ts';
import { at } from '../../support/invented.ts';
import { day, fileOf, handIn, hour, limit, personOf, signing, signsOff, tellItem, type ItemStory } from '../../support/items.ts';

const plan = (ownerDueAt: string) =>
  ({ type: 'split', subtasks: [{ title: '覆盖裸土', ownerId: personOf('东主班'), dueAt: at(ownerDueAt) }] }) as const;

/** Received, unless it came by itself. */
const receives = (story: ItemStory, kind: ItemKind): void => {
  if (kind.opens !== undefined) {
    expect(story.item().status).toBe('received');
    return;
  }
  expect(story.item().status).toBe('handedOver');
  expect(story.clocks()).toEqual(['receipt', 'deadline']);
  expect(story.due('receipt')).toBe(story.now() + kind.receiptWithinMs);
  story.passes(10 * 60_000);
  expect(story.refused('东联系', handIn('已完成'))).toBe('notReceived');
  expect(story.does('东主班', { type: 'receive' }).status).toBe('received');
};

const plans = (story: ItemStory): void => {
  expect(story.refused('东联系', handIn('已完成'))).toBe('noPlan');
  expect(story.does('东联络', plan('2021-08-31T18:00')).status).toBe('planned');
  expect(story.clocks()).toEqual(['deadline', 'subtask']);
};

const finishes = (story: ItemStory): void => {
  expect(story.refused('东联系', { type: 'submit' })).toBe('openSubtasks');
  story.does('东主班', { type: 'finishSubtask', no: 1 });
  expect(story.clocks()).toEqual(['deadline']);
};

const isSigned = (story: ItemStory): void => {
  expect(story.refused('东联系', { type: 'submit' })).toBe('notChecked');
  expect(story.refused('东联系', signing(story))).toBe('notChecked');
  story.does('东联络', { type: 'check' });
  expect(story.refused('东联系', { type: 'submit' })).toBe('notSigned');
  story.does('东联系', signing(story));
};

const isLookedAtAgain = (story: ItemStory, afterDays: number | undefined): void => {
  if (afterDays === undefined) {
    expect(story.clocks()).toEqual([]);
    expect(story.refused('组员', { type: 'followUp', passed: true, text: '看过' })).toBe('ended');
    return;
  }
  expect(story.clocks()).toEqual(['followUp']);
  expect(story.due('followUp')).toBe(story.now() + afterDays * day);
  story.passes(20 * day);
  expect(story.does('组员', { type: 'followUp', passed: true, text: '复查合格' }).status).toBe('confirmed');
  expect(story.clocks()).toEqual([]);
  expect(story.refused('冯主任', { type: 'withdrawItem', reason: '误录' })).toBe('ended');
};

it('counts nothing as handed in without a second person, a signature and the seal, but names of people and what is owed every day', () => {
  expect(shippedKinds.filter(({ needsSignOff }) => !needsSignOff).map(({ name }) => name)).toEqual([
    'unitPeople',
    'dailyReport',
    'zeroReport',
  ]);
});

describe.each(shippedKinds)('$name, from handing over to its end', (kind) => {
  it('is received, worked on, handed in, accepted, closed and looked at again', () => {
    const story = tellItem({ kind: kind.name });
    receives(story, kind);
    expect(story.clocks()).toEqual(['deadline']);
    if (kind.needsPlan) plans(story);
    story.passes(hour);
    expect(story.does('东联络', { type: 'report', text: '已到现场', files: [] }).status).toBe('inProgress');
    expect(story.does('东联系', handIn('已完成')).status).toBe('inProgress');
    if (kind.needsPlan) finishes(story);
    if (kind.needsSignOff) isSigned(story);
    expect(story.refused('陈干事', { type: 'accept' })).toBe('notSubmitted');
    expect(story.does('东联系', { type: 'submit' }).status).toBe('submitted');
    expect(story.clocks()).toEqual(['review']);
    expect(story.due('review')).toBe(story.now() + kind.reviewWithinMs);
    expect(story.refused('陈干事', { type: 'close' })).toBe('notAccepted');
    expect(story.does('陈干事', { type: 'accept' }).status).toBe('accepted');
    expect(story.clocks()).toEqual(['closing']);
    expect(story.does('陈干事', { type: 'close' }).status).toBe('closed');
    isLookedAtAgain(story, kind.followUpAfterDays);
  });
});

describe('what is handed over to several units', () => {
  it('is received by each for itself; the lead hands in', () => {
    const story = tellItem({ unitIds: ['u2', 'u3', 'u2'] });
    expect(story.item().parts).toEqual([
      { unitId: 'u2', isLead: true },
      { unitId: 'u3', isLead: false },
    ]);
    expect(story.does('西联络', { type: 'receive' }).status).toBe('handedOver');
    expect(story.refused('西联系', { type: 'receive' })).toBe('alreadyDone');
    expect(story.clocks()).toEqual(['receipt', 'deadline']);
    expect(story.does('东联络', { type: 'receive' }).status).toBe('received');
    expect(story.refused('西联络', handIn('好了'))).toBe('wrongRole');
    // the lead may name the other unit's people, that one only its own
    const subtask = (ownerId: string) => ({ title: '洒水', ownerId, dueAt: story.now() + day });
    story.does('东联络', { type: 'split', subtasks: [subtask(personOf('西主班')), subtask(personOf('东主班'))] });
    expect(story.refused('西联络', { type: 'split', subtasks: [subtask(personOf('东副班'))] })).toBe('unknownPerson');
    story.does('西联络', { type: 'split', subtasks: [subtask(personOf('西副班'))] });
    expect(story.item().subtasks.map(({ no, unitId, ownerId }) => [no, unitId, ownerId])).toEqual([
      [1, 'u3', personOf('西主班')],
      [2, 'u2', personOf('东主班')],
      [3, 'u3', personOf('西副班')],
    ]);
    // whoever does it may also draft it
    story.does('西主班', handIn('好了'));
  });

  it('is late to receive after its window, whatever day the list bears', () => {
    const story = tellItem();
    story.passes(2 * hour);
    story.does('东联络', { type: 'receive' });
    expect(story.events.at(-1)!.data).toEqual({ unitId: 'u2', isLate: true });
  });
});

describe('what cannot be solved soon', () => {
  it('is long-term with a person, a date and measures, or not at all', () => {
    const story = tellItem();
    const whole = {
      type: 'longTerm',
      responsibleId: personOf('东主班'),
      deadlineAt: at('2021-08-31T12:00'),
      measures: '分段整改',
    } as const;
    expect(story.refused('东联络', whole)).toBe('notReceived');
    story.does('东联络', { type: 'receive' });
    const { responsibleId: _, ...nobody } = whole;
    const { deadlineAt: __, ...never } = whole;
    for (const part of [nobody, never, { ...whole, measures: ' ' }, { ...whole, deadlineAt: Number.NaN }])
      expect(story.refused('东联络', part)).toBe('longTermIncomplete');
    expect(story.refused('东联络', { ...whole, responsibleId: personOf('西主班') })).toBe('unknownPerson');
    expect(story.refused('东主班', whole)).toBe('wrongRole');
    expect(story.refused('东联络', { ...whole, deadlineAt: at('2021-09-03T00:00') })).toBe('extensionFirst');
    expect(story.refused('东联络', { ...whole, deadlineAt: at('2021-10-01T00:00') })).toBe('beyondOuterLimit');
    story.does('东联络', whole);
    expect(story.due('deadline')).toBe(at('2021-08-31T12:00'));
    // its date moves as any other does: asked, granted twice, kept
    story.does('东联络', { type: 'extend', toAt: at('2021-09-03T00:00'), reason: '雨' });
    story.does('东局长', { type: 'approve' });
    story.does('冯主任', { type: 'approve' });
    expect(story.due('deadline')).toBe(at('2021-09-03T00:00'));
  });

  it('is done for now, with a date for the rest that keeps running', () => {
    const story = tellItem({ kind: 'forwarded' });
    story.does('东联络', { type: 'receive' });
    story.does('东联络', plan('2021-08-31T18:00'));
    const forNow = { outcome: 'interim' as const };
    expect(story.refused('东联系', handIn('先盖一半', forNow))).toBe('interimDate');
    expect(story.refused('东联系', handIn('先盖一半', { ...forNow, nextReportAt: story.now() }))).toBe('interimDate');
    expect(story.refused('东联系', handIn('先盖一半', { ...forNow, nextReportAt: at('2021-10-01T00:00') }))).toBe('beyondOuterLimit');
    signsOff(story, '先盖一半', { ...forNow, nextReportAt: at('2021-09-04T00:00') });
    expect(story.clocks()).toEqual(['review', 'subtask']);
    expect(story.does('陈干事', { type: 'accept' }).status).toBe('interim');
    expect(story.refused('陈干事', { type: 'close' })).toBe('notAccepted');
    expect(story.clocks()).toEqual(['interim', 'subtask']);
    expect(story.due('interim')).toBe(at('2021-09-04T00:00'));
    story.passes(day);
    story.does('东主班', { type: 'finishSubtask', no: 1 });
    expect(story.does('东联络', { type: 'report', text: '又盖了一些', files: [] }).status).toBe('interim');
    signsOff(story, '全部盖好');
    story.does('陈干事', { type: 'accept' });
    expect(story.does('陈干事', { type: 'close' }).versions.map(({ text, outcome, decision }) => [text, outcome, decision])).toEqual([
      ['先盖一半', 'interim', 'accepted'],
      ['全部盖好', 'done', 'accepted'],
    ]);
  });
});

describe('what is not good enough', () => {
  it('is returned with a reason, and both hand-ins stay', () => {
    const story = tellItem();
    story.does('东联络', { type: 'receive' });
    const first = signsOff(story, '没有扬尘').versions[0];
    expect(story.refused('陈干事', { type: 'return', reason: ' ', fault: 'false' })).toBe('noReason');
    story.does('陈干事', { type: 'return', reason: '现场仍有扬尘', fault: 'false' });
    expect(story.item()).toMatchObject({ status: 'returned' });
    expect(story.clocks()).toEqual(['deadline']);
    story.does('东联络', { type: 'report', text: '再去现场', files: [] });
    expect(story.item().status).toBe('returned');
    expect(story.refused('东联系', { type: 'submit' })).toBe('noDraft');
    signsOff(story, '已覆盖');
    const [kept, second] = story.item().versions;
    expect(kept).toEqual({
      ...first,
      decision: 'returned',
      decidedAt: expect.any(Number) as number,
      decidedBy: personOf('陈干事'),
      reason: '现场仍有扬尘',
      fault: 'false',
    });
    expect(second).toMatchObject({ no: 2, text: '已覆盖' });
  });

  it('is drafted once, however often the very same is sent', () => {
    const story = tellItem();
    story.does('东主班', { type: 'receive' });
    story.does('东联系', handIn('已覆盖', { finding: 'true', handling: '已覆盖' }));
    story.does('东联络', { type: 'check' });
    expect(story.refused('东联系', handIn(' 已覆盖 ', { finding: 'true', handling: '已覆盖' }))).toBeUndefined();
    expect(story.item().versions).toMatchObject([{ no: 1, checkedBy: personOf('东联络') }]);
    // anything that differs is another, and so is the same from somebody else, or after it was handed in
    for (const [index, over] of [{}, { finding: 'untrue' }, { files: [fileOf('other')] }, { handling: '已清扫' }].entries())
      expect(story.does('东联系', handIn('已覆盖', over as object)).versions).toHaveLength(index + 2);
    expect(story.does('东联络', handIn('已覆盖', { handling: '已清扫' })).versions).toHaveLength(6);
    story.does('东联系', { type: 'check' });
    story.does('东联系', signing(story));
    story.does('东联系', { type: 'submit' });
    story.does('陈干事', { type: 'return', reason: '照片看不清', fault: 'incomplete' });
    expect(story.does('东联络', handIn('已覆盖', { handling: '已清扫' })).versions).toHaveLength(7);
  });

  it('is progress once, where the very same is reported again within minutes', () => {
    const story = tellItem();
    story.does('东主班', { type: 'receive' });
    const progress = (text: string, files = [fileOf('photo')]) => ({ type: 'report', text, files }) as const;
    story.does('东联系', progress('已洒水'));
    story.passes(10 * 60_000 - 1);
    expect(story.refused('东联系', progress(' 已洒水 '))).toBeUndefined();
    expect(story.item().reports).toHaveLength(1);
    // somebody else's does not come between the two
    expect(story.does('东联络', progress('已洒水')).reports).toHaveLength(2);
    expect(story.refused('东联系', progress('已洒水'))).toBeUndefined();
    expect(story.item().reports).toHaveLength(2);
    // other words, other pictures, and what was said before something else was, are news
    expect(story.does('东联系', progress('又洒水')).reports).toHaveLength(3);
    expect(story.does('东联系', progress('又洒水', [])).reports).toHaveLength(4);
    expect(story.does('东联系', progress('已洒水')).reports).toHaveLength(5);
    // and so is the same as before, later
    story.passes(10 * 60_000);
    expect(story.does('东联系', progress('已洒水')).reports).toHaveLength(6);
  });

  it('is not decided by a card that shows an older hand-in', () => {
    const story = tellItem();
    story.does('东联络', { type: 'receive' });
    story.does('东联系', handIn('一稿'));
    story.does('东联系', handIn('二稿'));
    expect(story.refused('东联络', { type: 'check', versionNo: 1 })).toBe('outdated');
    story.does('东联络', { type: 'check', versionNo: 2 });
    expect(story.refused('东联系', { ...signing(story), versionNo: 1 } as never)).toBe('outdated');
    story.does('东联系', signing(story));
    expect(story.refused('东联系', { type: 'submit', versionNo: 1 })).toBe('outdated');
    story.does('东联系', { type: 'submit', versionNo: 2 });
    story.does('陈干事', { type: 'return', reason: '缺照片', fault: 'incomplete', versionNo: 2 });
    signsOff(story, '三稿');
    expect(story.refused('陈干事', { type: 'accept', versionNo: 2 })).toBe('outdated');
    expect(story.refused('陈干事', { type: 'return', reason: '缺照片', fault: 'incomplete', versionNo: 2 })).toBe('outdated');
    story.does('陈干事', { type: 'accept', versionNo: 3 });
  });

  it('is opened again when the second look fails, with a date of its own, long after the first limits have passed', () => {
    const story = tellItem();
    story.does('东联络', { type: 'receive' });
    signsOff(story);
    story.does('陈干事', { type: 'accept' });
    story.does('陈干事', { type: 'close' });
    story.passes(30 * day);
    const fails = { type: 'followUp', passed: false, text: '扬尘又起' } as const;
    expect(story.refused('组员', fails)).toBe('datePast');
    expect(story.refused('组员', { ...fails, againAt: story.now() })).toBe('datePast');
    const againAt = story.now() + 5 * day;
    const item = story.does('组员', { ...fails, againAt });
    expect(item).toMatchObject({
      status: 'received',
      reopened: 1,
      versions: [{ no: 1, decision: 'accepted' }],
      rechecks: [{ passed: false }],
    });
    expect(story.clocks()).toEqual(['deadline']);
    expect(story.due('deadline')).toBe(againAt);
    // and may be moved with the usual consent
    story.does('东联络', { type: 'extend', toAt: againAt + day, reason: '雨' });
    story.does('东局长', { type: 'approve' });
    story.does('冯主任', { type: 'approve' });
    expect(story.due('deadline')).toBe(againAt + day);
    signsOff(story, '再次覆盖');
    story.does('陈干事', { type: 'accept' });
    story.does('陈干事', { type: 'close' });
    expect(story.does('组员', { type: 'followUp', passed: true, text: '合格' })).toMatchObject({ status: 'confirmed', reopened: 1 });
  });

  it('asks a helper that had never received it anew when it is opened again', () => {
    const story = tellItem({ unitIds: ['u2', 'u3'] });
    story.does('东联络', { type: 'receive' });
    signsOff(story);
    story.does('陈干事', { type: 'accept' });
    story.does('陈干事', { type: 'close' });
    story.passes(30 * day);
    story.does('组员', { type: 'followUp', passed: false, text: '扬尘又起', againAt: story.now() + 5 * day });
    expect(story.clocks()).toEqual(['receipt', 'deadline']);
    expect(story.due('receipt')).toBe(story.now() + 2 * hour);
  });

  it('is not taken back once it is struck off: that would be a way round the follow-up', () => {
    const story = tellItem();
    story.does('东联络', { type: 'receive' });
    signsOff(story);
    story.does('陈干事', { type: 'accept' });
    story.does('陈干事', { type: 'close' });
    expect(story.refused('冯主任', { type: 'withdrawItem', reason: '误录' })).toBe('ended');
    expect(story.clocks()).toEqual(['followUp']);
  });

  it('keeps to a limit further out that is still ahead when it is opened again', () => {
    const story = tellItem();
    story.does('东联络', { type: 'receive' });
    signsOff(story);
    story.does('陈干事', { type: 'accept' });
    story.does('陈干事', { type: 'close' });
    const fails = { type: 'followUp', passed: false, text: '扬尘又起' } as const;
    expect(story.refused('组员', { ...fails, againAt: at('2021-09-06T00:00') })).toBe('beyondOuterLimit');
    story.does('组员', { ...fails, againAt: at('2021-09-05T00:00') });
  });
});

describe('what is overdue', () => {
  it('can still be planned and handed in', () => {
    const story = tellItem({ kind: 'petition', limits: [limit('unit', '2021-08-29T00:00'), limit('team', '2021-08-30T00:00')] });
    story.comes('2021-08-29T10:00');
    story.does('东联络', { type: 'receive' });
    const subtask = (dueAt: string) => ({
      type: 'split' as const,
      subtasks: [{ title: '洒水', ownerId: personOf('东主班'), dueAt: at(dueAt) }],
    });
    expect(story.refused('东联络', subtask('2021-08-30T10:00'))).toBe('beyondOuterLimit');
    story.comes('2021-08-30T10:00');
    story.does('东联络', subtask('2021-08-30T12:00'));
    // the limit has passed all the same
    expect(story.due('subtask')).toBe(at('2021-08-30T00:00'));
    story.does('东主班', { type: 'finishSubtask', no: 1 });
    signsOff(story);
    expect(story.events.at(-1)!.data).toEqual({ no: 1, isLate: true });
  });
});

describe('at its very limit', () => {
  const lateOf = (story: ItemStory, event: string) => story.events.findLast((one) => one.event === event)!.data['isLate'];

  it.each([
    [-1, false],
    [0, true],
  ])('whatever is owed is late, and a moment before it is not (%s ms: %s)', (ms, isLate) => {
    const story = tellItem();
    story.passes(story.due('receipt')! - story.now() + ms);
    story.does('东联络', { type: 'receive' });
    expect(lateOf(story, 'ItemReceived')).toBe(isLate);
    story.does('东联络', plan('2021-08-31T18:00'));
    story.passes(story.due('subtask')! - story.now() + ms);
    story.does('东主班', { type: 'finishSubtask', no: 1 });
    expect(lateOf(story, 'SubtaskDone')).toBe(isLate);
    story.does('东联系', handIn('好了'));
    story.does('东联络', { type: 'check' });
    story.does('东联系', signing(story));
    story.passes(story.due('deadline')! - story.now() + ms);
    story.does('东联系', { type: 'submit' });
    expect(lateOf(story, 'ItemSubmitted')).toBe(isLate);
  });
});
