import { describe, expect, it } from 'vitest';
import { readFault, readItemAsk, readReason, readReferences, readReport } from '../../../src/domain/items/item-words.ts';
import { itemVocabulary } from '../../../src/messages/vocabulary-items.ts';

const referencesIn = (text: string) => readReferences(text, itemVocabulary);
const askIn = (text: string, namesUnit = false) => {
  const asked = readItemAsk(referencesIn(text), namesUnit, itemVocabulary);
  return asked?.ask === 'act' ? asked.action : asked?.ask;
};

describe('which item is named', () => {
  it.each([
    ['签收 D2SD202108280012', ['D2SD202108280012'], [], '签收'],
    ['d2sd 20210828 0012 已办结', ['D2SD202108280012'], [], '已办结'],
    ['Ｄ２ＳＤ２０２１０８２８００１２签收', ['D2SD202108280012'], [], '签收'],
    ['X2SD202108280003，催办', ['X2SD202108280003'], [], '催办'],
    ['签收 0012 0013', [], ['0012', '0013'], '签收'],
    ['0012办结了', [], ['0012'], '办结了'],
    ['催办 D2SD202108280012 和 0015', ['D2SD202108280012'], ['0015'], '催办   和'],
    ['2021年9月3日', [], [], '2021年9月3日'],
    ['延期到2021-09-03', [], [], '延期到2021-09-03'],
    ['洒水1200吨，清运 3000 米', [], [], '洒水1200吨，清运 3000 米'],
    ['13800001234', [], [], '13800001234'],
  ])('%s', (text, numbers, tails, rest) => {
    expect(referencesIn(text)).toEqual({ numbers, tails, rest });
  });
});

describe('what is asked for', () => {
  it.each([
    ['逾期', 'overdue'],
    ['哪些逾期了', 'overdue'],
    ['全部逾期', 'allOverdue'],
    ['所有超期件', 'allOverdue'],
    ['各区情况', 'byUnit'],
    ['各单位办理情况', 'byUnit'],
    ['按类型', 'byKind'],
    ['分类统计', 'byKind'],
    ['待签收', 'unreceived'],
    ['全部签收', 'receiveAll'],
    ['催办 0012', 'urge'],
    ['催办历下区', 'urge'],
    ['新增交办 工地扬尘', 'add'],
    ['为什么是9月1日到期 0012', 'explain'],
    ['0012为什么9月1日到期', 'explain'],
    ['拆分 0012', 'split'],
    ['定人定责', 'split'],
    ['改派 0012', 'reassign'],
    ['数据审核 0012', 'check'],
    ['登记签字盖章', 'sign'],
    ['报送 0012', 'submit'],
    ['退回 0012 照片不清', 'return'],
    ['验收 0012', 'accept'],
    ['销号 0012', 'close'],
    ['后督察 0012', 'followUp'],
    ['撤回 0012 重复', 'withdrawItem'],
    ['调整督察组时限 0012', 'moveOuter'],
    ['列为长期整改 0012', 'longTerm'],
    ['分项2完成', 'finishSubtask'],
    ['D2SD202108280012', 'show'],
    ['0012 怎么样了', 'show'],
    ['overdue', 'overdue'],
    ['urge 0012', 'urge'],
    ['why is 0012 due then', 'explain'],
  ])('%s: %s', (text, ask) => {
    expect(askIn(text)).toBe(ask);
  });

  it.each(['今晚谁值班', '在岗', '撤回', '撤销', '分项2未完成', '催办情况', '我在现场', '会议室', '请假三天', 'hello there'])(
    '%s is about nothing here',
    (text) => {
      expect(askIn(text)).toBeUndefined();
    },
  );

  it('asks of a unit only where one is named', () => {
    expect(askIn('历下区的交办件', true)).toBe('ofUnit');
    expect(askIn('历下区的交办件')).toBeUndefined();
  });
});

describe('what is said with it', () => {
  it.each([
    ['进展：已覆盖，尚未洒水', { numbers: [], tails: [], rest: '已覆盖，尚未洒水' }],
    ['0012 进展：编号 5566 的围挡已修', { numbers: [], tails: ['0012'], rest: '编号 5566 的围挡已修' }],
    ['进展 D2SD202108280012 已到现场', { numbers: ['D2SD202108280012'], tails: [], rest: '已到现场' }],
    ['progress: covered', { numbers: [], tails: [], rest: 'covered' }],
    ['进展', undefined],
    ['已覆盖', undefined],
  ])('reports: %s', (text, report) => {
    expect(readReport(text, itemVocabulary)).toEqual(report);
  });

  it.each([
    ['申请延期到9月3日 因为材料多', '材料多'],
    ['延期到9月3日，原因：雨', '雨'],
    ['不同意 理由不充分', '理由不充分'],
    ['不同意，因为材料不全', '材料不全'],
    ['退回 照片不清', '照片不清'],
    ['申请延期到9月3日', ''],
  ])('%s, because: %s', (text, reason) => {
    expect(readReason(text, itemVocabulary)).toBe(reason);
  });

  it('reads a long text from a stranger at once', () => {
    const begunAt = performance.now();
    for (const text of ['1234 '.repeat(2_000), 'd2sd'.repeat(2_000), '进展'.repeat(2_000), '催'.repeat(8_000), ' 因 '.repeat(3_000)]) {
      askIn(text);
      readReport(text, itemVocabulary);
      readReason(text, itemVocabulary);
    }
    expect(performance.now() - begunAt).toBeLessThan(500);
  });
});

describe('what is wrong with a hand-in', () => {
  it.each([
    ['数据不实，重报', 'false'],
    ['弄虚作假', 'false'],
    ['缺现场照片', 'incomplete'],
    ['材料不全', 'incomplete'],
    ['照片不清', undefined],
    ['', undefined],
  ])('%s', (reason, fault) => {
    expect(readFault(reason, itemVocabulary)).toBe(fault);
  });
});
