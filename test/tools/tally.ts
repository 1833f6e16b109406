import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

type Tally = { passed: number; failed: number; skipped: number };

const count = (modules: readonly TestModule[], errorCount: number): Tally => {
  // an error outside every test is a failure too, or a broken run would read as a good one
  const tally: Tally = { passed: 0, failed: errorCount, skipped: 0 };
  for (const module of modules) {
    tally.failed += module.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed' || state === 'failed' || state === 'skipped') tally[state] += 1;
    }
  }
  return tally;
};

const describeTally = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Ends a run with one plain line for people and machines, and leaves it in `file`, for whoever wants to say it again later. */
export const tallyReporter = (file: string): Reporter => ({
  onTestRunEnd: (modules, errors) => {
    const line = `${describeTally(count(modules, errors.length))}\n`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, line);
    // at exit, because the default reporter's closing lines come after this call
    process.once('exit', () => process.stdout.write(line));
  },
});
