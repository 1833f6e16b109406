import { describe, expect, it } from 'vitest';
import { explainItemLimits } from '../../../src/domain/items/explain-limit.ts';
import { deadlineOf } from '../../../src/domain/items/item.ts';
import { officialDays } from '../../../src/domain/roster/official-days.ts';
import { limitTexts } from '../../../src/messages/limit-texts.ts';
import { at } from '../../support/invented.ts';
import {
  day,
  handedOverAt,
  handIn,
  hour,
  itemContext,
  limit,
  personOf,
  signing,
  signsOff,
  tellItem,
  type ItemStory,
} from '../../support/items.ts';

const received = (over: Parameters<typeof tellItem>[0] = {}): ItemStory => {
  const story = tellItem(over);
  story.does('东联络', { type: 'receive' });
  return story;
};

const extend = (text: string, over: { readonly subtaskNo?: number } = {}) => ({
  type: 'extend' as const,
  toAt: at(text),
  reason: '连续降雨',
  ...over,
});

describe('a later date', () => {
  it('is granted by the principal and then the office, and kept', () => {
    const story = received();
    story.does('东联络', extend('2021-09-03T00:00'));
    expect(story.clocks()).toEqual(['deadline', 'approval']);
    expect(story.due('deadline')).toBe(at('2021-09-01T00:00'));
    expect(story.refused('冯主任', { type: 'approve' })).toBe('principalFirst');
    expect(story.refused('东联络', { type: 'approve' })).toBe('wrongRole');
    expect(story.refused('东联系', extend('2021-09-04T00:00'))).toBe('extensionOpen');
    story.passes(hour);
    story.does('东局长', { type: 'approve' });
    expect(story.due('deadline')).toBe(at('2021-09-01T00:00'));
    expect(story.due('approval')).toBe(story.now() + 4 * hour);
    expect(story.refused('东局长', { type: 'approve' })).toBe('alreadyDone');
    story.does('冯主任', { type: 'approve' });
    expect(story.due('deadline')).toBe(at('2021-09-03T00:00'));
    expect(story.clocks()).toEqual(['deadline']);
    expect(story.item().extensions).toEqual([
      expect.objectContaining({
        no: 1,
        fromAt: at('2021-09-01T00:00'),
        toAt: at('2021-09-03T00:00'),
        askedBy: personOf('东联络'),
        principalBy: personOf('东局长'),
        officeBy: personOf('冯主任'),
      }),
    ]);
  });

  it('says afterwards where it comes from, and what the list had said', () => {
    const story = received();
    const why = () => explainItemLimits(story.item(), 'Asia/Shanghai', officialDays).map((lines) => limitTexts(lines, 'zh-CN').join('; '));
    expect(why()[0]).toMatch(/清单写明的时间; 到期：2021-08-31 24:00$/);
    story.does('东联络', extend('2021-09-03T00:00'));
    story.does('东局长', { type: 'approve' });
    story.does('冯主任', { type: 'approve' });
    const agreed = { consentOf: '督察组', consentRef: '2021-7', reason: '统一顺延' };
    const { level } = story.item().limits.at(-1)!;
    story.does('冯主任', { type: 'moveOuter', level, toAt: at('2021-09-20T00:00'), ...agreed });
    expect(why()[0]).toMatch(/^责任单位时限; 原定：2021-08-31 24:00; \S+ \S+ 经批准延期; 到期：2021-09-02 24:00$/);
    expect(why().at(-1)).toMatch(/原定：.*经设定方同意调整; 到期：2021-09-19 24:00$/);
  });

  it('is refused with a reason by either, and may be asked for again', () => {
    const story = received();
    story.does('东联络', extend('2021-09-03T00:00'));
    expect(story.refused('东联络', { type: 'reject', reason: '不行' })).toBe('wrongRole');
    expect(story.refused('东局长', { type: 'reject', reason: '' })).toBe('noReason');
    story.does('东局长', { type: 'reject', reason: '不行' });
    story.does('东联络', extend('2021-09-03T00:00'));
    expect(story.refused('东局长', { type: 'approve', extensionNo: 1 })).toBe('outdated');
    story.does('东局长', { type: 'approve', extensionNo: 2 });
    expect(story.refused('东局长', { type: 'reject', reason: '不行' })).toBe('wrongRole');
    expect(story.refused('冯主任', { type: 'reject', reason: '不行', extensionNo: 1 })).toBe('outdated');
    story.does('冯主任', { type: 'reject', reason: '不同意' });
    expect(story.due('deadline')).toBe(at('2021-09-01T00:00'));
    expect(story.item().extensions.map(({ refusal }) => refusal)).toEqual(['不行', '不同意']);
  });

  it('is not one that is no date, past, earlier, or beyond the outer limit', () => {
    const story = received();
    expect(story.refused('东联络', { ...extend('2021-09-03T00:00'), reason: ' ' })).toBe('noReason');
    expect(story.refused('东联络', { ...extend('2021-09-03T00:00'), toAt: Number.NaN })).toBe('datePast');
    expect(story.refused('东联络', extend('2021-08-28T09:00'))).toBe('datePast');
    expect(story.refused('东联络', extend('2021-09-01T00:00'))).toBe('dateNotLater');
    expect(story.refused('东联络', extend('2021-09-05T00:01'))).toBe('beyondOuterLimit');
    expect(story.refused('东联络', extend('2021-09-03T00:00', { subtaskNo: 1 }))).toBe('unknownSubtask');
    story.does('东联络', extend('2021-09-05T00:00'));
  });

  it('is not granted to oneself in the office', () => {
    const story = tellItem({ unitIds: ['g1'] });
    story.does('冯主任', { type: 'receive' });
    story.does('冯主任', extend('2021-09-03T00:00'));
    story.does('冯主任', { type: 'approve' });
    expect(story.refused('冯主任', { type: 'approve' })).toBe('ownWork');
    story.does('陈干事', { type: 'approve' });
  });

  it('of a piece stays inside the whole', () => {
    const story = received();
    story.does('东联络', { type: 'split', subtasks: [{ title: '洒水', ownerId: personOf('次日班'), dueAt: at('2021-08-30T00:00') }] });
    expect(story.refused('次日班', extend('2021-09-01T00:01', { subtaskNo: 1 }))).toBe('beyondOuterLimit');
    story.does('次日班', extend('2021-08-31T00:00', { subtaskNo: 1 }));
    story.does('东局长', { type: 'approve' });
    story.does('冯主任', { type: 'approve' });
    expect(story.due('subtask')).toBe(at('2021-08-31T00:00'));
    expect(story.due('deadline')).toBe(at('2021-09-01T00:00'));
    story.does('次日班', extend('2021-08-31T12:00', { subtaskNo: 1 }));
    story.does('次日班', { type: 'finishSubtask', no: 1 });
    expect(story.refused('东局长', { type: 'approve' })).toBe('unknownSubtask');
    expect(story.refused('次日班', { type: 'finishSubtask', no: 1 })).toBe('alreadyDone');
    story.does('冯主任', { type: 'reject', reason: '已经完成' });
  });

  it('is looked at again when it is granted: what stood may have moved', () => {
    const story = received();
    story.does('东联络', extend('2021-09-04T00:00'));
    story.does('东局长', { type: 'approve' });
    const consent = { consentOf: '省整改办', consentRef: '电话记录3', reason: '提前' };
    story.does('冯主任', { type: 'moveOuter', level: 'province', toAt: at('2021-09-02T00:00'), ...consent });
    expect(story.refused('冯主任', { type: 'approve' })).toBe('beyondOuterLimit');
    story.comes('2021-09-04T00:00');
    expect(story.refused('冯主任', { type: 'approve' })).toBe('datePast');
  });

  it('never moves a date back that was set later meanwhile', () => {
    const story = received();
    story.does('东联络', extend('2021-09-03T00:00'));
    story.does('东局长', { type: 'approve' });
    signsOff(story, '一半', { outcome: 'interim', nextReportAt: at('2021-09-04T00:00') });
    story.does('陈干事', { type: 'accept' });
    expect(story.refused('冯主任', { type: 'approve' })).toBe('dateNotLater');
    expect(story.due('interim')).toBe(at('2021-09-04T00:00'));
  });
});

