import { describe, expect, it } from 'vitest';
import { explainLimit } from '../../../src/domain/items/explain-limit.ts';
import { shippedKinds } from '../../../src/domain/items/item-kind.ts';
import { chainAround, defaultLimit, limitChain, limitInDays, usualChainDays } from '../../../src/domain/items/limit.ts';
import type { HandingOver } from '../../../src/domain/items/limit.ts';
import { readLimit } from '../../../src/domain/items/read-limit.ts';
import type { LimitContext, LimitSource } from '../../../src/domain/items/read-limit.ts';
import { toIso } from '../../../src/domain/local-time.ts';
import { officialDays } from '../../../src/domain/roster/official-days.ts';
import { limitTexts } from '../../../src/messages/limit-texts.ts';
import { limitVocabulary } from '../../../src/messages/vocabulary-limits.ts';

const timeZone = 'Asia/Shanghai';
/** A Saturday. */
const saturday10 = Date.parse('2021-08-28T10:00:00+08:00');
const context: LimitContext = { handedOverAt: saturday10, hasHour: true, timeZone, calendar: officialDays };

const read = (source: LimitSource, own: LimitContext = context): string => {
  const reading = readLimit(source, own, limitVocabulary);
  return 'fault' in reading ? reading.fault : toIso(timeZone, reading.limit.at, 'minute').slice(0, 16);
};

