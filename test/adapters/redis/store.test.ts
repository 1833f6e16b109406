import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { createInbox } from '../../../adapters/redis/inbox.ts';
import { keysOf } from '../../../adapters/redis/keys.ts';
import { createLedgerStream } from '../../../adapters/redis/ledger-stream.ts';
import { createRedisOutbox } from '../../../adapters/redis/outbox.ts';
import { createRedisStore } from '../../../adapters/redis/store.ts';
import { friday10 as now, sampleEvent, sampleNotice, transition, writeWatch } from '../../support/samples.ts';
import { type TestRedis, startRedis } from '../../support/redis.ts';
import { contractOptions, describeStore } from '../store-contract.ts';

const keys = keysOf('jn');

describe('on a Redis of the suite', () => {
  let server: TestRedis;
  let reading: Redis;
  beforeAll(async () => {
    server = await startRedis({ appendfsync: 'everysec' });
    reading = new Redis(server.socket);
  });
  afterAll(async () => {
    reading.disconnect();
    await server.stop();
  });

  describeStore('the store on Redis', async () => {
    const { redis } = server;
    await redis.flushall();
    const stream = createLedgerStream(redis, keys, 'jn');
    return {
      store: createRedisStore(redis, keys, contractOptions),
      inbox: createInbox({ redis, blocking: reading, bureau: 'jn' }),
      outbox: createRedisOutbox(redis, reading, keys),
      rows: () => stream.rows(0, 10_000),
      close: async () => {},
    };
  });

  it('is the same for two processes: one of two that decide at once wins', async () => {
    await server.redis.flushall();
    const stores = [createRedisStore(server.redis, keys, contractOptions), createRedisStore(reading, keys, contractOptions)];
    const results = await Promise.all(
      stores.map((store) => store.commit([transition([writeWatch('p1', 0, now)], { events: [sampleEvent('a')] })], 0)),
    );
    expect(results.flat().toSorted()).toEqual(['committed', 'conflict']);
    expect(await server.redis.xlen(keys.ledger)).toBe(1);
  });

  it('keeps notes for a handover and what a unit proposes, and takes a note for late where the handover has begun meanwhile', async () => {
    await server.redis.flushall();
    const stores = [createRedisStore(server.redis, keys, contractOptions), createRedisStore(reading, keys, contractOptions)] as const;
    const notes = { postId: 'p1', notes: [{ at: now, by: 'm1', text: '西门监控\n"故障"' }] };
    const kept = { id: 'jp1', expected: 0, aggregate: { type: 'shiftNotes', state: notes } as const, dueAt: null };
    const book = {
      id: 'h',
      expected: 0,
      aggregate: { type: 'handovers', state: { seenAt: now, stands: {}, pending: {} } } as const,
      dueAt: null,
    };
    const parts = [{ postId: 'p1', from: now, to: now + 1, role: 'onDuty' }] as const;
    const proposal = { id: 'pm7.a', by: 'm7', at: now, postId: 'p1', inId: 'm8', parts, status: 'asked', statusAt: now } as const;
    const proposed = { id: proposal.id, expected: 0, aggregate: { type: 'proposal', state: proposal } as const, dueAt: now + 1 };
    // Decided at once: whoever begins the handover has read that nothing is noted, whoever notes that none has begun.
    const opening = { ...transition([book]), reads: [{ id: 'jp1', version: 0 }] };
    const noting = { ...transition([kept]), reads: [{ id: 'h', version: 0 }] };
    const results = await Promise.all([stores[0].commit([opening], 0), stores[1].commit([noting], 0)]);
    expect(results.flat().toSorted()).toEqual(['committed', 'stale']);
    await stores[0].commit([transition([{ ...kept, expected: results[1][0] === 'committed' ? 1 : 0 }, proposed])], 0);
    expect((await stores[1].load(['jp1', proposal.id])).map((one) => one?.aggregate.state)).toEqual([notes, proposal]);
    expect((await stores[1].scan('proposal', '0')).items.map(({ id }) => id)).toEqual([proposal.id]);
  });

  it('keeps appeals and reports apart from how far the calendar of reports has got', async () => {
    await server.redis.flushall();
    const store = createRedisStore(server.redis, keys, contractOptions);
    const appeal = {
      id: 'eocp1.a',
      checkId: 'ocp1.a',
      bodyId: 'u1',
      openedAt: now,
      category: 'late',
      by: 'm7',
      at: now,
      reason: '西门监控\n"故障"',
      dueAt: now + 1,
      status: 'asked',
      statusAt: now,
    } as const;
    const report = { id: 'tdaily.a.b', kind: 'daily', fromAt: 1, toAt: 2, seq: 3, draftedAt: now, dueAt: now + 1, sent: [] } as const;
    const calendar = { throughAt: now };
    const writes = [
      { id: appeal.id, expected: 0, aggregate: { type: 'appeal', state: appeal } as const, dueAt: null },
      { id: report.id, expected: 0, aggregate: { type: 'report', state: report } as const, dueAt: null },
      { id: 't', expected: 0, aggregate: { type: 'reportCalendar', state: calendar } as const, dueAt: null },
    ];
    expect(await store.commit([transition(writes)], 0)).toEqual(['committed']);
    expect(await store.commit([transition(writes)], 0)).toEqual(['conflict']);
    expect((await store.load([appeal.id, report.id, 't'])).map((one) => one?.aggregate.state)).toEqual([appeal, report, calendar]);
    expect((await store.scan('appeal', '0')).items.map(({ id }) => id)).toEqual([appeal.id]);
    expect((await store.scan('report', '0')).items.map(({ aggregate }) => aggregate.type)).toContain('report');
  });

  it('says of several decided in one breath what the committed ones say, in their order, and nothing of the others', async () => {
    await server.redis.flushall();
    const store = createRedisStore(server.redis, keys, contractOptions);
    const saying = (post: string, expected: number, label: string) =>
      transition([writeWatch(post, expected, null)], {
        events: [sampleEvent(`${label}\n,1`), sampleEvent(label)],
        notices: [sampleNotice(label)],
      });
    const mute = (post: string, expected: number) => transition([writeWatch(post, expected, null)]);
    const held = transition([writeWatch('p4', 0, null)], { notices: [{ ...sampleNotice('held'), isBundled: true }] });
    const results = await store.commit(
      [saying('p1', 7, 'a'), saying('p2', 0, 'b'), mute('p3', 0), held, saying('p2', 9, 'c'), mute('p3', 9), saying('p2', 1, 'd')],
      0,
    );
    expect(results).toEqual(['conflict', 'committed', 'committed', 'committed', 'conflict', 'conflict', 'committed']);
    const rows = await createLedgerStream(server.redis, keys, 'jn').rows(0, 100);
    expect(rows.map((row) => row.data['label'])).toEqual(['b\n,1', 'b', 'd\n,1', 'd']);
    const outbox = createRedisOutbox(server.redis, reading, keys);
    await outbox.take('c', 10, 1);
    const sent = await outbox.take('c', 10, 1);
    expect(sent.flatMap((entry) => entry.notices.map(({ to }) => to))).toEqual(['b', 'd']);
    expect((await store.load(['wp2']))[0]?.version).toBe(2);
  });

  it('commits more in one call than one command of Redis takes', async () => {
    await server.redis.flushall();
    const store = createRedisStore(server.redis, keys, contractOptions);
    const writes = Array.from({ length: 9_001 }, (_, post) => writeWatch(`p${post}`, 0, post % 2 === 0 ? now : null));
    expect(await store.commit([transition(writes)], 0)).toEqual(['committed']);
    expect([await server.redis.hlen(keys.state), await server.redis.zcard(keys.due)]).toEqual([9_001, 4_501]);
  });

  it('hands out the rest of what is due when one of it cannot be read, and puts that one off', async () => {
    await server.redis.flushall();
    const store = createRedisStore(server.redis, keys, contractOptions);
    await store.commit([transition([writeWatch('p1', 0, now), writeWatch('p2', 0, now), writeWatch('p3', 0, now)])], 0);
    await server.redis.hset(keys.state, 'wp2', '1|{');
    const { due, unreadable } = await store.takeDue(now, 10, 1000);
    expect([due.map((one) => one.id), unreadable]).toEqual([['wp1', 'wp3'], ['wp2']]);
    expect(await server.redis.zscore(keys.due, 'wp2')).toBe(String(now + 300_000));
    const loads = await Promise.allSettled([store.load(['wp1']), store.load(['wp2']), store.load(['wp3'])]);
    expect(loads.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.scan('watch', '0')).items.map((one) => one.id).toSorted()).toEqual(['wp1', 'wp3']);
  });

  it('keeps everything of a bureau under one hash tag', async () => {
    const store = createRedisStore(server.redis, keys, contractOptions);
    await store.commit(
      [
        transition([writeWatch('p9', 0, now)], {
          events: [sampleEvent('a')],
          notices: [sampleNotice('m1'), sampleNotice('m2', { isBundled: true })],
        }),
      ],
      0,
    );
    for (const key of await server.redis.keys('*')) expect(key.startsWith('{zg:jn}')).toBe(true);
  });
});

