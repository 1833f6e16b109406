import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findUntidy } from '../tools/tidy.ts';

const untidyIn = (files: { readonly [path: string]: string }): readonly string[] => {
  const root = mkdtempSync(join(tmpdir(), 'zg-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text.replaceAll('{root}', root));
    }
    return findUntidy(root);
  } finally {
    rmSync(root, { recursive: true });
  }
};

const registry = ['registry', 'npmjs', 'org'].join('.');

afterEach(() => vi.unstubAllEnvs());

describe('the habits of the house', () => {
  it.each([
    ['a name in camel case', 'src/app/fireDue.ts', '', /kebab-case/],
    ['a folder in capitals', 'adapters/Redis/store.ts', '', /kebab-case/],
    ['a file of odds and ends', 'src/app/utils.ts', '', /named for what it does/],
    ['a default export', 'src/app/a.ts', 'const a = 1;\nexport default a;\n', /^src\/app\/a\.ts: line 2: exports have names/],
    ['a default export by the back door', 'src/app/a.ts', 'const a = 1;\nexport { a as default };\n', /line 2: exports have names/],
    ['an enum', 'src/domain/a.ts', '\nexport const enum A { b }\n', /line 1|line 2: a union of words/],
    ['words of people in code', 'src/domain/a.ts', `// 在岗\nexport const a = '值班';\n`, /'值班' belongs into src\/messages/],
    ['too long a file', 'jobs/a.ts', 'export {};\n'.repeat(401), /401 lines, more than 400/],
    ['unfinished work', 'adapters/redis/a.ts', '// TODO: later\n', /line 1: unfinished/],
    ['a test that sleeps', 'test/a.test.ts', `await new Promise((resolve) => setTimeout(resolve, ${'5'.repeat(4)}));\n`, /does not sleep/],
    ['a place of one machine', 'README.md', 'Look into {root}/src.\n', /line 1: .*one machine/],
    ['the host of a registry', 'package-lock.json', `{ "resolved": "https://${registry}/a" }`, /one machine or registry/],
  ])('are missed by %s', (_, path, text, problem) => {
    expect(untidyIn({ [path]: text })).toEqual([expect.stringMatching(problem)]);
  });

  it('know the registry in use', () => {
    vi.stubEnv('npm_config_registry', 'https://packages.example:8080/npm/');
    expect(untidyIn({ '.ci/run': 'curl https://packages.example:8080/npm/a\n' })).toEqual([expect.stringMatching(/registry/)]);
  });

  it('leave everything else alone', () => {
    const files = {
      'src/messages/zh-cn.ts': `export const a = '值班';\n`,
      'src/app/fire-due.ts': `/** 值班 */\nexport const a = 'https://example'; // 在岗\n`,
      'src/web/vite.config.ts': 'export default {};\n',
      '.dependency-cruiser.mjs': 'export default {};\n',
      'test/domain/a.test.ts': `expect(a).toBe('值班');\n`,
      'test/fixtures/Bureau.xlsx': 'not text',
      'node_modules/a/utils.ts': 'export default 1;\n',
      'README.md': '在岗\n'.repeat(500),
    };
    expect(untidyIn(files)).toEqual(['test/fixtures/Bureau.xlsx: names are written in kebab-case']);
  });
});
