import { describe, expect, it } from 'vitest';
import { answerQuery, queryReply } from '../../../src/app/roster/answer-query.ts';
import { maxLines } from '../../../src/app/roster/query-texts.ts';
import { understand } from '../../../src/domain/command/understand.ts';
import { buildDirectory } from '../../../src/domain/organisation/directory.ts';
import type { Appointment, Organisation } from '../../../src/domain/organisation/organisation.ts';
import type { Roster, Shift } from '../../../src/domain/roster/roster.ts';
import { vocabulary } from '../../../src/messages/vocabulary.ts';

const timeZone = 'Asia/Shanghai';
const at = (local: string): number => Temporal.ZonedDateTime.from(`${local}[${timeZone}]`).epochMilliseconds;
const now = at('2021-08-27T09:55');

const people = ['张三', '李强', '赵明', '王建国', '周宁'].map((name, index) => ({
  id: `m${index + 1}`,
  name,
  mobile: `1380000000${index + 1}`,
}));
const appointment = (role: Appointment['role'], of: string, personId: string): Appointment => ({ role, of, personId, from: 0 });

const organisation: Organisation = {
  version: 1,
  people,
  units: [
    { id: 'u1', name: '历下区住房和城乡建设局', aliases: ['历下区'], kind: 'district' },
    { id: 'u2', name: '市中区住房和城乡建设局', aliases: ['市中区'], kind: 'district' },
    { id: 'u3', name: '天桥区住房和城乡建设局', aliases: ['天桥区'], kind: 'district' },
  ],
  groups: [{ id: 'g1', name: '办公室', isOffice: true }],
  appointments: [appointment('liaison', 'u1', 'm1'), appointment('member', 'g1', 'm5')],
};

const shift = (postId: string, from: string, to: string, ...holders: Shift['holders']): Shift => ({
  postId,
  from: at(from),
  to: at(to),
  holders,
});
const on = (personId: string) => ({ role: 'onDuty' as const, personId });
const co = (personId: string) => ({ role: 'coDuty' as const, personId });

const roster: Roster = {
  version: 1,
  posts: [
    { id: 'p1', unitId: 'u1', name: '历下区', minimumHeadcount: 2 },
    { id: 'p2', unitId: 'u2', name: '市中区', landline: '0531-0000-1111', minimumHeadcount: 1 },
  ],
  shifts: [
    shift('p1', '2021-08-26T08:30', '2021-08-27T08:30', on('m2')),
    shift('p1', '2021-08-27T08:30', '2021-08-28T08:30', on('m1'), co('m2')),
    shift('p1', '2021-08-28T08:30', '2021-08-29T08:30', on('m2'), co('m1')),
    shift('p2', '2021-08-27T08:30', '2021-08-28T08:30', on('m3')),
    shift('p2', '2021-08-29T08:30', '2021-08-30T08:30', on('m4')),
  ],
};

const directory = buildDirectory(organisation, roster);

const ask = (text: string, personId = 'm1', when = now, locale?: string): readonly string[] => {
  const said = understand(text, { now: when, timeZone, units: organisation.units, people, speakerId: personId }, vocabulary);
  return queryReply(said, directory, personId, when, timeZone, locale).params.lines;
};

describe('who is on duty', () => {
  it('now: every post, and the numbers of other units masked', () => {
    expect(ask('现在谁值班')).toEqual([
      '时间：8月27日周五 09:55',
      '历下区：主班 张三 138-0000-0001，副班 李强 138-0000-0002',
      '市中区：主班 赵明 138-****-0003，值班电话 0531-0000-1111',
    ]);
  });

  it('the office sees every number whole, somebody of no unit none', () => {
    expect(ask('谁值班', 'm5').join('\n')).not.toContain('****');
    expect(ask('谁值班', 'm9').join('\n')).not.toMatch(/-0000-000/);
  });

  it('by unit', () => {
    expect(ask('市中区谁值班').slice(1)).toEqual(['市中区：主班 赵明 138-****-0003，值班电话 0531-0000-1111']);
    expect(ask('天桥区谁值班')).toEqual(['没有查到该单位的值班岗位。']);
  });

  it('tonight: the shift that goes through the night, its hours said once', () => {
    expect(ask('今晚历下区谁值班')).toEqual([
      '时间：8月27日周五 08:30至8月28日周六 08:30',
      '历下区：主班 张三 138-0000-0001，副班 李强 138-0000-0002',
    ]);
  });

  it('on a day: the shift that starts on it, not the one that ends in the morning', () => {
    expect(ask('8月28日历下区谁值班')[1]).toContain('主班 李强');
    expect(ask('8月28日历下区谁值班')).toHaveLength(2);
  });

  it('says where nobody is on duty, for the whole time or a part of it', () => {
    expect(ask('明晚市中区谁值班')[1]).toContain('无人值班！');
    expect(ask('8月28日市中区谁值班').join('\n')).toContain('市中区（8月28日周六 08:30至8月29日周日 00:00）：无人值班！');
    expect(ask('现在市中区谁值班', 'm1', at('2021-08-29T00:00'))[1]).toBe('市中区：无人值班！');
  });

  it('says in one line that a date lies outside the roster', () => {
    expect(ask('12月3日谁值班')).toEqual(['值班表没有排到这个时间（已排：8月26日周四 08:30至8月30日周一 08:30）。']);
    expect(ask('8月20日历下区谁值班')).toHaveLength(1);
    expect(ask('who is on duty on December 3', 'm1', now, 'en')[0]).toMatch(/^The roster does not reach/);
  });

  it('the end of a shift is the beginning of the next', () => {
    expect(ask('现在历下区谁值班', 'm1', at('2021-08-28T08:29'))[1]).toContain('主班 张三');
    expect(ask('现在历下区谁值班', 'm1', at('2021-08-28T08:30'))[1]).toContain('主班 李强');
  });

  it('by person', () => {
    expect(ask('赵明今晚值班吗')[1]).toBe('市中区：主班 赵明 138-****-0003，值班电话 0531-0000-1111');
    expect(ask('王建国今晚值班吗')).toEqual(['王建国 在该时段没有排班。']);
  });

  it('asks again where the date was no date', () => {
    expect(ask('9月31日谁值班')).toEqual(['日期没有看懂，请写成“9月3日”这样的形式。']);
  });

  it('in English', () => {
    expect(ask('who is on duty', 'm1', now, 'en-US')[2]).toBe('市中区: on duty 赵明 138-****-0003, duty phone 0531-0000-1111');
  });
});

