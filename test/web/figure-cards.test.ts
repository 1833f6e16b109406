import { describe, expect, it } from 'vitest';
import { pictureNames } from '../../src/domain/figures/picture-names.ts';
import { figureTexts } from '../../src/messages/figure-texts.ts';
import { pageFigureTexts } from '../../src/messages/page-figure-texts.ts';
import { type Answers, type Card, cardsOf } from '../../src/web/figures/cards.ts';
import type { Category, Figures, LeagueRow, Measure } from '../../src/web/figures/types.ts';

const texts = figureTexts['zh-CN'];
const words = pageFigureTexts['zh-CN'];

const measure = (onPost: number, noAnswer: number): Measure => {
  const none = Object.fromEntries(Object.keys(texts.categories).map((category) => [category, 0])) as { [category in Category]: number };
  const counted = onPost + noAnswer;
  return {
    asked: counted,
    counted,
    share: counted === 0 ? null : onPost / counted,
    p50Ms: 60_000,
    p95Ms: 120_000,
    counts: { ...none, onPost, noAnswer },
  };
};
const row = (unit: string, rank: number | null, onPost: number, noAnswer: number): LeagueRow => ({
  unitId: unit,
  unit,
  rank,
  ...measure(onPost, noAnswer),
});

const figures = (over: Partial<Figures> = {}): Figures => ({
  from: '2021-08-27T00:00:00+08:00',
  to: '2021-08-28T00:00:00+08:00',
  asOf: '2021-08-27T12:00:00+08:00',
  seq: 9,
  units: [],
  coverage: [],
  heat: [],
  league: { rows: [], all: measure(0, 0) },
  items: { byKind: [], byUnit: [], ages: [] },
  loads: [],
  matters: { help: 0, postEmpty: 0, channelFailure: 0, handovers: { inTime: 0, late: 0, lapsed: 0 } },
  ...over,
});

const cardOf = (name: string, found: Figures, answers: Answers = 'ranked'): Card =>
  cardsOf(found, texts, words, answers).find((card) => card.name === name)!;
const told = ({ title, table, definition }: Card) => ({
  title,
  first: table.headings[0],
  rows: table.rows.map((cells) => cells.slice(0, 3)),
  definition,
});

it('are all known to the ledger by the names under which their pictures are told', () => {
  expect(cardsOf(figures(), texts, words, 'ranked').map(({ name }) => name)).toEqual(pictureNames);
});

describe('how units answered', () => {
  const two = { rows: [row('东城区', 1, 4, 0), row('西城区', 2, 3, 1)], all: measure(7, 1) };
  const one = { rows: [row('西城区', null, 3, 1)], all: measure(3, 1) };

  it('is ranked for whoever is told how they compare, with the total below', () => {
    expect(told(cardOf('league', figures({ league: two })))).toEqual({
      title: '应答排名',
      first: '名次',
      rows: [
        [1, '东城区', '100.0%'],
        [2, '西城区', '75.0%'],
        ['', '合计', '87.5%'],
      ],
      definition: texts.definitions.league,
    });
  });

  it('leads from each unit to what counts against it, and from the total nowhere', () => {
    for (const [answers, column] of [
      ['ranked', 1],
      ['each', 0],
    ] as const) {
      const { table } = cardOf('league', figures({ league: two }), answers);
      expect(table.links).toMatchObject({
        column,
        of: [{ href: '#/figures/东城区' }, { href: '#/figures/西城区' }].map(({ href }) => ({ href: encodeURI(href) })),
      });
      expect([table.rows.length, table.links?.of.length]).toEqual([3, 2]);
    }
  });

  it('is no ranking of a unit that sees itself alone, nor of one that was chosen, and says nothing twice', () => {
    const chosen = { rows: [row('西城区', 1, 3, 1)], all: measure(3, 1) };
    for (const [title, card] of [
      ['本单位应答', cardOf('league', figures({ league: one }), 'own')],
      // to the office and to an auditor it is no unit of theirs, also where it is the only one that was asked
      ['各单位应答', cardOf('league', figures({ league: chosen }))],
      ['各单位应答', cardOf('league', figures({ league: one }), 'each')],
    ] as const) {
      const { definition, ...rest } = told(card);
      expect(rest).toEqual({ title, first: '单位', rows: [['西城区', '75.0%', 4]] });
      expect(definition.meaning).toContain('不排名');
      expect(definition.numerator).toBe(texts.definitions.league.numerator);
    }
  });

  it('is told without a rank of the units that somebody belongs to, and of all together to whoever sees none by name', () => {
    const own = { ...two, rows: two.rows.map((each) => ({ ...each, rank: null })) };
    for (const answers of ['own', 'each'] as const)
      expect(told(cardOf('league', figures({ league: own }), answers))).toMatchObject({
        title: '各单位应答',
        rows: [
          ['东城区', '100.0%', 4],
          ['西城区', '75.0%', 4],
          ['合计', '87.5%', 8],
        ],
      });
    expect(told(cardOf('league', figures({ league: { ...two, rows: [] } }), 'own'))).toMatchObject({
      title: '总体应答',
      rows: [['合计', '87.5%', 8]],
    });
  });

  it('is empty, and called a ranking still, before anybody was asked', () => {
    expect(told(cardOf('league', figures()))).toMatchObject({ title: '应答排名', rows: [] });
    expect(cardOf('league', figures(), 'own').table.rows).toEqual([]);
    expect(told(cardOf('league', figures(), 'each')).title).toBe('各单位应答');
  });

  it('puts the slowest unit first for the office alone', () => {
    const slow = { ...row('西城区', null, 3, 1), p95Ms: 600_000 };
    const found = figures({ league: { rows: [row('东城区', null, 4, 0), slow], all: measure(7, 1) } });
    const order = (answers: Answers) => cardOf('response', found, answers).table.rows.map(([unit]) => unit);
    expect([order('ranked'), order('each'), order('own')]).toEqual([
      ['西城区', '东城区'],
      ['东城区', '西城区'],
      ['东城区', '西城区'],
    ]);
  });
});
