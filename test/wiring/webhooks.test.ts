import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysOf } from '../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../adapters/redis/ledger-stream.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { type Service, startService } from '../../src/wiring/service.ts';
import { quietLog } from '../support/quiet-log.ts';
import { isSigned, startReceiver } from '../support/receiver.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const patiently = { timeout: 60_000, interval: 50 };

describe('systems that hear of events', () => {
  let redis: TestRedis;
  let folder: string;
  let service: Service | undefined;
  beforeEach(async () => {
    redis = await startRedis({ appendfsync: 'everysec' });
    folder = await mkdtemp(join(tmpdir(), 'zg-data-'));
  });
  afterEach(async () => {
    await service?.stop();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (subscribers: readonly object[]): Promise<Service> => {
    const file = join(folder, 'webhooks.json');
    await writeFile(file, JSON.stringify(subscribers));
    const env = readEnvironment({ PORT: '0', DATA_DIR: folder, REDIS_URL: redis.url, CLOCK_SCALE: '600', WEBHOOKS_FILE: file });
    service = await startService(env, redis.socket, quietLog());
    return service;
  };
  const rows = async () => createLedgerStream(redis.redis, keysOf('jinan'), 'jinan').rows(0, 100_000);
  type View = {
    readonly items: readonly { readonly name: string; readonly state: string; readonly seq: number; readonly lastCode: string | null }[];
  };
  const view = async (url: string): Promise<View> => (await fetch(new URL('api/webhooks', url))).json() as Promise<View>;

  it('hear of each in order and signed, through a receiver that is killed and a service that is started again, and lose none', async () => {
    let receiver = await startReceiver();
    const silent = await startReceiver();
    silent.answers(undefined);
    const hears = (from: { readonly url: string }, name: string) => ({ name, url: from.url, secrets: [secret], events: ['*'] });
    const subscribers = [hears(receiver, 'archive'), hears(silent, 'silent')];
    const first = await run(subscribers);
    await expect.poll(() => receiver.received.length, patiently).toBeGreaterThan(20);
    const { port } = receiver;
    const before = [...receiver.received];
    await receiver.kill();
    await expect.poll(async () => (await view(first.url)).items.find(({ name }) => name === 'archive')?.state, patiently).toBe('failing');
    await first.stop();
    service = undefined;

    receiver = await startReceiver(port);
    const second = await run(subscribers);
    await expect.poll(() => receiver.received.length, patiently).toBeGreaterThan(20);
    const all = [...before, ...receiver.received];
    expect(all.every((one) => isSigned(one, secret))).toBe(true);
    const seqs = all.map(({ id }) => Number(id.split('.')[1]));
    // once each and in order; the last before each break may come twice, under its own id
    const once = [...new Set(seqs)];
    expect(once).toEqual(Array.from({ length: once.length }, (_, index) => once[0]! + index));
    expect(seqs.length - once.length).toBeLessThanOrEqual(2);
    const ledger = new Map((await rows()).map((row) => [row.seq, row.event]));
    for (const { id, type } of all) expect([id, ledger.get(Number(id.split('.')[1]))]).toEqual([id, type]);
    // nobody waits for the one that says nothing
    const states = (await view(second.url)).items;
    expect(states.find(({ name }) => name === 'silent')!.seq).toBeLessThan(states.find(({ name }) => name === 'archive')!.seq);
    await Promise.all([receiver.kill(), silent.kill()]);
  });
});
