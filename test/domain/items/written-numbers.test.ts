import { describe, expect, it } from 'vitest';
import { takeWrittenNumbers } from '../../../src/domain/items/written-numbers.ts';

const known = ['调阅3-1', '调阅3-12', '济督〔2021〕15号', '20210828-0930-4821', 'BF-2021-0003', '7/8'];

describe('a number of an office’s own making', () => {
  it.each([
    ['签收 调阅3-1', ['调阅3-1'], '签收'],
    ['签收调阅3-12', ['调阅3-12'], '签收'],
    ['调阅３－１ 已装订', ['调阅3-1'], '已装订'],
    ['签收 调阅3-1、调阅3-12', ['调阅3-12', '调阅3-1'], '签收  、'],
    ['济督〔2021〕15号 办结', ['济督〔2021〕15号'], '办结'],
    ['催办 20210828-0930-4821', ['20210828-0930-4821'], '催办'],
    ['bf-2021-0003', ['BF-2021-0003'], ''],
    ['签收 调阅3-123', [], '签收 调阅3-123'],
    ['签收 20210828-0930-48219', [], '签收 20210828-0930-48219'],
    ['今天8月28日', [], '今天8月28日'],
    ['收到', [], '收到'],
  ])('%s', (text, numbers, rest) => {
    const taken = takeWrittenNumbers(text, known);
    expect({ ...taken, rest: taken.rest.trim() }).toEqual({ numbers, rest });
  });
});
