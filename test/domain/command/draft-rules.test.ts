import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/domain/command/compiled-vocabulary.ts';
import { normalise } from '../../../src/domain/command/normalise.ts';
import { readDraftRules } from '../../../src/domain/command/read-draft-rules.ts';
import { draftRuleWords } from '../../../src/messages/vocabulary-draft-rules.ts';
import { vocabulary } from '../../../src/messages/vocabulary.ts';
import { at, organisation } from '../../support/invented.ts';

const words = compile(vocabulary);
const context = { now: at('2021-08-27T10:00'), timeZone: 'Asia/Shanghai', units: organisation.units, people: organisation.people };

const read = (text: string) => {
  const { wishes, away, unclear, left, ...rest } = readDraftRules(normalise(text, words).plain, context, words, draftRuleWords);
  const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join('+');
  const wished = wishes.map(
    ({ people, dates, weekdays, wants }) => `${names(people)} ${[...dates, ...weekdays].join('+')} ${String(wants)}`,
  );
  const gone = away.map(({ people, from, to }) => `${names(people)} ${from}..${to}`);
  return { ...rest, said: [...wished, ...gone], unclear, left };
};

describe('rules of a draft', () => {
  it.each([
    ['两班之间休息8小时', { restHours: 8 }],
    ['两班之间至少间隔十二小时', { restHours: 12 }],
    ['每班之间休息一天', { restHours: 24 }],
    ['rest 8 hours', { restHours: 8 }],
    ['最多连续3天', { mostInRow: 3 }],
    ['连续值班不超过两天', { mostInRow: 2 }],
    ['at most 4 days in a row', { mostInRow: 4 }],
    ['清除要求', { isReset: true }],
  ])('%s', (text, expected) => expect(read(text)).toMatchObject({ ...expected, left: [], unclear: [] }));

  it.each([
    ['赵主班9月20日不排', ['赵主班 2021-09-20 false']],
    ['赵主班、钱副班9月20日不值班', ['赵主班+钱副班 2021-09-20 false']],
    ['赵主班9月20日和9月22日不想值', ['赵主班 2021-09-20+2021-09-22 false']],
    ['赵主班9月20日不排，9月22日也不排', ['赵主班 2021-09-20 false', '赵主班 2021-09-22 false']],
    ['9月20日到22日赵主班不排', ['赵主班 2021-09-20+2021-09-21+2021-09-22 false']],
    ['赵主班每周三、五不排', ['赵主班 3+5 false']],
    ['赵主班周末不排', ['赵主班 6+7 false']],
    ['赵主班9月20日想值', ['赵主班 2021-09-20 true']],
    ['赵主班9月20日可以排', ['赵主班 2021-09-20 null']],
    ['赵主班9月6日到9月12日不在', ['赵主班 2021-09-06..2021-09-12']],
    ['赵主班9月6日出差', ['赵主班 2021-09-06..2021-09-06']],
    ['赵主班 off 9/20', ['赵主班 2021-09-20 false']],
  ])('%s', (text, said) => expect(read(text)).toMatchObject({ said, left: [], unclear: [] }));

  it.each(['张无忌9月20日不排', '赵主班不排', '赵主班2月30日不排'])('%s does not say whose or when', (text) =>
    expect(read(text)).toMatchObject({ said: [], unclear: [text] }),
  );

  it('leaves what is no rule, and finds rules that only a space divides', () => {
    expect(read('排班 9月1日到9月30日 两班之间休息8小时 赵主班9月20日不排')).toMatchObject({
      left: ['排班 9月1日到9月30日'],
      restHours: 8,
      said: ['赵主班 2021-09-20 false'],
    });
    expect(read('排班 东城区 9月1日到9月30日，谢谢')).toMatchObject({ left: ['排班 东城区 9月1日到9月30日', '谢谢'], hasRules: false });
  });
});
