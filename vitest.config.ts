import { defineConfig } from 'vitest/config';
import { tallyReporter } from './test/tools/tally.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // processes, because tests start servers of their own and end them with themselves
    pool: 'forks',
    maxWorkers: 2,
    // nobody waits on purpose: these only end what hangs, on machines much slower than ours
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', tallyReporter('reports/tests.txt')],
  },
});
