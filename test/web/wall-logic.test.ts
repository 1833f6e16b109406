import { describe, expect, it } from 'vitest';
import { pageTexts } from '../../src/messages/page-texts.ts';
import { type Person, type Post, type Subject, colors } from '../../src/web/data/types.ts';
import { countdownOf, faceOf, sinceOf, timeOf } from '../../src/web/logic/format-time.ts';
import { hintStepsOf } from '../../src/web/logic/hint-steps.ts';
import { groupPeople, searchPeople } from '../../src/web/logic/group-people.ts';
import { countShades, isTrouble, sortWall, worsened } from '../../src/web/logic/sort-wall.ts';
import { freezeAfterMs, nowOf, readClock } from '../../src/web/logic/virtual-clock.ts';
import { fc } from '../support/property.ts';

const zh = pageTexts['zh-CN'];
const at = (time: string): string => `2021-08-27T${time}+08:00`;
const subject = (id: string, color: Subject['color'], nextAt: string | null = null): Subject => ({
  subject: id,
  color,
  lastContactAt: null,
  ...(color === 'green'
    ? {}
    : {
        obligation: { id: `o${id}`, kind: 'check', stepNo: 1, openedAt: at('10:00:00'), answerBy: at('10:10:00'), nextAt, status: 'open' },
      }),
});

describe('the order of the wall', () => {
  it('trouble stands first, the worst before the rest, and of two alike the one whose step comes first', () => {
    const wall = [
      subject('calm', 'green'),
      subject('later', 'waiting', at('10:06:00')),
      subject('soon', 'waiting', at('10:03:00')),
      subject('climbing', 'escalated', at('10:20:00')),
      subject('gone', 'missed'),
      subject('bare', 'empty'),
    ];
    expect(sortWall(wall).map((each) => each.subject)).toEqual(['gone', 'bare', 'climbing', 'soon', 'later', 'calm']);
  });

  it('loses and adds nobody, never puts calm before trouble, and leaves equals as they were', () => {
    const any = fc.array(fc.record({ id: fc.string(), color: fc.constantFrom(...colors) }), { maxLength: 40 });
    fc.assert(
      fc.property(any, (list) => {
        const wall = list.map(({ id, color }) => subject(id, color));
        const sorted = sortWall(wall);
        expect(sorted.toSorted((a, b) => wall.indexOf(a) - wall.indexOf(b))).toEqual(wall);
        expect(sorted.map(isTrouble)).toEqual(sorted.map(isTrouble).toSorted((a, b) => Number(b) - Number(a)));
        for (const color of colors)
          expect(sorted.filter((each) => each.color === color)).toEqual(wall.filter((each) => each.color === color));
      }),
    );
  });

  it('counts every state, and says what turned worse, not what got better or is new and calm', () => {
    const before = [subject('a', 'green'), subject('b', 'waiting'), subject('c', 'missed')];
    const after = [subject('a', 'waiting'), subject('b', 'green'), subject('c', 'missed'), subject('d', 'green')];
    expect(countShades(after)).toEqual({ green: 0, unproven: 2, waiting: 1, escalated: 0, empty: 0, missed: 1 });
    expect(countShades([{ ...subject('a', 'green'), lastContactAt: at('09:00:00') }]).green).toBe(1);
    expect(worsened(before, after).map((each) => each.subject)).toEqual(['a']);
  });
});

describe('times', () => {
  it("are the campaign's, wherever the browser stands", () => {
    expect(timeOf(at('10:07:12.5'))).toBe('10:07');
    expect(timeOf(at('10:07:12.5'), true)).toBe('10:07:12');
    expect(faceOf(Date.parse(at('00:05:09')), 480, zh)).toEqual({ date: '8月27日 周五', time: '00:05', seconds: '09' });
    expect(faceOf(Date.parse(at('00:05:09')), 480, pageTexts.en).date).toBe('Fri 27/8');
  });

  it('say how long ago in the largest unit, and how long still', () => {
    const now = Date.parse(at('10:00:00'));
    expect(sinceOf(at('09:59:30'), now, zh)).toBe('刚刚');
    expect(sinceOf(at('10:00:30'), now, zh)).toBe('刚刚');
    expect(sinceOf(at('09:41:10'), now, zh)).toBe('18 分钟前');
    expect(sinceOf(at('07:41:10'), now, zh)).toBe('2 小时前');
    expect(sinceOf('2021-08-24T07:41:10+08:00', now, zh)).toBe('3 天前');
    expect(countdownOf(at('10:02:05'), now)).toBe('02:05');
    expect(countdownOf(at('11:02:05'), now)).toBe('1:02:05');
    expect(countdownOf(at('10:00:00.4'), now)).toBe('00:01');
    expect(countdownOf(at('10:00:00'), now)).toBeNull();
  });
});