describe('a limit in words', () => {
  it.each([
    ['3日内', '2021-09-01T00:00'],
    ['３日内', '2021-09-01T00:00'],
    ['三日内办结', '2021-09-01T00:00'],
    ['即日起3天内', '2021-09-01T00:00'],
    ['自收到之日起三日内', '2021-09-01T00:00'],
    ['限3日', '2021-09-01T00:00'],
    ['十五日内', '2021-09-13T00:00'],
    ['180日内', '2022-02-25T00:00'],
    ['一周内', '2021-09-05T00:00'],
    ['一个月内', '2021-09-29T00:00'],
    ['半个月内', '2021-09-13T00:00'],
    ['9月1日起3日内', '2021-09-05T00:00'],
    ['3个工作日内', '2021-09-02T00:00'],
    ['24小时内', '2021-08-29T10:00'],
    ['二十四小时之內', '2021-08-29T10:00'],
    ['1.5小时内', '2021-08-28T11:30'],
    ['半小时内', '2021-08-28T10:30'],
    ['30分钟内', '2021-08-28T10:30'],
    ['立即', '2021-08-28T11:00'],
    ['立即办理,8月31日前反馈', '2021-09-01T00:00'],
    ['当日', '2021-08-29T00:00'],
    ['当日18:00前', '2021-08-28T18:00'],
    ['今晚8点前', '2021-08-28T20:00'],
    ['次日12:00前', '2021-08-29T12:00'],
    ['8月31日17:00前', '2021-08-31T17:00'],
    ['8月31日 17：00 前', '2021-08-31T17:00'],
    ['8月31日17時前', '2021-08-31T17:00'],
    ['8月31日下午5点半', '2021-08-31T17:30'],
    ['8月30日中午12时前', '2021-08-30T12:00'],
    ['8月31日上午前', '2021-08-31T12:00'],
    ['8月31日晚12点', '2021-09-01T00:00'],
    ['8月31日24时前', '2021-09-01T00:00'],
    ['8月31日前', '2021-09-01T00:00'],
    ['8月31日', '2021-09-01T00:00'],
    ['截至8月31日', '2021-09-01T00:00'],
    ['31号前', '2021-09-01T00:00'],
    ['8.31', '2021-09-01T00:00'],
    ['20210831', '2021-09-01T00:00'],
    ['2021-08-31 17:00', '2021-08-31T17:00'],
    ['2021/8/31 17:00:00', '2021-08-31T17:00'],
    ['2021-08-31T09:00:00Z', '2021-08-31T17:00'],
    ['8月31日(周二)17:00前', '2021-08-31T17:00'],
    ['3日内(8月31日17:00前)', '2021-08-31T17:00'],
    ['8月28日至8月31日', '2021-09-01T00:00'],
    ['请于8月31日17:00前报送(一式2份)', '2021-08-31T17:00'],
    ['下周五前', '2021-09-04T00:00'],
    ['月底前', '2021-09-01T00:00'],
    ['9月底前', '2021-10-01T00:00'],
  ])('%s ends at %s', (text, at) => expect(read(text)).toBe(at));

  it('counts the week in which it was handed over', () => {
    const monday = { ...context, handedOverAt: Date.parse('2021-08-30T10:00:00+08:00') };
    expect(read('本周五前', monday)).toBe('2021-09-04T00:00');
    expect(read('本周五前')).toBe('beforeHandingOver');
  });

  it.each(['', '另行通知', '长期', '尽快', '按要求', '3日', '2月30日前', '25:00', '8月31日(周三)前', '每日15:00前', '8月31日后', '0日内'])(
    'does not guess what %j means',
    (text) => expect(read(text)).toBe('unreadable'),
  );

  it('does not choose between two dates, nor between a number of days and another date', () => {
    expect(read('8月31日前报初稿,9月5日前报终稿')).toBe('unreadable');
    expect(read('3日内(9月5日)')).toBe('unreadable');
  });

  it.each(['当日', '当日18:00前', '24小时内', '18:00前', '立即', '今晚8点'])('wants the hour of handing over for %s', (text) => {
    expect(read(text, { ...context, hasHour: false })).toBe('needsHour');
    expect(read(text, { hasHour: false, timeZone, calendar: officialDays, near: saturday10 })).toBe('needsHour');
  });

  it('wants no hour where a day is enough', () => {
    const onDay = { ...context, hasHour: false, handedOverAt: Date.parse('2021-08-28T00:00:00+08:00') };
    expect(read('3日内', onDay)).toBe('2021-09-01T00:00');
    expect(read('次日12:00前', onDay)).toBe('2021-08-29T12:00');
    expect(read('8月28日9:00前', onDay)).toBe('2021-08-28T09:00');
  });

  it('takes a year from what was said, from what is near, from the day of handing over; never from nowhere', () => {
    const open = { hasHour: false, timeZone, calendar: officialDays };
    expect(read('8月30日12:00前', { ...open, year: 2022 })).toBe('2022-08-30T12:00');
    expect(read('12月31日前', { ...open, year: 2022 })).toBe('2023-01-01T00:00');
    expect(read('8月30日12:00前', { ...open, near: saturday10 })).toBe('2021-08-30T12:00');
    expect(read('8月30日12:00前', open)).toBe('needsYear');
    expect(read('1月5日前', { ...context, handedOverAt: Date.parse('2021-12-30T10:00:00+08:00') })).toBe('2022-01-06T00:00');
    expect(read('8月20日前')).toBe('beforeHandingOver');
  });

  it('takes a date cell for wall-clock time of the campaign’s zone', () => {
    expect(read({ local: '2021-08-31T09:00' })).toBe('2021-08-31T09:00');
    expect(read({ local: '2021-08-31' })).toBe('2021-09-01T00:00');
    expect(read({ local: '2021-08-28T09:00' })).toBe('beforeHandingOver');
    expect(read({ local: 'never' })).toBe('unreadable');
  });

  it('keeps the day’s end where the clock changes that night', () => {
    const berlin = { ...context, timeZone: 'Europe/Berlin', handedOverAt: Date.parse('2021-10-28T10:00:00+02:00') };
    const reading = readLimit('3日内', berlin, limitVocabulary);
    expect('limit' in reading && toIso('Europe/Berlin', reading.limit.at, 'minute')).toBe('2021-11-01T00:00+01:00');
    const hours = readLimit('72小时内', berlin, limitVocabulary);
    expect('limit' in hours && hours.limit.at - berlin.handedOverAt).toBe(72 * 3_600_000);
  });
});

