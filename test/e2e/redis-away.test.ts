import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { shippedPolicies } from '../../src/domain/escalation/policy.ts';
import { faultsOfLedger, policyNamed } from '../chaos/judge.ts';
import { eventually, onlyTheRoundOfTen, startDemo, type Demo } from '../support/demo.ts';
import { fetchToken } from '../support/direct-line.ts';
import { startRedis } from '../support/redis.ts';
import { castOf, ledgerOf, type Row } from './cast.ts';

const minuteMs = 60_000;

const statusOf = async (demo: Demo, path: string): Promise<number> => (await fetch(`${demo.url}${path}`)).status;

const hasFired = (afterMs: number) => (rows: readonly Row[]) =>
  rows.some((row) => row.event === 'StepFired' && row.data['afterMs'] === afterMs);

const expectWhole = (rows: readonly Row[]): void => {
  expect(faultsOfLedger(rows, policyNamed(shippedPolicies))).toEqual([]);
  expect(rows.filter((row) => row.event === 'RoundOpened')).toHaveLength(1);
  expect(rows.filter((row) => row.event === 'MessageSetAside')).toEqual([]);
};

describe('the service while Redis is away', () => {
  const leftovers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const tidy of leftovers.splice(0).toReversed()) await tidy();
  });

  /** Somebody on duty who posts like a platform: the same message again until it is taken. */
  const officer = async (demo: Demo, post: string, role: string) => {
    const person = (await castOf(demo)).onPost(post, role);
    const origin = demo.url.replace(/\/$/u, '');
    const token = await fetchToken({ origin, mobile: person.mobile });
    const post1 = async (text: string, clientActivityID: string): Promise<number> => {
      const response = await fetch(`${origin}/v3/directline/conversations/c-${person.id}/activities`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'message', from: { id: person.id }, text, channelData: { clientActivityID } }),
      });
      return response.status;
    };
    return { id: person.id, posts: post1 };
  };

  it('says so to whoever asks or writes, and goes on by itself when it is back', async () => {
    const redis = await startRedis();
    leftovers.push(redis.stop);
    const demo = await startDemo({ campaign: onlyTheRoundOfTen, env: { CLOCK_SCALE: '600', REDIS_URL: redis.url } });
    leftovers.push(demo.stop);
    const sleeper = await officer(demo, '天桥区', 'onDuty');
    await eventually(() => ledgerOf(demo), hasFired(10 * minuteMs));
    expect(await statusOf(demo, 'readyz')).toBe(200);

    await redis.kill();
    await eventually(
      () => statusOf(demo, 'readyz'),
      (status) => status === 503,
    );
    expect(await statusOf(demo, 'healthz')).toBe(200);
    expect(await sleeper.posts('在岗', 'answer')).toBe(503);
    const refused = await fetch(`${demo.url}api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        id: 'x1',
        channelId: 'msteams',
        serviceUrl: 'http://127.0.0.1:1/',
        from: { id: '13800000185' },
        conversation: { id: 'a' },
        text: '在岗',
      }),
    });
    expect(refused.status).toBe(503);

    await redis.restart();
    await eventually(
      () => statusOf(demo, 'readyz'),
      (status) => status === 200,
    );
    const rows = await eventually(() => ledgerOf(demo), hasFired(60 * minuteMs), 60_000);
    expectWhole(rows);
    // what was refused has had no effect; posted again it has one
    expect(rows.filter((row) => row.actor === sleeper.id)).toEqual([]);
    expect([await sleeper.posts('在岗', 'answer'), await sleeper.posts('在岗', 'answer')]).toEqual([200, 200]);
    const answered = await eventually(
      () => ledgerOf(demo),
      (all) => all.some((row) => row.event === 'AnswerRecorded' && row.actor === sleeper.id),
    );
    expectWhole(answered);
    expect(answered.filter((row) => row.actor === sleeper.id && row.event === 'ContactProven')).toEqual([]);
  });

  it('takes a Redis that hangs for one that is away, and ends in order all the same when it is told to', async () => {
    const redis = await startRedis();
    leftovers.push(redis.stop);
    const demo = await startDemo({ campaign: onlyTheRoundOfTen, env: { CLOCK_SCALE: '600', REDIS_URL: redis.url } });
    leftovers.push(demo.stop);
    const sleeper = await officer(demo, '天桥区', 'onDuty');
    process.kill(redis.pid(), 'SIGSTOP');
    const asked = [sleeper.posts('在岗', 'answer'), statusOf(demo, 'api/wall')];
    expect(await Promise.all(asked)).toEqual([503, 503]);
    await eventually(
      () => statusOf(demo, 'readyz'),
      (status) => status === 503,
    );
    process.kill(redis.pid(), 'SIGCONT');
    await eventually(
      () => statusOf(demo, 'readyz'),
      (status) => status === 200,
    );
    expect(await sleeper.posts('在岗', 'answer')).toBe(200);
    await eventually(
      () => ledgerOf(demo),
      (all) => all.some((row) => row.actor === sleeper.id),
    );
    await redis.kill();
    await eventually(
      () => statusOf(demo, 'readyz'),
      (status) => status === 503,
    );
    expect(await demo.end()).toBe(0);
  });

  it('starts its own Redis again when that is killed, and nothing is lost or doubled', async () => {
    const demo = await startDemo({ campaign: onlyTheRoundOfTen, env: { CLOCK_SCALE: '600' } });
    leftovers.push(demo.stop);
    const pid = (): number => Number(readFileSync(join(demo.dataDir, 'redis', 'redis.pid'), 'utf8'));
    for (const minutes of [3, 20]) {
      await eventually(() => ledgerOf(demo), hasFired(minutes * minuteMs), 60_000);
      const before = pid();
      process.kill(before, 'SIGKILL');
      await eventually(
        async () => pid(),
        (now) => now > 0 && now !== before,
      );
      // probes are told what was found within the last second: whether it is back, its answers say
      await eventually(
        () => statusOf(demo, 'api/ledger?limit=1'),
        (status) => status === 200,
      );
      await eventually(
        () => statusOf(demo, 'readyz'),
        (status) => status === 200,
      );
    }
    expectWhole(await eventually(() => ledgerOf(demo), hasFired(60 * minuteMs), 60_000));
  });
});
