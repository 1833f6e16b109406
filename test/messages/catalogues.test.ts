import { describe, expect, it } from 'vitest';
import { en } from '../../src/messages/en.ts';
import { itemTextsFor } from '../../src/messages/item-texts.ts';
import { pageSessionTexts } from '../../src/messages/page-session-texts.ts';
import { pageTexts } from '../../src/messages/page-texts.ts';
import { phaseTextsFor } from '../../src/messages/phase-texts.ts';
import { rosterTextsFor } from '../../src/messages/roster-texts.ts';
import { inputTexts } from '../../src/messages/input-texts.ts';
import { signInTextsFor } from '../../src/messages/sign-in-texts.ts';
import { zhCN } from '../../src/messages/zh-cn.ts';

/** Where a type leaves the keys open, only looking at both catalogues shows what one of them lacks. */

const leavesOf = (value: unknown, path = ''): readonly string[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one, `${path}/${key}`));
};

const placesIn = (value: unknown): readonly string[] => [...JSON.stringify(value).matchAll(/\{(\w+)\}/gu)].map(([, name]) => name!);

const pairs: readonly (readonly [string, unknown, unknown])[] = [
  ['messages', zhCN, en],
  ['items', itemTextsFor('zh-CN'), itemTextsFor('en')],
  ['phases', phaseTextsFor('zh-CN'), phaseTextsFor('en')],
  ['roster', rosterTextsFor('zh-CN'), rosterTextsFor('en')],
  ['inputs', inputTexts['zh-CN'], inputTexts.en],
  ['page', pageTexts['zh-CN'], pageTexts.en],
];

describe.each(pairs)('%s', (_, chinese, english) => {
  it('says in both languages whatever it says in one', () => {
    expect(leavesOf(english).toSorted()).toEqual(leavesOf(chinese).toSorted());
  });
});

it.each(['messages', 'phases', 'roster'])('says nothing Chinese in the English %s', (name) => {
  const english = pairs.find(([known]) => known === name)![2] as { readonly [key: string]: unknown };
  const examples = name === 'messages' ? { refusals: undefined, usage: undefined } : {};
  expect(JSON.stringify({ ...english, ...examples })).not.toMatch(/\p{Script=Han}/u);
});

it('fills the same places in both languages', () => {
  const different = Object.keys(zhCN.messages).filter((template) => {
    const [one, other] = [zhCN, en].map(({ messages }) => new Set(placesIn(messages[template as keyof typeof messages])));
    return one!.symmetricDifference(other!).size > 0;
  });
  expect(different).toEqual([]);
});

it('calls a button of the page on the way in what it is called there', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const used = signInTextsFor(language).states.used.lines.join(' ');
    expect(used).toContain(pageSessionTexts[language].signOutEverywhere);
  }
});
