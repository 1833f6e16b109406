import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectOrStartRedis, type EmbeddedRedis, startEmbeddedRedis } from '../../../adapters/redis/embedded.ts';
import { checkDurability } from '../../../adapters/redis/durability.ts';
import { isAlive } from '../../../adapters/redis/left-over.ts';
import { findRedisServer } from '../../../adapters/redis/server.ts';
import type { Log } from '../../../src/ports/log.ts';

const lines: string[] = [];
const record = (_: object, message: string): void => void lines.push(message);
const log: Log = { debug: record, info: record, warn: record, error: record };

let dataDir: string;
const open: { stop(): Promise<void> | void }[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'zg-'));
  lines.length = 0;
});
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async (options: { dataDir?: string } = {}): Promise<EmbeddedRedis> => {
  const embedded = await startEmbeddedRedis({ dataDir, log, ...options });
  open.push(embedded);
  return embedded;
};

const stop = async (embedded: EmbeddedRedis): Promise<void> => {
  open.splice(open.indexOf(embedded), 1);
  await embedded.stop();
};

const client = (address: string): Redis => {
  const redis = new Redis(address, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => {}); // the server comes and goes in these stories
  open.push({ stop: () => redis.disconnect() });
  return redis;
};

/** A service of its own process, which can be killed as a service is. */
const startElsewhere = async (): Promise<{ child: ChildProcess; pid: number }> => {
  const script = `
    import { startEmbeddedRedis } from ${JSON.stringify(new URL('../../../adapters/redis/embedded.ts', import.meta.url).href)};
    const say = () => {};
    const embedded = await startEmbeddedRedis({ dataDir: ${JSON.stringify(dataDir)}, log: { debug: say, info: say, warn: say, error: say } });
    process.on('SIGTERM', () => process.exit(1));
    console.log(embedded.pid());
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  open.push({ stop: () => void child.kill('SIGKILL') });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, pid: Number(line) };
};

const endElsewhere = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
};

describe('the embedded Redis', () => {
  it('is durable, private, and ends in order with all it was told', async () => {
    const first = await start();
    expect(await checkDurability(client(first.address))).toEqual([]);
    expect(statSync(dirname(first.address)).mode & 0o077).toBe(0);
    await client(first.address).set('a', '1');
    const pid = first.pid();
    await stop(first);
    expect(isAlive(pid)).toBe(false);

    const second = await start();
    expect(await client(second.address).get('a')).toBe('1');
  });

  it('finds a short path for its socket where the folder lies deep, and the same one again', async () => {
    const deep = join(dataDir, 'x'.repeat(60), 'y'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const first = await start({ dataDir: deep });
    expect(Buffer.byteLength(first.address)).toBeLessThan(100);
    expect(await client(first.address).ping()).toBe('PONG');
    await stop(first);
    const second = await start({ dataDir: deep });
    expect(second.address).toBe(first.address);
    rmSync(dirname(second.address), { recursive: true });
  });

  it('keeps a second service off its folder, and names the first', async () => {
    await start();
    await expect(start()).rejects.toThrow(new RegExp(`ZG_FOLDER_TAKEN: process ${process.pid} already uses .*DATA_DIR`));
    await expect(startElsewhereFails()).resolves.toMatch(/ZG_FOLDER_TAKEN/);
  });

  const startElsewhereFails = async (): Promise<string> => {
    const script = `
      import { startEmbeddedRedis } from ${JSON.stringify(new URL('../../../adapters/redis/embedded.ts', import.meta.url).href)};
      await startEmbeddedRedis({ dataDir: ${JSON.stringify(dataDir)}, log: {} }).catch((error) => console.log(error.message));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return line;
  };

  it('starts again when it dies, with all it was told', async () => {
    const embedded = await start();
    const redis = client(embedded.address);
    await redis.set('a', '1');
    const before = embedded.pid();
    process.kill(before, 'SIGKILL');
    await once(redis, 'close');
    expect(await redis.get('a')).toBe('1');
    await expect.poll(() => lines).toContain('The embedded Redis runs again');
    expect(embedded.pid()).not.toBe(before);
    expect(lines).toContain('The embedded Redis has died; starting it again');
  });

  it('is taken over from a service that was killed: one server, nothing lost', async () => {
    const elsewhere = await startElsewhere();
    await endElsewhere(elsewhere.child, 'SIGKILL');
    expect(isAlive(elsewhere.pid)).toBe(true);

    const embedded = await start();
    expect(embedded.pid()).toBe(elsewhere.pid);
    const redis = client(embedded.address);
    await redis.set('a', '1');

    process.kill(elsewhere.pid, 'SIGKILL');
    await once(redis, 'close');
    expect(await redis.get('a')).toBe('1');
    await stop(embedded);
    expect(isAlive(elsewhere.pid)).toBe(false);
  });

  it('does not take over one that could lose an answer', async () => {
    const elsewhere = await startElsewhere();
    await endElsewhere(elsewhere.child, 'SIGKILL');
    const redis = client(join(dataDir, 'redis', 'redis.sock'));
    await redis.set('a', '1');
    await redis.config('SET', 'appendfsync', 'no');

    const embedded = await start();
    expect(embedded.pid()).not.toBe(elsewhere.pid);
    expect(isAlive(elsewhere.pid)).toBe(false);
    expect(await client(embedded.address).get('a')).toBe('1');
  });

  it('does not outlive a service that ends by itself', async () => {
    const elsewhere = await startElsewhere();
    await endElsewhere(elsewhere.child, 'SIGTERM');
    await expect.poll(() => isAlive(elsewhere.pid)).toBe(false);
  });

  it('loads a file whose last command a power cut left in half', async () => {
    const first = await start();
    const redis = client(first.address);
    await redis.set('kept', '1');
    await redis.set('cut', 'x'.repeat(1000));
    await stop(first);
    const folder = join(dataDir, 'redis', 'appendonlydir');
    const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.incr.aof')) ?? '');
    truncateSync(file, statSync(file).size - 500);

    const second = await start();
    expect(await client(second.address).mget('kept', 'cut')).toEqual(['1', null]);
  });

  it('says what its server said when it can not start', async () => {
    const first = await start();
    await client(first.address).set('a', '1');
    await stop(first);
    const folder = join(dataDir, 'redis', 'appendonlydir');
    rmSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.incr.aof')) ?? ''));
    await expect(start()).rejects.toThrow(/ZG_REDIS_START: .*redis\.log:\n[^]*AOF/);
    // and lets the folder go, so that the next try is judged by itself
    await expect(start()).rejects.toThrow(/ZG_REDIS_START/);
  });

  it('writes its own log beside its data', async () => {
    await start();
    expect(readFileSync(join(dataDir, 'redis', 'redis.log'), 'utf8')).toMatch(/ready to accept connections/i);
  });
});

describe('findRedisServer', () => {
  it('finds one even where PATH is bare', () => {
    expect(findRedisServer('')).toMatch(/(?:redis|valkey)-server$/);
  });
});

describe('connectOrStartRedis', () => {
  it('takes the configured one as it is', async () => {
    expect(await connectOrStartRedis({ redisUrl: 'redis://host', dataDir, log })).toMatchObject({ address: 'redis://host' });
  });

  it("uses the running service's, and leaves it running", async () => {
    const service = await start();
    const command = await connectOrStartRedis({ redisUrl: null, dataDir, log });
    expect(command.address).toBe(service.address);
    await command.stop();
    expect(await client(service.address).ping()).toBe('PONG');
  });

  it('starts one for the moment where no service runs, one command after the other', async () => {
    const first = await connectOrStartRedis({ redisUrl: null, dataDir, log });
    await client(first.address).set('a', '1');
    const second = connectOrStartRedis({ redisUrl: null, dataDir, log });
    await first.stop();
    const next = await second;
    expect(await client(next.address).get('a')).toBe('1');
    await next.stop();
  });
});
