import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { pageTexts } from '../../src/messages/page-texts.ts';
import { tellRow } from '../../src/web/logic/tell-row.ts';

/** The page has words for everything that the program can write down: the lists are read from the program itself. */

const sourceOf = (path: string): Promise<string> => readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

/** The names of a union type of texts, as it stands in a file; a name of another such type stands for its own. */
const namesIn = (source: string, type: string): readonly string[] => {
  const [, body = ''] = new RegExp(String.raw`export type ${type} =([^;]*);`, 'u').exec(source) ?? [];
  const others = [...body.replaceAll(/'[^']*'/gu, '').matchAll(/\b([A-Z]\w+)\b/gu)].map(([, name]) => name!);
  const own = [...body.matchAll(/'(\w+)'/gu)].map(([, name]) => name!);
  return [...own, ...others.flatMap((other) => namesIn(source, other))];
};

const languages = ['zh-CN', 'en'] as const;

it.each(languages)('has words for every event there is (%s)', async (language) => {
  const events = namesIn(await sourceOf('src/domain/ledger/event.ts'), 'EventName');
  expect(events.length).toBeGreaterThan(100);
  const texts = pageTexts[language];
  const raw = events.filter((event) => {
    const { phrase } = tellRow({ seq: 1, at: '2021-08-27T10:00:00+08:00', event, data: { kind: 'check' } }, new Map(), texts);
    return texts.events[event] === undefined || phrase === event || phrase.trim() === '';
  });
  expect(raw).toEqual([]);
});

it.each(languages)('has words for every kind of what is owed (%s)', async (language) => {
  const kinds = namesIn(await sourceOf('src/domain/escalation/obligation.ts'), 'ObligationKind');
  expect(kinds).toEqual(expect.arrayContaining(['check', 'receipt', 'substitute', 'handover', 'rosterProposal']));
  const known: { readonly [kind: string]: string } = pageTexts[language].kinds;
  expect(kinds.filter((kind) => known[kind] === undefined)).toEqual([]);
});

it.each([
  ['zh-CN', { receipt: '签收计时开始', subtask: '分项计时开始', interim: '剩余部分计时开始' }],
  ['en', { receipt: 'Clock for receipt started', subtask: 'Clock for part started', interim: 'Clock for the rest started' }],
] as const)('says of the clock of an item that it has started, and not that anything was done (%s)', async (language, words) => {
  const texts = pageTexts[language];
  const known: { readonly [kind: string]: string } = texts.kinds;
  const opened = { seq: 1, at: '2021-08-27T10:00:00+08:00', event: 'ObligationOpened' };
  const told = (kind: string) => tellRow({ ...opened, itemId: 'iX1', data: { kind, subject: 'u2' } }, new Map(), texts);
  const kinds = namesIn(await sourceOf('src/domain/escalation/obligation.ts'), 'ItemClockKind');
  expect(kinds.length).toBe(8);
  for (const kind of kinds) {
    expect(told(kind)).toMatchObject({ phrase: expect.stringMatching(/计时开始$|^Clock for .+ started$/u), tone: 'plain' });
    expect(told(kind).phrase).toContain(known[kind]);
  }
  expect(Object.fromEntries(Object.keys(words).map((kind) => [kind, told(kind).phrase]))).toEqual(words);
  // a call for help is no clock
  expect(tellRow({ ...opened, data: { kind: 'help' } }, new Map(), texts)).toMatchObject({
    phrase: language === 'en' ? 'Opened: call for help' : '求援',
    tone: 'escalated',
  });
});

it.each(languages)('says what was asked for, too: leave, a swap, a cover (%s)', async (language) => {
  const kinds = namesIn(await sourceOf('src/domain/shift-change/duty-request.ts'), 'RequestKind');
  expect(kinds.length).toBe(3);
  const said = kinds.map((kind) => {
    const row = { seq: 1, at: '2021-08-27T10:00:00+08:00', event: 'RequestAsked', data: { kind } };
    return tellRow(row, new Map(), pageTexts[language]).phrase;
  });
  expect(said.filter((phrase) => (language === 'en' ? /undefined|\{/u : /[a-z]/u).test(phrase))).toEqual([]);
});

it('says the same things in both languages', () => {
  const [zh, en] = languages.map((language) => Object.keys(pageTexts[language].events).toSorted());
  expect(en).toEqual(zh);
});