describe('working days', () => {
  it('step over holidays and count make-up workdays', () => {
    const before = Date.parse('2021-09-17T10:00:00+08:00');
    const limit = limitInDays(before, { type: 'days', count: 2, day: 'working' }, { timeZone, calendar: officialDays });
    // The 18th is worked; 19 to 21 are the festival.
    expect(toIso(timeZone, limit.at, 'minute')).toBe('2021-09-23T00:00+08:00');
    expect(limitTexts(explainLimit({ level: 'unit', ...limit }, timeZone, officialDays), 'zh-CN')).toEqual([
      '责任单位时限',
      '起算：2021-09-17 10:00（交办）',
      '2个工作日，交办当日不计，最后一日为2021-09-22',
      '不计入的休息日、节假日：2021-09-19、2021-09-20、2021-09-21',
      '计入的调休上班日：2021-09-18',
      '到期：2021-09-22 24:00',
    ]);
  });

  it('say in English what other rules mean', () => {
    const explain = (text: string): readonly string[] => {
      const reading = readLimit(text, context, limitVocabulary);
      return 'limit' in reading ? limitTexts(explainLimit({ level: 'city', ...reading.limit }, timeZone, officialDays), 'en') : [];
    };
    expect(explain('24小时内')[2]).toContain('24 hours');
    expect(explain('3日内')[2]).toContain('2021-08-31');
    expect(explain('8月31日17:00前').at(-1)).toBe('Due 2021-08-31 17:00');
  });
});

describe('where an item names no limit', () => {
  const kind = (name: string) => shippedKinds.find((one) => one.name === name)!;
  const at = (name: string, own: HandingOver = context): string => {
    const reading = defaultLimit(kind(name), own);
    return 'fault' in reading ? reading.fault : toIso(timeZone, reading.limit.at, 'minute').slice(0, 16);
  };

  it('its kind gives one, or asks', () => {
    expect(at('petition')).toBe('2021-09-01T00:00');
    expect(at('documentRequest')).toBe('asked');
    expect(at('urgentReport')).toBe('2021-08-28T11:00');
    expect(at('urgentReport', { ...context, hasHour: false })).toBe('needsHour');
    expect(at('dailyReport')).toBe('2021-08-28T15:00');
    expect(at('dailyReport', { ...context, handedOverAt: Date.parse('2021-08-28T15:00:00+08:00') })).toBe('2021-08-29T15:00');
  });
});

describe('the chain', () => {
  const settings = { timeZone, calendar: officialDays, days: usualChainDays };
  const days = (limits: readonly { level: string; at: number }[]) =>
    limits.map(({ level, at }) => `${level} ${toIso(timeZone, at - 1).slice(0, 10)}`);

  it('runs from the unit to the inspection team in natural days, through the holiday', () => {
    const chain = limitChain(Date.parse('2021-09-29T10:00:00+08:00'), settings);
    expect(days(chain)).toEqual(['unit 2021-10-02', 'city 2021-10-02', 'province 2021-10-06', 'team 2021-10-09']);
    const own = limitChain(saturday10, { ...settings, days: { unit: 2, bureau: 3, city: 4 } });
    expect(days(own)).toEqual(['unit 2021-08-30', 'bureau 2021-08-31', 'city 2021-09-01']);
  });

  it('counts working days where an item says so', () => {
    const [unit] = limitChain(Date.parse('2021-09-29T10:00:00+08:00'), { ...settings, day: 'working' });
    expect(days([unit!])).toEqual(['unit 2021-10-09']);
  });

  it('never cuts short a limit that was stated', () => {
    const chain = limitChain(saturday10, settings);
    const stated = limitInDays(saturday10, { type: 'days', count: 5, day: 'natural' }, settings);
    expect(chainAround(stated, chain).map(({ level }) => level)).toEqual(['unit', 'province', 'team']);
  });
});
