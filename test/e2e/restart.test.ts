import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { shippedPolicies } from '../../src/domain/escalation/policy.ts';
import { faultsOfLedger, policyNamed } from '../chaos/judge.ts';
import { endRedisIn, eventually, onlyTheRoundOfTen, startDemo, type Demo } from '../support/demo.ts';
import { ledgerOf, type Row } from './cast.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const minuteMs = 60_000;

/** The embedded server's process id, as the service wrote it down. */
const redisPid = (dataDir: string): number => Number(readFileSync(join(dataDir, 'redis', 'redis.pid'), 'utf8'));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const hasFired = (afterMs: number) => (rows: readonly Row[]) =>
  rows.some((row) => row.event === 'StepFired' && row.data['afterMs'] === afterMs);

const start = (dataDir?: string): Promise<Demo> =>
  startDemo({ campaign: onlyTheRoundOfTen, env: { CLOCK_SCALE: '600' }, ...(dataDir === undefined ? {} : { dataDir }) });

describe('the service, ended in the middle of a ladder', () => {
  const leftovers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const tidy of leftovers.splice(0)) await tidy();
  });
  const keep = (demo: Demo): Demo => {
    leftovers.push(demo.stop);
    return demo;
  };

  const goesOn = async (demo: Demo, before: readonly Row[]): Promise<void> => {
    const wall = (await (await fetch(`${demo.url}api/wall`)).json()) as { readonly at: string };
    expect(Date.parse(wall.at)).toBeGreaterThanOrEqual(Date.parse(before.at(-1)!.at));
    const rows = await eventually(() => ledgerOf(demo), hasFired(60 * minuteMs), 60_000);
    expect(rows.slice(0, before.length)).toEqual(before);
    expect(faultsOfLedger(rows, policyNamed(shippedPolicies))).toEqual([]);
    expect(rows.filter((row) => row.event === 'RoundOpened')).toHaveLength(1);
  };

  it('ends in order at SIGTERM, takes its Redis along, and goes on where it was', async () => {
    const first = keep(await start());
    const before = await eventually(() => ledgerOf(first), hasFired(20 * minuteMs), 60_000);
    const redis = redisPid(first.dataDir);
    expect(isAlive(redis)).toBe(true);
    expect(await first.end()).toBe(0);
    expect(isAlive(redis)).toBe(false);
    expect(existsSync(join(first.dataDir, 'redis', 'redis.pid'))).toBe(false);
    await goesOn(keep(await start(first.dataDir)), before);
  });

  it('goes on after SIGKILL with the Redis that was left behind, which ends with the next that ends', async () => {
    const first = keep(await start());
    const before = await eventually(() => ledgerOf(first), hasFired(20 * minuteMs), 60_000);
    const redis = redisPid(first.dataDir);
    await first.kill();
    expect(isAlive(redis)).toBe(true);
    const second = keep(await start(first.dataDir));
    expect(redisPid(second.dataDir)).toBe(redis);
    await goesOn(second, before);
    expect(await second.end()).toBe(0);
    expect(isAlive(redis)).toBe(false);
  });

  it('leaves no Redis behind when it is told to end in the middle of its start', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'zg-early-'));
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, ['src/main.ts'], {
      cwd: root,
      env: { PATH, HOME, DATA_DIR: dataDir, PORT: '0' },
      stdio: 'ignore',
    });
    leftovers.push(async () => {
      child.kill('SIGKILL');
      endRedisIn(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    });
    const ended = once(child, 'exit');
    const pidFile = join(dataDir, 'redis', 'redis.pid');
    await eventually(async () => existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim() !== '', Boolean);
    const redis = redisPid(dataDir);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(isAlive(redis)).toBe(false);
  });

  it('leaves nothing behind when the npm that started it is told to end', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'zg-npm-'));
    const { PATH = '', HOME = '' } = process.env;
    const npm: ChildProcess = spawn('npm', ['start'], {
      cwd: root,
      env: { PATH, HOME, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let service = 0;
    leftovers.push(async () => {
      if (service > 0 && isAlive(service)) process.kill(service, 'SIGKILL');
      npm.kill('SIGKILL');
      endRedisIn(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    });
    let output = '';
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('zaigang is ready')) resolve();
    };
    npm.stdout?.on('data', hear);
    npm.stderr?.on('data', hear);
    npm.once('exit', () => reject(new Error(output)));
    await ready;
    const redis = redisPid(dataDir);
    service = Number(/^PPid:\s+(\d+)/mu.exec(readFileSync(`/proc/${redis}/status`, 'utf8'))?.[1]);
    expect(readFileSync(`/proc/${service}/cmdline`, 'utf8')).toContain('src/main.ts');
    const gone = once(npm, 'exit');
    npm.kill('SIGTERM');
    await gone;
    await eventually(
      async () => [service, redis].filter(isAlive),
      (alive) => alive.length === 0,
    );
  });
});
