import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildModelHouse } from './model-house.ts';

const realRoot = dirname(dirname(import.meta.dirname));

const runTests = (tests: { readonly [path: string]: string }) => {
  const tally = readFileSync(join(realRoot, 'test/tools/tally.ts'), 'utf8');
  const house = buildModelHouse({ 'test/tools/tally.ts': tally, ...tests });
  const { stdout, status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run'], {
    cwd: house.root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  });
  const kept = readFileSync(join(house.root, 'reports/tests.txt'), 'utf8');
  house.remove();
  return { lastLine: stdout.trimEnd().split('\n').at(-1), kept, status };
};

const good = `import { it } from 'vitest';\nit('a', () => {});\nit('b', () => {});\n`;

describe('the last line of a test run', () => {
  it('counts what passed', () => {
    expect(runTests({ 'test/a.test.ts': good })).toEqual({ lastLine: '2 passed, 0 failed', kept: '2 passed, 0 failed\n', status: 0 });
  });

  it('counts what failed, what was skipped, and a file that could not be read', () => {
    const bad = `import { it } from 'vitest';\nit('c', () => { throw new Error('c'); });\nit.skip('d', () => {});\n`;
    const result = runTests({ 'test/a.test.ts': good, 'test/b.test.ts': bad, 'test/c.test.ts': `import './nowhere.ts';\n` });
    expect(result.lastLine).toBe('2 passed, 2 failed, 1 skipped');
    expect(result.status).toBe(1);
  });

  it('counts an error outside every test', () => {
    const stray = `import { it } from 'vitest';\nit('e', () => void Promise.reject(new Error('nobody waits for me')));\n`;
    const result = runTests({ 'test/a.test.ts': stray });
    expect(result).toMatchObject({ lastLine: '1 passed, 1 failed', status: 1 });
  });
});