describe('a limit further out', () => {
  const consent = { consentOf: '督察组', consentRef: '鲁督〔2021〕7号', reason: '工程量大' };
  const move = { type: 'moveOuter' as const, level: 'province' as const, toAt: at('2021-09-07T00:00'), ...consent };

  it('moves only with the recorded consent of whoever set it', () => {
    const story = received();
    expect(story.refused('陈干事', { ...move, consentOf: ' ' })).toBe('noConsent');
    expect(story.refused('陈干事', { ...move, consentRef: '' })).toBe('noConsent');
    expect(story.refused('陈干事', { ...move, reason: '' })).toBe('noReason');
    expect(story.refused('陈干事', { ...move, level: 'city' })).toBe('noLimit');
    expect(story.refused('陈干事', { ...move, level: 'unit' })).toBe('noLimit');
    expect(story.refused('陈干事', { ...move, toAt: Number.POSITIVE_INFINITY })).toBe('datePast');
    expect(story.refused('东联络', extend('2021-09-06T00:00'))).toBe('beyondOuterLimit');
    story.does('陈干事', move);
    // the unit's own date does not follow by itself
    expect(story.due('deadline')).toBe(at('2021-09-01T00:00'));
    expect(story.item().outerMoves).toEqual([
      expect.objectContaining({ level: 'province', fromAt: at('2021-09-05T00:00'), toAt: move.toAt, ...consent }),
    ]);
    story.does('东联络', extend('2021-09-06T00:00'));
  });

  it('drawn in, draws everything inside it in', () => {
    const story = received();
    story.does('东联络', { type: 'split', subtasks: [{ title: '洒水', ownerId: personOf('东主班'), dueAt: at('2021-08-31T00:00') }] });
    story.does('陈干事', { ...move, toAt: at('2021-08-30T00:00') });
    expect(story.due('deadline')).toBe(at('2021-08-30T00:00'));
    expect(story.due('subtask')).toBe(at('2021-08-30T00:00'));
  });
});

