import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const realRoot = dirname(dirname(import.meta.dirname));

/** Installs what the lock file names, the way npm leaves it behind; says in a file that it was called, and how. */
const npm = `
const fs = require('node:fs');
fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('npm-fails')) process.exit(1);
if (process.argv[2] === 'ci') {
  fs.rmSync('node_modules', { recursive: true, force: true });
  fs.mkdirSync('node_modules/.bin', { recursive: true });
  fs.writeFileSync('node_modules/.bin/node', '#!/bin/sh\\necho ' + (fs.existsSync('old-node') ? 'v20.0.0' : 'v26.10.0') + '\\n', { mode: 0o755 });
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
}`;

let root: string;

const writeLock = (version: string): void =>
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } }));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zg-'));
  mkdirSync(join(root, 'src'));
  copyFileSync(join(realRoot, 'src/setup.mjs'), join(root, 'src/setup.mjs'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ dependencies: { node: '26.10.0' } }));
  writeFileSync(join(root, 'npm.js'), npm);
  writeLock('1.0.0');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const setUp = async (): Promise<{ code: number; stdout: string; stderr: string }> => {
  const env = { PATH: process.env['PATH'], npm_execpath: join(root, 'npm.js') };
  const child = spawn(process.execPath, [join(root, 'src/setup.mjs'), 'check'], { env });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
};

const npmCalls = (): readonly string[] =>
  existsSync(join(root, 'npm.log')) ? readFileSync(join(root, 'npm.log'), 'utf8').trim().split('\n') : [];

const installCall = expect.stringMatching(/^ci --include=dev --loglevel=error/);

describe('set-up', () => {
  it('installs the modules of a fresh clone, says so on stderr, and is silent the next time', async () => {
    const first = await setUp();
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toContain('set-up: installing modules');
    expect(await setUp()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(npmCalls()).toEqual([installCall]);
  });

  it('installs again when the lock file has changed', async () => {
    await setUp();
    writeLock('1.1.0');
    await setUp();
    expect(npmCalls()).toEqual([installCall, installCall]);
  });

  it('leaves modules alone that somebody installed by hand', async () => {
    await setUp();
    rmSync(join(root, 'node_modules/.zaigang-lock'));
    expect(await setUp()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(npmCalls()).toHaveLength(1);
  });

  it('installs once where two begin together', async () => {
    const both = await Promise.all([setUp(), setUp()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(npmCalls()).toEqual([installCall]);
  });

  it('goes on where another was killed in the middle', async () => {
    const lock = join(root, 'dist/.setup-lock');
    mkdirSync(dirname(lock));
    writeFileSync(lock, '1');
    utimesSync(lock, new Date(0), new Date(0));
    expect(await setUp()).toMatchObject({ code: 0 });
    expect(existsSync(lock)).toBe(false);
  });

  it('says what to do when npm fails', async () => {
    writeFileSync(join(root, 'npm-fails'), '');
    const { code, stderr } = await setUp();
    expect(code).toBe(1);
    expect(stderr).toContain('npm ci has failed, see above. Check that the registry can be reached');
    expect(existsSync(join(root, 'dist/.setup-lock'))).toBe(false);
  });

  it('does not start with another Node than the pinned one', async () => {
    writeFileSync(join(root, 'old-node'), '');
    const { code, stderr } = await setUp();
    expect(code).toBe(1);
    expect(stderr).toContain('the pinned Node is not in node_modules/.bin');
    expect(npmCalls()).toEqual([installCall, expect.stringMatching(/^rebuild node --ignore-scripts=false/)]);
  });

  it('builds the page for a start when its sources have changed, and only then', async () => {
    await setUp();
    const vite = `const fs = require('node:fs');
      fs.appendFileSync('vite.log', process.argv.slice(2).join(' ') + '\\n');
      fs.mkdirSync('dist/web', { recursive: true });
      fs.writeFileSync('dist/web/index.html', '');`;
    mkdirSync(join(root, 'node_modules/vite/bin'), { recursive: true });
    writeFileSync(join(root, 'node_modules/vite/bin/vite.js'), vite);
    writeFileSync(
      join(root, 'node_modules/.bin/node'),
      `#!/bin/sh\n[ "$1" = -v ] && echo v26.10.0 || exec ${JSON.stringify(process.execPath)} "$@"\n`,
    );
    chmodSync(join(root, 'node_modules/.bin/node'), 0o755);
    mkdirSync(join(root, 'src/web'));
    for (const file of ['vite.config.ts', 'index.html', 'main.tsx']) writeFileSync(join(root, 'src/web', file), '');
    const start = async (): Promise<void> => {
      const env = { PATH: process.env['PATH'], REDIS_URL: 'redis://elsewhere' };
      const child = spawn(process.execPath, [join(root, 'src/setup.mjs'), 'start'], { env, stdio: 'ignore' });
      expect(await once(child, 'close')).toEqual([0, null]);
    };
    await start();
    await start();
    expect(readFileSync(join(root, 'vite.log'), 'utf8')).toBe('build --config src/web/vite.config.ts --logLevel warn\n');
    writeFileSync(join(root, 'src/web/main.tsx'), 'changed');
    await start();
    expect(readFileSync(join(root, 'vite.log'), 'utf8').split('\n')).toHaveLength(3);
  });

  it('looks for Redis where the service looks', () => {
    const folders = (file: string): string | undefined =>
      /const usualFolders = (\[[^\]]*\])/.exec(readFileSync(join(realRoot, file), 'utf8'))?.[1];
    expect(folders('src/setup.mjs')).toBe(folders('adapters/redis/server.ts'));
  });
});
