import { describe, expect, test } from 'vitest';
import { measureSustained } from './answers.ts';
import { benchmarks } from './benchmarks.ts';
import { measureBatch, measureStalled } from './channels.ts';
import { type Figure, percentile, toFigure, toLine } from './figure.ts';
import { measureFigures } from './figures.ts';
import { measurePosts } from './growth.ts';
import { measureInbound } from './inbound.ts';
import { measureItemAnswers } from './item-answers.ts';
import { measureImport, measureOverdue } from './items.ts';
import { measureBurst, measureSpread } from './lateness.ts';
import { measureRound } from './round.ts';
import { measureSharing } from './sharing.ts';
import { measureWall } from './wall.ts';
import { measurePaint } from './wall-paint.ts';

const isPositive = (value: number | undefined): boolean => value !== undefined && Number.isFinite(value) && value > 0;

/** Shape alone: how fast a machine is that runs tests beside it says nothing. */
const checkShape = (figure: Figure | undefined, name: string, n: unknown): void => {
  expect(figure).toMatchObject({ name, n, unit: expect.any(String) as string });
  expect(Number.isFinite(figure?.value)).toBe(true);
  expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
};

describe('the benchmarks', () => {
  test('have the names that others rely on', () => {
    const names = ['round', 'answers', 'lateness.burst', 'lateness.spread', 'memory.1k', 'memory.10k', 'memory.100k', 'recovery'];
    expect(Object.keys(benchmarks)).toEqual(expect.arrayContaining(names));
  });

  test('follow a round from its tick to the channel', async () => {
    const [round, ...rest] = await measureRound(20);
    // a post may have been asked at a time of its own before the round
    checkShape(round, 'round', expect.any(Number));
    expect(isPositive(round?.limit) && isPositive(round?.ratio)).toBe(true);
    expect(rest).toEqual([]);
  });

  test('time every step that falls due, together and one after the other', async () => {
    const [burst] = await measureBurst(40);
    checkShape(burst, 'lateness.burst', 40);
    const [spread] = await measureSpread(40, 400);
    checkShape(spread, 'lateness.spread', 40);
    expect(spread?.p99).toBe(spread?.value);
    expect(Number(spread?.p50)).toBeLessThanOrEqual(Number(spread?.p99));
  });
});

describe('the benchmark of answers', () => {
  test('offers more and more, and reports one rate that it has really seen', async () => {
    const [sustained] = await measureSustained({ rates: [20, 40], warmUpMs: 100, measuredMs: 500, first: 20 });
    checkShape(sustained, 'answers.sustained', expect.any(Number));
    expect([10, 20]).toContain(sustained?.n);
    expect(isPositive(sustained?.p99)).toBe(true);
  });
});

describe('the benchmarks of items', () => {
  test('hand over, pass every deadline, and answer', async () => {
    const [handed] = await measureImport(20);
    checkShape(handed, 'items.import', 20);
    const [overdue] = await measureOverdue(20);
    checkShape(overdue, 'items.overdue', 20);
    const [answers] = await measureItemAnswers(20, 14);
    checkShape(answers, 'items.answers', 14);
  });
});

describe('the benchmarks of channels', () => {
  test('write to everybody once', async () => {
    for (const figure of await measureBatch(30)) checkShape(figure, figure.name, expect.anything());
  });

  test('offer callbacks to each door', { timeout: 60_000 }, async () => {
    const figures = await measureInbound({ count: 40, rate: 100 });
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) {
      expect(figure.name).toMatch(/^channels\.inbound/u);
      expect(Number.isFinite(figure.value)).toBe(true);
    }
  });

  test('stall one and time the other', { timeout: 60_000 }, async () => {
    const figures = await measureStalled({ perSecond: 20, healthyMs: 300, stalledMs: 600 });
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) checkShape(figure, figure.name, expect.anything());
  });
});

describe('the benchmarks of pages', () => {
  test('open walls and time what they show', { timeout: 60_000 }, async () => {
    const figures = await measureWall({ posts: 30, watchers: 2, updates: 3, rate: 20, measuredMs: 300 });
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) checkShape(figure, figure.name, expect.anything());
  });

  test('open a wall in a browser and time its first tile and what it shows', { timeout: 120_000 }, async () => {
    const [paint, interactive, script, shown] = await measurePaint({ posts: 30, visits: 1, updates: 3 });
    checkShape(paint, 'wall.paint', 1);
    checkShape(interactive, 'wall.interactive', 1);
    checkShape(script, 'wall.script', 1);
    expect(script?.value).toBeLessThan(150);
    // a slow machine may draw a question and its answer in one breath
    expect(shown?.name).toBe('wall.shown');
  });

  test('fold the figures of a month', { timeout: 60_000 }, async () => {
    const figures = await measureFigures(400);
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) checkShape(figure, figure.name, expect.anything());
  });
});

describe('the benchmarks of growth', () => {
  test('tell what a post costs, in one bureau and in several', { timeout: 120_000 }, async () => {
    const figures = await measurePosts({ suffix: '10', posts: 20, bureaus: 2 });
    expect(figures.map(({ name }) => name)).toContain('growth.memory.10');
    for (const figure of figures) {
      checkShape(figure, figure.name, 20);
      expect(figure.value).toBeGreaterThanOrEqual(0);
    }
  });

  test('have two instances of two bureaus share the work on a cluster, and name what is full first', { timeout: 120_000 }, async () => {
    const figures = await measureSharing({ posts: 40, bureaus: 2, instances: 2 });
    for (const figure of figures) checkShape(figure, figure.name, expect.any(Number));
    expect(figures.filter(({ name }) => /^growth\.2x2\.first\.(node|redis|disk|network|machine)$/u.test(name))).toHaveLength(1);
    expect(figures.find(({ name }) => name === 'growth.2x2.rate')?.n).toBeGreaterThanOrEqual(80);
  });
});

describe('a figure', () => {
  test('has a ratio where it has a limit, and three figures that mean something', () => {
    expect(toFigure({ name: 'x', value: 12_345.678, unit: '/s', limit: 50_000, n: 3 })).toEqual({
      name: 'x',
      value: 12_346,
      unit: '/s',
      limit: 50_000,
      ratio: 0.247,
      n: 3,
    });
    expect(toLine({ name: 'x', value: 1, n: 3 })).toMatch(/^x +1 +3 *$/u);
  });

  test('names as percentile a value that was really measured', () => {
    expect(percentile([5, 1, 3, 2, 4], 0.5)).toBe(3);
    expect(
      percentile(
        Array.from({ length: 100 }, (_, index) => index + 1),
        0.99,
      ),
    ).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
  });
});