describe('the roster', () => {
  it("of one's own unit for a week from today", () => {
    const lines = ask('值班表');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('历下区（8月27日周五 08:30至8月28日周六 08:30）：主班 张三');
  });

  it('of a unit and a time that are named', () => {
    expect(ask('市中区8月29日值班表')[1]).toContain('王建国');
    expect(ask('历下区12月值班表')).toEqual(['该时段没有排班。']);
  });

  it('of all units for the office, in order of time', () => {
    expect(
      ask('本周值班表', 'm5')
        .slice(1)
        .map((line) => line.slice(0, 9)),
    ).toEqual(['历下区（8月26日', '历下区（8月27日', '市中区（8月27日', '历下区（8月28日', '市中区（8月29日']);
  });
});

describe('my shifts', () => {
  it('from the one I stand on', () => {
    expect(ask('我的班')).toEqual([
      '正在值班：8月27日周五 08:30至8月28日周六 08:30 历下区 主班',
      '8月28日周六 08:30至8月29日周日 08:30 历下区 副班',
    ]);
    expect(ask('我的班', 'm5')).toEqual(['没有查到您接下来的班次。']);
  });
});

describe('the rest', () => {
  it('is the usage, which begins with how to call for help', () => {
    expect(ask('帮助')[0]).toContain('求援');
    expect(ask('help', 'm1', now, 'en')[0]).toContain('SOS');
  });

  it('every example of the usage is understood', () => {
    const said = (text: string) => understand(text, { now, timeZone, units: organisation.units, people }, vocabulary).intent;
    expect(
      [
        '求援',
        '在岗',
        '收到',
        '1',
        '不在',
        '2',
        '撤销',
        '今晚谁值班',
        '9月3日历下区谁值班',
        '本周值班表',
        '我的班',
        '查岗历下区',
        '全员点名',
        '看板',
      ].map(said),
    ).toEqual([
      'help',
      'acknowledge',
      'acknowledge',
      'acknowledge',
      'notOnPost',
      'passOn',
      'undo',
      'whoIsOnDuty',
      'whoIsOnDuty',
      'roster',
      'myShifts',
      'startCheck',
      'startCheck',
      'dashboard',
    ]);
    expect(
      [
        'SOS',
        'on post',
        'not here',
        'undo',
        'who is on duty tonight',
        'roster this week',
        'my shifts',
        'start check 历下区',
        'start check all',
        'dashboard',
      ].map(said),
    ).toEqual(['help', 'acknowledge', 'notOnPost', 'undo', 'whoIsOnDuty', 'roster', 'myShifts', 'startCheck', 'startCheck', 'dashboard']);
  });
});

it('a long answer is cut and says how much is left', () => {
  const posts = Array.from({ length: 50 }, (_, index) => ({ id: `p${index}`, unitId: 'u1', name: `岗位${index}`, minimumHeadcount: 1 }));
  const many = buildDirectory(organisation, {
    version: 1,
    posts,
    shifts: posts.map((post) => shift(post.id, '2021-08-27T08:30', '2021-08-28T08:30', on('m1'))),
  });
  const said = understand('谁值班', { now, timeZone, units: organisation.units, people }, vocabulary);
  const { lines } = queryReply(said, many, 'm5', now, timeZone).params;
  expect(lines).toHaveLength(maxLines);
  expect(lines.at(-1)).toContain('还有 32 条');
  expect(answerQuery(said, many, 'm5', now, timeZone)).toMatchObject({ template: 'reply.whoIsOnDuty', rows: { length: 50 } });
});

it('an empty campaign answers, and does not throw', () => {
  const empty = buildDirectory({ version: 0, people: [], units: [], groups: [], appointments: [] }, { version: 0, posts: [], shifts: [] });
  for (const text of ['谁值班', '值班表', '我的班', '帮助']) {
    const said = understand(text, { now, timeZone, units: [], people: [] }, vocabulary);
    expect(queryReply(said, empty, 'm1', now, timeZone).params.lines.length).toBeGreaterThan(0);
  }
});