describe('a later batch', () => {
  it('says nothing new: nothing happens', () => {
    const story = received();
    const { text, pollution, limits } = story.item();
    story.corrected({ text, pollution, limits, isSpecial: false, unitIds: ['u2'], remark: ' ' });
    expect(story.events).toHaveLength(2);
  });

  it('takes back no date that was granted, and moves what it says otherwise', () => {
    const listed = [limit('unit', '2021-09-01T00:00'), limit('province', '2021-09-05T00:00'), limit('team', '2021-09-08T00:00')];
    const story = received();
    story.does('东联络', extend('2021-09-03T00:00'));
    story.does('东局长', { type: 'approve' });
    story.does('冯主任', { type: 'approve' });
    story.corrected({ limits: listed });
    expect(story.due('deadline')).toBe(at('2021-09-03T00:00'));
    story.corrected({ limits: [limit('unit', '2021-08-31T00:00')] });
    expect(story.due('deadline')).toBe(at('2021-08-31T00:00'));
    expect(story.item().corrections).toBe(1);
  });

  it('brings in a unit, which has its own time to receive it, and lets one go with its pieces', () => {
    const story = received({ unitIds: ['u2', 'u3'] });
    story.does('西联络', { type: 'receive' });
    story.does('东联络', { type: 'split', subtasks: [{ title: '洒水', ownerId: personOf('西主班'), dueAt: at('2021-08-30T00:00') }] });
    story.passes(day);
    story.corrected({ unitIds: ['u2', 'u1'] });
    expect(story.clocks()).toEqual(['receipt', 'deadline']);
    expect(story.due('receipt')).toBe(story.now() + itemContext.kindOf('assigned').receiptWithinMs);
    expect(story.item()).toMatchObject({ status: 'planned', subtasks: [] });
    story.does('孙联络', { type: 'receive' });
    expect(story.events.at(-1)!.data['isLate']).toBe(false);
  });

  it('gives the lead to another unit, which begins, and signs nothing that the first one drafted', () => {
    const story = received({ unitIds: ['u2', 'u3'] });
    story.does('东联系', handIn('好了'));
    story.does('东联络', { type: 'check' });
    story.does('东联系', signing(story));
    expect(story.corrected({ unitIds: ['u3', 'u2'] }).status).toBe('handedOver');
    expect(story.item().versions).toHaveLength(1);
    expect(story.clocks()).toEqual(['receipt', 'deadline']);
    story.does('西联络', { type: 'receive' });
    expect(story.item().status).toBe('received');
    expect(story.refused('西联络', { type: 'submit' })).toBe('noDraft');
    expect(story.refused('西联络', { type: 'check' })).toBe('noDraft');
  });

  it('gives the lead away while the office looks: nobody accepts what the first unit signed', () => {
    const story = received({ unitIds: ['u2', 'u3'] });
    story.does('西联络', { type: 'receive' });
    signsOff(story);
    expect(story.corrected({ unitIds: ['u3', 'u2'] }).status).toBe('received');
    expect(story.refused('陈干事', { type: 'accept' })).toBe('notSubmitted');
    expect(story.clocks()).toEqual(['deadline']);
  });

  it('leaves what is closed closed, and touches nothing that is over', () => {
    const story = received();
    signsOff(story);
    story.does('陈干事', { type: 'accept' });
    story.does('陈干事', { type: 'close' });
    expect(story.corrected({ unitIds: ['u3'] }).status).toBe('closed');
    const againAt = story.now() + day;
    expect(story.does('组员', { type: 'followUp', passed: false, text: '又起', againAt }).status).toBe('handedOver');
    expect(story.clocks()).toEqual(['receipt', 'deadline']);
    story.does('陈干事', { type: 'withdrawItem', reason: '重复' });
    const before = story.events.length;
    story.corrected({ text: '改' });
    expect(story.events).toHaveLength(before);
  });

  it('names at least one unit and instants', () => {
    const story = received();
    story.corrected({ unitIds: [] });
    story.corrected({ limits: [{ ...limit('unit', '2021-09-01T00:00'), at: Number.NaN }] });
    expect(story.events).toHaveLength(2);
  });
});

it('is owed by the earliest of all dates that bind', () => {
  const story = tellItem({ limits: [limit('unit', '2021-09-09T00:00'), limit('team', '2021-09-05T00:00')] });
  expect(deadlineOf(story.item())).toBe(at('2021-09-05T00:00'));
  expect(handedOverAt).toBeLessThan(story.due('deadline')!);
});