describe("the campaign's clock", () => {
  const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');
  const start = Date.parse(at('09:55:00'));

  it('never steps back for a late answer', () => {
    let clock = readClock(null, iso(start), 60, 0);
    let shown = 0;
    const errorsMs: number[] = [];
    for (let real = 1_500; real <= 30_000; real += 1_500) {
      const lateMs = (real / 1_500) % 2 ? 0 : 240;
      clock = readClock(clock, iso(start + (real - lateMs) * 60), 60, real);
      const now = nowOf(clock, real);
      expect(now).toBeGreaterThanOrEqual(shown);
      errorsMs.push(Math.abs(now - (start + real * 60)));
      shown = now;
    }
    expect(Math.max(...errorsMs.slice(2))).toBeLessThan(500 * 60);
  });

  it('runs at real time too', () => {
    let clock = readClock(null, iso(start), 1, 0);
    for (let real = 1_500; real <= 9_000; real += 1_500) clock = readClock(clock, iso(start + real), 1, real);
    expect(nowOf(clock, 9_000)).toBe(start + 9_000);
  });

  it('stands still once nothing is heard any more', () => {
    const clock = readClock(null, iso(start), 60, 0);
    expect(nowOf(clock, freezeAfterMs)).toBe(start + freezeAfterMs * 60);
    expect(nowOf(clock, 1_000_000)).toBe(nowOf(clock, freezeAfterMs));
  });

  it('follows a clock that was set', () => {
    let clock = readClock(null, iso(start), 60, 0);
    clock = readClock(clock, iso(start + 86_400_000), 60, 1_500);
    expect(nowOf(clock, 1_500)).toBe(start + 86_400_000);
    clock = readClock(clock, iso(start), 60, 3_000);
    expect(nowOf(clock, 3_000)).toBe(start);
  });
});

describe('people to speak as', () => {
  const person = (id: string, name: string, more: Partial<Person> = {}): Person => ({
    id,
    name,
    mobile: '138-0000-0001',
    isOffice: false,
    isDisabled: false,
    roles: [],
    posts: [],
    ...more,
  });
  const post = (id: string, color: Subject['color']): Post => ({
    ...subject(id, color),
    unit: '历下区',
    post: '历下区',
    onDuty: [],
    coDuty: [],
    shiftLeader: [],
  });
  const people = [
    person('m1', '甲', { roles: [{ role: 'liaison', of: 'u1', name: '莱芜区' }] }),
    person('m2', '乙', { posts: [{ id: 'p1', name: '历下区', unit: '历下区' }] }),
    person('m3', '丙', { isOffice: true }),
    person('m4', '丁', { isDisabled: true }),
    person('m5', '戊'),
  ];
  const known = {
    posts: [post('p1', 'waiting'), post('p2', 'green')],
    standing: [],
    roster: [
      { postId: 'p1', holders: [{ role: 'onDuty', personId: 'm2', name: '乙' }] },
      {
        postId: 'p2',
        holders: [
          { role: 'onDuty', personId: 'm5', name: '戊' },
          { role: 'shiftLeader', personId: 'm1', name: '甲' },
        ],
      },
    ],
  };

  it('whose answer is awaited stands first, then who is on duty, then the office; nobody who is gone', () => {
    expect(groupPeople(people, known).map(({ person: { name }, group }) => `${name} ${group}`)).toEqual([
      '乙 askedNow',
      '戊 onDutyNow',
      '丙 officeAndLeaders',
      '甲 others',
    ]);
  });

  it('are found by any words of name, unit and number', () => {
    const listed = groupPeople(people, known);
    const found = (query: string): string[] => searchPeople(listed, query).map(({ person: { name } }) => name);
    expect(found('历下 乙')).toEqual(['乙']);
    expect(found('莱芜')).toEqual(['甲']);
    expect(found('1380000')).toHaveLength(4);
    expect(found('历下 甲')).toEqual([]);
    expect(found('  ')).toHaveLength(4);
  });
});

describe("the newcomer's hint", () => {
  const wallAt = (time: string, nextRoundAt?: string, posts: readonly Subject[] = [subject('p1', 'green')]) => ({
    at: at(time),
    posts,
    ...(nextRoundAt === undefined ? {} : { nextRoundAt }),
  });

  it('speaks of the round that is ahead, at whatever hour that is', () => {
    expect(hintStepsOf(wallAt('09:55:00', at('10:00:00')), zh)[0]).toBe('10:00 一轮查岗开始，各岗变为“待应答”。');
    expect(hintStepsOf(wallAt('13:20:00', at('15:30:00')), zh)[0]).toMatch(/^15:30 /u);
    expect(hintStepsOf(wallAt('23:20:00', '2021-08-28T10:00:00+08:00'), pageTexts.en)[0]).toMatch(/^At 08-28 10:00 a round begins/u);
  });

  it('says that it is under way while somebody is being asked, and no hour where none is known', () => {
    expect(hintStepsOf(wallAt('10:01:00', at('15:30:00'), [subject('p1', 'waiting')]), zh)[0]).toMatch(/^查岗正在进行/u);
    for (const wall of [null, wallAt('10:01:00')]) expect(hintStepsOf(wall, zh).join()).not.toMatch(/\d|[{}]/u);
  });
});
