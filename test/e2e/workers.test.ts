import cluster, { type Worker } from 'node:cluster';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { demoCampaignFile } from '../../src/config/demo-campaign.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { startWorkers } from '../../src/wiring/workers.ts';
import { eventually, startDemo, type Demo } from '../support/demo.ts';
import { quietLog } from '../support/quiet-log.ts';
import { startRedis } from '../support/redis.ts';

const secret = 'a secret of the sign-in service'.replaceAll(' ', '-').padEnd(40, '-');
const production = { ZAIGANG_MODE: 'production', DIRECTLINE_SECRET: secret, WORKERS: '2' };

type Line = { readonly text?: string; readonly from: { readonly role?: string } };

const call = async (url: string, token: string, body?: object): Promise<Response> =>
  fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** The processes whose parent it is, zombies left out; the Redis among them left out too. */
const workersOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((child) => {
      try {
        return readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('src/main.ts');
      } catch {
        return false;
      }
    });

const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('several processes behind one port', () => {
  let service: Demo;
  let chat: { readonly url: string; readonly token: string };

  const say = async (text: string): Promise<boolean> => {
    try {
      return (await call(chat.url, chat.token, { type: 'message', text, channelData: { clientActivityID: text } })).ok;
    } catch {
      return false; // whoever had the connection is gone
    }
  };
  /** As clients do: again under the same name, until it is taken. */
  const sayUntilTaken = async (text: string): Promise<void> => void (await eventually(() => say(text), Boolean));
  const heard = async (): Promise<readonly Line[]> =>
    ((await (await call(`${chat.url}?watermark=0`, chat.token)).json()) as { readonly activities: readonly Line[] }).activities;

  beforeAll(async () => {
    service = await startDemo({ campaign: {}, env: production });
    const asked = await call(`${service.url}v3/directline/tokens/generate`, secret, { user: { id: '138-0000-0037' } });
    const { token, conversationId } = (await asked.json()) as { readonly token: string; readonly conversationId: string };
    chat = { token, url: `${service.url}v3/directline/conversations/${conversationId}/activities` };
  });
  afterAll(() => service.stop());

  it('answer each message once, though one of them is killed in the middle, and another takes its place', async () => {
    const before = workersOf(service.pid);
    expect(before).toHaveLength(2);
    const texts = Array.from({ length: 40 }, (_, index) => `qqq ${index}`);
    const saying = texts.map(sayUntilTaken);
    process.kill(before[0]!, 'SIGKILL');
    await Promise.all(saying);

    const lines = await eventually(heard, (all) => all.filter(({ from }) => from.role === 'bot').length >= texts.length);
    expect(lines.filter(({ from }) => from.role === 'bot')).toHaveLength(texts.length);
    const said = lines.filter(({ from }) => from.role !== 'bot').map(({ text }) => text);
    expect(said).toHaveLength(texts.length);
    expect(new Set(said)).toEqual(new Set(texts));

    const after = await eventually(
      async () => workersOf(service.pid),
      (pids) => pids.length === 2,
    );
    expect(after).toContain(before[1]);
    expect(after).not.toContain(before[0]);
  });

  it('count together what each has done', async () => {
    const turns = async (): Promise<number> => {
      const text = await (await fetch(`${service.url}metrics`)).text();
      return Number(/^zaigang_turns_total (\d+)/mu.exec(text)?.[1] ?? Number.NaN);
    };
    // while the new one is starting it can't be asked
    const before = await eventually(turns, Number.isFinite);
    await Promise.all(Array.from({ length: 8 }, (_, index) => sayUntilTaken(`again ${index}`)));
    await eventually(turns, (now) => now === before + 8);
  });

  it('end together when they are told to', async () => {
    const workers = workersOf(service.pid);
    expect(await service.end()).toBe(0);
    expect(workers.filter(isAlive)).toEqual([]);
  });

  it('end by themselves when the one that watches over them is killed', async () => {
    const next = await startDemo({ campaign: {}, env: production });
    const workers = workersOf(next.pid);
    expect(workers).toHaveLength(2);
    await next.kill();
    await eventually(
      async () => workers.filter(isAlive),
      (alive) => alive.length === 0,
    );
    await next.stop();
  });
});

it('says in words why none of them can start', async () => {
  await expect(startDemo({ campaign: { contacts: '/nowhere.xlsx' }, env: production })).rejects.toThrow(
    /ZG_CONFIGURATION|ZG_CAMPAIGN_WORKBOOK/u,
  );
});

describe('watched over by this very process', () => {
  const startHere = async (mostSilentSeconds?: number) => {
    const redis = await startRedis();
    onTestFinished(redis.stop);
    const dataDir = await mkdtemp(join(tmpdir(), 'zg-workers-'));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const variables = { ...production, CAMPAIGN_FILE: demoCampaignFile, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' };
    const env = readEnvironment(variables, () => null);
    const log = quietLog();
    const service = await startWorkers(env, redis.url, log, undefined, mostSilentSeconds);
    onTestFinished(service.stop);
    return { service, log };
  };
  const untilReplaced = (gone: number): Promise<readonly number[]> =>
    eventually(
      async () => workersOf(process.pid),
      (pids) => pids.length === 2 && !pids.includes(gone),
    );

  it('are rid of one that hangs, to which the kernel would go on giving callers, and have another in its place', async () => {
    const { service, log } = await startHere(5);
    const [held, other] = workersOf(process.pid);
    process.kill(held!, 'SIGSTOP');
    expect(await untilReplaced(held!)).toContain(other);
    expect(log.lines.filter(({ message }) => message.startsWith('a worker hangs'))).toMatchObject([{ fields: { pid: held } }]);
    const answers = Array.from({ length: 20 }, () => fetch(`${service.url}healthz`, { headers: { connection: 'close' } }));
    expect((await Promise.all(answers)).every(({ ok }) => ok)).toBe(true);
  });

  it('end in order also where one of them has only just begun', async () => {
    const ends: (string | number)[] = [];
    const { service } = await startHere();
    const [first] = workersOf(process.pid);
    process.kill(first!, 'SIGKILL');
    await untilReplaced(first!);
    const keep = (_: Worker, code: number, signal: string | null): void => void ends.push(signal ?? code);
    cluster.on('exit', keep);
    onTestFinished(() => void cluster.off('exit', keep));
    await service.stop();
    expect(ends).toEqual([0, 0]);
  });
});
