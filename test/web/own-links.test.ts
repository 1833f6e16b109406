import { expect, it } from 'vitest';
import { findOwnLinks } from '../../src/web/logic/own-links.ts';

const origin = 'https://zaigang.example.cn';

it('finds the addresses of this service in a sentence, and shows as much of them as somebody needs', () => {
  expect(findOwnLinks(`进入：${origin}/sign-in/m1.a_b-C，5分钟内有效`, origin)).toEqual([
    { text: '进入：' },
    { text: 'zaigang.example.cn/sign-in/…', href: `${origin}/sign-in/m1.a_b-C` },
    { text: '，5分钟内有效' },
  ]);
  // a calendar's is pasted elsewhere
  expect(findOwnLinks(`${origin}/calendar/m1.x.ics`, origin)).toEqual([
    { text: `${origin}/calendar/m1.x.ics`, href: `${origin}/calendar/m1.x.ics` },
  ]);
  expect(findOwnLinks(`${origin}/`, origin)).toEqual([{ text: `${origin}/`, href: `${origin}/` }]);
});

it.each(['', '在岗', 'https://elsewhere.example.cn/sign-in/x', 'javascript:alert(1)', `${origin}.evil.example/x`, 'http://[/x'])(
  'leaves %s as the words that it is',
  (text) => {
    expect(findOwnLinks(text, origin)).toEqual([{ text }]);
  },
);
