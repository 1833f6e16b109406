import { measureAnswers, measureSustained } from './answers.ts';
import type { Figure } from './figure.ts';
import { measureItemAnswers } from './item-answers.ts';
import { measureImport, measureOverdue } from './items.ts';
import { measureBurst, measureSpread } from './lateness.ts';
import { measureMemory } from './memory.ts';
import { measureRecovery } from './recovery.ts';
import { measureRound } from './round.ts';

type Size = { readonly full: () => Promise<readonly Figure[]>; readonly quick: () => Promise<readonly Figure[]> };

/** By name, in the order in which they run. The full sizes are those that the product's figures are promised for. */
export const benchmarks: { readonly [name: string]: Size } = {
  round: { full: () => measureRound(100_000), quick: () => measureRound(5_000) },
  answers: {
    full: () => measureAnswers({ rate: 3_200, warmUpMs: 4_000, measuredMs: 10_000 }),
    quick: () => measureAnswers({ rate: 500, warmUpMs: 1_000, measuredMs: 2_000 }),
  },
  'answers.sustained': {
    full: () => measureSustained({ rates: [500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000], warmUpMs: 1_000, measuredMs: 4_000 }),
    quick: () => measureSustained({ rates: [100, 200], warmUpMs: 500, measuredMs: 1_000 }),
  },
  'lateness.burst': { full: () => measureBurst(10_000), quick: () => measureBurst(1_000) },
  'lateness.spread': { full: () => measureSpread(10_000, 60_000), quick: () => measureSpread(500, 5_000) },
  'memory.1k': { full: () => measureMemory(1_000, '1k'), quick: () => measureMemory(1_000, '1k') },
  'memory.10k': { full: () => measureMemory(10_000, '10k'), quick: () => measureMemory(2_000, '10k') },
  'memory.100k': { full: () => measureMemory(100_000, '100k'), quick: () => measureMemory(5_000, '100k') },
  'items.import': { full: () => measureImport(500), quick: () => measureImport(100) },
  'items.overdue': { full: () => measureOverdue(10_000), quick: () => measureOverdue(500) },
  'items.answers': { full: () => measureItemAnswers(10_000, 700), quick: () => measureItemAnswers(500, 70) },
  recovery: { full: () => measureRecovery(100_000), quick: () => measureRecovery(5_000) },
};

/** Those whose name begins with `only`, one after the other: two at once would measure each other. */
export async function* runBenchmarks({ only, isQuick }: { readonly only: string; readonly isQuick: boolean }): AsyncGenerator<Figure> {
  for (const [name, size] of Object.entries(benchmarks)) {
    if (!name.startsWith(only)) continue;
    yield* await (isQuick ? size.quick() : size.full());
  }
}
