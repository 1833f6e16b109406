import { expect, it } from 'vitest';
import { parseDraftRules } from '../../src/config/draft-rules.ts';
import { resolveRules } from '../../src/domain/draft/named-rules.ts';
import { idOf, organisation, roster } from '../support/invented.ts';

const zone = 'Asia/Shanghai';
const parse = (rules: unknown) => parseDraftRules('rules.json', JSON.stringify(rules), zone);
const resolve = (rules: unknown) =>
  resolveRules(parse(rules), organisation, roster, zone, (name) => organisation.units.find(({ aliases }) => aliases.includes(name))?.id);

it('reads hours by kind of day, people by name or number, and who wishes what', () => {
  const { wishes, unclear } = resolve({
    restHours: 16,
    hours: [
      { days: ['workday'], from: '17:00', to: '09:00' },
      { days: ['restDay', 'holiday'], from: '09:00', to: '09:00' },
    ],
    wishes: [{ person: '赵主班', date: '2021-09-03', wants: false }],
    away: [{ person: '138-0000-0007', from: '2021-09-01', to: '2021-09-02' }],
    posts: [
      {
        post: '东城区',
        officers: 2,
        leader: true,
        leaders: ['东局长'],
        rotation: { kind: 'weekly', startAt: '2021-09-06T08:30', teams: [['东主班', '东副班'], ['次日班']] },
      },
    ],
  });
  expect(unclear).toEqual([]);
  expect(wishes).toMatchObject({
    restMs: 16 * 3_600_000,
    hours: [{ kinds: ['workday'], hours: { from: '17:00', to: '09:00', toDay: 1 } }, { kinds: ['restDay', 'holiday'] }],
    wishes: [{ personId: idOf('赵主班'), date: '2021-09-03', wants: false }],
    away: [{ personId: idOf('东主班'), from: Date.parse('2021-09-01T00:00+08:00'), to: Date.parse('2021-09-03T00:00+08:00') }],
  });
  expect(wishes.posts!.get('p2')).toMatchObject({
    officers: 2,
    hasLeader: true,
    leaders: [idOf('东局长')],
    rotation: {
      kind: 'weekly',
      length: 1,
      startAt: Date.parse('2021-09-06T08:30+08:00'),
      teams: [[idOf('东主班'), idOf('东副班')], [idOf('次日班')]],
    },
  });
  expect(wishes.posts!.get('p2')).not.toHaveProperty('pool');
});

it('tells every name that means nobody', () => {
  const { unclear } = resolve({
    wishes: [{ person: '无此人', date: '2021-09-03', wants: true }],
    posts: [{ post: '月球区', people: ['无此人', '也没有'] }],
  });
  expect(unclear).toEqual([
    { what: 'person', name: '无此人', isSeveral: false },
    { what: 'post', name: '月球区', isSeveral: false },
  ]);
});

it('names every fault of the file at once', () => {
  const faulty = {
    restHour: 3,
    mostInRow: 0,
    hours: [{ days: ['sunday'], from: '25:00', to: '09:00' }],
    wishes: [{ person: '赵主班', date: '2021-02-30', wants: false }],
  };
  expect(() => parse(faulty)).toThrow(/restHour: not known here, did you mean restHours\?/u);
  for (const name of ['mostInRow', 'hours[0].from', 'wishes[0].date']) expect(() => parse(faulty)).toThrow(name);
  expect(() => parseDraftRules('rules.json', '{', zone)).toThrow('no JSON');
});
