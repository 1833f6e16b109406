import { defineConfig } from 'vitest/config';
import { FileOrder } from './test/tools/file-order.ts';
import { tallyReporter } from './test/tools/tally.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // processes, because tests start servers of their own and end them with themselves
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: FileOrder },
    // nobody waits on purpose: these only end what hangs, on machines much slower than ours
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    // What was not there in time is tried once more, and said: the machine may have been busy. A wrong answer never is.
    retry: { count: 1, condition: /timed out in|not within \d+ ms|Timeout \d+ms exceeded|didn't resolve in time/u },
    reporters: ['default', tallyReporter('reports/tests.txt')],
  },
});
