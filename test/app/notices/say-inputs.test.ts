import { expect, it } from 'vitest';
import { sayInputs } from '../../../src/app/notices/say-inputs.ts';
import type { Card } from '../../../src/ports/channel.ts';

const card: Card = {
  title: '申请延期',
  tone: 'asking',
  lines: [],
  facts: [],
  inputs: [
    { id: 'toDate', label: '延期到', type: 'date', isRequired: true },
    {
      id: 'finding',
      label: '是否属实',
      type: 'choice',
      isRequired: true,
      choices: ['属实', '不属实'].map((title) => ({ title, value: title })),
    },
    { id: 'reason', label: '原因', type: 'text', isRequired: false, isMultiline: true },
  ],
  buttons: [
    { title: '提交', value: { action: 'extend', itemId: 'i1' } },
    { title: '取消', value: { action: 'keep', itemId: 'i1' }, ignoresInputs: true },
  ],
};

it('tells readers without cards what to type, and which button that is for', () => {
  expect(sayInputs({ card, text: '申请延期' }, undefined).text.split('\n')).toEqual([
    '申请延期',
    '看不到卡片时，请回复“提交”并写明：',
    '· 延期到：日期，如 2021-08-30',
    '· 是否属实：选一项，属实、不属实',
    '· 原因：文字，可不写',
  ]);
  expect(sayInputs({ card, text: 'x' }, 'en').text).toContain('Without the card, reply “提交” and say:');
});

it('says beside each input that it is missing, unless the card says it better', () => {
  const own: Card = { ...card, inputs: [{ ...card.inputs![0]!, errorMessage: '哪天？' }, card.inputs![1]!] };
  expect(sayInputs({ card: own, text: '' }, undefined).card.inputs?.map(({ errorMessage }) => errorMessage)).toEqual([
    '哪天？',
    '请填写“是否属实”',
  ]);
});

it('leaves everything else as it is', () => {
  const { inputs: _, ...plain } = card;
  const said = { card: plain, text: 'x' };
  expect(sayInputs(said, undefined)).toBe(said);
});
