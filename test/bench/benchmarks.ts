import { measureAnswers, measureSustained } from './answers.ts';
import { measureBatch, measureStalled } from './channels.ts';
import type { Figure } from './figure.ts';
import { measureFigures } from './figures.ts';
import { measurePosts } from './growth.ts';
import { measureInbound } from './inbound.ts';
import { measureItemAnswers } from './item-answers.ts';
import { measureImport, measureOverdue } from './items.ts';
import { measureBurst, measureSpread } from './lateness.ts';
import { measureMemory } from './memory.ts';
import { measureRecovery } from './recovery.ts';
import { measureRound } from './round.ts';
import { measureSharings } from './sharing.ts';
import { measureWall } from './wall.ts';
import { measurePaint } from './wall-paint.ts';

type Size = { readonly full: () => Promise<readonly Figure[]>; readonly quick: () => Promise<readonly Figure[]> };

/** By name, in the order in which they run. The full sizes are those that the product's figures are promised for. */
export const benchmarks: { readonly [name: string]: Size } = {
  round: { full: () => measureRound(100_000), quick: () => measureRound(5_000) },
  answers: {
    full: () => measureAnswers({ rate: 3_200, warmUpMs: 4_000, measuredMs: 10_000 }),
    quick: () => measureAnswers({ rate: 500, warmUpMs: 1_000, measuredMs: 2_000 }),
  },
  'answers.sustained': {
    full: () =>
      measureSustained({
        rates: [250, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000],
        warmUpMs: 1_000,
        measuredMs: 4_000,
        first: 4_000,
      }),
    quick: () => measureSustained({ rates: [100, 200], warmUpMs: 500, measuredMs: 1_000, first: 100 }),
  },
  'lateness.burst': { full: () => measureBurst(10_000), quick: () => measureBurst(1_000) },
  'lateness.spread': { full: () => measureSpread(10_000, 60_000), quick: () => measureSpread(500, 5_000) },
  'memory.1k': { full: () => measureMemory(1_000, '1k'), quick: () => measureMemory(1_000, '1k') },
  'memory.10k': { full: () => measureMemory(10_000, '10k'), quick: () => measureMemory(2_000, '10k') },
  'memory.100k': { full: () => measureMemory(100_000, '100k'), quick: () => measureMemory(5_000, '100k') },
  'items.import': { full: () => measureImport(500), quick: () => measureImport(100) },
  'items.overdue': { full: () => measureOverdue(10_000), quick: () => measureOverdue(500) },
  'items.answers': { full: () => measureItemAnswers(10_000, 700), quick: () => measureItemAnswers(500, 70) },
  'figures.month': { full: () => measureFigures(1_000_000), quick: () => measureFigures(50_000) },
  wall: {
    full: () => measureWall({ posts: 10_000, watchers: 200, updates: 200, rate: 1_000, measuredMs: 4_000 }),
    quick: () => measureWall({ posts: 1_000, watchers: 20, updates: 20, rate: 200, measuredMs: 1_000 }),
  },
  'wall.paint': {
    full: () => measurePaint({ posts: 10_000, visits: 5, updates: 60 }),
    quick: () => measurePaint({ posts: 500, visits: 2, updates: 10 }),
  },
  'channels.batch': { full: () => measureBatch(10_000), quick: () => measureBatch(2_000) },
  'channels.inbound': {
    full: () => measureInbound({ count: 20_000, rate: 2_000 }),
    quick: () => measureInbound({ count: 1_000, rate: 500 }),
  },
  'channels.stalled': {
    full: () => measureStalled({ perSecond: 200, healthyMs: 10_000, stalledMs: 60_000 }),
    quick: () => measureStalled({ perSecond: 50, healthyMs: 1_000, stalledMs: 3_000 }),
  },
  'growth.1k': {
    full: () => measurePosts({ suffix: '1k', posts: 1_000, bureaus: 1 }),
    quick: () => measurePosts({ suffix: '1k', posts: 200, bureaus: 1 }),
  },
  'growth.10k': {
    full: () => measurePosts({ suffix: '10k', posts: 10_000, bureaus: 1 }),
    quick: () => measurePosts({ suffix: '10k', posts: 1_000, bureaus: 1 }),
  },
  'growth.100k': {
    full: () => measurePosts({ suffix: '100k', posts: 100_000, bureaus: 1 }),
    quick: () => measurePosts({ suffix: '100k', posts: 2_000, bureaus: 1 }),
  },
  // No bureau has a million posts, and no process should hold them: a hundred bureaus of ten thousand.
  'growth.1m': {
    full: () => measurePosts({ suffix: '1m', posts: 1_000_000, bureaus: 100 }),
    quick: () => measurePosts({ suffix: '1m', posts: 2_000, bureaus: 4 }),
  },
  'growth.shared': { full: () => measureSharings(20_000, [1, 2, 4]), quick: () => measureSharings(1_000, [1, 2]) },
  recovery: { full: () => measureRecovery(100_000), quick: () => measureRecovery(5_000) },
};

/** Those whose name begins with `only`, one after the other: two at once would measure each other. */
export async function* runBenchmarks({ only, isQuick }: { readonly only: string; readonly isQuick: boolean }): AsyncGenerator<Figure> {
  for (const [name, size] of Object.entries(benchmarks)) {
    if (!name.startsWith(only)) continue;
    yield* await (isQuick ? size.quick() : size.full());
  }
}