describe('when Redis is killed', () => {
  let server: TestRedis;
  beforeEach(async () => {
    server = await startRedis();
  });
  afterEach(() => server.stop());

  it('has everything that a commit confirmed: state, due time, ledger and outbox', async () => {
    const store = createRedisStore(server.redis, keys, contractOptions);
    const all = Array.from({ length: 40 }, (_, index) =>
      transition([writeWatch(`p${index}`, 0, now)], {
        events: [sampleEvent(String(index))],
        notices: [sampleNotice(`m${index}`), sampleNotice('m0', { isBundled: true, stepNo: index })],
      }),
    );
    expect(new Set(await store.commit(all, 0))).toEqual(new Set(['committed']));
    await server.kill();
    await server.restart();
    const found = await store.load(all.map((one) => one.writes[0]!.id));
    expect(found.every((one) => one?.version === 1)).toBe(true);
    expect((await createLedgerStream(server.redis, keys, 'jn').rows(0, 100)).map((row) => row.seq)).toEqual(
      all.map((_, index) => index + 1),
    );
    expect((await store.takeDue(now + 20_000, 100, 1000)).due).toHaveLength(40);
    const outbox = createRedisOutbox(server.redis, server.redis, keys);
    await outbox.take('one', 1, 1);
    const entries = await outbox.take('one', 100, 1);
    expect(entries.flatMap((entry) => entry.notices)).toHaveLength(80);
  });

  it('forgets the names of relays that are gone, and of no other', async () => {
    const store = createRedisStore(server.redis, keys, contractOptions);
    const outbox = createRedisOutbox(server.redis, server.redis, keys);
    expect(await outbox.take('first', 1, 1)).toEqual([]);
    await store.commit([transition([writeWatch('p1', 0, now)], { notices: [sampleNotice('m1')] })], 0);
    expect(await outbox.take('holds something', 1, 1)).toHaveLength(1);
    await server.redis.xgroup('CREATECONSUMER', keys.outbox, 'relay', 'gone');
    const names = async (): Promise<string[]> =>
      ((await server.redis.xinfo('CONSUMERS', keys.outbox, 'relay')) as [string, string][]).map(([, name]) => name);
    await createRedisOutbox(server.redis, server.redis, keys).take('a', 1, 1);
    expect(await names()).toContain('gone');
    await createRedisOutbox(server.redis, server.redis, keys, -1).take('b', 1, 1);
    expect((await names()).filter((name) => name !== 'b')).toEqual(['holds something']);
  });

  it('confirms nothing while it is away, and carries on by itself on return', async () => {
    const store = createRedisStore(server.redis, keys, contractOptions);
    await store.commit([transition([writeWatch('p1', 0, now)])], 0);
    await server.kill();
    const waiting = store.commit([transition([writeWatch('p1', 1, now + 5)], { events: [sampleEvent('after')] })], 0);
    await server.restart();
    expect(await waiting).toEqual(['committed']);
    expect((await store.load(['wp1']))[0]?.version).toBe(2);
  });
});
